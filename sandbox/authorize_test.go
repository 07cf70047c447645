package sandbox_test

import (
	"errors"
	"net/url"
	"strings"
	"testing"

	"github.com/golokalise/lokalise/sandbox"
)

func TestAuthorizeGivesACodeAndTheState(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	to, err := b.Authorize(t.Context(), b.URL()+b.authPath("state", "a b&c=d/é"), sandbox.AuthorizeOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(to, callback+"?") {
		t.Errorf("sent to %s", to)
	}
	q := query(t, to)
	if !hex40.MatchString(q.Get("code")) || q.Get("state") != "a b&c=d/é" || len(q) != 2 {
		t.Errorf("query %v", q)
	}
}

func TestDenialGoesBackWithTheState(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	to, err := b.Authorize(t.Context(), b.URL()+b.authPath(), sandbox.AuthorizeOptions{Deny: true})
	if err != nil {
		t.Fatal(err)
	}
	q := query(t, to)
	if q.Get("error") != "access_denied" || q.Get("state") != "the-state" || q.Has("code") {
		t.Errorf("query %v", q)
	}
}

func TestRedirectKeepsTheQueryOfTheRedirectURI(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	for uri, prefix := range map[string]string{
		"http://127.0.0.1:9/cb?a=1&b=%20": "http://127.0.0.1:9/cb?a=1&b=%20&code=",
		"http://127.0.0.1:9/cb?":          "http://127.0.0.1:9/cb?code=",
		"http://127.0.0.1:9":              "http://127.0.0.1:9?code=",
	} {
		to, err := b.Authorize(t.Context(), b.URL()+b.authPath("redirect_uri", uri), sandbox.AuthorizeOptions{})
		if err != nil || !strings.HasPrefix(to, prefix) {
			t.Errorf("%s: %s, %v", uri, to, err)
		}
	}
}

func TestParametersAreReadAsClientsSendThem(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	id := b.creds.ClientID
	for name, rawQuery := range map[string]string{
		"plus for a space":         "client_id=" + id + "&scope=read_projects+write_projects",
		"percent-encoded space":    "client_id=" + id + "&scope=read_projects%20write_projects",
		"response_type=code":       "client_id=" + id + "&scope=read_projects&response_type=code",
		"empty state and redirect": "client_id=" + id + "&scope=read_projects&state=&redirect_uri=",
		"unknown parameters":       "client_id=" + id + "&scope=read_projects&prompt=x&prompt=y&code_challenge=z",
		"two spaces, scope twice":  "client_id=" + id + "&scope=read_projects++read_projects",
	} {
		to, err := b.Authorize(t.Context(), "/oauth2/auth?"+rawQuery, sandbox.AuthorizeOptions{})
		if err != nil || query(t, to).Get("code") == "" {
			t.Errorf("%s: %s, %v", name, to, err)
		}
	}
}

// TestBrokenAuthorizationURLIsNeverRedirected looks at the error page over
// HTTP and at the error in Go for each way in which a URL can be broken.
func TestBrokenAuthorizationURLIsNeverRedirected(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	for _, test := range []struct{ name, query, page string }{
		{"unknown client", b.authPath("client_id", never), "not registered"},
		{"no client", b.authPath("client_id", ""), "client_id"},
		{"unknown scope", b.authPath("scope", "read_projects read_everything"), "read_everything"},
		{"scopes with a comma", b.authPath("scope", "read_projects,write_projects"), "scope"},
		{"no scope", b.authPath("scope", ""), "scope"},
		{"redirect elsewhere", b.authPath("redirect_uri", "https://evil.example/cb"), "redirect"},
		{"redirect that looks like loopback", b.authPath("redirect_uri", "http://127.0.0.1.evil.example/"), "redirect"},
		{"redirect with a user", b.authPath("redirect_uri", "http://127.0.0.1@evil.example/"), "redirect"},
		{"redirect with a backslash", b.authPath("redirect_uri", `http://127.0.0.1\@evil.example/`), "redirect"},
		{"redirect with a fragment", b.authPath("redirect_uri", "http://127.0.0.1/#x"), "redirect"},
		{"redirect with a line break", b.authPath("redirect_uri", "http://127.0.0.1/\r\nX: y"), "redirect"},
		{"redirect that runs", b.authPath("redirect_uri", "javascript:alert(1)"), "redirect"},
		{"redirect to a relative path", b.authPath("redirect_uri", "/cb"), "redirect"},
		{"response_type token", b.authPath("response_type", "token"), "response"},
		{"client twice", b.authPath() + "&client_id=" + never, "client_id"},
		{"state twice", b.authPath() + "&state=x", "state"},
		{"redirect twice", b.authPath() + "&redirect_uri=" + url.QueryEscape(callback), "redirect_uri"},
		{"percent sign", "/oauth2/auth?client_id=%zz", "cannot be read"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			for _, deny := range []bool{false, true} {
				to, err := b.Authorize(t.Context(), b.URL()+test.query, sandbox.AuthorizeOptions{Deny: deny})
				var refusal *sandbox.AuthorizeError
				if !errors.As(err, &refusal) || to != "" {
					t.Fatalf("Authorize gave %q, %v", to, err)
				}
				if refusal.Title == "" || len(refusal.Fixes) == 0 {
					t.Errorf("the error does not say what to fix: %+v", refusal)
				}
			}
			a := b.send("GET", test.query, "")
			if a.status != 400 || a.header.Get("Location") != "" {
				t.Errorf("status %d, Location %q", a.status, a.header.Get("Location"))
			}
			if !strings.Contains(a.body, test.page) {
				t.Errorf("the page does not mention %q:\n%s", test.page, a.body)
			}
		})
	}
}

func TestAnyLoopbackRedirectURIIsAccepted(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	for _, uri := range []string{
		"http://localhost/", "http://LOCALHOST:3000/callback", "http://127.0.0.1:1/x?y=z", "http://127.9.8.7:65535", "http://[::1]:80/a", "https://localhost:8443/cb",
	} {
		if _, err := b.Authorize(t.Context(), b.authPath("redirect_uri", uri), sandbox.AuthorizeOptions{}); err != nil {
			t.Errorf("%s: %v", uri, err)
		}
	}
}

func TestRegisteredRedirectURIIsComparedCharacterByCharacter(t *testing.T) {
	t.Parallel()
	const registered, custom = "https://app.example/cb", "com.example.app:/oauth"
	b := start(t, sandbox.InMemory(), sandbox.WithRedirectURI(registered, custom))
	if b.creds.RedirectURI != registered {
		t.Errorf("credentials name %q", b.creds.RedirectURI)
	}
	for _, uri := range []string{registered, custom} {
		if to, err := b.Authorize(t.Context(), b.authPath("redirect_uri", uri), sandbox.AuthorizeOptions{}); err != nil || !strings.HasPrefix(to, uri+"?code=") {
			t.Errorf("%s: %s, %v", uri, to, err)
		}
	}
	for _, uri := range []string{registered + "/", registered + "?x=1", "http://app.example/cb", "https://APP.example/cb", "https://app.example:443/cb"} {
		if _, err := b.Authorize(t.Context(), b.authPath("redirect_uri", uri), sandbox.AuthorizeOptions{}); err == nil {
			t.Errorf("%s was accepted", uri)
		}
	}
}

func TestOptionsRefuseBadRedirectURIs(t *testing.T) {
	t.Parallel()
	for _, uri := range []string{"", "/cb", "localhost", "http://", "http://x/#f", "javascript:alert(1)", "data:text/html,x", "http://a b/", "http://u:p@x/", "%"} {
		if _, err := sandbox.New(sandbox.WithRedirectURI(uri)); err == nil {
			t.Errorf("%q was accepted", uri)
		}
	}
}

func TestAuthorizationURLMustLeadToTheSandbox(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	good := b.authPath()
	for name, bad := range map[string]string{
		"the real host":    "https://app.lokalise.com" + good,
		"the SDK's defect": b.URL() + strings.Replace(good, "/oauth2/auth", "/auth", 1),
		"no URL":           "http://[::1",
	} {
		if _, err := b.Authorize(t.Context(), bad, sandbox.AuthorizeOptions{}); err == nil {
			t.Errorf("%s was accepted", name)
		}
	}
}

func TestUserIsChosenByAddressOrID(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	for _, user := range []string{"", "mara.lind@example.com", "Tomas.Rey@example.com", "320183"} {
		if _, err := b.Authorize(t.Context(), b.authPath(), sandbox.AuthorizeOptions{User: user}); err != nil {
			t.Errorf("%q: %v", user, err)
		}
	}
	_, err := b.Authorize(t.Context(), b.authPath(), sandbox.AuthorizeOptions{User: "nobody@example.com"})
	if err == nil || !strings.Contains(err.Error(), "mara.lind@example.com") {
		t.Errorf("the error does not list who there is: %v", err)
	}
}

func TestAuthorizeHeedsItsContext(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	ctx, cancel := contextCanceled(t)
	defer cancel()
	if _, err := b.Authorize(ctx, b.authPath(), sandbox.AuthorizeOptions{}); !errors.Is(err, ctx.Err()) {
		t.Errorf("got %v", err)
	}
}
