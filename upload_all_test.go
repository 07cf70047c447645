package lokalise_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/golokalise/lokalise"
)

// localFiles makes files, each with its own name as content.
func localFiles(t *testing.T, names ...string) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range names {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// arrived lists what a server got: "content filename language", sorted.
func (s *uploadServer) arrived() []string {
	var all []string
	for _, got := range s.got {
		all = append(all, fmt.Sprintf("%s %s %s", got.Data, got.Filename, got.LangISO))
	}
	slices.Sort(all)
	return all
}

func TestUploadAllUploadsWhatMasksFind(t *testing.T) {
	t.Parallel()
	dir := localFiles(t, "locales/en.json", "locales/pt_BR.json", "locales/README.md", "app/en/x.yml", "app/lv/sub/x.yml", "base.xml")
	server := &uploadServer{}
	report, err := newServer(t, server.ServeHTTP).Files.UploadAll(t.Context(), projectID, &lokalise.UploadAllRequest{
		Dir:               dir,
		Masks:             []string{"nope/*.json", "locales/%LANG_ISO%.json", "app/%LANG_ISO%/**/*.yml", "base.xml", "locales/*.json", "typo.xml"},
		LangISO:           "de",
		FileImportOptions: lokalise.FileImportOptions{Tags: []string{"web"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"nope/*.json", "typo.xml"}; !reflect.DeepEqual(report.Unmatched, want) {
		t.Errorf("unmatched are %q", report.Unmatched)
	}
	want := []string{
		"app/en/x.yml app/%LANG_ISO%/x.yml en", "app/lv/sub/x.yml app/%LANG_ISO%/sub/x.yml lv", "base.xml base.xml de",
		"locales/en.json locales/%LANG_ISO%.json en", "locales/pt_BR.json locales/%LANG_ISO%.json pt_BR",
	}
	if got := server.arrived(); !reflect.DeepEqual(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	var order []string
	for _, f := range report.Files {
		order = append(order, strings.TrimPrefix(filepath.ToSlash(f.Path), filepath.ToSlash(dir)+"/"))
		if f.Err != nil || f.Process.ProcessID != importID {
			t.Errorf("%+v", f)
		}
	}
	if want := "locales/en.json locales/pt_BR.json app/en/x.yml app/lv/sub/x.yml base.xml"; strings.Join(order, " ") != want {
		t.Errorf("order is %s", order)
	}
}

func TestUploadAllAsksFunctionsForLanguageAndName(t *testing.T) {
	t.Parallel()
	dir := localFiles(t, "strings/english.json", "strings/latvian.json", "strings/klingon.json")
	languages := map[string]string{"strings/english.json": "en", "strings/latvian.json": "lv"}
	noLanguage := errors.New("no such language")
	server := &uploadServer{}
	report, err := newServer(t, server.ServeHTTP).Files.UploadAll(t.Context(), projectID, &lokalise.UploadAllRequest{
		Dir:   dir,
		Masks: []string{"strings/*.json"},
		Language: func(name string) (string, error) {
			if iso, ok := languages[name]; ok {
				return iso, nil
			}
			return "", noLanguage
		},
		Filename: func(name, iso string) string { return iso + "|" + name },
	})
	var e *lokalise.UploadError
	if !errors.Is(err, noLanguage) || !errors.As(err, &e) || len(e.Failed) != 1 || e.Total != 3 || len(report.Files) != 3 {
		t.Errorf("%+v, %v", report, err)
	}
	want := []string{"strings/english.json en|strings/english.json en", "strings/latvian.json lv|strings/latvian.json lv"}
	if got := server.arrived(); !reflect.DeepEqual(got, want) {
		t.Errorf("got %q", got)
	}
}

func TestUploadAllGoesOnAfterFailures(t *testing.T) {
	t.Parallel()
	var names []string
	for i := range 20 {
		names = append(names, fmt.Sprintf("f%02d.json", i))
	}
	dir := localFiles(t, names...)
	var inFlight, most, reported atomic.Int64
	server := &uploadServer{fail: func(got received) http.HandlerFunc {
		if n := inFlight.Add(1); n > most.Load() {
			most.Store(n)
		}
		defer inFlight.Add(-1)
		switch string(got.Data) {
		case "f03.json":
			return answer(http.StatusRequestEntityTooLarge, `{"error": {"message": "Too big", "code": 413}}`)
		case "f07.json":
			return answer(http.StatusBadRequest, `{"error": {"message": "Unsupported format", "code": 400}}`)
		}
		return nil
	}}
	report, err := newServer(t, server.ServeHTTP).Files.UploadAll(t.Context(), projectID, &lokalise.UploadAllRequest{
		Dir: dir, Masks: []string{"*.json"}, LangISO: "en", Parallel: 3,
		Progress: func(lokalise.UploadedFile) { reported.Add(1) },
	})
	var e *lokalise.UploadError
	if !errors.As(err, &e) || len(e.Failed) != 2 || !errors.Is(err, lokalise.ErrTooBig) || !errors.Is(err, lokalise.ErrBadRequest) {
		t.Errorf("got %v", err)
	}
	if text := err.Error(); !strings.Contains(text, "2 of 20 files failed") || !strings.Contains(text, "f07.json") || !strings.Contains(text, "Unsupported format") {
		t.Errorf("the error is %s", text)
	}
	for i, f := range report.Files {
		if failed := i == 3 || i == 7; (f.Err != nil) != failed || (f.Process == nil) != failed {
			t.Errorf("%+v", f)
		}
	}
	if len(server.got) != 20 || most.Load() > 3 || reported.Load() != 20 {
		t.Errorf("%d uploads, %d at once, %d reported", len(server.got), most.Load(), reported.Load())
	}
}

func TestUploadAllWaitsForItsProcesses(t *testing.T) {
	t.Parallel()
	dir := localFiles(t, "good.json", "bad.json")
	client := newServer(t, func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.Method == http.MethodPost:
			var body received
			if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
				t.Error(err)
			}
			answer(http.StatusAccepted, `{"process": {"process_id": "of/`+body.Filename+`", "status": "queued"}}`)(w, r)
		case strings.HasSuffix(r.URL.EscapedPath(), "/processes/of%2Fbad.json"):
			answer(http.StatusOK, `{"process": {"process_id": "of/bad.json", "status": "failed", "message": "Broken"}}`)(w, r)
		default:
			answer(http.StatusOK, `{"process": {"process_id": "of/good.json", "status": "finished"}}`)(w, r)
		}
	})
	var response lokalise.Response
	report, err := client.Files.UploadAll(t.Context(), projectID, &lokalise.UploadAllRequest{
		Dir: dir, Masks: []string{"*.json"}, LangISO: "en", Wait: &lokalise.WaitOptions{},
	}, lokalise.ResponseInto(&response))
	if !errors.Is(err, lokalise.ErrProcessFailed) || !strings.Contains(err.Error(), "Broken") {
		t.Errorf("got %v", err)
	}
	if report.Files[0].Process.Status != lokalise.ProcessStatusFailed || report.Files[1].Process.Status != lokalise.ProcessStatusFinished {
		t.Errorf("%+v", report.Files)
	}
	if response.Status != 0 {
		t.Error("one response was stored for several calls")
	}
}

func TestUploadAllWithoutFilesIsAnError(t *testing.T) {
	t.Parallel()
	client := newServer(t, func(http.ResponseWriter, *http.Request) { t.Error("a request was sent") })
	dir := localFiles(t, "en.json")
	report, err := client.Files.UploadAll(t.Context(), projectID, &lokalise.UploadAllRequest{Dir: dir, Masks: []string{"*.xml", "*.yml"}})
	if !errors.Is(err, lokalise.ErrNoFiles) || len(report.Unmatched) != 2 {
		t.Errorf("%+v, %v", report, err)
	}
	for what, body := range map[string]*lokalise.UploadAllRequest{
		"nothing": nil, "no masks": {Dir: dir}, "a broken mask": {Dir: dir, Masks: []string{"en.json", "[a"}, LangISO: "en"},
	} {
		if report, err := client.Files.UploadAll(t.Context(), projectID, body); !errors.Is(err, lokalise.ErrInvalidRequest) || report == nil {
			t.Errorf("%s: %v", what, err)
		}
	}
	report, err = client.Files.UploadAll(t.Context(), projectID, &lokalise.UploadAllRequest{Dir: dir, Masks: []string{"*.json"}})
	if !errors.Is(err, lokalise.ErrInvalidRequest) || len(report.Files) != 1 || report.Files[0].Err == nil {
		t.Errorf("no language: %+v, %v", report, err)
	}
}

func TestUploadAllEndsWithItsContext(t *testing.T) {
	t.Parallel()
	dir := localFiles(t, "a.json", "b.json", "c.json")
	ctx, cancel := context.WithCancel(t.Context())
	client := newServer(t, func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		cancel()
		<-r.Context().Done()
	})
	report, err := client.Files.UploadAll(ctx, projectID, &lokalise.UploadAllRequest{Dir: dir, Masks: []string{"*.json"}, LangISO: "en", Parallel: 1})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	for _, f := range report.Files {
		if !errors.Is(f.Err, context.Canceled) {
			t.Errorf("%+v", f)
		}
	}
}
