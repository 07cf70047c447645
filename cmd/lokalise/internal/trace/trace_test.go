package trace_test

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/golokalise/lokalise/cmd/lokalise/internal/trace"
	"github.com/golokalise/lokalise/internal/testutil"
)

const planted = "5ec2e7c0de5ec2e7c0de5ec2e7c0de5ec2e7c0de"

// serve answers every request with the given type and body.
func serve(t *testing.T, contentType, body string) *httptest.Server {
	t.Helper()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", contentType)
		w.Header().Set("Set-Cookie", "session="+planted)
		_, _ = io.WriteString(w, body)
	}))
	t.Cleanup(srv.Close)
	return srv
}

// exchange sends one request through a recorder and returns what the caller
// got and what was recorded.
func exchange(t *testing.T, srv *httptest.Server, method, query, contentType, body string) (string, trace.Exchange) {
	t.Helper()
	rec := trace.NewRecorder(srv.Client().Transport)
	req, err := http.NewRequestWithContext(t.Context(), method, srv.URL+"/p?"+query, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", contentType)
	req.Header.Set("Authorization", "Bearer "+planted)
	req.Header.Set("X-Api-Token", planted)
	resp, err := (&http.Client{Transport: rec}).Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	got, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	kept := rec.Take()
	if len(kept) != 1 {
		t.Fatalf("recorded %d exchanges, want 1", len(kept))
	}
	return string(got), kept[0]
}

func TestRecorderMasksSecretsEverywhere(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, query, requestType, requestBody, responseType, responseBody string }{
		{"JSON", "code=" + planted, "application/json", `{"client_secret":"` + planted + `"}`, "application/json", `{"access_token":"` + planted + `"}`},
		{"form", "state=" + planted, "application/x-www-form-urlencoded", "refresh_token=" + planted, "application/json", `[{"token":"` + planted + `"}]`},
		{"page", "", "text/plain", planted, "text/html", "<p>" + planted},
		{"redirect inside JSON", "", "application/json", `{"url":"http://x.test/?state=` + planted + `"}`, "application/json", `{"redirect_to":"http://x.test/?code=` + planted + `"}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			srv := serve(t, tt.responseType, tt.responseBody)
			got, kept := exchange(t, srv, http.MethodPost, tt.query, tt.requestType, tt.requestBody)
			if got != tt.responseBody {
				t.Errorf("the caller got %q, want the whole body %q", got, tt.responseBody)
			}
			text, err := json.Marshal(kept)
			if err != nil {
				t.Fatal(err)
			}
			testutil.AssertNoSecret(t, "recording", string(text), planted)
		})
	}
}

func TestRecorderKeepsEnoughToTellSecretsApart(t *testing.T) {
	t.Parallel()
	srv := serve(t, "application/json", `{"access_token":"`+planted+`","expires_in":3600}`)
	_, kept := exchange(t, srv, http.MethodPost, "page=1", "application/json", `{"grant_type":"refresh_token"}`)
	if got, want := kept.Request.Headers["Authorization"], "Bearer 5ec2…[redacted]"; got != want {
		t.Errorf("Authorization = %q, want %q", got, want)
	}
	if got, want := string(kept.Response.Body), `{"access_token":"5ec2…[redacted]","expires_in":3600}`; got != want {
		t.Errorf("response body = %s, want %s", got, want)
	}
	if !strings.HasSuffix(kept.Request.URL, "/p?page=1") {
		t.Errorf("URL = %q", kept.Request.URL)
	}
	if kept.Response.Status != http.StatusOK {
		t.Errorf("status = %d", kept.Response.Status)
	}
}

func TestRecorderLetsALongBodyThroughWhole(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 3<<20)
	got, _ := exchange(t, serve(t, "text/plain", long), http.MethodGet, "", "text/plain", "")
	if got != long {
		t.Errorf("the caller got %d bytes, want %d", len(got), len(long))
	}
}

type brokenTransport struct{ err error }

func (b brokenTransport) RoundTrip(*http.Request) (*http.Response, error) { return nil, b.err }

func TestRecorderKeepsARequestThatBroughtNoAnswer(t *testing.T) {
	t.Parallel()
	broken := errors.New("line cut")
	rec := trace.NewRecorder(brokenTransport{broken})
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://127.0.0.1:1/", nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := rec.RoundTrip(req)
	if err == nil {
		_ = resp.Body.Close() // the test fails below
	}
	if !errors.Is(err, broken) {
		t.Fatalf("err = %v, want %v", err, broken)
	}
	kept := rec.Take()
	if len(kept) != 1 || kept[0].Request == nil || kept[0].Response != nil {
		t.Errorf("recorded %+v, want one request without a response", kept)
	}
	if again := rec.Take(); len(again) != 0 {
		t.Errorf("a second Take returns %d exchanges again", len(again))
	}
}
