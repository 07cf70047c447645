package connect_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/golokalise/lokalise/connect"
	"github.com/golokalise/lokalise/oauth"
	"github.com/golokalise/lokalise/sandbox"
	"github.com/golokalise/lokalise/tokens"
)

func TestConnectStoresTheGrantAndReturns(t *testing.T) {
	t.Parallel()
	s := newSetup(t)
	b := newBrowser(tenant)
	callback := s.begin(t, b, returnTo("/projects/7?tab=keys"), sandbox.AuthorizeOptions{})
	res := b.get(s.Callback, callback)
	if to := location(t, res); to != "/projects/7?tab=keys" {
		t.Errorf("redirect to %s", to)
	}
	if res.Header.Get("Referrer-Policy") != "no-referrer" || res.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("header = %v", res.Header)
	}
	s.token(t, tenant)
	status, err := s.manager.Status(t.Context(), tenant)
	if err != nil || !slices.Equal(status.Scopes, s.cfg.Scopes) {
		t.Errorf("status = %+v, %v", status, err)
	}
	if o := s.last(t); o.Kind != connect.KindConnected || o.GrantID != tenant || o.Reconnected || o.Account != "" || o.Err != nil {
		t.Errorf("outcome = %+v", o)
	}
}

// TestAttemptIsClearedBeforeTheExchange looks at the answer while the exchange
// is still under way.
func TestAttemptIsClearedBeforeTheExchange(t *testing.T) {
	t.Parallel()
	var rec *httptest.ResponseRecorder
	var early []string
	s := newSetup(t, with(func(c *connect.Config) {
		c.Once = func(context.Context, string) (bool, error) { // asked right before
			early = rec.Header().Values("Set-Cookie")
			return true, nil
		}
	}))
	b := newBrowser(tenant)
	r := httptest.NewRequest(http.MethodGet, s.begin(t, b, nil, sandbox.AuthorizeOptions{}), nil)
	name := b.own("lokalise-connect-")[0]
	for n, v := range b.cookies {
		r.Header.Add("Cookie", n+"="+v)
	}
	rec = httptest.NewRecorder()
	s.Callback.ServeHTTP(rec, r)
	if len(early) != 1 || !strings.HasPrefix(early[0], name+"=; ") || !strings.Contains(early[0], "Max-Age=0") {
		t.Errorf("before the exchange the answer has %q", early)
	}
}

func TestCallbackAnswersGetOnly(t *testing.T) {
	t.Parallel()
	s := newSetup(t)
	b := newBrowser(tenant)
	callback := s.begin(t, b, nil, sandbox.AuthorizeOptions{})
	for _, method := range []string{http.MethodHead, http.MethodPost, http.MethodOptions} {
		res := b.do(s.Callback, httptest.NewRequest(method, callback, nil))
		if res.StatusCode != http.StatusMethodNotAllowed || res.Header.Get("Allow") != http.MethodGet {
			t.Errorf("%s: %d", method, res.StatusCode)
		}
	}
	if to := location(t, b.get(s.Callback, callback)); to != "/settings" {
		t.Errorf("the attempt was used up: %s", to)
	}
}

func TestDeniedConsentKeepsTheOldGrant(t *testing.T) {
	t.Parallel()
	s := newSetup(t)
	b := newBrowser(tenant)
	s.connected(t, b)
	before := s.token(t, tenant)
	to := location(t, b.get(s.Callback, s.begin(t, b, returnTo("/projects/7"), sandbox.AuthorizeOptions{Deny: true})))
	leadsToPage(t, to)
	if o := s.last(t); o.Kind != connect.KindDenied || o.ReturnTo != "/projects/7" || o.GrantID != tenant {
		t.Errorf("outcome = %+v", o)
	}
	page := body(t, b.get(s.Callback, origin+to))
	if !strings.Contains(page, "You did not give permission") || !strings.Contains(page, `href="/projects/7"`) {
		t.Errorf("page = %s", page)
	}
	if s.token(t, tenant) != before {
		t.Error("the grant changed")
	}
}

// TestDenialOfSomebodyElse: nobody can end another browser's attempt.
func TestDenialOfSomebodyElse(t *testing.T) {
	t.Parallel()
	s := newSetup(t)
	b := newBrowser(tenant)
	callback := s.begin(t, b, nil, sandbox.AuthorizeOptions{})
	s.fails(t, b, callbackURL+"?error=access_denied&state=guessed", connect.ReasonNoAttempt)
	if to := location(t, b.get(s.Callback, callback)); to != "/settings" {
		t.Errorf("the attempt is gone: %s", to)
	}
}

func TestErrorOfLokalise(t *testing.T) {
	t.Parallel()
	s := newSetup(t)
	b := newBrowser(tenant)
	callback := edit(t, s.begin(t, b, nil, sandbox.AuthorizeOptions{}), func(q url.Values) {
		q.Del("code")
		q.Set("error", "invalid_scope")
	})
	s.fails(t, b, callback, connect.ReasonRefused)
}

func TestFailuresOfTheTokenEndpoint(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name   string
		status int
		body   string
		want   connect.Reason
	}{
		{"code no longer good", 400, `{"error":"invalid_grant"}`, connect.ReasonCodeRejected},
		{"wrong client secret", 401, `{"error":"invalid_client"}`, connect.ReasonMisconfigured},
		{"gateway", 502, ``, connect.ReasonUnavailable},
		{"busy", 429, ``, connect.ReasonUnavailable},
		{"no token in the answer", 200, `{}`, connect.ReasonUnavailable},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			endpoint := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.WriteHeader(tc.status)
				_, _ = w.Write([]byte(tc.body))
			}))
			defer endpoint.Close()
			client, err := oauth.New(oauth.Config{ClientID: "id", ClientSecret: "secret", Host: endpoint.URL})
			if err != nil {
				t.Fatal(err)
			}
			s := newSetup(t, with(func(c *connect.Config) { c.Clients = []*oauth.Client{client} }))
			b := newBrowser(tenant)
			state := query(t, location(t, b.post(s.Start, nil))).Get("state")
			s.fails(t, b, callbackURL+"?code=code-1&state="+state, tc.want)
			s.noGrant(t, tenant)
		})
	}
}

func TestClientSecretWhileItIsChanged(t *testing.T) {
	t.Parallel()
	s := newSetup(t, func(s *setup) {
		s.cfg.Clients = []*oauth.Client{s.newClient(t, "not-valid-yet"), s.client}
	})
	s.connected(t, newBrowser(tenant))
	if s.exchanges() != 2 {
		t.Errorf("%d exchanges", s.exchanges())
	}
}

// TestRotatedSigningKeys: a deployment changes the key while people are away at
// Lokalise.
func TestRotatedSigningKeys(t *testing.T) {
	t.Parallel()
	s := newSetup(t)
	rotated := s.variant(t, func(c *connect.Config) { c.Keys = [][]byte{nextKey, testKey} })
	done := s.variant(t, func(c *connect.Config) { c.Keys = [][]byte{nextKey} })
	b := newBrowser(tenant)
	first, second := s.begin(t, b, nil, sandbox.AuthorizeOptions{}), s.begin(t, b, nil, sandbox.AuthorizeOptions{})
	b.get(rotated.Callback, first)
	if o := s.last(t); o.Kind != connect.KindConnected {
		t.Errorf("with both keys: %+v", o)
	}
	b.get(done.Callback, second)
	if o := s.last(t); o.Reason != connect.ReasonBadAttempt {
		t.Errorf("with the old key gone: %+v", o)
	}
	location(t, b.post(rotated.Start, nil))
	third := s.consent(t, location(t, b.post(rotated.Start, nil)), sandbox.AuthorizeOptions{})
	b.get(done.Callback, third)
	if o := s.last(t); o.Kind != connect.KindConnected {
		t.Errorf("the first key does not sign: %+v", o)
	}
}

// TestBrowserThatLeavesDoesNotLoseTheGrant: the code works once.
func TestBrowserThatLeavesDoesNotLoseTheGrant(t *testing.T) {
	t.Parallel()
	ctx, leave := context.WithCancel(t.Context())
	s := newSetup(t, with(func(c *connect.Config) {
		c.Once = func(context.Context, string) (bool, error) { leave(); return true, nil }
	}))
	b := newBrowser(tenant)
	r := httptest.NewRequest(http.MethodGet, s.begin(t, b, nil, sandbox.AuthorizeOptions{}), nil)
	b.do(s.Callback, r.WithContext(ctx))
	s.token(t, tenant)
}

func TestGrantThatCannotBeStored(t *testing.T) {
	t.Parallel()
	s := newSetup(t, func(s *setup) {
		s.cfg.Manager = newManager(t, s.client, brokenStore{s.store})
	})
	b := newBrowser(tenant)
	s.fails(t, b, s.begin(t, b, nil, sandbox.AuthorizeOptions{}), connect.ReasonStore)
	if o := s.last(t); o.Err == nil || !strings.Contains(o.Err.Error(), "disk full") || o.GrantID != tenant {
		t.Errorf("outcome = %+v", o)
	}
}

type brokenStore struct{ *tokens.MemoryStore }

func (brokenStore) Put(context.Context, tokens.Record, int64) error { return errDisk }

func (brokenStore) Delete(context.Context, string, int64) error { return errDisk }
