package lokalise_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/golokalise/lokalise"
)

// trap is a server that nobody may talk to.
func trap(t *testing.T) *httptest.Server {
	t.Helper()
	srv := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		t.Errorf("%s %s arrived with header %v and body %q", r.Method, r.URL, r.Header, body)
	}))
	t.Cleanup(srv.Close)
	return srv
}

func redirectTo(status int, location string) http.HandlerFunc {
	return with(answer(status, ""), "Location", location)
}

func TestRedirectElsewhereIsNotFollowed(t *testing.T) {
	t.Parallel()
	other := trap(t).URL // another port of the same host
	statuses := []int{301, 302, 303, 307, 308}
	targets := map[string]string{
		"another port":   other + "/api2/projects",
		"another host":   strings.Replace(other, "127.0.0.1", "localhost", 1) + "/api2/projects",
		"no scheme":      strings.TrimPrefix(other, "http:") + "/api2/projects",
		"another scheme": "https://127.0.0.1/api2/projects",
		"a user":         "http://someone@127.0.0.1/api2/projects",
		"not a URL":      "http://[broken",
	}
	for name, target := range targets {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, status := range statuses {
				handler, count := inTurn(redirectTo(status, target+"?next=plantedsecret"))
				byToken := newServer(t, handler)                                       // X-Api-Token
				byBearer := newServer(t, handler, lokalise.WithBearerToken(testToken)) // Authorization
				for _, err := range []error{
					get(t.Context(), byToken), create(t.Context(), byToken),
					get(t.Context(), byBearer), create(t.Context(), byBearer),
				} {
					var e *lokalise.RedirectError
					if !errors.Is(err, lokalise.ErrRedirect) || !errors.As(err, &e) || e.Status != status {
						t.Errorf("%d: got %v", status, err)
					}
					if strings.Contains(err.Error(), "plantedsecret") {
						t.Errorf("%d: the error shows the query: %v", status, err)
					}
				}
				if count.Load() != 4 {
					t.Errorf("%d: %d requests", status, count.Load())
				}
			}
		})
	}
}

// The control for the test above: net/http by itself carries X-Api-Token and the
// body of a 307 to another server.
func TestNetHTTPWouldCarryTokenAndBodyElsewhere(t *testing.T) {
	t.Parallel()
	var token, body atomic.Value
	other := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		text, _ := io.ReadAll(r.Body)
		token.Store(r.Header.Get("X-Api-Token"))
		body.Store(string(text))
	}))
	t.Cleanup(other.Close)
	here := httptest.NewServer(redirectTo(http.StatusTemporaryRedirect, strings.Replace(other.URL, "127.0.0.1", "localhost", 1)))
	t.Cleanup(here.Close)
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, here.URL, strings.NewReader("text"))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("X-Api-Token", testToken)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	if token.Load() != testToken || body.Load() != "text" {
		t.Errorf("token %v and body %v arrived; the test above proves nothing", token.Load(), body.Load())
	}
}

func TestRedirectOnTheSameServerIsFollowed(t *testing.T) {
	t.Parallel()
	moved := func(status int) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			if !strings.HasSuffix(r.URL.Path, "/moved") {
				redirectTo(status, r.URL.Path+"/moved")(w, r)
				return
			}
			body, _ := io.ReadAll(r.Body)
			if r.Header.Get("X-Api-Token") != testToken || r.Method == http.MethodPost && string(body) != `{"name":"Website"}` {
				t.Errorf("%s arrived with header %v and body %q", r.Method, r.Header, body)
			}
			answer(http.StatusOK, bareProject)(w, r)
		}
	}
	for _, status := range []int{301, 302, 303, 307, 308} {
		if err := get(t.Context(), newServer(t, moved(status))); err != nil {
			t.Errorf("GET, %d: %v", status, err)
		}
	}
	for _, status := range []int{307, 308} {
		if err := create(t.Context(), newServer(t, moved(status))); err != nil {
			t.Errorf("POST, %d: %v", status, err)
		}
	}
}

func TestRedirectThatWouldTurnAWriteIntoAReadIsRefused(t *testing.T) {
	t.Parallel()
	for _, status := range []int{301, 302, 303} {
		handler, count := inTurn(redirectTo(status, "/elsewhere"))
		if err := create(t.Context(), newServer(t, handler)); !errors.Is(err, lokalise.ErrRedirect) || count.Load() != 1 {
			t.Errorf("%d: %d requests, %v", status, count.Load(), err)
		}
	}
}

func TestRedirectsAreCounted(t *testing.T) {
	t.Parallel()
	handler, count := inTurn(redirectTo(http.StatusFound, "/again"))
	if err := get(t.Context(), newServer(t, handler)); !errors.Is(err, lokalise.ErrRedirect) || count.Load() != 6 {
		t.Errorf("%d requests, %v", count.Load(), err)
	}
}

func TestRedirectWithoutTargetIsAnAPIError(t *testing.T) {
	t.Parallel()
	var e *lokalise.APIError
	if err := get(t.Context(), newServer(t, answer(http.StatusFound, ""))); !errors.As(err, &e) || e.Status != http.StatusFound {
		t.Errorf("got %v", err)
	}
}
