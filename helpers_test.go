package lokalise_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"reflect"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/golokalise/lokalise"
)

const (
	testToken = "a1b2c3d4e5f60718293a4b5c6d7e8f9001020304"
	// prefix is a path in the base URL of most tests, so that a client which
	// loses it is caught.
	prefix = "/prefix"
)

// newServer serves a handler on a real socket. The client is without limits;
// tests of limits bring their own.
func newServer(t *testing.T, handler http.HandlerFunc, opts ...lokalise.Option) *lokalise.Client {
	t.Helper()
	srv := httptest.NewServer(handler)
	t.Cleanup(srv.Close)
	return newClient(t, srv.URL+prefix, opts...)
}

// newClient returns a client with testToken and without limits, unless the
// options say otherwise.
func newClient(t *testing.T, base string, opts ...lokalise.Option) *lokalise.Client {
	t.Helper()
	all := []lokalise.Option{lokalise.WithBaseURL(base), lokalise.WithoutLimits()}
	client, err := lokalise.New(append(all, withTestToken(opts)...)...)
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// withTestToken adds testToken unless the options bring a credential.
func withTestToken(opts []lokalise.Option) []lokalise.Option {
	if _, err := lokalise.New(opts...); err == nil {
		return opts
	}
	return append(opts, lokalise.WithAPIToken(testToken))
}

// newMemoryServer serves a handler without sockets, so that it works inside a
// synctest bubble, and returns a client for it. Everything ends with the test.
func newMemoryServer(t *testing.T, handler http.HandlerFunc, opts ...lokalise.Option) *lokalise.Client {
	t.Helper()
	transport := newMemoryTransport(t, handler)
	opts = append([]lokalise.Option{lokalise.WithHTTPClient(&http.Client{Transport: transport})}, opts...)
	return newClient(t, uniqueURL(), opts...)
}

// uniqueURL returns a base URL that no other test uses. Clients with the same
// one share limits, which goroutines of different bubbles must not.
func uniqueURL() string {
	return fmt.Sprintf("http://127.0.0.1:%d%s", 10000+ports.Add(1), prefix)
}

var ports atomic.Int64

func newMemoryTransport(t *testing.T, handler http.Handler) *http.Transport {
	t.Helper()
	listener := &memoryListener{conns: make(chan net.Conn), closed: make(chan struct{})}
	srv := &http.Server{Handler: handler, ReadHeaderTimeout: time.Hour}
	served := make(chan struct{})
	go func() {
		defer close(served)
		_ = srv.Serve(listener) // ends when the test does
	}()
	transport := &http.Transport{DialContext: listener.dial, MaxIdleConnsPerHost: 64}
	t.Cleanup(func() {
		transport.CloseIdleConnections()
		_ = srv.Close()
		<-served
	})
	return transport
}

// memoryListener hands out the other ends of pipes.
type memoryListener struct {
	conns  chan net.Conn
	closed chan struct{}
	once   sync.Once
}

func (l *memoryListener) Accept() (net.Conn, error) {
	select {
	case c := <-l.conns:
		return c, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

func (l *memoryListener) Close() error {
	l.once.Do(func() { close(l.closed) })
	return nil
}

func (l *memoryListener) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)} }

func (l *memoryListener) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	client, server := net.Pipe()
	select {
	case l.conns <- server:
		return client, nil
	case <-l.closed:
		return nil, net.ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// answer is a handler that answers with a status and a body.
func answer(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

// inTurn answers the first request with the first handler and so on; the last
// one answers all that follow. It counts the requests.
func inTurn(handlers ...http.HandlerFunc) (http.HandlerFunc, *atomic.Int64) {
	var count atomic.Int64
	return func(w http.ResponseWriter, r *http.Request) {
		i := int(count.Add(1)) - 1
		handlers[min(i, len(handlers)-1)](w, r)
	}, &count
}

// opCase describes one operation to testOperation.
type opCase struct {
	// op is the directive of the method, "GET /projects/{project_id}".
	op string
	// path is the escaped path that the request must have, without the prefix.
	path string
	// query is the query that the request must have, in any order.
	query string
	// body is the JSON that the request must have; empty for none.
	body string
	// answer is what the server answers, with status 200.
	answer string
	// call calls the method.
	call func(ctx context.Context, c *lokalise.Client) (any, error)
	// want is what it must return.
	want any
}

// testOperation checks that a method sends what it should and returns what the
// server answered, and that it does right by a canceled context, by an error of
// the API, by an answer that cannot be read, and by a server that fails once.
func testOperation(t *testing.T, c opCase) {
	t.Helper()
	t.Run(c.op, func(t *testing.T) {
		t.Parallel()
		t.Run("request and answer", func(t *testing.T) { testRequest(t, c) })
		t.Run("canceled context", func(t *testing.T) { testCanceled(t, c) })
		t.Run("error", func(t *testing.T) { testError(t, c) })
		t.Run("unreadable answer", func(t *testing.T) { testUnreadable(t, c) })
		t.Run("server fails once", func(t *testing.T) { testFailsOnce(t, c) })
	})
}

func (c opCase) method() string {
	method, _, _ := strings.Cut(c.op, " ")
	return method
}

func testRequest(t *testing.T, c opCase) {
	client := newServer(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Method != c.method() {
			t.Errorf("method is %s, want %s", r.Method, c.method())
		}
		if want := prefix + c.path; r.URL.EscapedPath() != want {
			t.Errorf("path is %s, want %s", r.URL.EscapedPath(), want)
		}
		assertQuery(t, r.URL.RawQuery, c.query)
		assertBody(t, r, c.body)
		answer(http.StatusOK, c.answer)(w, r)
	})
	got, err := c.call(t.Context(), client)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, c.want) {
		t.Errorf("got  %+v\nwant %+v", got, c.want)
	}
}

func assertQuery(t *testing.T, got, want string) {
	t.Helper()
	g, gotErr := url.ParseQuery(got)
	w, wantErr := url.ParseQuery(want)
	if gotErr != nil || wantErr != nil || !reflect.DeepEqual(g, w) {
		t.Errorf("query is %q, want %q", got, want)
	}
}

func assertBody(t *testing.T, r *http.Request, want string) {
	t.Helper()
	got, err := io.ReadAll(r.Body)
	if err != nil {
		t.Error(err)
		return
	}
	if want == "" {
		if len(got) > 0 {
			t.Errorf("body is %s, want none", got)
		}
		return
	}
	if ct := r.Header.Get("Content-Type"); ct != "application/json" {
		t.Errorf("Content-Type is %q", ct)
	}
	if !sameJSON(t, string(got), want) {
		t.Errorf("body is\n%s\nwant\n%s", got, want)
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
		t.Fatalf("%v in %s", err, text)
	}
	return v
}

func testCanceled(t *testing.T, c opCase) {
	handler, count := inTurn(answer(http.StatusOK, c.answer))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := c.call(ctx, newServer(t, handler))
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want context.Canceled", err)
	}
	if n := count.Load(); n != 0 {
		t.Errorf("%d requests were sent", n)
	}
}

func testError(t *testing.T, c opCase) {
	client := newServer(t, answer(http.StatusForbidden, `{"error":{"message":"Forbidden","code":403}}`))
	_, err := c.call(t.Context(), client)
	var e *lokalise.APIError
	if !errors.As(err, &e) || !errors.Is(err, lokalise.ErrForbidden) {
		t.Fatalf("got %v, want an APIError of class ErrForbidden", err)
	}
	if e.Method != c.method() || e.Path != prefix+c.path || e.Code != 403 || e.Message != "Forbidden" {
		t.Errorf("got %+v", e)
	}
}

func testUnreadable(t *testing.T, c opCase) {
	handler, count := inTurn(answer(http.StatusOK, `{"cut": `))
	_, err := c.call(t.Context(), newServer(t, handler))
	var e *lokalise.DecodeError
	if !errors.Is(err, lokalise.ErrDecode) || !errors.As(err, &e) {
		t.Fatalf("got %v, want ErrDecode", err)
	}
	if e.Status != http.StatusOK || !strings.Contains(err.Error(), "succeeded") {
		t.Errorf("the error does not say that the request succeeded: %v", err)
	}
	if n := count.Load(); n != 1 {
		t.Errorf("the request was sent %d times", n)
	}
}

// testFailsOnce checks that a request is repeated after a failure of the server
// exactly when it is idempotent.
func testFailsOnce(t *testing.T, c opCase) {
	synctest.Test(t, func(t *testing.T) {
		handler, count := inTurn(answer(http.StatusInternalServerError, ""), answer(http.StatusOK, c.answer))
		_, err := c.call(t.Context(), newMemoryServer(t, handler))
		switch idempotent := c.method() != http.MethodPost && c.method() != http.MethodPatch; {
		case idempotent && (err != nil || count.Load() != 2):
			t.Errorf("%d requests and %v, want a second one that succeeds", count.Load(), err)
		case !idempotent && (!errors.Is(err, lokalise.ErrServer) || count.Load() != 1):
			t.Errorf("%d requests and %v, want one and ErrServer", count.Load(), err)
		}
	})
}

// asList describes a list to testOperation twice: as one page, and as an
// iterator that meets this page only.
func asList[T any](c opCase, list func(ctx context.Context, c *lokalise.Client) (*lokalise.Page[T], error), all func(ctx context.Context, c *lokalise.Client) iter.Seq2[*T, error]) []opCase {
	page, iterator := c, c
	page.call = func(ctx context.Context, c *lokalise.Client) (any, error) {
		p, err := list(ctx, c)
		if err != nil {
			return nil, err
		}
		return p.Items, nil
	}
	iterator.call = func(ctx context.Context, c *lokalise.Client) (any, error) { return collect(all(ctx, c)) }
	return []opCase{page, iterator}
}

// collect reads an iterator to its end.
func collect[T any](seq func(func(*T, error) bool)) ([]T, error) {
	var items []T
	for item, err := range seq {
		if err != nil {
			return items, err
		}
		items = append(items, *item)
	}
	return items, nil
}

// sourceFunc is a token source.
type sourceFunc func(ctx context.Context) (string, error)

func (f sourceFunc) Token(ctx context.Context) (string, error) { return f(ctx) }
