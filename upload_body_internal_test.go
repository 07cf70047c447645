package lokalise

import (
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

// The text is the same whatever the size of the file and of the reads.
func TestUploadBodyIsTheFileAsBase64(t *testing.T) {
	t.Parallel()
	const members = `{"filename":"a.json"}`
	data := bytes.Repeat([]byte("0123456789ABCDEF\x00\xff\n"), 3*uploadBlock/19+1)
	for _, size := range []int{0, 1, 2, 3, 4, 5, 6, 1000, uploadBlock - 1, uploadBlock, uploadBlock + 1, uploadBlock + 2, 2*uploadBlock + 7} {
		want := `{"filename":"a.json","data":"` + base64.StdEncoding.EncodeToString(data[:size]) + `"}`
		if n := uploadSize([]byte(members), int64(size)); n != int64(len(want)) {
			t.Errorf("%d bytes: the length is %d, want %d", size, n, len(want))
		}
		for name, read := range pieces {
			for _, known := range []int64{int64(size), -1} {
				b := newUploadBody([]byte(members), io.NopCloser(read(bytes.NewReader(data[:size]))), known, nil)
				got, err := io.ReadAll(read(b))
				if err != nil || string(got) != want {
					t.Fatalf("%d bytes, %s: %d bytes of text, %v", size, name, len(got), err)
				}
			}
		}
	}
}

var pieces = map[string]func(io.Reader) io.Reader{
	"as it comes":     func(r io.Reader) io.Reader { return r },
	"byte by byte":    iotest.OneByteReader,
	"by halves":       iotest.HalfReader,
	"the end at once": iotest.DataErrReader,
	"in odd pieces":   func(r io.Reader) io.Reader { return &oddReader{r: r} },
}

// oddReader reads 1, 2, 3 … bytes at a time.
type oddReader struct {
	r io.Reader
	n int
}

func (o *oddReader) Read(p []byte) (int, error) {
	o.n = o.n%6 + 1
	return o.r.Read(p[:min(o.n, len(p))])
}

func TestUploadBodyNoticesThatTheFileChanged(t *testing.T) {
	t.Parallel()
	broken := errors.New("disk is gone")
	for what, c := range map[string]struct {
		file io.Reader
		size int64
		want string
	}{
		"shorter":              {strings.NewReader("12345"), 6, "it has 5 bytes and had 6 before"},
		"empty now":            {strings.NewReader(""), 6, "it has 0 bytes and had 6 before"},
		"longer":               {strings.NewReader("1234567"), 6, "more than the 6 bytes"},
		"was empty":            {strings.NewReader("1"), 0, "more than the 0 bytes"},
		"longer by many":       {strings.NewReader(strings.Repeat("x", 2*uploadBlock+1)), uploadBlock, "more than the"},
		"broken":               {io.MultiReader(strings.NewReader("123"), iotest.ErrReader(broken)), 6, "disk is gone"},
		"broken, size unknown": {io.MultiReader(strings.NewReader("123"), iotest.ErrReader(broken)), -1, "disk is gone"},
	} {
		b := newUploadBody([]byte(`{"a":1}`), io.NopCloser(c.file), c.size, nil)
		text, err := io.ReadAll(b)
		var e *contentError
		if !errors.As(err, &e) || !errors.Is(err, errNotRetryable) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v", what, err)
		}
		if bytes.HasSuffix(text, []byte(dataCloses)) {
			t.Errorf("%s: the body is whole: %s", what, text)
		}
		if _, again := b.Read(make([]byte, 1)); again != err { //nolint:errorlint // the very same
			t.Errorf("%s: then %v", what, again)
		}
	}
}

func TestUploadBodyReportsProgress(t *testing.T) {
	t.Parallel()
	const size = 2*uploadBlock + 5
	var steps []int64
	b := newUploadBody([]byte(`{"a":1}`), io.NopCloser(bytes.NewReader(make([]byte, size))), size, func(sent, total int64) {
		if total != size {
			t.Errorf("total is %d", total)
		}
		steps = append(steps, sent)
	})
	if _, err := io.Copy(io.Discard, b); err != nil {
		t.Fatal(err)
	}
	for i, want := range []int64{0, uploadBlock, 2 * uploadBlock, size} {
		if i >= len(steps) || steps[i] != want {
			t.Fatalf("steps are %v", steps)
		}
	}
}

func FuzzUploadBody(f *testing.F) {
	f.Add([]byte(`{"a":"ā"}`), 7)
	f.Add([]byte{}, 1)
	f.Fuzz(func(t *testing.T, data []byte, piece int) {
		piece = max(1, min(piece, 1000))
		b := newUploadBody([]byte(`{"a":1}`), io.NopCloser(bytes.NewReader(data)), int64(len(data)), nil)
		var text []byte
		p := make([]byte, piece)
		for {
			n, err := b.Read(p)
			text = append(text, p[:n]...)
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if want := `{"a":1,"data":"` + base64.StdEncoding.EncodeToString(data) + `"}`; string(text) != want {
			t.Fatalf("got %s, want %s", text, want)
		}
	})
}
