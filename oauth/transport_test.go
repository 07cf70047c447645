package oauth_test

import (
	"bufio"
	"bytes"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/golokalise/lokalise/oauth"
)

func TestRedirectsOfTheTokenEndpointAreNeverFollowed(t *testing.T) {
	t.Parallel()
	for _, call := range calls {
		for _, status := range []int{301, 302, 303, 307, 308} {
			t.Run(call.name+" "+strconv.Itoa(status), func(t *testing.T) {
				t.Parallel()
				elsewhere := newServer(t, answer(200, exchangeAnswer))
				var here *server
				here = newServer(t, func(w http.ResponseWriter, r *http.Request) {
					target := map[bool]string{true: elsewhere.URL, false: here.URL + "/other"}[status%2 == 0]
					http.Redirect(w, r, target, status)
				})
				client := newClient(t, here.URL, func(c *oauth.Config) {
					c.HTTPClient = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return nil }}
				})
				_, err := call.do(t.Context(), client)
				failure := asError(t, err)
				if failure.Status != status || !errors.Is(err, oauth.ErrRedirected) || !failure.Misconfigured() || failure.Ambiguous() {
					t.Errorf("err = %v", err)
				}
				if here.hits.Load() != 1 || elsewhere.hits.Load() != 0 {
					t.Errorf("%d requests here, %d elsewhere", here.hits.Load(), elsewhere.hits.Load())
				}
			})
		}
	}
}

// The control for the test above: net/http by itself does carry the body of a
// 307 to another server.
func TestNetHTTPWouldRepeatTheBodyOfA307(t *testing.T) {
	t.Parallel()
	var leaked atomic.Bool
	elsewhere := newServer(t, func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		leaked.Store(bytes.Contains(body, []byte(testSecret)))
	})
	here := newServer(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, elsewhere.URL, http.StatusTemporaryRedirect)
	})
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, here.URL, strings.NewReader(`{"client_secret":"`+testSecret+`"}`))
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	if !leaked.Load() {
		t.Error("the body did not arrive; the redirect test above proves nothing")
	}
}

func TestCookiesAreNeitherSentNorKept(t *testing.T) {
	t.Parallel()
	srv := newServer(t, func(w http.ResponseWriter, r *http.Request) {
		if len(r.Cookies()) > 0 {
			t.Errorf("cookies = %v", r.Cookies())
		}
		w.Header().Set("Set-Cookie", "session=of-somebody; Path=/")
		answer(200, refreshAnswer)(w, r)
	})
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	home, err := url.Parse(srv.URL)
	if err != nil {
		t.Fatal(err)
	}
	mine, err := http.ParseSetCookie("mine=1")
	if err != nil {
		t.Fatal(err)
	}
	jar.SetCookies(home, []*http.Cookie{mine})
	callers := &http.Client{Jar: jar}
	client := newClient(t, srv.URL, func(c *oauth.Config) { c.HTTPClient = callers })
	for range 2 {
		if _, err := client.Refresh(t.Context(), testRefrsh); err != nil {
			t.Fatal(err)
		}
	}
	if len(jar.Cookies(home)) != 1 || callers.Jar == nil || callers.CheckRedirect != nil || callers.Transport != nil {
		t.Errorf("the caller's client was changed: %d cookies, %+v", len(jar.Cookies(home)), callers)
	}
}

// dyingServer answers the first request of a connection and hangs up on the
// second one after reading it: an idle connection that dies under a request. It
// counts the requests it read.
func dyingServer(t *testing.T) (addr string, requests *atomic.Int32) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	requests = &atomic.Int32{}
	serve := func(conn net.Conn) {
		defer func() { _ = conn.Close() }()
		reader := bufio.NewReader(conn)
		for first := true; ; first = false {
			req, err := http.ReadRequest(reader)
			if err != nil {
				return
			}
			_, _ = io.Copy(io.Discard, req.Body)
			requests.Add(1)
			if !first {
				return
			}
			_, _ = io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Length: "+strconv.Itoa(len(refreshAnswer))+"\r\n\r\n"+refreshAnswer)
		}
	}
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go serve(conn)
		}
	}()
	return "http://" + listener.Addr().String(), requests
}

// idempotent is a middleware which marks every request as safe to repeat, the
// one thing besides GetBody that makes net/http repeat a POST by itself.
func idempotent(base http.RoundTripper) http.RoundTripper {
	return roundTripper(func(r *http.Request) (*http.Response, error) {
		r = r.Clone(r.Context())
		r.Header.Set("Idempotency-Key", "k")
		return base.RoundTrip(r)
	})
}

func TestTheTransportDoesNotReplayOnADeadIdleConnection(t *testing.T) {
	t.Parallel()
	for _, call := range calls {
		for name, wrap := range map[string]func(http.RoundTripper) http.RoundTripper{
			"plain":                func(base http.RoundTripper) http.RoundTripper { return base },
			"with Idempotency-Key": idempotent,
		} {
			t.Run(call.name+", "+name, func(t *testing.T) {
				t.Parallel()
				addr, requests := dyingServer(t)
				keepAlive := &http.Transport{}
				t.Cleanup(keepAlive.CloseIdleConnections)
				client := newClient(t, addr, using(wrap(keepAlive)))
				if _, err := call.do(t.Context(), client); err != nil {
					t.Fatal(err)
				}
				_, err := call.do(t.Context(), client)
				if failure := asError(t, err); !failure.Ambiguous() {
					t.Errorf("not ambiguous: %v", err)
				}
				if n := requests.Load(); n != 2 {
					t.Errorf("the server read %d requests, want 2", n)
				}
			})
		}
	}
}

// The control for the test above: with GetBody, net/http does replay.
func TestNetHTTPWouldReplayOnADeadIdleConnection(t *testing.T) {
	t.Parallel()
	addr, requests := dyingServer(t)
	keepAlive := &http.Transport{}
	t.Cleanup(keepAlive.CloseIdleConnections)
	client := &http.Client{Transport: idempotent(keepAlive)}
	for range 2 {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, addr, strings.NewReader("{}"))
		if err != nil {
			t.Fatal(err)
		}
		resp, err := client.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.Copy(io.Discard, resp.Body)
		_ = resp.Body.Close()
	}
	if n := requests.Load(); n != 3 {
		t.Errorf("the server read %d requests, want 3; the replay test above proves nothing", n)
	}
}

func TestTheDefaultClientOpensAConnectionForEachRequest(t *testing.T) {
	t.Parallel()
	for name, callers := range map[string]*http.Client{"none given": nil, "without a transport": {}} {
		var opened atomic.Int32
		srv := &server{}
		srv.Server = httptest.NewUnstartedServer(srv.counted(answer(200, refreshAnswer)))
		srv.Config.ConnState = func(_ net.Conn, state http.ConnState) {
			if state == http.StateNew {
				opened.Add(1)
			}
		}
		srv.Start()
		client := newClient(t, srv.URL, func(c *oauth.Config) { c.HTTPClient = callers })
		for range 3 {
			if _, err := client.Refresh(t.Context(), testRefrsh); err != nil {
				t.Fatal(err)
			}
		}
		srv.Close()
		if opened.Load() != 3 {
			t.Errorf("%s: %d connections for 3 requests", name, opened.Load())
		}
	}
}

// Not parallel: it puts something of its own in the place of the default
// transport, as instrumentation does, and no parallel test runs meanwhile.
func TestAReplacedDefaultTransportIsUsedAsItIs(t *testing.T) {
	before := http.DefaultTransport
	t.Cleanup(func() { http.DefaultTransport = before })
	http.DefaultTransport = canned(200, refreshAnswer)
	if token, err := newClient(t, "http://localhost").Refresh(t.Context(), testRefrsh); err != nil || token.AccessToken != testAccess {
		t.Errorf("token = %v, %v", token, err)
	}
}

func TestAnAnswerLostOverHTTP2IsAmbiguous(t *testing.T) {
	t.Parallel()
	for _, call := range calls {
		srv := &server{}
		srv.Server = httptest.NewUnstartedServer(srv.counted(func(w http.ResponseWriter, r *http.Request) {
			if r.ProtoMajor != 2 {
				t.Errorf("the request came over %s", r.Proto)
			}
			lostAnswer(w, r)
		}))
		srv.EnableHTTP2 = true
		srv.StartTLS()
		_, err := call.do(t.Context(), newClient(t, srv.URL, func(c *oauth.Config) { c.HTTPClient = srv.Client() }))
		if failure := asError(t, err); !failure.Ambiguous() || srv.hits.Load() != 1 {
			t.Errorf("%s: ambiguous = %v after %d requests: %v", call.name, failure.Ambiguous(), srv.hits.Load(), err)
		}
		srv.Close()
	}
}

func TestATLSFailureIsRepeatedAndSendsNothing(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		start func(*httptest.Server)
		text  string
	}{
		"certificate nobody trusts": {(*httptest.Server).StartTLS, "the server's certificate does not verify"},
		"no TLS at all":             {(*httptest.Server).Start, "the server speaks plain http where https was asked for"},
		"no version in common":      {startWithOldTLS, "the TLS handshake failed"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var opened atomic.Int32
			srv := &server{}
			srv.Server = httptest.NewUnstartedServer(srv.counted(answer(200, exchangeAnswer)))
			srv.Config.ErrorLog = discardLog()
			srv.Config.ConnState = func(_ net.Conn, state http.ConnState) {
				if state == http.StateNew {
					opened.Add(1)
				}
			}
			test.start(srv.Server)
			t.Cleanup(srv.Close)
			_, err := newClient(t, "https://"+srv.Listener.Addr().String()).Exchange(t.Context(), testCode)
			failure := asError(t, err)
			if failure.MaybeSent || failure.Ambiguous() || failure.Tries != 3 || opened.Load() != 3 || srv.hits.Load() != 0 {
				t.Errorf("maybe sent = %v, %d tries, %d connections, %d requests", failure.MaybeSent, failure.Tries, opened.Load(), srv.hits.Load())
			}
			want := "oauth: no answer from the token endpoint: " + test.text + "; nothing was sent"
			if err.Error() != want {
				t.Errorf("text = %q, want %q", err, want)
			}
		})
	}
}

func startWithOldTLS(s *httptest.Server) {
	s.TLS = &tls.Config{MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS11} // what the client must refuse
	s.StartTLS()
}

// A transport that is not net/http underneath cannot prove that nothing was
// sent, whatever its error says.
func TestAForeignTransportsFailureCountsAsSent(t *testing.T) {
	t.Parallel()
	ours := errors.New("the transport's own error")
	for _, failure := range []error{ours, &net.OpError{Op: "dial", Err: errors.New("refused")}} {
		for _, call := range calls {
			tries := 0
			_, err := call.do(t.Context(), newClient(t, "http://localhost", using(roundTripper(func(*http.Request) (*http.Response, error) {
				tries++
				return nil, failure
			}))))
			if got := asError(t, err); !got.Ambiguous() || tries != 1 || !errors.Is(err, failure) {
				t.Errorf("%s: ambiguous = %v after %d tries: %v", call.name, got.Ambiguous(), tries, err)
			}
		}
	}
}

func TestAnswersAreBounded(t *testing.T) {
	t.Parallel()
	const limit = 1 << 20
	padding := strings.Repeat(" ", limit-len(refreshAnswer))
	srv := newServer(t, answer(200, refreshAnswer+padding))
	if _, err := newClient(t, srv.URL).Refresh(t.Context(), testRefrsh); err != nil {
		t.Errorf("an answer of 1 MiB: %v", err)
	}
	srv = newServer(t, answer(200, refreshAnswer+padding+" "))
	_, err := newClient(t, srv.URL).Refresh(t.Context(), testRefrsh)
	if failure := asError(t, err); !errors.Is(err, oauth.ErrAnswerTooLarge) || !failure.Ambiguous() {
		t.Errorf("an answer of 1 MiB and a byte: %v", err)
	}
}

func TestAnEndlessAnswerIsCutOff(t *testing.T) {
	t.Parallel()
	for _, status := range []int{200, 400} {
		var sent atomic.Int64
		stopped := make(chan struct{})
		srv := newServer(t, func(w http.ResponseWriter, _ *http.Request) {
			defer close(stopped)
			w.WriteHeader(status)
			for {
				n, err := io.WriteString(w, strings.Repeat("x", 1<<16))
				sent.Add(int64(n))
				if err != nil {
					return
				}
			}
		})
		_, err := newClient(t, srv.URL).Refresh(t.Context(), testRefrsh)
		if failure := asError(t, err); failure.Status != status || !errors.Is(err, oauth.ErrAnswerTooLarge) {
			t.Errorf("%d: %v", status, err)
		}
		<-stopped
		if sent.Load() > 32<<20 { // the mebibyte that is read, and what the sockets buffer
			t.Errorf("%d: %d bytes were taken", status, sent.Load())
		}
	}
}
