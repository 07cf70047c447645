package stub_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/golokalise/lokalise/internal/bench/stub"
)

// fetch sends a GET to the stub, in memory.
func fetch(t *testing.T, h http.Handler, target string) *http.Response {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, target, nil)
	r.Header.Set("X-Api-Token", "any")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

// decode reads a JSON body with a member of any type.
func decode[T any](t *testing.T, response *http.Response) T {
	t.Helper()
	defer func() { _ = response.Body.Close() }()
	var v T
	if err := json.NewDecoder(response.Body).Decode(&v); err != nil {
		t.Fatalf("status %d: %v", response.StatusCode, err)
	}
	return v
}

func TestEveryListedProjectCanBeFetched(t *testing.T) {
	t.Parallel()
	h := stub.New(stub.Options{}).Handler()
	response := fetch(t, h, "/api2/projects?limit=100")
	for name, want := range map[string]string{"Total-Count": "100", "Page-Count": "1", "Limit": "100", "Page": "1"} {
		if got := response.Header.Get("X-Pagination-" + name); got != want {
			t.Errorf("X-Pagination-%s is %q, not %q", name, got, want)
		}
	}
	list := decode[struct{ Projects []map[string]any }](t, response)
	if len(list.Projects) != stub.ProjectCount {
		t.Fatalf("%d projects", len(list.Projects))
	}
	for i, p := range list.Projects {
		id := stub.ProjectID(i)
		one := decode[map[string]any](t, fetch(t, h, "/api2/projects/"+id))
		if p["project_id"] != id || one["project_id"] != id || one["name"] != p["name"] {
			t.Errorf("project %d differs: %v and %v", i, p["project_id"], one["project_id"])
		}
	}
}

func TestKeyPagesCoverEveryKeyOnce(t *testing.T) {
	t.Parallel()
	h := stub.New(stub.Options{}).Handler()
	for _, mode := range []string{"cursor", "offset"} {
		seen := map[float64]bool{}
		q := url.Values{"limit": {"70"}, "include_translations": {"1"}}
		if mode == "cursor" {
			q.Set("pagination", "cursor")
		}
		for page := 1; page <= 10; page++ {
			response := fetch(t, h, "/api2/projects/"+stub.ProjectID(stub.SmallProject)+"/keys?"+q.Encode())
			list := decode[struct{ Keys []keyIDs }](t, response)
			for _, key := range list.Keys {
				key.check(t, seen)
			}
			q.Set("page", strconv.Itoa(page+1))
			q.Set("cursor", response.Header.Get("X-Pagination-Next-Cursor"))
			if mode == "cursor" && q.Get("cursor") == "" {
				break
			}
		}
		if len(seen) != 500*4 {
			t.Errorf("%s: %d different ids, not 500 keys and 3 translations each", mode, len(seen))
		}
	}
}

func TestKeysBeyondTheTemplatesHaveIDsOfTheirOwn(t *testing.T) {
	t.Parallel()
	h := stub.New(stub.Options{}).Handler()
	seen := map[float64]bool{}
	for _, page := range []int{1, 1251, 125000} { // the first and the last template, and the last key
		target := "/api2/projects/" + stub.ProjectID(stub.BigProject) + "/keys?limit=4&include_translations=1&page=" + strconv.Itoa(page)
		list := decode[struct{ Keys []keyIDs }](t, fetch(t, h, target))
		for _, key := range list.Keys {
			key.check(t, seen)
		}
	}
	if len(seen) != 3*4*4 {
		t.Errorf("%d different ids", len(seen))
	}
}

// keyIDs are a key's ids.
type keyIDs struct {
	KeyID        float64           `json:"key_id"`
	KeyName      map[string]string `json:"key_name"`
	Translations []struct {
		TranslationID float64 `json:"translation_id"`
		KeyID         float64 `json:"key_id"`
	}
}

// check notes the ids and checks that the key's own id stands everywhere.
func (k keyIDs) check(t *testing.T, seen map[float64]bool) {
	t.Helper()
	id := strconv.FormatFloat(k.KeyID, 'f', 0, 64)
	if len(k.KeyName) != 4 || !strings.HasSuffix(k.KeyName["web"], "_"+id) {
		t.Errorf("key %s is named %v", id, k.KeyName)
	}
	ids := []float64{k.KeyID}
	for _, translation := range k.Translations {
		ids = append(ids, translation.TranslationID)
		if translation.KeyID != k.KeyID {
			t.Errorf("a translation of key %s has key_id %v", id, translation.KeyID)
		}
	}
	for _, id := range ids {
		if seen[id] {
			t.Errorf("id %v comes twice", id)
		}
		seen[id] = true
	}
}

func TestTranslationsAreLeftOutUnlessAskedFor(t *testing.T) {
	t.Parallel()
	h := stub.New(stub.Options{}).Handler()
	list := decode[struct{ Keys []map[string]any }](t, fetch(t, h, "/api2/projects/"+stub.ProjectID(stub.SmallProject)+"/keys"))
	if len(list.Keys) != 100 {
		t.Fatalf("%d keys, not the default of 100", len(list.Keys))
	}
	if _, there := list.Keys[0]["translations"]; there {
		t.Error("translations are there")
	}
}

func TestBadRequestsGetTheAPIsErrors(t *testing.T) {
	t.Parallel()
	h := stub.New(stub.Options{}).Handler()
	project := "/api2/projects/" + stub.ProjectID(0)
	for target, want := range map[string]int{
		"/api2/projects?limit=0":                          http.StatusBadRequest,
		"/api2/projects?limit=5001":                       http.StatusBadRequest,
		"/api2/projects?page=x":                           http.StatusBadRequest,
		"/api2/projects/unknown":                          http.StatusNotFound,
		project + "/keys?pagination=cursor&cursor=bm9uZQ": http.StatusBadRequest,
		project + "/processes/unknown":                    http.StatusNotFound,
	} {
		response := fetch(t, h, target)
		body := decode[struct {
			Error struct {
				Message string
				Code    int
			}
		}](t, response)
		if response.StatusCode != want || body.Error.Code != want || body.Error.Message == "" {
			t.Errorf("%s: status %d, body %+v", target, response.StatusCode, body)
		}
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/api2/projects", nil))
	if w.Code != http.StatusBadRequest {
		t.Errorf("without a token: status %d", w.Code)
	}
}

func TestRateHeadersAreThereOnDemandOnly(t *testing.T) {
	t.Parallel()
	for _, on := range []bool{false, true} {
		h := stub.New(stub.Options{RateHeaders: on}).Handler()
		got := fetch(t, h, "/api2/projects").Header.Get("X-Ratelimit-Limit")
		if (got != "") != on {
			t.Errorf("RateHeaders %t: header %q", on, got)
		}
	}
}

func TestBundleIsAnArchiveOfTheStatedSize(t *testing.T) {
	t.Parallel()
	h := stub.New(stub.Options{}).Handler()
	response := fetch(t, h, "/bundles/"+stub.ProjectID(stub.SmallProject))
	data, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	if response.Header.Get("Content-Length") != strconv.Itoa(len(data)) {
		t.Errorf("Content-Length %s, body %d", response.Header.Get("Content-Length"), len(data))
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var total int64
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		n, err := io.Copy(io.Discard, r) // reading it checks the checksum
		if err != nil {
			t.Errorf("%s: %v", f.Name, err)
		}
		total += n
	}
	if want := int64(stub.BundleMB(stub.SmallProject)) << 20; total != want {
		t.Errorf("%d bytes of files, not %d", total, want)
	}
}
