package lokalise_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"testing/iotest"
	"testing/synctest"
	"time"

	"github.com/golokalise/lokalise"
)

// received is what a server got of an upload.
type received struct {
	Filename string `json:"filename"`
	LangISO  string `json:"lang_iso"`
	Data     []byte `json:"data"`
	length   int64
}

// uploadServer answers uploads as Lokalise does, and keeps them.
type uploadServer struct {
	mu   sync.Mutex
	got  []received
	fail func(received) http.HandlerFunc // what to answer instead
}

func (s *uploadServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !strings.HasSuffix(r.URL.Path, "/files/upload") {
		process("finished", "", "")(w, r)
		return
	}
	got := received{length: r.ContentLength}
	if err := json.NewDecoder(r.Body).Decode(&got); err != nil {
		answer(http.StatusBadRequest, `{"error": {"message": "Invalid body", "code": 400}}`)(w, r)
		return
	}
	s.mu.Lock()
	s.got = append(s.got, got)
	s.mu.Unlock()
	if s.fail != nil {
		if handler := s.fail(got); handler != nil {
			handler(w, r)
			return
		}
	}
	w.Header().Set("Location", r.URL.Path+"/process")
	answer(http.StatusAccepted, `{"process": `+queuedImport+`}`)(w, r)
}

func uploadRequest(content lokalise.Content) *lokalise.FileUploadRequest {
	return &lokalise.FileUploadRequest{Content: content, Filename: `a "quoted",\name{}.json`, LangISO: "en"}
}

// Each kind of content arrives whole, with its length ahead where that is
// known, and is sent again after a refusal where it can be read again.
func TestContentOfEveryKindArrives(t *testing.T) {
	t.Parallel()
	const text = `{"hello": "Hellō"}`
	path := filepath.Join(t.TempDir(), "en.json")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = file.Close() })
	halfway := strings.NewReader("skipped" + text)
	if _, err := halfway.Seek(7, io.SeekStart); err != nil {
		t.Fatal(err)
	}
	for what, c := range map[string]struct {
		content     lokalise.Content
		sized, once bool
	}{
		"a path":             {lokalise.ContentFromPath(path), true, false},
		"a file system":      {lokalise.ContentFromFS(fstest.MapFS{"x/en.json": {Data: []byte(text)}}, "x/en.json"), true, false},
		"bytes":              {lokalise.ContentFromBytes([]byte(text)), true, false},
		"an open file":       {lokalise.ContentFromReader(file), true, false},
		"from the middle on": {lokalise.ContentFromReader(halfway), true, false},
		"a plain seeker":     {lokalise.ContentFromReader(struct{ io.ReadSeeker }{strings.NewReader(text)}), true, false},
		"a buffer":           {lokalise.ContentFromReader(bytes.NewBufferString(text)), true, true},
		"a plain reader":     {lokalise.ContentFromReader(iotest.OneByteReader(strings.NewReader(text))), false, true},
	} {
		refused := false
		server := &uploadServer{fail: func(received) http.HandlerFunc {
			if refused = !refused; refused && !c.once {
				return func(w http.ResponseWriter, _ *http.Request) {
					w.Header().Set("Retry-After", "0.01")
					w.WriteHeader(http.StatusTooManyRequests)
				}
			}
			return nil
		}}
		client := newServer(t, server.ServeHTTP)
		for range 2 {
			p, err := client.Files.Upload(t.Context(), projectID, uploadRequest(c.content))
			if c.once && len(server.got) == 1 && p == nil {
				continue // the second upload of what can be read only once
			}
			if err != nil || p.ProcessID != importID {
				t.Errorf("%s: %+v, %v", what, p, err)
			}
		}
		if n := map[bool]int{true: 1, false: 4}[c.once]; len(server.got) != n {
			t.Errorf("%s: %d uploads arrived, want %d", what, len(server.got), n)
		}
		for _, got := range server.got {
			if string(got.Data) != text || got.Filename != `a "quoted",\name{}.json` || got.LangISO != "en" || (got.length > 0) != c.sized {
				t.Errorf("%s: got %+v", what, got)
			}
		}
	}
}

func TestContentThatCanBeReadOnceIsNotSentAgain(t *testing.T) {
	t.Parallel()
	handler, count := inTurn(answer(http.StatusTooManyRequests, ""))
	client := newServer(t, handler)
	content := lokalise.ContentFromReader(iotest.OneByteReader(strings.NewReader("{}")))
	if _, err := client.Files.Upload(t.Context(), projectID, uploadRequest(content)); !errors.Is(err, lokalise.ErrRateLimited) {
		t.Errorf("got %v", err)
	}
	if _, err := client.Files.Upload(t.Context(), projectID, uploadRequest(content)); !errors.Is(err, lokalise.ErrInvalidRequest) {
		t.Errorf("again: got %v", err)
	}
	if count.Load() != 1 {
		t.Errorf("%d requests", count.Load())
	}
}

func TestTooLargeUploadIsErrTooBig(t *testing.T) {
	t.Parallel()
	server := &uploadServer{fail: func(received) http.HandlerFunc {
		return answer(http.StatusRequestEntityTooLarge, `{"error": {"message": "Too big", "code": 413}}`)
	}}
	_, err := newServer(t, server.ServeHTTP).Files.Upload(t.Context(), projectID, uploadRequest(lokalise.ContentFromBytes([]byte("{}"))))
	if !errors.Is(err, lokalise.ErrTooBig) {
		t.Errorf("got %v", err)
	}
}

// Nothing can have come of a body that was cut off, and the error says so.
func TestFileThatChangesDuringItsUploadIsAnError(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "en.json")
	if err := os.WriteFile(path, make([]byte, 1<<20), 0o600); err != nil {
		t.Fatal(err)
	}
	server := &uploadServer{}
	body := uploadRequest(lokalise.ContentFromPath(path))
	body.Progress = func(sent, _ int64) {
		if sent == 0 {
			_ = os.Truncate(path, 1<<19) // a failure shows below
		}
	}
	_, err := newServer(t, server.ServeHTTP).Files.Upload(t.Context(), projectID, body)
	var e *lokalise.RequestError
	if !errors.As(err, &e) || e.MayHaveSucceeded || e.Attempts != 1 || !strings.Contains(err.Error(), "bytes and had") {
		t.Errorf("got %v", err)
	}
	if len(server.got) != 0 {
		t.Error("the upload arrived")
	}
}

// A line that takes a little every forty seconds needs far longer than an
// attempt, or a call, may take, and gets it.
func TestSlowUploadIsNotCutOffWhileItGetsOn(t *testing.T) {
	t.Parallel()
	for what, c := range map[string]struct {
		pause time.Duration
		ok    bool
	}{"slow": {40 * time.Second, true}, "stalled": {61 * time.Second, false}} {
		synctest.Test(t, func(t *testing.T) {
			client := newMemoryServer(t, func(w http.ResponseWriter, r *http.Request) {
				buffer := make([]byte, 1<<20)
				for {
					time.Sleep(c.pause)
					if _, err := io.ReadFull(r.Body, buffer); err != nil {
						break
					}
				}
				answer(http.StatusAccepted, `{"process": `+queuedImport+`}`)(w, r)
			}, lokalise.WithCallTimeout(time.Minute))
			start := time.Now()
			_, err := client.Files.Upload(t.Context(), projectID, uploadRequest(lokalise.ContentFromBytes(make([]byte, 6<<20))))
			defer time.Sleep(2 * c.pause) // until the handler has ended
			var e *lokalise.RequestError
			switch {
			case c.ok && (err != nil || time.Since(start) < 5*time.Minute):
				t.Errorf("%s: after %v: %v", what, time.Since(start), err)
			case !c.ok && (!errors.As(err, &e) || !e.MayHaveSucceeded):
				t.Errorf("%s: after %v: %v", what, time.Since(start), err)
			}
		})
	}
}

func TestUploadTellsItsProgress(t *testing.T) {
	t.Parallel()
	const size = 1 << 20
	var mu sync.Mutex
	var last int64
	body := uploadRequest(lokalise.ContentFromBytes(make([]byte, size)))
	body.Progress = func(sent, total int64) {
		mu.Lock()
		defer mu.Unlock()
		if sent < last || total != size {
			t.Errorf("%d of %d after %d", sent, total, last)
		}
		last = sent
	}
	if _, err := newServer(t, new(uploadServer).ServeHTTP).Files.Upload(t.Context(), projectID, body); err != nil {
		t.Fatal(err)
	}
	mu.Lock()
	defer mu.Unlock()
	if last != size {
		t.Errorf("it ended at %d", last)
	}
}

// 64 MB go through a few blocks.
func TestMemoryDoesNotGrowWithTheUpload(t *testing.T) {
	path := filepath.Join(t.TempDir(), "big.json")
	if err := errors.Join(os.WriteFile(path, nil, 0o600), os.Truncate(path, 64<<20)); err != nil {
		t.Fatal(err)
	}
	client := newServer(t, func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		answer(http.StatusAccepted, `{"process": `+queuedImport+`}`)(w, r)
	})
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if _, err := client.Files.Upload(t.Context(), projectID, uploadRequest(lokalise.ContentFromPath(path))); err != nil {
		t.Fatal(err)
	}
	runtime.ReadMemStats(&after)
	if n := after.TotalAlloc - before.TotalAlloc; n > 4<<20 {
		t.Errorf("%d bytes were allocated", n)
	}
}
