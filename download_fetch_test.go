package lokalise_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/golokalise/lokalise"
)

// downloadFrom downloads a bundle from a storage host inside a bubble, into a
// folder that has a file already, and checks that a failure changes nothing.
func downloadFrom(t *testing.T, bundle http.HandlerFunc, o *lokalise.DownloadOptions) (*lokalise.Downloaded, error) {
	t.Helper()
	storage := uniqueURL()
	client := newMemoryServer(t, func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/bundle") {
			bundle(w, r)
			return
		}
		answer(http.StatusOK, `{"project_id": "p", "bundle_url": "`+storage+`/bundle?`+secretQuery+`"}`)(w, r)
	})
	dir := localFiles(t, "en.json")
	done, err := client.Files.DownloadTo(t.Context(), projectID, dir, exportJSON, o)
	if entries, _ := os.ReadDir(dir); err != nil && (len(entries) != 1 || contents(t, dir)["en.json"] != "en.json") {
		t.Errorf("after a failure the folder has %v", entries)
	}
	if err != nil && strings.Contains(err.Error(), "Amz") {
		t.Errorf("the error gives the address away: %v", err)
	}
	return done, err
}

func TestHostileBundlesAreErrors(t *testing.T) {
	t.Parallel()
	whole := zipOf(t, "en.json", "new", "lv.json", strings.Repeat("text", 1000))
	unknownLength := func(data []byte) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			_ = http.NewResponseController(w).Flush()
			_, _ = w.Write(data)
		}
	}
	for what, c := range map[string]struct {
		bundle http.HandlerFunc
		limits lokalise.DownloadLimits
		class  error
		tries  int64
	}{
		"zip slip":              {file(zipOf(t, "../evil", "evil")), lokalise.DownloadLimits{}, lokalise.ErrBundleUnsafe, 1},
		"a page":                {file([]byte("<html>Sorry</html>")), lokalise.DownloadLimits{}, lokalise.ErrBundleCorrupt, 1},
		"cut short":             {file(whole[:len(whole)-30]), lokalise.DownloadLimits{}, lokalise.ErrBundleCorrupt, 1},
		"cut, length not known": {unknownLength(whole[:len(whole)-30]), lokalise.DownloadLimits{}, lokalise.ErrBundleCorrupt, 4},
		"10 GB": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "10000000000")
			w.WriteHeader(http.StatusOK)
		}, lokalise.DownloadLimits{}, lokalise.ErrBundleTooBig, 1},
		"more than the limit": {unknownLength(whole), lokalise.DownloadLimits{BundleBytes: 100}, lokalise.ErrBundleTooBig, 1},
		"too many files":      {file(whole), lokalise.DownloadLimits{Files: 1}, lokalise.ErrBundleTooBig, 1},
		"too large a file":    {file(whole), lokalise.DownloadLimits{FileBytes: 3999}, lokalise.ErrBundleTooBig, 1},
		"too much in all":     {file(whole), lokalise.DownloadLimits{TotalBytes: 4000}, lokalise.ErrBundleTooBig, 1},
		"gone":                {answer(http.StatusNotFound, "<Error/>"), lokalise.DownloadLimits{}, nil, 1},
		"broken storage":      {answer(http.StatusServiceUnavailable, ""), lokalise.DownloadLimits{}, nil, 4},
		"half, then a break": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "1000")
			_, _ = w.Write(make([]byte, 500))
		}, lokalise.DownloadLimits{}, io.ErrUnexpectedEOF, 4},
	} {
		synctest.Test(t, func(t *testing.T) {
			var tries atomic.Int64
			_, err := downloadFrom(t, func(w http.ResponseWriter, r *http.Request) {
				tries.Add(1)
				c.bundle(w, r)
			}, &lokalise.DownloadOptions{Limits: c.limits})
			if err == nil || c.class != nil && !errors.Is(err, c.class) || tries.Load() != c.tries {
				t.Errorf("%s: %d tries, %v", what, tries.Load(), err)
			}
		})
	}
}

// A body that never ends is cut off: one that stands still after a minute, one
// that drips when its average is too low, one that pours at the limit.
func TestBodyThatNeverEndsIsCutOff(t *testing.T) {
	t.Parallel()
	for what, c := range map[string]struct {
		every time.Duration
		bytes int
		most  time.Duration // for each try
		class error
	}{
		"stands still": {time.Hour, 1, 61 * time.Second, context.DeadlineExceeded},
		"drips":        {30 * time.Second, 1, 2 * time.Minute, context.DeadlineExceeded},
		"pours":        {time.Second, 1 << 20, 2 * time.Minute, lokalise.ErrBundleTooBig},
	} {
		synctest.Test(t, func(t *testing.T) {
			start := time.Now()
			_, err := downloadFrom(t, func(w http.ResponseWriter, r *http.Request) {
				for r.Context().Err() == nil {
					_, _ = w.Write(make([]byte, c.bytes))
					_ = http.NewResponseController(w).Flush()
					select {
					case <-time.After(c.every):
					case <-r.Context().Done():
					}
				}
			}, &lokalise.DownloadOptions{Limits: lokalise.DownloadLimits{BundleBytes: 50 << 20}})
			if took := time.Since(start); !errors.Is(err, c.class) || took > 4*c.most+30*time.Second {
				t.Errorf("%s: after %v: %v", what, took, err)
			}
		})
	}
}

func TestBundleIsFetchedAgainAfterAFailureThatPasses(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		whole := zipOf(t, "en.json", "new")
		handler, tries := inTurn(
			answer(http.StatusInternalServerError, ""),
			func(w http.ResponseWriter, _ *http.Request) { // more than comes at last
				w.Header().Set("Content-Length", "5000")
				_, _ = w.Write(make([]byte, 4000))
			},
			file(whole))
		done, err := downloadFrom(t, handler, nil)
		if err != nil || tries.Load() != 3 || done.BundleBytes != int64(len(whole)) {
			t.Errorf("%d tries, %+v, %v", tries.Load(), done, err)
		}
	})
}

func TestRedirectsOfABundleAreBoundedAndStayOnSafeGround(t *testing.T) {
	t.Parallel()
	data := zipOf(t, "en.json", "new")
	for what, c := range map[string]struct {
		to string
		ok bool
	}{
		"once":                     {"/moved", true},
		"forever":                  {"/bundle", false},
		"to another scheme":        {"ftp://127.0.0.1/x", false},
		"to plain http elsewhere":  {"http://storage.example.com/x", false},
		"with a user":              {"http://u:p@127.0.0.1/moved", false},
		"to what is not a address": {"http://[::1", false},
	} {
		e := &exporter{bundle: func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/moved" {
				file(data)(w, r)
				return
			}
			w.Header().Set("Location", c.to)
			w.WriteHeader(http.StatusFound)
		}}
		_, err := e.start(t).Files.DownloadTo(t.Context(), projectID, t.TempDir(), exportJSON, nil)
		if c.ok != (err == nil) || !c.ok && !errors.Is(err, lokalise.ErrRedirect) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// Where the API is on https, so is the bundle: not even this machine is
// reached in plain http then.
func TestBundleIsFetchedThroughHTTPSWhereTheAPIIs(t *testing.T) {
	t.Parallel()
	data := zipOf(t, "en.json", "new")
	plain := httptest.NewServer(file(data))
	t.Cleanup(plain.Close)
	secure := httptest.NewTLSServer(file(data))
	t.Cleanup(secure.Close)
	var address atomic.Value
	api := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer(http.StatusOK, `{"project_id": "p", "bundle_url": "`+address.Load().(string)+`"}`)(w, r)
	}))
	t.Cleanup(api.Close)
	transport := api.Client().Transport.(*http.Transport)
	transport.TLSClientConfig.InsecureSkipVerify = true // two certificates of the same test
	client := newClient(t, api.URL, lokalise.WithHTTPClient(&http.Client{Transport: transport}))
	for url, ok := range map[string]bool{plain.URL: false, secure.URL: true, "https://": false, "": false, "bundle.zip": false} {
		address.Store(url)
		_, err := client.Files.DownloadTo(t.Context(), projectID, t.TempDir(), exportJSON, nil)
		if ok != (err == nil) || !ok && !errors.Is(err, lokalise.ErrRedirect) {
			t.Errorf("%q: %v", url, err)
		}
	}
}
