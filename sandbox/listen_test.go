package sandbox_test

import (
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/golokalise/lokalise/sandbox"
)

func TestStartListensOnLoopback(t *testing.T) {
	t.Parallel()
	b := start(t)
	u, err := url.Parse(b.URL())
	if err != nil {
		t.Fatal(err)
	}
	ap, err := netip.ParseAddrPort(u.Host)
	if err != nil || u.Scheme != "http" || !ap.Addr().IsLoopback() || u.Path != "" {
		t.Errorf("URL %s", b.URL())
	}
	res, err := http.Get(b.URL() + "/_sandbox/health")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode != http.StatusOK {
		t.Errorf("%d", res.StatusCode)
	}
}

func TestOneListenerServesEverything(t *testing.T) {
	t.Parallel()
	b := start(t)
	for path, want := range map[string]int{
		b.authPath(): 200, "/oauth2/token": 405, "/api2/projects": 400, "/v1/audit-logs": 400, "/_sandbox/health": 200, "/": 200, "/journal": 200, "/nothing": 404,
	} {
		if a := b.send("GET", path, ""); a.status != want {
			t.Errorf("%s: %d, want %d", path, a.status, want)
		}
	}
}

func TestTakenPortIsNamedWithTheWayOut(t *testing.T) {
	t.Parallel()
	b := start(t)
	second, err := sandbox.New()
	if err != nil {
		t.Fatal(err)
	}
	defer closeServer(t, second)
	addr := strings.TrimPrefix(b.URL(), "http://")
	_, port, _ := net.SplitHostPort(addr)
	err = second.Listen(addr)
	if err == nil || !strings.Contains(err.Error(), port) || !strings.Contains(err.Error(), "--addr") {
		t.Errorf("got %v", err)
	}
	if second.URL() != "" {
		t.Errorf("URL %q although nothing is served", second.URL())
	}
}

func closeServer(t *testing.T, srv *sandbox.Server) {
	t.Helper()
	if err := srv.Close(); err != nil {
		t.Error(err)
	}
}

func TestAddressesOffLoopbackDemandAnAllowedHost(t *testing.T) {
	t.Parallel()
	for _, addr := range []string{":0", "0.0.0.0:0", "[::]:0", "192.0.2.1:0", "example.com:0"} {
		srv, err := sandbox.New()
		if err != nil {
			t.Fatal(err)
		}
		if err := srv.Listen(addr); err == nil || !strings.Contains(err.Error(), "--allow-host") {
			t.Errorf("%s: %v", addr, err)
		}
		closeServer(t, srv)
	}
	for _, addr := range []string{"127.0.0.1", "localhost", "", "127.0.0.1:x", "127.0.0.1:99999"} {
		srv, err := sandbox.New()
		if err != nil {
			t.Fatal(err)
		}
		if err := srv.Listen(addr); err == nil {
			t.Errorf("%q was accepted", addr)
		}
		closeServer(t, srv)
	}
}

func TestAllAddressesAreServedOnceAHostIsAllowed(t *testing.T) {
	t.Parallel()
	srv, err := sandbox.New(sandbox.WithAllowHost("sandbox.internal"))
	if err != nil {
		t.Fatal(err)
	}
	defer closeServer(t, srv)
	if err := srv.Listen(":0"); err == nil {
		t.Error("an address without a host does not say what it means")
	}
	if err := srv.Listen("0.0.0.0:0"); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(srv.URL(), "http://127.0.0.1:") {
		t.Errorf("URL %s is not to be called", srv.URL())
	}
}

func TestForeignHostIsRefused(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithAllowHost("sandbox", "other:8484"), sandbox.WithoutRateLimit())
	for host, want := range map[string]int{
		"localhost": 200, "LocalHost:1": 200, "127.0.0.1:99": 200, "127.8.8.8": 200, "[::1]": 200, "[::1]:80": 200,
		"sandbox": 200, "Sandbox:1234": 200, "other:8484": 200,
		"other": 421, "other:1": 421, "evil.example": 421, "localhost.evil.example": 421, "127.0.0.1.nip.example": 421,
		"app.lokalise.com": 421, "192.168.1.1:8484": 421, "0.0.0.0": 421, "sandbox.evil.example": 421, "localhost.": 421,
	} {
		for _, path := range []string{"/_sandbox/health", b.authPath(), "/", "/journal", "/_sandbox/static/icon.svg"} {
			if a := b.send("GET", path, "", "Host", host); a.status != want {
				t.Errorf("%s as %s: %d, want %d", path, host, a.status, want)
			}
		}
	}
	a := b.send("GET", "/api2/projects", "", "Host", "evil.example", "X-Api-Token", b.creds.APIToken)
	if message := a.message(t); a.status != http.StatusMisdirectedRequest || !strings.Contains(message, "evil.example") || !strings.Contains(message, "--allow-host") {
		t.Errorf("%d %s", a.status, a.body)
	}
	if page := b.send("GET", "/", "", "Host", "evil.example", "Accept", "text/html"); !strings.Contains(page.body, "--allow-host") {
		t.Errorf("the page does not name the way in: %s", page.body)
	}
}

func TestAllowedHostsAreHostNames(t *testing.T) {
	t.Parallel()
	for _, host := range []string{"", "http://x", "x/y", "*", "*.example.com", "a b", "user@x"} {
		if _, err := sandbox.New(sandbox.WithAllowHost(host)); err == nil {
			t.Errorf("%q was accepted", host)
		}
	}
}

func TestHandlerIsServedByAnybody(t *testing.T) {
	t.Parallel()
	srv, err := sandbox.New()
	if err != nil {
		t.Fatal(err)
	}
	defer closeServer(t, srv)
	other := httptest.NewServer(srv.Handler())
	defer other.Close()
	res, err := other.Client().Get(other.URL + "/_sandbox/credentials")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	if body, _ := io.ReadAll(res.Body); !strings.Contains(string(body), other.URL) {
		t.Errorf("the credentials name another address: %s", body)
	}
}

func TestClosedServerAnswersNobody(t *testing.T) {
	t.Parallel()
	for name, opts := range map[string][]sandbox.Option{"socket": nil, "in memory": {sandbox.InMemory()}} {
		b := start(t, opts...)
		b.send("GET", "/_sandbox/health", "")
		closeServer(t, b.Server)
		closeServer(t, b.Server) // again does nothing
		if res, err := b.Client().Do(b.request("GET", "/_sandbox/health", "")); err == nil {
			_ = res.Body.Close()
			t.Errorf("%s: answered %d", name, res.StatusCode)
		}
		w := httptest.NewRecorder()
		b.Handler().ServeHTTP(w, httptest.NewRequest("GET", "http://localhost/", nil))
		if w.Code != http.StatusServiceUnavailable {
			t.Errorf("%s: the handler answered %d", name, w.Code)
		}
	}
	srv, err := sandbox.New()
	if err != nil {
		t.Fatal(err)
	}
	closeServer(t, srv)
	if err := srv.Listen("127.0.0.1:0"); !errors.Is(err, sandbox.ErrClosed) {
		t.Errorf("Listen after Close: %v", err)
	}
}

// TestCloseLeavesNoGoroutine relies on the bubble: it does not end while a
// goroutine of it lives, and panics when they all wait for ever.
func TestCloseLeavesNoGoroutine(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		srv, err := sandbox.New(sandbox.InMemory())
		if err != nil {
			t.Fatal(err)
		}
		b := &box{TB: t, Server: srv, creds: srv.Credentials()}
		var wg sync.WaitGroup
		for range 20 {
			wg.Go(func() { b.send("GET", "/_sandbox/health", "") })
		}
		wg.Wait()
		before := runtime.NumGoroutine()
		closeServer(t, srv)
		synctest.Wait()
		if after := runtime.NumGoroutine(); after >= before {
			t.Errorf("%d goroutines before Close, %d after", before, after)
		}
	})
}

func TestInMemoryServersHaveLoopbackAddressesOfTheirOwn(t *testing.T) {
	t.Parallel()
	first, second := start(t, sandbox.InMemory()), start(t, sandbox.InMemory())
	if first.URL() == second.URL() || !strings.HasPrefix(first.URL(), "http://127.") {
		t.Errorf("%s and %s", first.URL(), second.URL())
	}
	if err := first.Listen("127.0.0.1:0"); err == nil {
		t.Error("it listens on a socket")
	}
}

func TestClientStaysWhereARedirectLeads(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	if a := b.send("GET", "/favicon.ico", ""); a.status != http.StatusFound {
		t.Errorf("%d", a.status)
	}
}

func TestOptionsRefuseANilLogger(t *testing.T) {
	t.Parallel()
	if _, err := sandbox.New(sandbox.WithLogger(nil)); err == nil {
		t.Error("accepted")
	}
	if _, err := sandbox.New(nil); err != nil {
		t.Errorf("a nil option: %v", err)
	}
}
