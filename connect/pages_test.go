package connect_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/golokalise/lokalise/connect"
	"github.com/golokalise/lokalise/oauth"
	"github.com/golokalise/lokalise/sandbox"
)

// TestPagesOfTheApp: hooks are asked at an address without the code, and know
// what happened.
func TestPagesOfTheApp(t *testing.T) {
	t.Parallel()
	hook := func(w http.ResponseWriter, r *http.Request, o connect.Outcome) {
		if q := r.URL.Query(); q.Has("code") || q.Has("state") {
			t.Errorf("a page is asked for at %s", r.URL)
		}
		fmt.Fprint(w, o.Kind, " ", o.Reason, " ", o.GrantID, " ", o.ReturnTo, " ", o.Account, " ", o.Reconnected)
	}
	s := newSetup(t, with(func(c *connect.Config) {
		c.Connected, c.Denied, c.Failed = hook, hook, hook
		c.Identify = func(context.Context, *oauth.Token) (string, error) { return "Ada", nil }
	}))
	b := newBrowser(tenant)
	for _, tc := range []struct {
		change func(string) string
		answer sandbox.AuthorizeOptions
		want   string
	}{
		{want: "connected  tenant-7 /projects/7 Ada false"},
		{want: "connected  tenant-7 /projects/7 Ada true"},
		{answer: sandbox.AuthorizeOptions{Deny: true}, want: "denied  tenant-7 /projects/7  false"},
		{change: func(c string) string { return c + "&code=x" }, want: "failed malformed tenant-7 /projects/7  false"},
		{change: func(c string) string { return c + "x" }, want: "failed no_attempt tenant-7 /settings  false"},
	} {
		callback := s.begin(t, b, returnTo("/projects/7"), tc.answer)
		if tc.change != nil {
			callback = tc.change(callback)
		}
		to := location(t, b.get(s.Callback, callback))
		leadsToPage(t, to)
		if got := body(t, b.get(s.Callback, origin+to)); got != tc.want {
			t.Errorf("page = %q, want %q", got, tc.want)
		}
	}
	delete(b.cookies, "session")
	if got := body(t, b.post(s.Start, nil)); !strings.HasPrefix(got, "failed not_signed_in") {
		t.Errorf("page = %q", got)
	}
}

// TestOutcomeIsForTheSessionThatCausedIt: neither somebody else on the same
// machine nor an address that was passed on shows it.
func TestOutcomeIsForTheSessionThatCausedIt(t *testing.T) {
	t.Parallel()
	s := newSetup(t)
	b := newBrowser(tenant)
	to := origin + location(t, b.get(s.Callback, s.begin(t, b, nil, sandbox.AuthorizeOptions{Deny: true})))
	denied := func(b *browser) bool {
		return strings.Contains(body(t, b.get(s.Callback, to)), "did not give permission")
	}
	if !denied(b) {
		t.Error("the session that caused it does not see it")
	}
	other := b.clone()
	other.cookies["session"] = "tenant-8"
	signedOut := b.clone()
	delete(signedOut.cookies, "session")
	for name, b := range map[string]*browser{"another browser": newBrowser(tenant), "another session": other, "signed out": signedOut} {
		if denied(b) {
			t.Errorf("%s sees it", name)
		}
	}
	if res := signedOut.get(s.Callback, to); res.StatusCode != http.StatusUnauthorized {
		t.Errorf("signed out: status %d", res.StatusCode)
	}
	s.advance(2 * time.Minute)
	if denied(b) {
		t.Error("it is shown for ever")
	}
}

// TestForgedOutcomes: an attempt's cookie is no outcome's, and an address alone
// makes nothing but a page about a failure.
func TestForgedOutcomes(t *testing.T) {
	t.Parallel()
	s := newSetup(t)
	b := newBrowser(tenant)
	location(t, b.post(s.Start, nil))
	name := b.own("lokalise-connect-")[0]
	id := name[strings.LastIndexByte(name, '-')+1:]
	b.cookies["__Host-lokalise-outcome-"+id] = b.cookies[name]
	for _, q := range []string{
		"", "outcome=" + id, "outcome=", "outcome=../x", "failed=", "failed=connected", "failed=<script>alert(1)</script>",
		"connected=1", "kind=connected&account=Mallory",
	} {
		res := b.get(s.Callback, callbackURL+"?"+strings.NewReplacer("<", "%3C", ">", "%3E").Replace(q))
		if page := body(t, res); res.StatusCode != http.StatusBadRequest || !strings.Contains(page, "no connection to Lokalise in progress") || strings.Contains(page, "<script") {
			t.Errorf("%q: status %d, page %s", q, res.StatusCode, page)
		}
	}
}

// TestForeignCallbacksLeaveNoCookies: any page can send this browser to the
// callback, as often as it likes.
func TestForeignCallbacksLeaveNoCookies(t *testing.T) {
	t.Parallel()
	s := newSetup(t)
	b := newBrowser(tenant)
	for i := range 5 {
		b.get(s.Callback, fmt.Sprintf("%s?code=c&state=s%d", callbackURL, i))
	}
	if len(b.cookies) != 1 {
		t.Errorf("cookies = %v", b.cookies)
	}
}

func TestDefaultPagesAreSafeAndAccessible(t *testing.T) {
	t.Parallel()
	s := newSetup(t)
	for _, reason := range []connect.Reason{
		connect.ReasonNotSignedIn, connect.ReasonCrossOrigin, connect.ReasonReturnTo, connect.ReasonMalformed,
		connect.ReasonNoAttempt, connect.ReasonBadAttempt, connect.ReasonOtherSession, connect.ReasonExpired,
		connect.ReasonReplayed, connect.ReasonRefused, connect.ReasonCodeRejected, connect.ReasonMisconfigured,
		connect.ReasonUnavailable, connect.ReasonStore,
	} {
		res := newBrowser(tenant).get(s.Callback, callbackURL+"?failed="+string(reason))
		page := body(t, res)
		for _, want := range []string{`<html lang="en">`, "<title>", "<main>", "<h1>", "<p>", `<a href="/settings">`, "viewport"} {
			if !strings.Contains(page, want) {
				t.Errorf("%s: no %s in %s", reason, want, page)
			}
		}
		if res.StatusCode != reason.Status() {
			t.Errorf("%s: status %d", reason, res.StatusCode)
		}
		for name, want := range map[string]string{
			"Content-Type": "text/html; charset=utf-8", "X-Content-Type-Options": "nosniff",
			"Cache-Control": "no-store", "Referrer-Policy": "no-referrer",
		} {
			if got := res.Header.Get(name); got != want {
				t.Errorf("%s: %s = %q", reason, name, got)
			}
		}
		if csp := res.Header.Get("Content-Security-Policy"); !strings.Contains(csp, "default-src 'none'") || !strings.Contains(csp, "frame-ancestors 'none'") {
			t.Errorf("%s: policy %q", reason, csp)
		}
	}
}

// TestAccountIsEscaped on the page that warns.
func TestAccountIsEscaped(t *testing.T) {
	t.Parallel()
	s := newSetup(t, with(func(c *connect.Config) {
		c.Identify = func(context.Context, *oauth.Token) (string, error) { return "<script>alert(1)</script>", nil }
	}))
	b := newBrowser(tenant)
	s.connected(t, b)
	narrow := s.variant(t, func(c *connect.Config) { c.Scopes = c.Scopes[:1] })
	to := location(t, b.get(s.Callback, s.consent(t, location(t, b.post(narrow.Start, nil)), sandbox.AuthorizeOptions{})))
	page := body(t, b.get(s.Callback, origin+to))
	if strings.Contains(page, "<script") || !strings.Contains(page, "Connected as &lt;script&gt;") {
		t.Errorf("page = %s", page)
	}
}
