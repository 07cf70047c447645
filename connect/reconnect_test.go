package connect_test

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/golokalise/lokalise/connect"
	"github.com/golokalise/lokalise/oauth"
	"github.com/golokalise/lokalise/sandbox"
)

var errDisk = errors.New("disk full")

func TestReconnectKeepsTheGrantID(t *testing.T) {
	t.Parallel()
	s := newSetup(t)
	b := newBrowser(tenant)
	s.connected(t, b)
	before := s.token(t, tenant)
	s.connected(t, b)
	if o := s.last(t); !o.Reconnected || o.GrantID != tenant || len(o.LostScopes) != 0 {
		t.Errorf("outcome = %+v", o)
	}
	if s.token(t, tenant) == before {
		t.Error("the old token is still given out")
	}
	if list, err := s.manager.List(t.Context(), "", 10); err != nil || len(list) != 1 {
		t.Errorf("grants = %v, %v", list, err)
	}
}

func TestReconnectWarnsWhenScopesShrank(t *testing.T) {
	t.Parallel()
	s := newSetup(t)
	b := newBrowser(tenant)
	s.connected(t, b)
	narrow := s.variant(t, func(c *connect.Config) { c.Scopes = []oauth.Scope{oauth.ScopeReadProjects} })
	callback := s.consent(t, location(t, b.post(narrow.Start, returnTo("/projects/7"))), sandbox.AuthorizeOptions{})
	// The process that takes the callback need not be the one that started.
	to := location(t, b.get(s.Callback, callback))
	o := s.last(t)
	if o.Kind != connect.KindConnected || !slices.Equal(o.LostScopes, []oauth.Scope{oauth.ScopeWriteProjects}) {
		t.Errorf("outcome = %+v", o)
	}
	leadsToPage(t, to)
	for range 2 { // it can be reloaded
		res := b.get(s.Callback, origin+to)
		page := body(t, res)
		if res.StatusCode != http.StatusOK || !strings.Contains(page, "<li>write_projects</li>") || !strings.Contains(page, `href="/projects/7"`) {
			t.Errorf("status %d, page %s", res.StatusCode, page)
		}
	}
	if log := s.logged(); !strings.Contains(log, "level=WARN") || !strings.Contains(log, "lost_scopes=write_projects") {
		t.Errorf("log = %s", log)
	}
}

func TestDisconnectForgetsTheGrant(t *testing.T) {
	t.Parallel()
	s := newSetup(t)
	b := newBrowser(tenant)
	s.connected(t, b)
	s.connected(t, newBrowser("tenant-8"))
	for range 2 { // what is gone already is what was asked for
		if to := location(t, b.post(s.Disconnect, returnTo("/projects/7"))); to != "/projects/7" {
			t.Errorf("redirect to %s", to)
		}
		if o := s.last(t); o.Kind != connect.KindDisconnected || o.GrantID != tenant {
			t.Errorf("outcome = %+v", o)
		}
		s.noGrant(t, tenant)
	}
	s.token(t, "tenant-8")
}

func TestDisconnectThatFails(t *testing.T) {
	t.Parallel()
	s := newSetup(t)
	b := newBrowser(tenant)
	s.connected(t, b)
	broken := s.variant(t, func(c *connect.Config) { c.Manager = newManager(t, s.client, brokenStore{s.store}) })
	if res := b.post(broken.Disconnect, nil); res.StatusCode != http.StatusInternalServerError || s.last(t).Reason != connect.ReasonStore {
		t.Errorf("status %d, outcome %+v", res.StatusCode, s.last(t))
	}
	if res := b.post(s.Disconnect, returnTo("//evil.example")); res.StatusCode != http.StatusBadRequest {
		t.Errorf("status %d", res.StatusCode)
	}
	delete(b.cookies, "session")
	if res := b.post(s.Disconnect, nil); res.StatusCode != http.StatusUnauthorized {
		t.Errorf("status %d", res.StatusCode)
	}
	s.token(t, tenant)
}

func TestIdentifyNamesTheAccount(t *testing.T) {
	t.Parallel()
	name, failure := "Ada <b>Lovelace</b>\r\n"+strings.Repeat("x", 200), error(nil)
	s := newSetup(t, with(func(c *connect.Config) {
		c.Identify = func(_ context.Context, token *oauth.Token) (string, error) {
			if token.AccessToken == "" {
				t.Error("Identify got no token")
			}
			return name, failure
		}
	}))
	b := newBrowser(tenant)
	s.connected(t, b)
	if o := s.last(t); !strings.HasPrefix(o.Account, "Ada <b>Lovelace</b>xxx") || len([]rune(o.Account)) != 101 {
		t.Errorf("account = %q", o.Account)
	}
	failure = errors.New("no projects to ask")
	s.connected(t, b)
	if o := s.last(t); o.Account != "" || o.Err != nil || !strings.Contains(s.logged(), "no projects to ask") {
		t.Errorf("outcome = %+v", o)
	}
}
