package connect_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/golokalise/lokalise/connect"
	"github.com/golokalise/lokalise/oauth"
	"github.com/golokalise/lokalise/sandbox"
	"github.com/golokalise/lokalise/tokens"
)

const (
	origin      = "https://app.example"
	callbackURL = origin + "/lokalise/callback"
	tenant      = "tenant-7"
)

var (
	testKey = []byte("a key of thirty-two bytes, no 1.")
	nextKey = []byte("a key of thirty-two bytes, no 2.")

	errSignedOut = errors.New("nobody is signed in")
)

// setup is an app that has the handlers mounted, beside a sandbox.
type setup struct {
	*connect.Handlers

	srv     *sandbox.Server
	client  *oauth.Client
	manager *tokens.Manager
	store   *tokens.MemoryStore
	cfg     connect.Config

	mu       sync.Mutex
	now      time.Time
	outcomes []connect.Outcome
	log      strings.Builder
}

// newSetup mounts the handlers with changes to their configuration. The app's
// session is a cookie with the tenant in it.
func newSetup(t testing.TB, change ...func(*setup)) *setup {
	t.Helper()
	s := &setup{now: time.Now(), store: tokens.NewMemoryStore()}
	s.srv = sandbox.Start(t, sandbox.InMemory(), sandbox.WithRedirectURI(callbackURL))
	s.client = s.newClient(t, s.srv.Credentials().ClientSecret)
	s.manager = newManager(t, s.client, s.store)
	s.cfg = connect.Config{
		Clients: []*oauth.Client{s.client}, Manager: s.manager, CallbackURL: callbackURL,
		Scopes: []oauth.Scope{oauth.ScopeReadProjects, oauth.ScopeWriteProjects},
		Keys:   [][]byte{testKey}, ReturnTo: []string{"/settings", "/projects/", "https://other.example/apps/"},
		Session: func(r *http.Request) (string, error) {
			c, err := r.Cookie("session")
			if err != nil {
				return "", errSignedOut
			}
			return c.Value, nil
		},
		OnOutcome: func(_ context.Context, o connect.Outcome) {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.outcomes = append(s.outcomes, o)
		},
		Logger: slog.New(slog.NewTextHandler(lockedWriter{s}, &slog.HandlerOptions{Level: slog.LevelDebug})),
		Now: func() time.Time {
			s.mu.Lock()
			defer s.mu.Unlock()
			return s.now
		},
	}
	for _, f := range change {
		f(s)
	}
	handlers, err := connect.New(s.cfg)
	if err != nil {
		t.Fatal(err)
	}
	s.Handlers = handlers
	return s
}

// with is newSetup's change of the configuration alone.
func with(change func(*connect.Config)) func(*setup) {
	return func(s *setup) { change(&s.cfg) }
}

// variant is another process of the app: the same sandbox and store, another
// configuration.
func (s *setup) variant(t testing.TB, change func(*connect.Config)) *connect.Handlers {
	t.Helper()
	cfg := s.cfg
	change(&cfg)
	handlers, err := connect.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return handlers
}

func (s *setup) newClient(t testing.TB, secret string) *oauth.Client {
	t.Helper()
	client, err := oauth.New(oauth.Config{
		ClientID: s.srv.Credentials().ClientID, ClientSecret: secret,
		Host: s.srv.URL(), HTTPClient: s.srv.Client(), Now: s.srv.Clock().Now,
	})
	if err != nil {
		t.Fatal(err)
	}
	return client
}

func newManager(t testing.TB, client *oauth.Client, store tokens.Store) *tokens.Manager {
	t.Helper()
	manager, err := tokens.New(tokens.Config{
		Clients: []tokens.Refresher{client}, Store: store, Keys: tokens.NoEncryption(),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = manager.Close(context.Background()) })
	return manager
}

func (s *setup) advance(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now = s.now.Add(d)
}

// last is the newest outcome that the app was told of.
func (s *setup) last(t testing.TB) connect.Outcome {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.outcomes) == 0 {
		t.Fatal("the app was told of no outcome")
	}
	return s.outcomes[len(s.outcomes)-1]
}

func (s *setup) logged() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.log.String()
}

type lockedWriter struct{ s *setup }

func (w lockedWriter) Write(p []byte) (int, error) {
	w.s.mu.Lock()
	defer w.s.mu.Unlock()
	return w.s.log.Write(p)
}

// exchanges counts the requests to the token endpoint.
func (s *setup) exchanges() int {
	n := 0
	for _, e := range s.srv.Journal() {
		if strings.HasSuffix(e.Path, "/oauth2/token") {
			n++
		}
	}
	return n
}

// browser keeps cookies and sends them to one origin.
type browser struct {
	origin  string
	cookies map[string]string
	dropped []string // names of cookies that were cleared
}

// newBrowser is signed in as a tenant.
func newBrowser(session string) *browser {
	return &browser{origin: origin, cookies: map[string]string{"session": session}}
}

func (b *browser) clone() *browser {
	return &browser{origin: b.origin, cookies: maps.Clone(b.cookies)}
}

// own lists the names of the handlers' cookies of a kind.
func (b *browser) own(kind string) []string {
	return slices.Sorted(func(yield func(string) bool) {
		for name := range b.cookies {
			if strings.Contains(name, kind) && !yield(name) {
				return
			}
		}
	})
}

// do sends a request and keeps the cookies of the answer.
func (b *browser) do(h http.Handler, r *http.Request) *http.Response {
	for _, name := range slices.Sorted(maps.Keys(b.cookies)) {
		r.Header.Add("Cookie", name+"="+b.cookies[name])
	}
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, r)
	res := rec.Result()
	for _, c := range res.Cookies() {
		if c.MaxAge < 0 {
			delete(b.cookies, c.Name)
			b.dropped = append(b.dropped, c.Name)
		} else {
			b.cookies[c.Name] = c.Value
		}
	}
	return res
}

func (b *browser) get(h http.Handler, target string) *http.Response {
	return b.do(h, httptest.NewRequest(http.MethodGet, target, nil))
}

// post sends a form as a page of the same origin does.
func (b *browser) post(h http.Handler, form url.Values) *http.Response {
	return b.do(h, b.form(form))
}

func (b *browser) form(form url.Values) *http.Request {
	r := httptest.NewRequest(http.MethodPost, b.origin+"/lokalise/start", strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Origin", b.origin)
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return r
}

func returnTo(address string) url.Values { return url.Values{connect.ReturnToField: {address}} }

// location wants a redirect and returns where it leads.
func location(t testing.TB, res *http.Response) string {
	t.Helper()
	if res.StatusCode != http.StatusSeeOther {
		t.Fatalf("status = %d, want 303; body: %s", res.StatusCode, body(t, res))
	}
	return res.Header.Get("Location")
}

func body(t testing.TB, res *http.Response) string {
	t.Helper()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// begin starts an attempt and answers the consent page. It returns the callback
// address that the browser is sent to.
func (s *setup) begin(t testing.TB, b *browser, form url.Values, answer sandbox.AuthorizeOptions) string {
	t.Helper()
	return s.consent(t, location(t, b.post(s.Start, form)), answer)
}

func (s *setup) consent(t testing.TB, authURL string, answer sandbox.AuthorizeOptions) string {
	t.Helper()
	to, err := s.srv.Authorize(t.Context(), authURL, answer)
	if err != nil {
		t.Fatal(err)
	}
	return to
}

// connected goes through the whole flow.
func (s *setup) connected(t testing.TB, b *browser) {
	t.Helper()
	to := location(t, b.get(s.Callback, s.begin(t, b, nil, sandbox.AuthorizeOptions{})))
	if o := s.last(t); o.Kind != connect.KindConnected {
		t.Fatalf("outcome = %+v, redirect to %s", o, to)
	}
}

// token wants a valid access token of a grant.
func (s *setup) token(t testing.TB, id string) string {
	t.Helper()
	token, err := s.manager.Token(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// noGrant wants that nothing was stored.
func (s *setup) noGrant(t testing.TB, id string) {
	t.Helper()
	if _, err := s.manager.Status(t.Context(), id); !errors.Is(err, tokens.ErrNotFound) {
		t.Errorf("status of %s: %v, want no grant", id, err)
	}
}

// fails wants a failure with the reason, on a page at an address that holds
// nothing of the callback's.
func (s *setup) fails(t testing.TB, b *browser, callback string, want connect.Reason) {
	t.Helper()
	to := location(t, b.get(s.Callback, callback))
	if o := s.last(t); o.Kind != connect.KindFailed || o.Reason != want {
		t.Fatalf("outcome = %+v, want %s", o, want)
	}
	leadsToPage(t, to)
	res := b.get(s.Callback, origin+to)
	if res.StatusCode != want.Status() || !strings.Contains(body(t, res), "<h1>That did not work</h1>") {
		t.Errorf("the page after %s has status %d, want %d", to, res.StatusCode, want.Status())
	}
}

func leadsToPage(t testing.TB, to string) {
	t.Helper()
	u, err := url.Parse(to)
	if err != nil || u.Host != "" || u.Path != "/lokalise/callback" {
		t.Errorf("redirect to %s, want a page of the callback", to)
	}
	for _, name := range []string{"code", "state", "error", "error_description"} {
		if u != nil && u.Query().Has(name) {
			t.Errorf("redirect to %s, which still holds %s", to, name)
		}
	}
}

// edit changes the query of an address.
func edit(t testing.TB, address string, change func(url.Values)) string {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	change(q)
	u.RawQuery = q.Encode()
	return u.String()
}
