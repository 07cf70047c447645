package app_test

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/golokalise/lokalise/cmd/webapp/internal/app"
	"github.com/golokalise/lokalise/sandbox"
)

var (
	// secretShape is what the sandbox's tokens, codes and secrets look like.
	secretShape = regexp.MustCompile(`[0-9a-f]{40}`)

	// inline is what the content security policy would refuse.
	inline = regexp.MustCompile(`<style|<script>|\sstyle=|\son[a-z]+=|javascript:`)
)

// TestSecretsAreNowhere goes through all there is, and looks at every page, at
// the stream and at the log with all its details.
func TestSecretsAreNowhere(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	ada := s.member("harbor")
	ada.land(ada.decide(ada.start(), sandbox.AuthorizeOptions{Deny: true}))
	ada.connect()
	ada.dashboard()
	var secrets []string
	note := func() {
		token, err := s.manager.Token(t.Context(), "workspace/harbor")
		s.check(err)
		secrets = append(secrets, token)
	}
	note()
	for _, e := range []string{"rotate-on", "expire"} {
		ada.experiment(e)
	}
	ada.load()
	note()
	for _, e := range []string{"fail", "expire"} {
		ada.experiment(e)
	}
	ada.load()
	ada.dashboard("state-degraded")
	ada.experiment("revoke")
	ada.load()
	ada.get("/lokalise/callback?code=" + secrets[0] + "&state=" + secrets[1])
	ada.get("/nowhere?token=" + secrets[0])
	ada.dashboard()

	all := s.everything()
	creds := s.box.Credentials()
	for _, secret := range append(secrets, creds.ClientSecret, creds.APIToken, "thirty-two bytes") {
		if strings.Contains(all, secret) {
			t.Error("a secret was shown or logged")
		}
	}
	for _, found := range secretShape.FindAllString(all, -1) {
		if found != creds.ClientID { // which is no secret
			t.Errorf("something that looks like a secret begins with %.4s", found)
		}
	}
	if !strings.Contains(all, "level=") || !strings.Contains(all, "Healthy") {
		t.Error("nothing was logged or shown") // the control
	}
}

func TestEveryPageIsStrict(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	ada := s.member("harbor")
	for name, a := range map[string]answer{
		"sign-in":   s.visitor().get("/signin"),
		"empty":     ada.get("/"),
		"connected": ada.connect(),
		"dashboard": ada.get("/"),
		"not found": ada.get("/nowhere"),
		"refused":   s.visitor().post("/lokalise/start"),
	} {
		csp := a.header.Get("Content-Security-Policy")
		for _, part := range []string{"default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'", "form-action 'self' " + s.box.URL()} {
			if !strings.Contains(csp, part) {
				t.Errorf("%s: the policy is %q without %s", name, csp, part)
			}
		}
		if strings.Contains(csp, "unsafe") || a.header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: policy %q, cache %q", name, csp, a.header.Get("Cache-Control"))
		}
		if found := inline.FindString(a.body); found != "" {
			t.Errorf("%s: %q is in the page", name, found)
		}
		if !strings.Contains(a.body, `<html lang="en">`) || !strings.Contains(a.body, "<h1>") {
			t.Errorf("%s is not a whole page: %s", name, a.body)
		}
	}
}

// TestAddressesOfForms are no pages, and say so to who opens one.
func TestAddressesOfForms(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	ada := s.member("harbor")
	for _, path := range []string{"/projects", "/signout", "/experiments/revoke", "/lokalise/start", "/lokalise/disconnect"} {
		for name, p := range map[string]*person{"member": ada, "visitor": s.visitor()} {
			a := p.get(path)
			if a.status != http.StatusMethodNotAllowed || a.header.Get("Allow") != http.MethodPost || !strings.Contains(a.body, `href="/"`) {
				t.Errorf("%s, %s: %d, Allow %q\n%s", path, name, a.status, a.header.Get("Allow"), a.body)
			}
		}
	}
	ada.dashboard() // still signed in
}

func TestStaticFiles(t *testing.T) {
	t.Parallel()
	p := newSite(t).visitor()
	for path, kind := range map[string]string{
		"/static/base.css": "text/css; charset=utf-8", "/static/parts.css": "text/css; charset=utf-8",
		"/static/dashboard.css": "text/css; charset=utf-8", "/static/app.js": "text/javascript; charset=utf-8",
		"/static/icon.svg": "image/svg+xml",
	} {
		if a := p.get(path); a.status != http.StatusOK || a.header.Get("Content-Type") != kind || len(a.body) < 100 {
			t.Errorf("%s: %d, %s", path, a.status, a.header.Get("Content-Type"))
		}
	}
	if a := p.get("/static/"); a.status != http.StatusNotFound {
		t.Errorf("the list of files answers %d", a.status)
	}
}

// TestOtherNames: a page on the web can have a name that leads to this machine.
func TestOtherNames(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for host, want := range map[string]int{
		"attacker.example": http.StatusMisdirectedRequest, "127.0.0.1.attacker.example": http.StatusMisdirectedRequest,
		"localhost:8485": http.StatusFound, "[::1]:8485": http.StatusFound,
	} {
		r := httptest.NewRequest(http.MethodGet, "/signin?x=1", nil)
		r.Host = host
		w := httptest.NewRecorder()
		s.app.ServeHTTP(w, r)
		if w.Code != want {
			t.Errorf("%s: %d, want %d", host, w.Code, want)
		}
		if want == http.StatusFound && w.Header().Get("Location") != s.url+"/signin" {
			t.Errorf("%s: sent to %q", host, w.Header().Get("Location"))
		}
	}
	r := httptest.NewRequest(http.MethodPost, "/signout", nil)
	r.Host = "localhost"
	w := httptest.NewRecorder()
	s.app.ServeHTTP(w, r)
	if w.Code != http.StatusMisdirectedRequest {
		t.Errorf("a form under another name: %d", w.Code)
	}
}

func TestNewChecksTheCallbackURL(t *testing.T) {
	t.Parallel()
	cfg := newSite(t).cfg
	for _, callback := range []string{"", "https://app.example/", "https://app.example/lokalise/back", "http://app.example" + app.CallbackPath} {
		cfg.CallbackURL = callback
		if _, err := app.New(cfg); err == nil {
			t.Errorf("%q is taken", callback)
		}
	}
}
