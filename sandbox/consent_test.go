package sandbox_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/golokalise/lokalise/sandbox"
)

func TestConsentFormGivesACode(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	browser := b.browser()
	a := b.decide(browser, b.consent(browser), "allow")
	if a.status != http.StatusSeeOther {
		t.Fatalf("%d %s", a.status, a.body)
	}
	q := query(t, a.header.Get("Location"))
	if q.Get("state") != "the-state" {
		t.Errorf("state %q", q.Get("state"))
	}
	if a := b.exchange(q.Get("code")); a.status != http.StatusOK {
		t.Errorf("the code is not good: %d %s", a.status, a.body)
	}
}

func TestConsentFormDenies(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	browser := b.browser()
	a := b.decide(browser, b.consent(browser), "deny")
	q := query(t, a.header.Get("Location"))
	if a.status != http.StatusSeeOther || q.Get("error") != "access_denied" || q.Get("state") != "the-state" || q.Has("code") {
		t.Errorf("%d %s", a.status, a.header.Get("Location"))
	}
}

func TestConsentPageShowsWhoAsksForWhat(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	a := b.send("GET", b.authPath(), "")
	for _, want := range []string{"Sandbox app", "mara.lind@example.com", "tomas.rey@example.com", "yuki.tanaka@example.com", "read_projects", "write_projects", "allow", "deny"} {
		if !strings.Contains(a.body, want) {
			t.Errorf("the page does not have %q", want)
		}
	}
}

var appLogo = regexp.MustCompile(`<img class="app-logo" src="([^"]+)"`)

func TestConsentPageShowsNameLogoAndLinkOfTheApp(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	page := b.send("GET", b.authPath(), "")
	for _, want := range []string{">Sandbox app<", `href="https://github.com/golokalise/lokalise"`} {
		if !strings.Contains(page.body, want) {
			t.Errorf("the page does not have %q", want)
		}
	}
	logo := appLogo.FindStringSubmatch(page.body)
	if logo == nil {
		t.Fatal("the page shows no logo")
	}
	picture := b.send("GET", logo[1], "")
	if picture.status != http.StatusOK || picture.header.Get("Content-Type") != "image/svg+xml" || !strings.HasPrefix(picture.body, "<svg ") {
		t.Errorf("%s: %d %s", logo[1], picture.status, picture.header.Get("Content-Type"))
	}
}

func TestConsentIsForTheChosenUser(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	browser := b.browser()
	form := url.Values{"request": {b.consent(browser)}, "decision": {"allow"}, "user": {"320182"}}
	a := b.do(browser, b.request("POST", "/oauth2/auth", form.Encode(), "Content-Type", "application/x-www-form-urlencoded"))
	var token tokenAnswer
	b.exchange(query(t, a.header.Get("Location")).Get("code")).decode(t, &token)
	b.bearer(token.AccessToken, "GET", "/projects", "")
	if got := b.last().User; got != "tomas.rey@example.com" {
		t.Errorf("acted for %q", got)
	}
}

func TestConsentPageIsProtected(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	h := b.send("GET", b.authPath("redirect_uri", "http://127.0.0.1:4000/cb"), "").header
	csp := h.Get("Content-Security-Policy")
	for _, want := range []string{"default-src 'none'", "frame-ancestors 'none'", "form-action 'self'", "http://127.0.0.1:*", "base-uri 'none'"} {
		if !strings.Contains(csp, want) {
			t.Errorf("the policy lacks %q: %s", want, csp)
		}
	}
	if strings.Contains(csp, "unsafe") {
		t.Errorf("the policy has holes: %s", csp)
	}
	if h.Get("X-Frame-Options") != "DENY" || h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Cache-Control") != "no-store" {
		t.Errorf("headers %v", h)
	}
	cookie := h.Get("Set-Cookie")
	for _, want := range []string{"HttpOnly", "SameSite=Lax", "Path=/oauth2/auth"} {
		if !strings.Contains(cookie, want) {
			t.Errorf("the cookie lacks %q: %s", want, cookie)
		}
	}
	if strings.Contains(cookie, "Secure") {
		t.Errorf("a browser drops this cookie over plain http: %s", cookie)
	}
}

func TestConsentIsAnsweredOnce(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	browser := b.browser()
	id := b.consent(browser)
	b.decide(browser, id, "allow")
	a := b.decide(browser, id, "allow")
	if a.status != http.StatusBadRequest || a.header.Get("Location") != "" || !strings.Contains(a.body, "expired") {
		t.Errorf("the second answer: %d %s", a.status, a.header.Get("Location"))
	}
}

func TestTwoConsentPagesOfABrowserAreBothGood(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	browser := b.browser()
	first, second := b.consent(browser), b.consent(browser)
	for _, id := range []string{first, second} {
		if a := b.decide(browser, id, "allow"); a.status != http.StatusSeeOther {
			t.Errorf("%d", a.status)
		}
	}
}

func TestConsentIsBoundToTheBrowserThatWasAsked(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	attacker, victim := b.browser(), b.browser()
	b.consent(victim) // has a session of its own
	id := b.consent(attacker)
	for name, browser := range map[string]*http.Client{"another browser": victim, "no cookie": b.Client()} {
		if a := b.decide(browser, id, "allow"); a.status != http.StatusBadRequest {
			t.Errorf("%s: %d", name, a.status)
		}
	}
	if a := b.decide(attacker, id, "allow"); a.status != http.StatusSeeOther {
		t.Errorf("the attempts used the request up: %d", a.status)
	}
}

func TestFormFromAnotherSiteIsRefused(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	browser := b.browser()
	for name, header := range map[string][]string{
		"Sec-Fetch-Site cross-site":          {"Sec-Fetch-Site", "cross-site"},
		"Sec-Fetch-Site same-site":           {"Sec-Fetch-Site", "same-site"},
		"foreign Origin, no Sec-Fetch-Site":  {"Origin", "https://evil.example"},
		"Origin null, no Sec-Fetch-Site":     {"Origin", "null"},
		"Origin of another port of loopback": {"Origin", "http://127.0.0.1:9999"},
	} {
		id := b.consent(browser)
		a := b.decide(browser, id, "allow", header...)
		if a.status != http.StatusForbidden || a.header.Get("Location") != "" {
			t.Errorf("%s: %d %s", name, a.status, a.header.Get("Location"))
		}
	}
	id := b.consent(browser)
	if a := b.decide(browser, id, "allow", "Origin", b.URL()); a.status != http.StatusSeeOther {
		t.Errorf("the sandbox's own Origin: %d", a.status)
	}
	id = b.consent(browser)
	if a := b.decide(browser, id, "allow", "Sec-Fetch-Site", "same-origin", "Origin", b.URL()); a.status != http.StatusSeeOther {
		t.Errorf("a modern browser: %d", a.status)
	}
}

func TestConsentPageExpires(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	browser := b.browser()
	id := b.consent(browser)
	b.Clock().Advance(11 * time.Minute)
	if a := b.decide(browser, id, "allow"); a.status != http.StatusBadRequest {
		t.Errorf("%d", a.status)
	}
}

func TestIncompleteConsentFormIsRefused(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	for name, change := range map[string]url.Values{
		"no decision":      {"decision": {""}},
		"strange decision": {"decision": {"maybe"}},
		"unknown user":     {"user": {"1"}},
		"no request":       {"request": {""}},
		"invented request": {"request": {never}},
	} {
		browser := b.browser()
		form := url.Values{"request": {b.consent(browser)}, "decision": {"allow"}}
		for field, values := range change {
			form[field] = values
		}
		a := b.do(browser, b.request("POST", "/oauth2/auth", form.Encode(), "Content-Type", "application/x-www-form-urlencoded"))
		if a.status != http.StatusBadRequest || a.header.Get("Location") != "" {
			t.Errorf("%s: %d %s", name, a.status, a.header.Get("Location"))
		}
	}
	a := b.send("POST", "/oauth2/auth", strings.Repeat("a=b&", 1<<16), "Content-Type", "application/x-www-form-urlencoded")
	if a.status != http.StatusRequestEntityTooLarge {
		t.Errorf("a huge form: %d", a.status)
	}
	if a := b.send("PUT", "/oauth2/auth", ""); a.status != http.StatusMethodNotAllowed {
		t.Errorf("PUT: %d", a.status)
	}
}

func TestWithoutRedirectURITheCodeIsShownOnAPage(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	browser := b.browser()
	a := b.decide(browser, b.consent(browser, "redirect_uri", ""), "allow")
	to := a.header.Get("Location")
	if a.status != http.StatusSeeOther || !strings.HasPrefix(to, b.URL()+"/oauth2/code?") {
		t.Fatalf("%d %s", a.status, to)
	}
	code := query(t, to).Get("code")
	page := b.send("GET", strings.TrimPrefix(to, b.URL()), "")
	if page.status != http.StatusOK || !strings.Contains(page.body, code) {
		t.Errorf("the page does not show the code: %d", page.status)
	}
	if a := b.exchange(code); a.status != http.StatusOK {
		t.Errorf("the code is not good: %d %s", a.status, a.body)
	}
}

func TestWithoutRedirectURIADenialIsShownOnAPage(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	to, err := b.Authorize(t.Context(), b.URL()+b.authPath("redirect_uri", ""), sandbox.AuthorizeOptions{Deny: true})
	if err != nil {
		t.Fatal(err)
	}
	page := b.send("GET", strings.TrimPrefix(to, b.URL()), "")
	if page.status != http.StatusOK || !strings.Contains(strings.ToLower(page.body), "denied") {
		t.Errorf("%d %s", page.status, page.body)
	}
}

func TestCodePageShowsOnlyCodesThatExist(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	for _, path := range []string{"/oauth2/code", "/oauth2/code?code=" + never, "/oauth2/code?client_id=" + b.creds.ClientID + "&code=" + never} {
		if a := b.send("GET", path, ""); a.status != http.StatusNotFound {
			t.Errorf("%s: %d", path, a.status)
		}
	}
	code := b.code("redirect_uri", "")
	b.Clock().Advance(time.Hour)
	if a := b.send("GET", "/oauth2/code?client_id="+b.creds.ClientID+"&code="+code, ""); a.status != http.StatusNotFound {
		t.Errorf("an expired code: %d", a.status)
	}
	if a := b.send("POST", "/oauth2/code", ""); a.status != http.StatusMethodNotAllowed {
		t.Errorf("POST: %d", a.status)
	}
}

func TestSessionCookieThatIsNoneIsReplaced(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	a := b.send("GET", b.authPath(), "", "Cookie", "lokalise_sandbox=x")
	if !strings.HasPrefix(a.header.Get("Set-Cookie"), "lokalise_sandbox=") {
		t.Errorf("Set-Cookie %q", a.header.Get("Set-Cookie"))
	}
	a = b.send("GET", b.authPath(), "", "Cookie", "lokalise_sandbox="+never)
	if a.header.Get("Set-Cookie") != "" {
		t.Errorf("a good session was replaced: %q", a.header.Get("Set-Cookie"))
	}
}

func TestAppFromAnotherWorldHasItsOwnUsers(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	other := b.NewWorld()
	if a := b.send("GET", b.authPath("client_id", other.ClientID), ""); a.status != http.StatusOK {
		t.Errorf("%d", a.status)
	}
	if got := b.last().World; got != "world-2" {
		t.Errorf("world %q", got)
	}
}

func TestSessionCookieIsSecureOverTLS(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	r := httptest.NewRequest("GET", "https://localhost"+b.authPath("redirect_uri", ""), nil)
	w := httptest.NewRecorder()
	b.Handler().ServeHTTP(w, r)
	if cookie := w.Header().Get("Set-Cookie"); !strings.Contains(cookie, "Secure") {
		t.Errorf("Set-Cookie %q", cookie)
	}
}
