package connect_test

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/golokalise/lokalise/connect"
	"github.com/golokalise/lokalise/internal/testutil"
	"github.com/golokalise/lokalise/oauth"
)

func TestConfigNamesTheWrongField(t *testing.T) {
	t.Parallel()
	s := newSetup(t)
	for _, tc := range []struct {
		name, field string
		change      func(*connect.Config)
	}{
		{"no client", "Clients", func(c *connect.Config) { c.Clients = nil }},
		{"nil client", "Clients", func(c *connect.Config) { c.Clients = []*oauth.Client{nil} }},
		{"no manager", "Manager", func(c *connect.Config) { c.Manager = nil }},
		{"no session", "Session", func(c *connect.Config) { c.Session = nil }},
		{"no key", "Keys", func(c *connect.Config) { c.Keys = nil }},
		{"short second key", "Keys", func(c *connect.Config) { c.Keys = [][]byte{testKey, testKey[:31]} }},
		{"no scopes", "Scopes", func(c *connect.Config) { c.Scopes = nil }},
		{"scopes for a book", "Scopes", func(c *connect.Config) { c.Scopes = []oauth.Scope{oauth.Scope(strings.Repeat("x", 2000))} }},
		{"negative timeout", "Timeout", func(c *connect.Config) { c.Timeout = -1 }},
		{"no return address", "ReturnTo", func(c *connect.Config) { c.ReturnTo = nil }},
		{"relative return address", "ReturnTo", func(c *connect.Config) { c.ReturnTo = []string{"settings"} }},
		{"foreign return address", "ReturnTo", func(c *connect.Config) { c.ReturnTo = []string{"//evil.example/"} }},
		{"return address with a query", "ReturnTo", func(c *connect.Config) { c.ReturnTo = []string{"/settings?tab=1"} }},
		{"plain return address", "ReturnTo", func(c *connect.Config) { c.ReturnTo = []string{"http://other.example/"} }},
		{"return origin without a path", "ReturnTo", func(c *connect.Config) { c.ReturnTo = []string{"https://other.example"} }},
		{"no callback", "CallbackURL", func(c *connect.Config) { c.CallbackURL = "" }},
		{"callback without a host", "CallbackURL", func(c *connect.Config) { c.CallbackURL = "/lokalise/callback" }},
		{"callback without a path", "CallbackURL", func(c *connect.Config) { c.CallbackURL = "https://app.example" }},
		{"plain callback", "CallbackURL", func(c *connect.Config) { c.CallbackURL = "http://app.example/callback" }},
		{"callback with a query", "CallbackURL", func(c *connect.Config) { c.CallbackURL += "?a=b" }},
		{"callback with a password", "CallbackURL", func(c *connect.Config) { c.CallbackURL = "https://a:b@app.example/callback" }},
		{"callback of an own scheme", "CallbackURL", func(c *connect.Config) { c.CallbackURL = "app://callback/x" }},
		{"trusted path", "TrustedOrigins", func(c *connect.Config) { c.TrustedOrigins = []string{"https://a.example/path"} }},
	} {
		cfg := s.cfg
		tc.change(&cfg)
		_, err := connect.New(cfg)
		var wrong *connect.ConfigError
		if !errors.As(err, &wrong) || wrong.Field != tc.field || !errors.Is(err, connect.ErrConfig) {
			t.Errorf("%s: %v", tc.name, err)
		}
	}
}

func TestConfigHidesItsKeys(t *testing.T) {
	t.Parallel()
	s := newSetup(t)
	var log bytes.Buffer
	slog.New(slog.NewTextHandler(&log, nil)).Info("config", "config", s.cfg, "handlers", s.Handlers)
	slog.New(slog.NewJSONHandler(&log, nil)).Info("config", "config", s.cfg)
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		fmt.Fprintf(&log, verb+verb+verb, s.cfg, &s.cfg, *s.Handlers)
	}
	testutil.AssertNoSecret(t, "what was printed", log.String(), string(testKey))
	if !strings.Contains(log.String(), callbackURL) {
		t.Error("too little was printed for this test to mean anything")
	}
}

// TestMount: the paths, beside an app that has a page at its root.
func TestMount(t *testing.T) {
	t.Parallel()
	s := newSetup(t)
	mux := http.NewServeMux()
	mux.HandleFunc("GET /", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTeapot) })
	s.Mount(mux, "/lokalise/")
	b := newBrowser(tenant)
	for _, tc := range []struct {
		method, path string
		want         int
	}{
		{http.MethodPost, "/lokalise/start", http.StatusSeeOther},
		{http.MethodPost, "/lokalise/disconnect", http.StatusSeeOther},
		{http.MethodGet, "/lokalise/callback?code=c&state=s", http.StatusSeeOther},
		{http.MethodHead, "/lokalise/callback?code=c&state=s", http.StatusMethodNotAllowed},
		{http.MethodGet, "/other", http.StatusTeapot},
	} {
		if res := b.do(mux, httptest.NewRequest(tc.method, origin+tc.path, nil)); res.StatusCode != tc.want {
			t.Errorf("%s %s: %d", tc.method, tc.path, res.StatusCode)
		}
	}
}
