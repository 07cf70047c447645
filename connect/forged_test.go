package connect_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/golokalise/lokalise/connect"
	"github.com/golokalise/lokalise/sandbox"
)

// TestLoginForgery: somebody gets the victim's browser to open a callback with
// the attacker's own code, so that the victim works in the attacker's account.
func TestLoginForgery(t *testing.T) {
	t.Parallel()
	s := newSetup(t)
	attacker, victim := newBrowser("attacker"), newBrowser("victim")
	callback := s.begin(t, attacker, nil, sandbox.AuthorizeOptions{})
	s.fails(t, victim, callback, connect.ReasonNoAttempt)
	s.begin(t, victim, nil, sandbox.AuthorizeOptions{}) // an attempt of the victim's own does not help
	s.fails(t, victim, callback, connect.ReasonNoAttempt)
	s.noGrant(t, "victim")
	if s.exchanges() != 0 {
		t.Error("the code was sent to the token endpoint")
	}
}

func TestCallbackWithTheCookieOfAnotherAttempt(t *testing.T) {
	t.Parallel()
	s := newSetup(t)
	b := newBrowser(tenant)
	s.begin(t, b, nil, sandbox.AuthorizeOptions{})
	first := b.own("lokalise-connect-")[0]
	value := b.cookies[first]
	delete(b.cookies, first)
	second := s.begin(t, b, nil, sandbox.AuthorizeOptions{})
	b.cookies[b.own("lokalise-connect-")[0]] = value
	s.fails(t, b, second, connect.ReasonBadAttempt)
	s.noGrant(t, tenant)
	if open := b.own("lokalise-connect-"); len(open) != 0 {
		t.Errorf("the wrong cookie stays: %v", open)
	}
}

func TestCodeOfOneAttemptWithTheStateOfAnother(t *testing.T) {
	t.Parallel()
	s := newSetup(t)
	attacker, victim := newBrowser("attacker"), newBrowser("victim")
	stolen := query(t, s.begin(t, attacker, nil, sandbox.AuthorizeOptions{})).Get("state")
	own := s.begin(t, victim, nil, sandbox.AuthorizeOptions{})
	s.fails(t, victim, edit(t, own, func(q url.Values) { q.Set("state", stolen) }), connect.ReasonNoAttempt)
	s.noGrant(t, "victim")
}

func TestCallbackInAnotherSession(t *testing.T) {
	t.Parallel()
	s := newSetup(t)
	b := newBrowser(tenant)
	callback := s.begin(t, b, nil, sandbox.AuthorizeOptions{})
	b.cookies["session"] = "tenant-8" // signed out and in as somebody else meanwhile
	s.fails(t, b, callback, connect.ReasonOtherSession)
	s.noGrant(t, tenant)
	s.noGrant(t, "tenant-8")
	b.cookies["session"] = tenant
	s.fails(t, b, callback, connect.ReasonNoAttempt) // cleared all the same
}

func TestCallbackWithoutASession(t *testing.T) {
	t.Parallel()
	s := newSetup(t)
	b := newBrowser(tenant)
	callback := s.begin(t, b, nil, sandbox.AuthorizeOptions{})
	delete(b.cookies, "session")
	s.fails(t, b, callback, connect.ReasonNotSignedIn)
	if s.exchanges() != 0 || len(b.own("lokalise")) != 0 {
		t.Errorf("%d exchanges, cookies %v", s.exchanges(), b.cookies)
	}
}

func TestExpiredAttempt(t *testing.T) {
	t.Parallel()
	s := newSetup(t)
	b := newBrowser(tenant) // keeps cookies too long
	callback := s.begin(t, b, nil, sandbox.AuthorizeOptions{})
	s.advance(connect.AttemptLifetime - time.Millisecond)
	early := b.clone()
	s.advance(time.Millisecond)
	s.fails(t, b, callback, connect.ReasonExpired)
	s.advance(-time.Millisecond)
	if to := location(t, early.get(s.Callback, callback)); to != "/settings" {
		t.Errorf("a moment earlier: %s", to)
	}
}

func TestMissingCookie(t *testing.T) {
	t.Parallel()
	s := newSetup(t)
	callback := s.begin(t, newBrowser(tenant), nil, sandbox.AuthorizeOptions{})
	s.fails(t, newBrowser(tenant), callback, connect.ReasonNoAttempt)
	s.noGrant(t, tenant)
}

func TestTwoCookiesOfOneName(t *testing.T) {
	t.Parallel()
	s := newSetup(t)
	b := newBrowser(tenant)
	r := httptest.NewRequest(http.MethodGet, s.begin(t, b, nil, sandbox.AuthorizeOptions{}), nil)
	r.Header.Add("Cookie", b.own("lokalise-connect-")[0]+"=planted")
	b.do(s.Callback, r)
	if o := s.last(t); o.Reason != connect.ReasonBadAttempt || !strings.Contains(o.Err.Error(), "twice") {
		t.Errorf("outcome = %+v", o)
	}
	s.noGrant(t, tenant)
}

func TestChangedCookie(t *testing.T) {
	t.Parallel()
	s := newSetup(t)
	for name, change := range map[string]func(string) string{
		"payload":        func(v string) string { return "A" + v[1:] },
		"signature":      func(v string) string { return v[:len(v)-20] + strings.Repeat("A", 20) },
		"no signature":   func(v string) string { return v[:strings.IndexByte(v, '.')] },
		"short":          func(string) string { return "x" },
		"empty":          func(string) string { return "" },
		"very long":      func(v string) string { return strings.Repeat("A", 8000) + v },
		"not base64":     func(v string) string { return "!!" + v[2:] },
		"another's form": func(v string) string { return strings.ToUpper(v) },
	} {
		b := newBrowser(tenant)
		callback := s.begin(t, b, nil, sandbox.AuthorizeOptions{})
		cookie := b.own("lokalise-connect-")[0]
		b.cookies[cookie] = change(b.cookies[cookie])
		t.Log(name)
		s.fails(t, b, callback, connect.ReasonBadAttempt)
	}
	s.noGrant(t, tenant)
}

// TestCookieOfAnotherApp: two apps, or one app at two Lokalise clients, may have
// keys and a host in common. Their callback addresses differ.
func TestCookieOfAnotherApp(t *testing.T) {
	t.Parallel()
	s := newSetup(t)
	other := s.variant(t, func(c *connect.Config) { c.CallbackURL = origin + "/other/callback" })
	b := newBrowser(tenant)
	callback := s.begin(t, b, nil, sandbox.AuthorizeOptions{})
	b.get(other.Callback, callback)
	if o := s.last(t); o.Reason != connect.ReasonBadAttempt {
		t.Errorf("outcome = %+v", o)
	}
}

func TestMalformedCallbacks(t *testing.T) {
	t.Parallel()
	s := newSetup(t)
	for name, change := range map[string]func(url.Values){
		"code twice":        func(q url.Values) { q.Add("code", "another") },
		"state twice":       func(q url.Values) { q.Add("state", q.Get("state")) },
		"error twice":       func(q url.Values) { q["error"] = []string{"access_denied", "x"}; q.Del("code") },
		"code and error":    func(q url.Values) { q.Set("error", "access_denied") },
		"no code, no error": func(q url.Values) { q.Del("code") },
		"empty code":        func(q url.Values) { q.Set("code", "") },
		"no state":          func(q url.Values) { q.Del("state") },
		"empty state":       func(q url.Values) { q.Set("state", "") },
	} {
		b := newBrowser(tenant)
		t.Log(name)
		s.fails(t, b, edit(t, s.begin(t, b, nil, sandbox.AuthorizeOptions{}), change), connect.ReasonMalformed)
	}
	b := newBrowser(tenant)
	s.fails(t, b, s.begin(t, b, nil, sandbox.AuthorizeOptions{})+"&%zz;", connect.ReasonMalformed)
	if s.exchanges() != 0 {
		t.Errorf("%d exchanges", s.exchanges())
	}
}
