package app_test

import (
	"bufio"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/golokalise/lokalise/sandbox"
	"github.com/golokalise/lokalise/tokens"
)

// TestNobodyIsSignedIn: what belongs to a workspace is not shown, and nothing is
// done to it.
func TestNobodyIsSignedIn(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.member("harbor").connect()
	nobody := s.visitor()
	for _, path := range []string{"/", "/events"} {
		if a := nobody.get(path); a.status != http.StatusSeeOther || a.location != "/signin" {
			t.Errorf("GET %s: %+v", path, a)
		}
	}
	for _, path := range []string{"/projects", "/experiments/revoke"} {
		if a := nobody.post(path); a.status != http.StatusSeeOther || a.location != "/signin" {
			t.Errorf("POST %s: %+v", path, a)
		}
	}
	for _, path := range []string{"/lokalise/start", "/lokalise/disconnect"} {
		if a := nobody.post(path); a.status != http.StatusUnauthorized && a.status != http.StatusForbidden {
			t.Errorf("POST %s: %d", path, a.status)
		}
	}
	s.healthy("workspace/harbor")
}

// healthy fails the test unless the grant is there, healthy, and good at the
// sandbox.
func (s *site) healthy(id string) {
	s.Helper()
	st, err := s.manager.Status(s.Context(), id)
	if err != nil || st.Health != tokens.Healthy || st.Generation != 1 {
		s.Errorf("the grant is %+v, %v", st, err)
	}
	token, err := s.manager.Token(s.Context(), id)
	s.check(err)
	grant, found := s.box.OAuth().GrantOf(token)
	if !found {
		s.Errorf("the sandbox does not know the grant")
	}
	for _, a := range s.box.OAuth().AccessTokens() {
		if a.GrantID == grant && !a.Live {
			s.Errorf("the access token is dead: %+v", a)
		}
	}
}

// TestFormsOfOtherSites are refused, whatever they are for.
func TestFormsOfOtherSites(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	ada := s.member("harbor")
	ada.connect()
	for path, pairs := range map[string][]string{
		"/signin": {"workspace", "pine"}, "/signout": nil, "/projects": nil,
		"/experiments/revoke": nil, "/experiments/rotate-on": nil,
		"/lokalise/start": nil, "/lokalise/disconnect": nil,
	} {
		for name, change := range map[string]func(http.Header){
			"by Sec-Fetch-Site": func(h http.Header) { h.Set("Sec-Fetch-Site", "cross-site") },
			"by Origin":         func(h http.Header) { h.Del("Sec-Fetch-Site"); h.Set("Origin", "https://attacker.example") },
			"same site only":    func(h http.Header) { h.Set("Sec-Fetch-Site", "same-site") },
		} {
			r := ada.form(path, pairs...)
			change(r.Header)
			a := ada.do(r)
			if a.status != http.StatusForbidden || len(a.header.Values("Set-Cookie")) > 0 {
				t.Errorf("%s, told %s: %d, cookies %q", path, name, a.status, a.header.Values("Set-Cookie"))
			}
		}
	}
	ada.dashboard("Harbor Coffee", "Healthy")
	s.healthy("workspace/harbor")
	if s.box.OAuth().Policy().Rotation != sandbox.RotationNone {
		t.Error("rotation was turned on")
	}
}

// TestCustomersAreApart: whatever one customer does, another's grant stays as it
// is and another's page shows nothing of it.
func TestCustomersAreApart(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	ada, jonas := s.member("harbor"), s.member("pine")
	ada.connect()
	ada.dashboard("Website")
	jonas.dashboard("Pine &amp; Paper", "Not connected", "Nothing yet.", "not", "Website", "read_projects", "Harbor")

	for _, e := range []string{"expire", "revoke", "fail"} {
		jonas.experiment(e)
	}
	jonas.load()
	jonas.post("/lokalise/disconnect", "return_to", "/")
	jonas.post("/projects", "workspace", "harbor")
	jonas.post("/experiments/revoke", "workspace", "harbor", "id", "workspace/harbor")
	s.healthy("workspace/harbor")

	// With a grant of the same person at Lokalise it is no different.
	jonas.connect()
	for _, e := range []string{"fail", "expire", "revoke"} {
		jonas.experiment(e)
	}
	jonas.load()
	jonas.dashboard("state-degraded")
	s.healthy("workspace/harbor")
	page := ada.dashboard("Healthy", "not", "to go.", "Degraded", "revoked at the sandbox")
	if strings.Contains(page, "Pine") {
		t.Error("the other customer is on the page")
	}
}

// TestAttemptOfAnotherCustomer: who signs in as somebody else on the way cannot
// end what the first one began.
func TestAttemptOfAnotherCustomer(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p := s.member("harbor")
	callback := p.decide(p.start(), sandbox.AuthorizeOptions{})
	p.post("/signin", "workspace", "pine")
	a := p.land(callback)
	if a.status != http.StatusBadRequest && a.status != http.StatusForbidden || !strings.Contains(a.body, "another workspace than when you started") {
		t.Errorf("the page says %d: %s", a.status, a.body)
	}
	for _, id := range []string{"workspace/harbor", "workspace/pine"} {
		if _, err := s.manager.Status(t.Context(), id); err == nil {
			t.Errorf("%s is connected", id)
		}
	}
}

func TestSignInAndOut(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p := s.visitor()
	if a := p.post("/signin", "workspace", "nowhere"); a.status != http.StatusBadRequest || len(a.header.Values("Set-Cookie")) > 0 {
		t.Errorf("a workspace that is not there: %d", a.status)
	}
	for _, person := range []string{"Ada Brook", "Jonas Falk", "Leila Nasser"} {
		if a := p.get("/signin"); !strings.Contains(a.body, person) {
			t.Errorf("%s is not on the sign-in page", person)
		}
	}
	p.post("/signin", "workspace", "orbit")
	p.dashboard("Orbit Travel")
	if a := p.post("/signout"); a.status != http.StatusSeeOther || a.location != "/signin" {
		t.Errorf("sign out: %+v", a)
	}
	if a := p.get("/"); a.location != "/signin" {
		t.Errorf("after that: %+v", a)
	}
}

// TestStreamFollows: a stream has its own workspace's news and no other's, and
// ends with the app.
func TestStreamFollows(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	ada, jonas := s.member("harbor"), s.member("pine")
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.url+"/events", nil)
	s.check(err)
	res, err := ada.client.Do(r)
	s.check(err)
	defer res.Body.Close()
	guard := time.AfterFunc(time.Minute, func() { _ = res.Body.Close() })
	defer guard.Stop()
	if kind := res.Header.Get("Content-Type"); kind != "text/event-stream" {
		t.Errorf("the stream is %s", kind)
	}
	lines := bufio.NewScanner(res.Body)
	until := func(word string) {
		t.Helper()
		for lines.Scan() {
			_, _ = s.Write(lines.Bytes())
			if strings.Contains(lines.Text(), "Pine") || strings.Contains(lines.Text(), "Disconnected") {
				t.Errorf("another customer's news: %s", lines.Text())
			}
			if strings.Contains(lines.Text(), word) {
				return
			}
		}
		t.Fatalf("the stream ended before %q: %v", word, lines.Err())
	}
	until("Not connected")
	jonas.connect()
	jonas.post("/lokalise/disconnect")
	ada.connect()
	until("state-healthy") // further up on the page than the log
	until("Connected: the grant is stored.")
	s.app.Close()
	for lines.Scan() { // to its end
		_, _ = s.Write(lines.Bytes())
	}
	if err := lines.Err(); err != nil {
		t.Errorf("the stream did not end well: %v", err)
	}
}
