package session_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/golokalise/lokalise/cmd/webapp/internal/session"
)

var key = []byte("a key of thirty-two bytes, no 1.")

// signedIn is a request with the cookie of a workspace.
func signedIn(t *testing.T, s *session.Sessions, workspace string) *http.Request {
	t.Helper()
	w := httptest.NewRecorder()
	s.Start(w, workspace)
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	for _, c := range w.Result().Cookies() {
		if !c.HttpOnly || c.SameSite != http.SameSiteLaxMode {
			t.Errorf("the cookie is %+v", c)
		}
		r.AddCookie(c)
	}
	return r
}

func TestSignedInUntilItEnds(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)
	s := session.New(key, false, func() time.Time { return now })
	r := signedIn(t, s, "harbor.coffee")
	if got, err := s.Workspace(r); err != nil || got != "harbor.coffee" {
		t.Errorf("signed in to %q, %v", got, err)
	}
	now = now.Add(session.Lifetime)
	if _, err := s.Workspace(r); !errors.Is(err, session.ErrSignedOut) {
		t.Errorf("after its end: %v", err)
	}
}

func TestNobodyElsesCookieCounts(t *testing.T) {
	t.Parallel()
	s := session.New(key, false, time.Now)
	good := signedIn(t, s, "harbor")
	cookie, err := good.Cookie("webapp_session")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(cookie.Value, ".")
	other := signedIn(t, session.New([]byte("a key of thirty-two bytes, no 2."), false, time.Now), "harbor")
	foreign, err := other.Cookie("webapp_session")
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]string{
		"another workspace": "pine." + rest,
		"another key":       foreign.Value,
		"no signature":      "harbor.9999999999.",
		"nothing":           "",
		"no dots":           "harbor",
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.AddCookie(&http.Cookie{Name: "webapp_session", Value: value})
		if got, err := s.Workspace(r); !errors.Is(err, session.ErrSignedOut) {
			t.Errorf("%s: signed in to %q, %v", name, got, err)
		}
	}
	if _, err := s.Workspace(httptest.NewRequest(http.MethodGet, "/", nil)); !errors.Is(err, session.ErrSignedOut) {
		t.Errorf("without a cookie: %v", err)
	}
}

func TestSecureCookieHasTheHostPrefix(t *testing.T) {
	t.Parallel()
	w := httptest.NewRecorder()
	session.New(key, true, time.Now).Start(w, "harbor")
	c := w.Result().Cookies()[0]
	if !c.Secure || !strings.HasPrefix(c.Name, "__Host-") || c.Path != "/" || c.Domain != "" {
		t.Errorf("the cookie is %+v", c)
	}
}

func TestEndRemovesTheCookie(t *testing.T) {
	t.Parallel()
	w := httptest.NewRecorder()
	session.New(key, false, time.Now).End(w)
	if c := w.Result().Cookies()[0]; c.Value != "" || c.MaxAge >= 0 {
		t.Errorf("the cookie is %+v", c)
	}
}
