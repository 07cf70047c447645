package oauth_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/golokalise/lokalise/oauth"
)

// Credentials of the shape that Lokalise hands out, made up for the tests.
const (
	testID     = "0a1b2c3d4e5f60718293a4b5c6d7e8f901234567"
	testSecret = "5ec2e75ec2e75ec2e75ec2e75ec2e75ec2e7c0de"
	testCode   = "c0dec0dec0dec0dec0dec0dec0dec0dec0dec0de"
	testAccess = "acce55acce55acce55acce55acce55acce550001"
	testRefrsh = "4ef4e5b4ef4e5b4ef4e5b4ef4e5b4ef4e5b4ef4e"
)

// The answers as recorded from the real token endpoint, with made-up tokens.
const (
	exchangeAnswer = `{"access_token":"` + testAccess + `","refresh_token":"` + testRefrsh + `","expires_in":3600,"token_type":"Bearer"}`
	refreshAnswer  = `{"access_token":"` + testAccess + `","scope":"write_team_groups read_projects","expires_in":3600,"token_type":"Bearer"}`
)

// fixedNow is what clients in these tests take for the present.
var fixedNow = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

// newClient returns a client for a host, with changes to its configuration.
func newClient(t testing.TB, host string, change ...func(*oauth.Config)) *oauth.Client {
	t.Helper()
	cfg := oauth.Config{
		ClientID: testID, ClientSecret: testSecret, RedirectURL: "https://app.example/callback",
		Host: host, Now: func() time.Time { return fixedNow },
	}
	for _, f := range change {
		f(&cfg)
	}
	client, err := oauth.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// server is a token endpoint that counts what it gets.
type server struct {
	*httptest.Server
	hits atomic.Int32
}

func newServer(t testing.TB, handler http.HandlerFunc) *server {
	t.Helper()
	s := &server{}
	s.Server = httptest.NewServer(s.counted(handler))
	t.Cleanup(s.Close)
	return s
}

func (s *server) counted(handler http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.hits.Add(1)
		handler(w, r)
	})
}

// answer writes a status and a body.
func answer(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

// call is Exchange or Refresh with the test's code or refresh token.
type call struct {
	name string
	do   func(context.Context, *oauth.Client) (*oauth.Token, error)
}

var calls = []call{
	{"exchange", func(ctx context.Context, c *oauth.Client) (*oauth.Token, error) { return c.Exchange(ctx, testCode) }},
	{"refresh", func(ctx context.Context, c *oauth.Client) (*oauth.Token, error) { return c.Refresh(ctx, testRefrsh) }},
}

// asError wants an *oauth.Error.
func asError(t testing.TB, err error) *oauth.Error {
	t.Helper()
	var failure *oauth.Error
	if !errors.As(err, &failure) {
		t.Fatalf("error is %T, want *oauth.Error: %v", err, err)
	}
	return failure
}

// memoryTransport serves a handler without sockets, so that a synctest bubble
// can hold client and server.
func memoryTransport(t *testing.T, handler http.Handler) *http.Transport {
	t.Helper()
	listener := &pipeListener{conns: make(chan net.Conn), done: make(chan struct{})}
	srv := &http.Server{Handler: handler, ReadHeaderTimeout: time.Hour}
	served := make(chan struct{})
	go func() {
		defer close(served)
		_ = srv.Serve(listener)
	}()
	transport := &http.Transport{DialContext: listener.dial}
	t.Cleanup(func() {
		transport.CloseIdleConnections()
		_ = srv.Close()
		<-served
	})
	return transport
}

type pipeListener struct {
	conns chan net.Conn
	done  chan struct{}
	once  sync.Once
}

func (l *pipeListener) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	near, far := net.Pipe()
	select {
	case l.conns <- far:
		return near, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-l.done:
		return nil, net.ErrClosed
	}
}

func (l *pipeListener) Accept() (net.Conn, error) {
	select {
	case conn := <-l.conns:
		return conn, nil
	case <-l.done:
		return nil, net.ErrClosed
	}
}

func (l *pipeListener) Close() error {
	l.once.Do(func() { close(l.done) })
	return nil
}

func (l *pipeListener) Addr() net.Addr { return pipeAddr{} }

type pipeAddr struct{}

func (pipeAddr) Network() string { return "memory" }
func (pipeAddr) String() string  { return "memory" }

// using sets the HTTP client's transport.
func using(transport http.RoundTripper) func(*oauth.Config) {
	return func(cfg *oauth.Config) { cfg.HTTPClient = &http.Client{Transport: transport} }
}

// roundTripper is a transport made of a function.
type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// canned answers every request with the same status and body.
func canned(status int, body string) roundTripper {
	return func(r *http.Request) (*http.Response, error) {
		_ = r.Body.Close()
		return &http.Response{
			StatusCode: status, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
			Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body)), Request: r,
		}, nil
	}
}
