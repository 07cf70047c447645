package loopback_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/golokalise/lokalise/cmd/lokalise/internal/loopback"
)

const state = "the-state-of-this-test"

func listen(t *testing.T) *loopback.Server {
	t.Helper()
	s, err := loopback.Listen(t.Context(), state)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(context.WithoutCancel(t.Context())); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return s
}

// visit does what a browser does at the end of the redirect.
func visit(t *testing.T, method, address string) (int, http.Header, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, resp.Header, string(body)
}

func TestPageTellsThePersonHowItWentAndThatItMayBeClosed(t *testing.T) {
	t.Parallel()
	for query, title := range map[string]string{
		"code=abc":            "Access allowed",
		"error=access_denied": "Access denied",
	} {
		t.Run(query, func(t *testing.T) {
			t.Parallel()
			s := listen(t)
			status, header, body := visit(t, http.MethodGet, s.RedirectURL()+"?state="+state+"&"+query)
			if status != http.StatusOK || !strings.Contains(body, title) || !strings.Contains(body, "You may close this page") {
				t.Errorf("status %d, page:\n%s", status, body)
			}
			if header.Get("Referrer-Policy") != "no-referrer" || header.Get("Cache-Control") != "no-store" {
				t.Errorf("the address with the code may be kept or passed on: %v", header)
			}
			redirect := <-s.Arrived()
			want, err := url.Parse(s.RedirectURL() + "?state=" + state + "&" + query)
			if err != nil {
				t.Fatal(err)
			}
			if redirect.String() != want.String() {
				t.Errorf("arrived %s, want %s", redirect, want)
			}
		})
	}
}

func TestForeignRequestsNeitherCountNorEndTheWaiting(t *testing.T) {
	t.Parallel()
	s := listen(t)
	for _, foreign := range []struct{ method, path string }{
		{http.MethodGet, "?code=evil"},
		{http.MethodGet, "?code=evil&state=other"},
		{http.MethodGet, "?error=access_denied&state="},
		{http.MethodHead, "?code=early&state=" + state},
		{http.MethodPost, "?code=evil&state=" + state},
	} {
		if status, _, _ := visit(t, foreign.method, s.RedirectURL()+foreign.path); status < 400 {
			t.Errorf("%s %s: status %d", foreign.method, foreign.path, status)
		}
	}
	select {
	case redirect := <-s.Arrived():
		t.Fatalf("%s counts as the answer", redirect)
	default:
	}
	visit(t, http.MethodGet, s.RedirectURL()+"?code=good&state="+state)
	if redirect := <-s.Arrived(); redirect.Query().Get("code") != "good" {
		t.Errorf("arrived %s", redirect)
	}
}

func TestReloadingThePageGivesNoSecondAnswer(t *testing.T) {
	t.Parallel()
	s := listen(t)
	address := s.RedirectURL() + "?code=abc&state=" + state
	visit(t, http.MethodGet, address)
	<-s.Arrived()
	if _, _, body := visit(t, http.MethodGet, address); !strings.Contains(body, "Already answered") {
		t.Errorf("the second page says:\n%s", body)
	}
	select {
	case redirect := <-s.Arrived():
		t.Errorf("%s arrived a second time", redirect)
	default:
	}
}

func TestListensOnLoopbackOnly(t *testing.T) {
	t.Parallel()
	u, err := url.Parse(listen(t).RedirectURL())
	if err != nil {
		t.Fatal(err)
	}
	if u.Hostname() != "127.0.0.1" || u.Port() == "0" || u.Path != "/callback" {
		t.Errorf("redirect URL %s", u)
	}
}

func TestListensAtTheRegisteredRedirectURI(t *testing.T) {
	t.Parallel()
	const registered = "http://localhost:0/back?app=1"
	s, err := loopback.ListenAt(t.Context(), state, registered)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close(context.WithoutCancel(t.Context())) //nolint:errcheck // nothing waits
	u, err := url.Parse(s.RedirectURL())
	if err != nil || u.Hostname() != "localhost" || u.Port() == "0" || u.Path != "/back" || u.RawQuery != "app=1" {
		t.Fatalf("redirect URL %s, %v", s.RedirectURL(), err)
	}
	if status, _, _ := visit(t, http.MethodGet, "http://"+u.Host+"/callback?code=abc&state="+state); status != http.StatusNotFound {
		t.Errorf("another path gives %d", status)
	}
	visit(t, http.MethodGet, s.RedirectURL()+"&code=abc&state="+state)
	if redirect := <-s.Arrived(); redirect.Query().Get("code") != "abc" {
		t.Errorf("arrived %s", redirect)
	}
	// The port is taken now, under this name and under the addresses behind it.
	for _, host := range []string{"localhost", "127.0.0.1"} {
		_, err := loopback.ListenAt(t.Context(), state, "http://"+host+":"+u.Port()+"/callback")
		if !loopback.PortTaken(err) {
			t.Errorf("%s: %v", host, err)
		}
	}
}

func TestLocalhostIsRefusedWhereAnotherProgramHasItsIPv6Address(t *testing.T) {
	t.Parallel()
	other, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "[::1]:0")
	if err != nil {
		return // a machine without IPv6 has no such program
	}
	defer other.Close() //nolint:errcheck // only held
	_, port, err := net.SplitHostPort(other.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := loopback.ListenAt(t.Context(), state, "http://localhost:"+port+"/callback"); !loopback.PortTaken(err) {
		t.Errorf("the code could go to the other program: %v", err)
	}
}

func TestRedirectURIsOffThisMachineAreRefused(t *testing.T) {
	t.Parallel()
	for _, uri := range []string{
		"", "localhost:3000/callback", "https://localhost:3000/callback", "http://app.example/callback",
		"http://0.0.0.0:3000/callback", "http://me@localhost:3000/", "http://localhost:3000/#x",
	} {
		if _, err := loopback.ListenAt(t.Context(), state, uri); !errors.Is(err, loopback.ErrRedirectURI) {
			t.Errorf("%q: %v", uri, err)
		}
	}
}
