package lokalise_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/golokalise/lokalise"
)

const exportID = "8f1d6a5e-3b0c-4c55-9f4e-6d3a2b1c0d9e"

// zipOf makes a bundle of files, name and text in turn.
func zipOf(t testing.TB, namesAndTexts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(namesAndTexts); i += 2 {
		w, err := z.Create(namesAndTexts[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, namesAndTexts[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// exporter is a Lokalise that exports, and the host where it stores bundles.
type exporter struct {
	t       *testing.T
	storage string // its address, with everything that must stay secret
	// sync answers the synchronous export. Defaults to the address.
	sync http.HandlerFunc
	// states are the answers of the process, in turn. Defaults to finished.
	states []string
	// bundle answers the storage host.
	bundle http.HandlerFunc

	calls []string // the API's, in order
}

// secretQuery is the credential in the address of a bundle.
const secretQuery = "X-Amz-Signature=d41d8cd98f00b204"

func (e *exporter) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	step := r.URL.Path[strings.LastIndex(r.URL.Path, "/")+1:]
	e.calls = append(e.calls, step)
	if r.Header.Get("X-Api-Token") != testToken {
		e.t.Errorf("%s: no token", step)
	}
	switch {
	case step == "download" && e.sync != nil:
		e.sync(w, r)
	case step == "download":
		answer(http.StatusOK, `{"project_id": "p", "bundle_url": "`+e.address()+`"}`)(w, r)
	case step == "async-download":
		answer(http.StatusOK, `{"process_id": "`+exportID+`"}`)(w, r)
	case step != exportID:
		e.t.Errorf("unexpected request %s", r.URL)
	case len(e.states) > 0:
		state := e.states[0]
		e.states = e.states[1:]
		answer(http.StatusOK, `{"process": {"process_id": "`+exportID+`", "type": "async-export", "message": null, `+state+`}}`)(w, r)
	default:
		answer(http.StatusOK, `{"process": {"process_id": "`+exportID+`", "type": "async-export", "status": "finished",
		 "message": null, "details": {"total_number_of_keys": 14, "download_url": "`+e.address()+`"}}}`)(w, r)
	}
}

func (e *exporter) address() string { return e.storage + "/bundle?" + secretQuery }

// serveBundle checks what the storage host gets and answers it.
func (e *exporter) serveBundle(w http.ResponseWriter, r *http.Request) {
	for name, values := range r.Header {
		if strings.Contains(strings.Join(values, " "), testToken) || name == "X-Api-Token" || name == "Authorization" {
			e.t.Errorf("the storage host gets %s", name)
		}
	}
	if r.Method != http.MethodGet || r.ContentLength != 0 {
		e.t.Errorf("the storage host gets %s with %d bytes", r.Method, r.ContentLength)
	}
	e.bundle(w, r)
}

// start starts both hosts, each on a port of its own.
func (e *exporter) start(t *testing.T, opts ...lokalise.Option) *lokalise.Client {
	t.Helper()
	e.t = t
	storage := httptest.NewServer(http.HandlerFunc(e.serveBundle))
	t.Cleanup(storage.Close)
	e.storage = storage.URL
	return newServer(t, e.ServeHTTP, opts...)
}

// file answers with a whole bundle.
func file(data []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", strconv.Itoa(len(data)))
		_, _ = w.Write(data)
	}
}

var exportJSON = &lokalise.FileDownloadRequest{Format: lokalise.FileFormatJSON}

// contents returns the files below a folder.
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, name)
		if err != nil {
			return err
		}
		text, err := os.ReadFile(name) //nolint:gosec // nobody else changes the folder
		all[filepath.ToSlash(rel)] = string(text)
		return err
	})
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	return all
}

func TestDownloadToGoesTheSynchronousWay(t *testing.T) {
	t.Parallel()
	e := &exporter{bundle: file(zipOf(t, "en.json", "{}", "a/lv.json", "[1]", "same.json", "same"))}
	client := e.start(t)
	dir := t.TempDir()
	same := filepath.Join(dir, "same.json")
	old := time.Now().Add(-time.Hour).Truncate(time.Second)
	if err := errors.Join(os.WriteFile(same, []byte("same"), 0o600), os.Chtimes(same, old, old)); err != nil {
		t.Fatal(err)
	}
	got, err := client.Files.DownloadTo(t.Context(), projectID, dir, exportJSON, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := []lokalise.DownloadedFile{
		{Name: "en.json", Size: 2, Changed: true}, {Name: "a/lv.json", Size: 3, Changed: true}, {Name: "same.json", Size: 4},
	}
	if !reflect.DeepEqual(got.Files, want) || got.Bytes != 9 || got.BundleBytes == 0 || got.ProcessID != "" || got.Changed() != 2 {
		t.Errorf("got %+v", got)
	}
	if files := contents(t, dir); !reflect.DeepEqual(files, map[string]string{"en.json": "{}", "a/lv.json": "[1]", "same.json": "same"}) {
		t.Errorf("the folder has %v", files)
	}
	if info, err := os.Stat(same); err != nil || !info.ModTime().Equal(old) {
		t.Errorf("the file that is the same was touched: %v", err)
	}
	if !reflect.DeepEqual(e.calls, []string{"download"}) {
		t.Errorf("calls are %v", e.calls)
	}
}

// Every sign that a project is too big leads to the asynchronous way; any other
// failure does not.
func TestDownloadToFallsOverToTheAsynchronousWay(t *testing.T) {
	t.Parallel()
	tooBig := func(status int, body string, header ...string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			if header != nil {
				w.Header()["X-Response-Too-Big"] = header
			}
			answer(status, body)(w, r)
		}
	}
	for what, c := range map[string]struct {
		sync  http.HandlerFunc
		async bool
		calls string
		class error
	}{
		"413":                      {tooBig(413, `{"error": {"message": "Too big", "code": 413}}`), false, "download async-download " + exportID, nil},
		"the header":               {tooBig(200, `{"project_id": "p", "bundle_url": "http://wrong.example"}`, "true"), false, "download async-download " + exportID, nil},
		"an empty header":          {tooBig(200, `{"project_id": "p", "bundle_url": "http://wrong.example"}`, ""), false, "download async-download " + exportID, nil},
		"the header with an error": {tooBig(400, `{"error": {"message": "Too big", "code": 400}}`, ""), false, "download async-download " + exportID, nil},
		"asked for":                {nil, true, "async-download " + exportID, nil},
		"another error":            {tooBig(400, `{"error": {"message": "Bad", "code": 400}}`), false, "download", lokalise.ErrBadRequest},
		"forbidden":                {tooBig(403, ``), false, "download", lokalise.ErrForbidden},
	} {
		e := &exporter{sync: c.sync, bundle: file(zipOf(t, "en.json", "{}"))}
		client := e.start(t)
		got, err := client.Files.DownloadTo(t.Context(), projectID, t.TempDir(), exportJSON, &lokalise.DownloadOptions{Async: c.async})
		switch {
		case c.class == nil && (err != nil || got.ProcessID != exportID || len(got.Files) != 1):
			t.Errorf("%s: %+v, %v", what, got, err)
		case c.class != nil && !errors.Is(err, c.class):
			t.Errorf("%s: %v", what, err)
		}
		if calls := strings.Join(e.calls, " "); calls != c.calls {
			t.Errorf("%s: calls are %s", what, calls)
		}
	}
}

func TestDownloadToReportsKeysAndBytes(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		data := zipOf(t, "en.json", strings.Repeat("x", 1000), "lv.json", "{}")
		e := &exporter{t: t, storage: uniqueURL(), states: []string{
			`"status": "queued"`,
			`"status": "running", "details": {"items_to_process": 500, "items_processed": 120}`,
			`"status": "running", "details": {"items_to_process": 500, "items_processed": 400}`,
		}}
		client := newMemoryServer(t, func(w http.ResponseWriter, r *http.Request) {
			if strings.HasSuffix(r.URL.Path, "/bundle") {
				file(data)(w, r)
				return
			}
			e.ServeHTTP(w, r)
		})
		var seen []lokalise.DownloadProgress
		looks := 0
		_, err := client.Files.DownloadTo(t.Context(), projectID, t.TempDir(), exportJSON, &lokalise.DownloadOptions{
			Async:    true,
			Wait:     &lokalise.WaitOptions{Progress: func(*lokalise.QueuedProcess) { looks++ }},
			Progress: func(p lokalise.DownloadProgress) { seen = append(seen, p) },
		})
		if err != nil {
			t.Fatal(err)
		}
		if looks != 4 {
			t.Errorf("the caller's own function was called %d times", looks)
		}
		size := int64(len(data))
		for _, want := range []lokalise.DownloadProgress{
			{Step: lokalise.DownloadStepExport, TotalBytes: -1},
			{Step: lokalise.DownloadStepWait, ProcessID: exportID, Keys: 120, TotalKeys: 500, TotalBytes: -1},
			{Step: lokalise.DownloadStepWait, ProcessID: exportID, Keys: 14, TotalKeys: 14, TotalBytes: -1},
			{Step: lokalise.DownloadStepFetch, ProcessID: exportID, Keys: 14, TotalKeys: 14, TotalBytes: -1},
			{Step: lokalise.DownloadStepFetch, ProcessID: exportID, Keys: 14, TotalKeys: 14, Bytes: size, TotalBytes: size},
			{Step: lokalise.DownloadStepExtract, ProcessID: exportID, Keys: 14, TotalKeys: 14, Bytes: 1002, TotalBytes: 1002, Files: 2, TotalFiles: 2},
		} {
			for len(seen) > 0 && seen[0] != want {
				seen = seen[1:]
			}
			if len(seen) == 0 {
				t.Fatalf("%+v was not reported", want)
			}
		}
	})
}

// Whoever has the identifier of the process needs nothing else.
func TestDownloadIsTakenUpFromItsProcess(t *testing.T) {
	t.Parallel()
	var broken atomic.Bool
	broken.Store(true)
	whole := file(zipOf(t, "en.json", "{}"))
	e := &exporter{bundle: func(w http.ResponseWriter, r *http.Request) {
		if broken.Load() {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		whole(w, r)
	}}
	client := e.start(t)
	dir := filepath.Join(t.TempDir(), "locales")
	_, err := client.Files.DownloadTo(t.Context(), projectID, dir, exportJSON, &lokalise.DownloadOptions{Async: true})
	var failed *lokalise.DownloadError
	var storage *lokalise.StorageError
	if !errors.As(err, &failed) || failed.ProcessID != exportID || failed.Step != lokalise.DownloadStepFetch ||
		!errors.As(err, &storage) || storage.Status != http.StatusForbidden {
		t.Fatalf("got %v", err)
	}
	if strings.Contains(err.Error(), secretQuery) || strings.Contains(err.Error(), "/bundle") || !strings.Contains(err.Error(), storage.Host) {
		t.Errorf("the error is %v", err)
	}
	if _, err := os.Stat(dir); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the folder is there: %v", err)
	}
	broken.Store(false)
	got, err := client.Files.DownloadTo(t.Context(), projectID, dir, nil, &lokalise.DownloadOptions{ProcessID: failed.ProcessID})
	if err != nil || got.ProcessID != exportID || len(got.Files) != 1 {
		t.Errorf("%+v, %v", got, err)
	}
	if want := []string{"async-download", exportID, exportID}; !reflect.DeepEqual(e.calls, want) {
		t.Errorf("calls are %v", e.calls)
	}
}

func TestDownloadToEndsWithItsProcess(t *testing.T) {
	t.Parallel()
	for what, c := range map[string]struct {
		state string
		class error
		text  string
	}{
		"failed":        {`"status": "failed", "message": "No keys found"`, lokalise.ErrProcessFailed, "No keys found"},
		"canceled":      {`"status": "` + string(lokalise.ProcessStatusCanceled) + `"`, lokalise.ErrProcessCanceled, exportID + " (async-export) is"},
		"without a URL": {`"status": "finished", "details": {}`, nil, "names no bundle"},
	} {
		e := &exporter{states: []string{c.state}, bundle: func(http.ResponseWriter, *http.Request) { t.Error("a bundle was fetched") }}
		client := e.start(t)
		dir := t.TempDir()
		_, err := client.Files.DownloadTo(t.Context(), projectID, dir, exportJSON, &lokalise.DownloadOptions{Async: true})
		var failed *lokalise.DownloadError
		if !errors.As(err, &failed) || failed.Step != lokalise.DownloadStepWait || failed.ProcessID != exportID || c.class != nil && !errors.Is(err, c.class) || !strings.Contains(err.Error(), c.text) {
			t.Errorf("%s: %v", what, err)
		}
		if files, _ := os.ReadDir(dir); len(files) != 0 {
			t.Errorf("%s: the folder has %v", what, files)
		}
	}
}

// An export takes minutes. Whoever cannot write its files learns that first.
func TestFolderThatCannotBeWrittenIsAnErrorBeforeAnythingElse(t *testing.T) {
	t.Parallel()
	e := &exporter{}
	client := e.start(t)
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := client.Files.DownloadTo(t.Context(), projectID, path, exportJSON, nil); err == nil || len(e.calls) != 0 {
		t.Errorf("calls are %v, %v", e.calls, err)
	}
}

func TestDownloadToEndsWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	e := &exporter{bundle: func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", "1000000")
		_, _ = w.Write(make([]byte, 1000))
		_ = http.NewResponseController(w).Flush()
		cancel()
		<-r.Context().Done()
	}}
	dir := t.TempDir()
	_, err := e.start(t).Files.DownloadTo(ctx, projectID, dir, exportJSON, nil)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if files, _ := os.ReadDir(dir); len(files) != 0 {
		t.Errorf("the folder has %v", files)
	}
}

// 64 MB go through a few blocks.
func TestMemoryDoesNotGrowWithTheBundle(t *testing.T) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.CreateHeader(&zip.FileHeader{Name: "big.json", Method: zip.Store})
	if err == nil {
		_, err = w.Write(make([]byte, 64<<20))
	}
	if err := errors.Join(err, z.Close()); err != nil {
		t.Fatal(err)
	}
	e := &exporter{bundle: file(b.Bytes())}
	client, dir := e.start(t), t.TempDir()
	for _, what := range []string{"new", "the same"} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		if _, err := client.Files.DownloadTo(t.Context(), projectID, dir, exportJSON, nil); err != nil {
			t.Fatal(err)
		}
		runtime.ReadMemStats(&after)
		if n := after.TotalAlloc - before.TotalAlloc; n > 4<<20 {
			t.Errorf("%s: %d bytes were allocated", what, n)
		}
	}
}
