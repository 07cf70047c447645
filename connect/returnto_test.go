package connect_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/golokalise/lokalise/connect"
	"github.com/golokalise/lokalise/sandbox"
)

// openRedirects are addresses that look allowed and lead, in one browser or
// another, somewhere else.
var openRedirects = map[string]string{
	"protocol-relative":            "//evil.example",
	"three slashes":                "///evil.example",
	"slash and backslash":          `/\evil.example`,
	"two backslashes":              `\\evil.example`,
	"backslash in the path":        `/settings\..\..\evil`,
	"encoded slash":                "/%2fevil.example",
	"encoded backslash":            "/%5cevil.example",
	"encoded, capital digits":      "/%2F%2Fevil.example",
	"absolute":                     "https://evil.example/",
	"absolute, plain":              "http://app.example/settings",
	"absolute without slashes":     "https:evil.example",
	"absolute with one slash":      "https:/evil.example",
	"capital scheme":               "HTTPS://evil.example/settings",
	"allowed origin as a prefix":   "https://other.example.evil.example/apps/",
	"allowed origin as a user":     "https://other.example@evil.example/apps/",
	"allowed origin, another port": "https://other.example:8443/apps/",
	"allowed origin, two slashes":  "https://other.example//evil.example",
	"allowed origin, another path": "https://other.example/admin",
	"user and password":            "https://a:b@other.example/apps/",
	"script":                       "javascript:alert(1)",
	"data":                         "data:text/html,x",
	"tab in front of the slash":    "/\t/evil.example",
	"line break":                   "/settings\r\nSet-Cookie: a=b",
	"encoded line break":           "/projects/%0d%0aSet-Cookie:%20a=b",
	"line break in the query":      "/settings?a=b\nX: y",
	"NUL":                          "/settings\x00",
	"encoded NUL":                  "/projects/%00",
	"encoded slash further on":     "/projects/a%2Fb",
	"encoded backslash further on": "/projects/a%5Cb",
	"space in front":               " /settings",
	"dot segments":                 "/projects/../admin",
	"encoded dot segments":         "/projects/%2e%2e/admin",
	"dot segment at the end":       "/projects/..",
	"empty segment":                "/projects//x",
	"relative":                     "settings",
	"empty":                        "",
	"query alone":                  "?next=//evil.example",
	"not listed":                   "/admin",
	"listed as a prefix only":      "/settings-of-others",
	"below an exact path":          "/settings/deeper",
	"above a folder":               "/projects",
	"bad escape":                   "/projects/%zz",
	"not ASCII":                    "/projects/ä",
	"encoded bad UTF-8":            "/projects/%ff",
	"quotes":                       `/projects/"onmouseover="x`,
	"too long":                     "/projects/" + strings.Repeat("x", 503),
	"bad escape in the fragment":   "/settings#%zz",
}

func TestOpenRedirectsAreRefused(t *testing.T) {
	t.Parallel()
	s := newSetup(t)
	for name, address := range openRedirects {
		for _, h := range []http.Handler{s.Start, s.Disconnect} {
			res := newBrowser(tenant).post(h, returnTo(address))
			if res.StatusCode != http.StatusBadRequest || res.Header.Get("Location") != "" || len(res.Cookies()) > 0 || s.last(t).Reason != connect.ReasonReturnTo {
				t.Errorf("%s (%q): %d, outcome %+v", name, address, res.StatusCode, s.last(t))
			}
		}
	}
}

func TestAllowedReturnAddresses(t *testing.T) {
	t.Parallel()
	s := newSetup(t)
	for _, address := range []string{
		"/settings", "/settings?tab=lokalise&next=//x", "/settings#lokalise", "/projects/", "/projects/7/keys?q=a%2Fb%20c",
		"/projects/%C3%A4", "https://other.example/apps/", "https://other.example/apps/7?x=y",
	} {
		b := newBrowser(tenant)
		if to := location(t, b.get(s.Callback, s.begin(t, b, returnTo(address), sandbox.AuthorizeOptions{}))); to != address {
			t.Errorf("after the callback: %q, want %q", to, address)
		}
	}
	b := newBrowser(tenant)
	if to := location(t, b.get(s.Callback, s.begin(t, b, nil, sandbox.AuthorizeOptions{}))); to != "/settings" {
		t.Errorf("without a return address: %q", to)
	}
}

// TestReturnAddressThatIsNoLongerAllowed: the list changed while the person was
// away at Lokalise.
func TestReturnAddressThatIsNoLongerAllowed(t *testing.T) {
	t.Parallel()
	s := newSetup(t)
	b := newBrowser(tenant)
	callback := s.begin(t, b, returnTo("https://other.example/apps/"), sandbox.AuthorizeOptions{})
	strict := s.variant(t, func(c *connect.Config) { c.ReturnTo = []string{"/home"} })
	if to := location(t, b.get(strict.Callback, callback)); to != "/home" {
		t.Errorf("redirect to %q", to)
	}
}
