package sandbox_test

import (
	"archive/zip"
	"encoding/base64"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/golokalise/lokalise/sandbox"
)

// filesBox is a sandbox whose clock stands still, so that processes go on only
// when a test says so, with a project in English, German and French.
type filesBox struct {
	*box
	id string
}

func startFiles(tb testing.TB, opts ...sandbox.Option) *filesBox {
	tb.Helper()
	b := start(tb, append([]sandbox.Option{sandbox.InMemory(), sandbox.WithoutRateLimit()}, opts...)...)
	b.Clock().Freeze()
	p := b.create(`{"name":"Web shop","languages":[{"lang_iso":"en"},{"lang_iso":"de"},{"lang_iso":"fr"}],"base_lang_iso":"en"}`)
	return &filesBox{b, p.ID}
}

// settle lets every process come to its end.
func (b *filesBox) settle() { b.Clock().Advance(time.Minute) }

// ok makes a request in the project that must succeed.
func (b *filesBox) ok(method, path, body string) answer {
	b.Helper()
	a := b.api(method, "/projects/"+b.id+path, body)
	if a.status != http.StatusOK && a.status != http.StatusAccepted {
		b.Fatalf("%s %s: %d %s", method, path, a.status, a.body)
	}
	return a
}

type fileReport struct {
	Status   string `json:"status"`
	Message  string `json:"message"`
	Name     string `json:"name_original"`
	Words    int    `json:"word_count_total"`
	Keys     int    `json:"key_count_total"`
	Inserted int    `json:"key_count_inserted"`
	Updated  int    `json:"key_count_updated"`
	Skipped  int    `json:"key_count_skipped"`
}

type processReport struct {
	ID      string  `json:"process_id"`
	Type    string  `json:"type"`
	Status  string  `json:"status"`
	Message *string `json:"message"`
	Created string  `json:"created_at"`
	Email   string  `json:"created_by_email"`
	Details struct {
		Files []fileReport `json:"files"`
		URL   string       `json:"download_url"`
		Keys  int          `json:"total_number_of_keys"`
		KB    int          `json:"file_size_kb"`
	} `json:"details"`
}

func (b *filesBox) process(id string) processReport {
	b.Helper()
	var body struct{ Process processReport }
	b.ok("GET", "/processes/"+id, "").decode(b, &body)
	return body.Process
}

// upload sends a file and returns its process, which is only queued. options
// are further members of the body.
func (b *filesBox) upload(filename, iso, content string, options ...string) processReport {
	b.Helper()
	members := append([]string{
		`"filename":` + jsonText(b, filename), `"lang_iso":` + jsonText(b, iso),
		`"data":"` + base64.StdEncoding.EncodeToString([]byte(content)) + `"`,
	}, options...)
	var body struct{ Process processReport }
	b.ok("POST", "/files/upload", "{"+strings.Join(members, ",")+"}").decode(b, &body)
	return body.Process
}

// imported is upload, followed by the end of its process.
func (b *filesBox) imported(filename, iso, content string, options ...string) fileReport {
	b.Helper()
	p := b.upload(filename, iso, content, options...)
	b.settle()
	p = b.process(p.ID)
	if p.Status != "finished" || len(p.Details.Files) != 1 {
		b.Fatalf("import of %s: %+v", filename, p)
	}
	return p.Details.Files[0]
}

// download fetches a bundle and returns its files as one text, each after its
// name.
func (b *filesBox) download(options string) string {
	b.Helper()
	var bundle struct {
		URL string `json:"bundle_url"`
	}
	b.ok("POST", "/files/download", options).decode(b, &bundle)
	return b.unzip(bundle.URL)
}

func (b *filesBox) unzip(url string) string {
	b.Helper()
	files := b.files(url)
	var text strings.Builder
	for _, name := range slices.Sorted(maps.Keys(files)) {
		fmt.Fprintf(&text, "== %s\n%s\n", name, files[name])
	}
	return text.String()
}

func (b *filesBox) files(url string) map[string]string {
	b.Helper()
	a := b.send("GET", strings.TrimPrefix(url, b.URL()), "")
	if a.status != http.StatusOK {
		b.Fatalf("bundle: %d %s", a.status, a.body)
	}
	archive, err := zip.NewReader(strings.NewReader(a.body), int64(len(a.body)))
	if err != nil {
		b.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range archive.File {
		r, err := f.Open()
		if err != nil {
			b.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			b.Fatal(err)
		}
		files[f.Name] = string(data)
	}
	return files
}

// expect compares texts.
func expect(tb testing.TB, what, got, want string) {
	tb.Helper()
	if got != want {
		tb.Errorf("%s:\n%s\nwant:\n%s", what, got, want)
	}
}
