package ota_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"reflect"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/golokalise/lokalise"
	"github.com/golokalise/lokalise/ota"
)

const (
	project     = lokalise.ProjectID("20008339586cded200e0d8.29879849")
	projectPath = "/v3/teams/815/projects/20008339586cded200e0d8.29879849"
	jwt         = "eyJhbGciOi.c2VydmljZXRva2Vu.c2lnbmF0dXJl"
	sdkToken    = "0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b"
	// prefix is a path in the base URL, so that a client which loses it is
	// caught.
	prefix = "/prefix"
)

// source is a token source with one token.
type source string

func (s source) Token(context.Context) (string, error) { return string(s), nil }

// server serves a handler and returns the base URL.
func server(t *testing.T, handler http.HandlerFunc) string {
	t.Helper()
	srv := httptest.NewServer(handler)
	t.Cleanup(srv.Close)
	return srv.URL + prefix
}

// clients returns the two clients of the package for a handler.
func clients(t *testing.T, handler http.HandlerFunc, opts ...lokalise.Option) (*ota.Client, *ota.Archives) {
	t.Helper()
	all := append([]lokalise.Option{lokalise.WithBaseURL(server(t, handler)), lokalise.WithoutLimits(), lokalise.WithMaxAttempts(1)}, opts...)
	client, err := ota.New(source(jwt), all...)
	if err != nil {
		t.Fatal(err)
	}
	archives, err := ota.NewArchives(sdkToken, all...)
	if err != nil {
		t.Fatal(err)
	}
	return client, archives
}

func answer(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

// opCase describes an operation to testOperation.
type opCase struct {
	// op is the directive of the method.
	op string
	// path and query are those that the request must have, body is its JSON.
	path, query, body string
	// status and answer are what the server answers; the status is 200 if it is 0.
	status int
	answer string
	// credential is the header that the request must have. Defaults to the one
	// of the service token.
	credential string
	call       func(ctx context.Context, c *ota.Client, a *ota.Archives) (any, error)
	want       any
}

func (c opCase) method() string {
	method, _, _ := strings.Cut(c.op, " ")
	return method
}

// testOperation checks that a method sends what it should and returns what the
// server answered, and that it does right by a canceled context, by an error of
// the API and by an answer that cannot be read.
func testOperation(t *testing.T, c opCase) {
	t.Helper()
	t.Run(c.op, func(t *testing.T) {
		t.Parallel()
		t.Run("request and answer", func(t *testing.T) { testRequest(t, c) })
		t.Run("canceled context", func(t *testing.T) { testCanceled(t, c) })
		t.Run("error", func(t *testing.T) { testError(t, c) })
		t.Run("unreadable answer", func(t *testing.T) { testUnreadable(t, c) })
	})
}

func testRequest(t *testing.T, c opCase) {
	client, archives := clients(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Method != c.method() || r.URL.EscapedPath() != prefix+c.path {
			t.Errorf("got %s %s, want %s %s", r.Method, r.URL.EscapedPath(), c.method(), prefix+c.path)
		}
		got, want := r.URL.Query(), url.Values{}
		if c.query != "" {
			want, _ = url.ParseQuery(c.query)
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("query is %v, want %v", got, want)
		}
		assertCredential(t, r.Header, c.credential)
		body, _ := io.ReadAll(r.Body)
		if (len(body) > 0 || c.body != "") && !sameJSON(t, string(body), c.body) {
			t.Errorf("body is %s, want %s", body, c.body)
		}
		answer(max(c.status, http.StatusOK), c.answer)(w, r)
	})
	got, err := c.call(t.Context(), client, archives)
	if err != nil || !reflect.DeepEqual(got, c.want) {
		t.Errorf("got  %#v, %v\nwant %#v", got, err, c.want)
	}
}

func assertCredential(t *testing.T, h http.Header, want string) {
	t.Helper()
	if want == "" {
		want = "Authorization"
	}
	for header, value := range map[string]string{
		"Authorization": "Bearer " + jwt, "X-Ota-Api-Token": sdkToken, "X-Api-Token": "",
	} {
		if header != want {
			value = ""
		}
		if got := h.Get(header); got != value {
			t.Errorf("%s is %q", header, got)
		}
	}
}

func testCanceled(t *testing.T, c opCase) {
	var count atomic.Int64
	client, archives := clients(t, func(http.ResponseWriter, *http.Request) { count.Add(1) })
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := c.call(ctx, client, archives); !errors.Is(err, context.Canceled) || count.Load() != 0 {
		t.Errorf("got %v after %d requests", err, count.Load())
	}
}

// testError answers in the shape that was recorded on this host.
func testError(t *testing.T, c opCase) {
	client, archives := clients(t, answer(http.StatusNotFound, `{"message": "Project not found", "statusCode": 404, "error": "ENTITY_NOT_FOUND"}`))
	_, err := c.call(t.Context(), client, archives)
	var e *lokalise.APIError
	if !errors.Is(err, lokalise.ErrNotFound) || !errors.As(err, &e) {
		t.Fatalf("got %v, want ErrNotFound", err)
	}
	if e.Method != c.method() || e.Path != prefix+c.path || e.Code != 404 || e.ErrorCode != "ENTITY_NOT_FOUND" || e.Message != "Project not found" {
		t.Errorf("got %+v", e)
	}
}

func testUnreadable(t *testing.T, c opCase) {
	for _, body := range []string{`{"cut": `, "<html>"} {
		client, archives := clients(t, answer(http.StatusOK, body))
		if _, err := c.call(t.Context(), client, archives); !errors.Is(err, lokalise.ErrDecode) {
			t.Errorf("%s: got %v, want ErrDecode", body, err)
		}
	}
}

// sameJSON compares two JSON texts, digit for digit and null for null.
func sameJSON(t *testing.T, a, b string) bool {
	t.Helper()
	return reflect.DeepEqual(parseJSON(t, a), parseJSON(t, b))
}

func parseJSON(t *testing.T, text string) any {
	t.Helper()
	dec := json.NewDecoder(strings.NewReader(text))
	dec.UseNumber()
	var v any
	if err := dec.Decode(&v); err != nil {
		t.Errorf("%v in %q", err, text)
	}
	return v
}

// assertWrittenAsRead checks that a model keeps what it reads.
func assertWrittenAsRead(t *testing.T, text string, model any) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), model); err != nil {
		t.Fatal(err)
	}
	out, err := json.Marshal(model)
	if err != nil || !sameJSON(t, string(out), text) {
		t.Errorf("written as\n%s, %v, want\n%s", out, err, text)
	}
}
