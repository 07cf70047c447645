package oauth_test

import (
	"errors"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/golokalise/lokalise/oauth"
	"github.com/golokalise/lokalise/sandbox"
)

// sandboxClient is a client for a sandbox without sockets, with changes to its
// configuration.
func sandboxClient(t *testing.T, change ...func(*oauth.Config)) (*sandbox.Server, *oauth.Client) {
	t.Helper()
	srv := sandbox.Start(t, sandbox.InMemory())
	app := srv.Credentials()
	change = append([]func(*oauth.Config){func(c *oauth.Config) {
		c.ClientID, c.ClientSecret, c.RedirectURL = app.ClientID, app.ClientSecret, app.RedirectURI
		c.HTTPClient, c.Now = srv.Client(), srv.Clock().Now
	}}, change...)
	return srv, newClient(t, srv.URL(), change...)
}

// allowed goes through the flow up to the code.
func allowed(t *testing.T, srv *sandbox.Server, client *oauth.Client) string {
	t.Helper()
	state := oauth.NewState()
	authURL, err := client.AuthCodeURL(oauth.AuthCodeOptions{
		Scopes: []oauth.Scope{oauth.ScopeReadProjects, oauth.ScopeWriteProjects}, State: state,
	})
	if err != nil {
		t.Fatal(err)
	}
	redirectTo, err := srv.Authorize(t.Context(), authURL, sandbox.AuthorizeOptions{})
	if err != nil {
		t.Fatal(err)
	}
	callback, err := url.Parse(redirectTo)
	if err != nil {
		t.Fatal(err)
	}
	code, err := oauth.ParseCallback(callback, state)
	if err != nil {
		t.Fatal(err)
	}
	return code
}

func TestTheFlowAgainstTheSandbox(t *testing.T) {
	t.Parallel()
	srv, client := sandboxClient(t)
	first, err := client.Exchange(t.Context(), allowed(t, srv, client))
	if err != nil {
		t.Fatal(err)
	}
	if !first.ValidAt(srv.Clock().Now(), time.Minute) || first.RefreshToken == "" || first.Scopes != nil {
		t.Errorf("first = %v", first)
	}
	second, err := client.Refresh(t.Context(), first.RefreshToken)
	if err != nil {
		t.Fatal(err)
	}
	if second.AccessToken == first.AccessToken || second.RefreshToken != first.RefreshToken || len(second.Scopes) != 2 {
		t.Errorf("second = %v", second)
	}
}

func TestRefusalsOfTheSandbox(t *testing.T) {
	t.Parallel()
	t.Run("a code used twice", func(t *testing.T) {
		t.Parallel()
		srv, client := sandboxClient(t)
		code := allowed(t, srv, client)
		if _, err := client.Exchange(t.Context(), code); err != nil {
			t.Fatal(err)
		}
		_, err := client.Exchange(t.Context(), code)
		if failure := asError(t, err); !failure.NeedsReauth() || failure.ProcessID == "" {
			t.Errorf("err = %v", err)
		}
	})
	t.Run("a refresh token nobody gave out", func(t *testing.T) {
		t.Parallel()
		_, client := sandboxClient(t)
		if _, err := client.Refresh(t.Context(), testRefrsh); !errors.Is(err, oauth.ErrNeedsReauth) {
			t.Errorf("err = %v", err)
		}
	})
	t.Run("a wrong secret", func(t *testing.T) {
		t.Parallel()
		_, client := sandboxClient(t, func(c *oauth.Config) { c.ClientSecret = testSecret })
		if _, err := client.Refresh(t.Context(), testRefrsh); !errors.Is(err, oauth.ErrMisconfigured) {
			t.Errorf("err = %v", err)
		}
	})
	t.Run("a client ID of another length", func(t *testing.T) {
		t.Parallel()
		_, client := sandboxClient(t, func(c *oauth.Config) { c.ClientID = "short" })
		_, err := client.Exchange(t.Context(), testCode)
		if !errors.Is(err, oauth.ErrMisconfigured) || !strings.Contains(err.Error(), "client_id: Client id must be 40 characters long") {
			t.Errorf("err = %v", err)
		}
	})
}
