package connect_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/golokalise/lokalise/connect"
	"github.com/golokalise/lokalise/oauth"
	"github.com/golokalise/lokalise/sandbox"
)

func TestStartSendsTheBrowserToLokalise(t *testing.T) {
	t.Parallel()
	s := newSetup(t)
	b := newBrowser(tenant)
	res := b.post(s.Start, nil)
	u, err := url.Parse(location(t, res))
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	if !strings.HasPrefix(u.String(), s.srv.URL()+"/oauth2/auth?") ||
		q.Get("redirect_uri") != callbackURL || q.Get("scope") != "read_projects write_projects" || len(q.Get("state")) < 26 {
		t.Errorf("redirect to %s", u)
	}
	if res.Header.Get("Referrer-Policy") != "no-referrer" || res.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("header = %v", res.Header)
	}
}

func TestAttemptCookieIsOutOfReach(t *testing.T) {
	t.Parallel()
	s := newSetup(t)
	res := newBrowser(tenant).post(s.Start, nil)
	state := query(t, location(t, res)).Get("state")
	cookies := res.Cookies()
	if len(cookies) != 1 {
		t.Fatalf("cookies = %v", cookies)
	}
	c := cookies[0]
	if !strings.HasPrefix(c.Name, "__Host-") || !c.Secure || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode ||
		c.Path != "/" || c.Domain != "" || c.MaxAge != 600 {
		t.Errorf("cookie = %v", c)
	}
	if strings.Contains(c.Name, state) {
		t.Error("the cookie's name gives the state away")
	}
}

func query(t *testing.T, address string) url.Values {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return u.Query()
}

func TestCookieOnPlainLoopbackHasNoPrefixAndIsNotSecure(t *testing.T) {
	t.Parallel()
	for _, host := range []string{"localhost:3000", "127.0.0.1:3000", "[::1]:3000"} {
		s := newSetup(t, with(func(c *connect.Config) { c.CallbackURL = "http://" + host + "/lokalise/callback" }))
		b := newBrowser(tenant)
		b.origin = "http://" + host
		res := b.post(s.Start, nil)
		c := res.Cookies()[0]
		if strings.HasPrefix(c.Name, "__") || c.Secure || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode {
			t.Errorf("%s: cookie = %v", host, c)
		}
		callback := s.consent(t, location(t, res), sandbox.AuthorizeOptions{})
		if to := location(t, b.get(s.Callback, callback)); to != "/settings" {
			t.Errorf("%s: after the callback: %s", host, to)
		}
	}
}

func TestStartAndDisconnectAreNoLinks(t *testing.T) {
	t.Parallel()
	s := newSetup(t)
	b := newBrowser(tenant)
	s.connected(t, b)
	for name, h := range map[string]http.Handler{"start": s.Start, "disconnect": s.Disconnect} {
		res := b.get(h, origin+"/lokalise/"+name)
		if res.StatusCode != http.StatusMethodNotAllowed || res.Header.Get("Allow") != http.MethodPost || len(res.Cookies()) > 0 {
			t.Errorf("%s: GET is answered %d, %v", name, res.StatusCode, res.Header)
		}
	}
	s.token(t, tenant)
}

func TestCrossOriginPostsAreRefused(t *testing.T) {
	t.Parallel()
	s := newSetup(t, with(func(c *connect.Config) { c.TrustedOrigins = []string{"https://www.app.example"} }))
	for _, tc := range []struct {
		name, host, origin, site string
		allowed                  bool
	}{
		{"same origin", "app.example", origin, "same-origin", true},
		{"typed address", "app.example", "", "none", true},
		{"another site", "app.example", "https://evil.example", "cross-site", false},
		{"another subdomain", "app.example", "https://blog.app.example", "same-site", false},
		{"trusted subdomain", "app.example", "https://www.app.example", "same-site", true},
		{"old browser, another site", "app.example", "https://evil.example", "", false},
		{"old browser, sandboxed frame", "app.example", "null", "", false},
		{"old browser, proxy that changes Host", "10.0.0.7:8080", origin, "", true},
	} {
		for name, h := range map[string]http.Handler{"start": s.Start, "disconnect": s.Disconnect} {
			b := newBrowser(tenant)
			r := b.form(nil)
			r.Host = tc.host
			r.Header.Set("Origin", tc.origin)
			r.Header.Set("Sec-Fetch-Site", tc.site)
			res := b.do(h, r)
			if allowed := res.StatusCode == http.StatusSeeOther; allowed != tc.allowed {
				t.Errorf("%s, %s: status = %d", name, tc.name, res.StatusCode)
			}
			if !tc.allowed && (res.StatusCode != http.StatusForbidden || len(res.Cookies()) > 0 || s.last(t).Reason != connect.ReasonCrossOrigin) {
				t.Errorf("%s, %s: %d %v", name, tc.name, res.StatusCode, res.Header)
			}
		}
	}
}

func TestStartNeedsASession(t *testing.T) {
	t.Parallel()
	s := newSetup(t)
	b := newBrowser(tenant)
	delete(b.cookies, "session")
	res := b.post(s.Start, nil)
	if res.StatusCode != http.StatusUnauthorized || s.last(t).Reason != connect.ReasonNotSignedIn || len(b.cookies) > 0 {
		t.Errorf("status %d, outcome %+v", res.StatusCode, s.last(t))
	}
	b.cookies["session"] = strings.Repeat("x", 300) // longer than a grant's ID may be
	res = b.post(s.Start, nil)
	if res.StatusCode != http.StatusInternalServerError || s.last(t).Reason != connect.ReasonMisconfigured {
		t.Errorf("status %d, outcome %+v", res.StatusCode, s.last(t))
	}
}

func TestAtMostEightAttemptsAndTheOldestGoesFirst(t *testing.T) {
	t.Parallel()
	s := newSetup(t)
	b := newBrowser(tenant)
	var callbacks []string
	for range 10 {
		s.advance(time.Second)
		callbacks = append(callbacks, s.begin(t, b, nil, sandbox.AuthorizeOptions{}))
	}
	if open := b.own("lokalise-connect-"); len(open) != 8 {
		t.Fatalf("%d attempts are open: %v", len(open), open)
	}
	s.fails(t, b, callbacks[0], connect.ReasonNoAttempt)
	s.fails(t, b, callbacks[1], connect.ReasonNoAttempt)
	for i, callback := range callbacks[2:] {
		b.get(s.Callback, callback)
		if o := s.last(t); o.Kind != connect.KindConnected {
			t.Errorf("attempt %d ended as %+v", i+2, o)
		}
	}
	if open := b.own("lokalise-connect-"); len(open) != 0 {
		t.Errorf("still open: %v", open)
	}
}

// TestAttemptsDoNotOutgrowACookieHeader: servers in front of an app refuse
// requests with more than 8 KiB of cookies, for as long as these live.
func TestAttemptsDoNotOutgrowACookieHeader(t *testing.T) {
	t.Parallel()
	s := newSetup(t)
	b := newBrowser(tenant)
	long := "/projects/?" + strings.Repeat("&", 500)
	for range 12 {
		s.advance(time.Second)
		location(t, b.post(s.Start, returnTo(long)))
	}
	size := 0
	for _, name := range b.own("lokalise") {
		size += len(name) + len(b.cookies[name])
	}
	if size > 6<<10 || len(b.own("lokalise-connect-")) < 4 {
		t.Errorf("%d cookies take %d bytes", len(b.cookies), size)
	}
}

func TestLargestAttemptFitsIntoACookie(t *testing.T) {
	t.Parallel()
	s := newSetup(t, with(func(c *connect.Config) {
		c.Scopes = nil
		for size := 0; size < 1480; size += 20 {
			c.Scopes = append(c.Scopes, oauth.Scope("read_"+strings.Repeat("x", 11)+string(rune('a'+size/20/26))+string(rune('a'+size/20%26))+"_"))
		}
	}))
	b := newBrowser(tenant)
	location(t, b.post(s.Start, returnTo("/projects/?"+strings.Repeat("&", 501))))
	for _, name := range b.own("lokalise") {
		if size := len(name) + len(b.cookies[name]); size < 2500 || size > 4096 {
			t.Errorf("the cookie has %d bytes; this test wants the largest, and browsers take 4096", size)
		}
	}
}

func TestExpiredAttemptsMakeRoom(t *testing.T) {
	t.Parallel()
	s := newSetup(t)
	b := newBrowser(tenant)
	for range 5 {
		location(t, b.post(s.Start, nil))
	}
	b.cookies["__Host-lokalise-connect-0123456789abcdef"] = "another app's"
	s.advance(connect.AttemptLifetime)
	location(t, b.post(s.Start, nil))
	if open := b.own("lokalise-connect-"); len(open) != 2 || len(b.dropped) != 5 {
		t.Errorf("open: %v, dropped: %v", open, b.dropped)
	}
}

func TestStartReadsItsFormStrictly(t *testing.T) {
	t.Parallel()
	s := newSetup(t)
	big := url.Values{connect.ReturnToField: {"/settings"}, "x": {strings.Repeat("x", 70_000)}}
	for name, form := range map[string]url.Values{
		"two return addresses": {connect.ReturnToField: {"/settings", "/projects/"}},
		"larger than 64 KiB":   big,
	} {
		b := newBrowser(tenant)
		if res := b.post(s.Start, form); res.StatusCode != http.StatusBadRequest || s.last(t).Reason != connect.ReasonMalformed {
			t.Errorf("%s: status %d, outcome %+v", name, res.StatusCode, s.last(t))
		}
	}
	r := httptest.NewRequest(http.MethodPost, origin+"/lokalise/start?return_to=/nowhere", nil)
	if res := newBrowser(tenant).do(s.Start, r); res.StatusCode != http.StatusSeeOther {
		t.Errorf("the query of start counts: status %d", res.StatusCode)
	}
}
