package app_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/golokalise/lokalise/cmd/webapp/internal/activity"
	"github.com/golokalise/lokalise/cmd/webapp/internal/app"
	"github.com/golokalise/lokalise/cmd/webapp/internal/lab"
	"github.com/golokalise/lokalise/oauth"
	"github.com/golokalise/lokalise/sandbox"
	"github.com/golokalise/lokalise/tokens"
)

// site is the app on a server, beside a sandbox.
type site struct {
	*testing.T

	box     *sandbox.Server
	store   *tokens.MemoryStore
	manager *tokens.Manager
	log     *activity.Log
	app     *app.App
	cfg     app.Config
	url     string

	mu   sync.Mutex
	seen strings.Builder // every page, and everything that was logged
}

// Write takes what is logged.
func (s *site) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.seen.Write(p)
}

// everything is what was shown and logged so far.
func (s *site) everything() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.seen.String()
}

// newSite starts the app with changes to its configuration.
func newSite(t *testing.T, change ...func(*app.Config)) *site {
	t.Helper()
	s := &site{T: t, box: sandbox.Start(t, sandbox.WithoutRateLimit()), store: tokens.NewMemoryStore(), log: activity.New(time.Now)}
	server := httptest.NewUnstartedServer(nil)
	s.url = "http://" + server.Listener.Addr().String()
	creds := s.box.Credentials()
	logger := slog.New(slog.NewTextHandler(s, &slog.HandlerOptions{Level: slog.LevelDebug}))
	client, err := oauth.New(oauth.Config{
		ClientID: creds.ClientID, ClientSecret: creds.ClientSecret, RedirectURL: s.url + app.CallbackPath,
		Host: s.box.URL(), Logger: logger,
	})
	s.check(err)
	experiments := lab.New(s.box)
	tell := app.Tell(s.log)
	s.manager = s.newManager(tokens.Config{
		Clients: []tokens.Refresher{client}, Store: s.store, Logger: logger,
		OnEvent: func(e tokens.Event) {
			if e.Kind != tokens.EventHealth {
				experiments.Forget(e.GrantID)
			}
			tell(e)
		},
	})
	s.cfg = app.Config{
		Client: client, Manager: s.manager, Log: s.log, Logger: logger,
		CallbackURL: s.url + app.CallbackPath, CookieKey: []byte("a key of thirty-two bytes, no 1."),
		OAuthHost: s.box.URL(), BaseURL: s.box.URL(), Lab: experiments, SandboxURL: s.box.URL(),
		Database: "memory", Now: time.Now,
	}
	for _, f := range change {
		f(&s.cfg)
	}
	s.app, err = app.New(s.cfg)
	s.check(err)
	server.Config.Handler = s.app
	server.Start()
	t.Cleanup(func() {
		s.app.Close()
		server.Close()
	})
	return s
}

// newManager is a manager with a key of its own, so that what another one
// stored is not to be read by it.
func (s *site) newManager(cfg tokens.Config) *tokens.Manager {
	s.Helper()
	ring, err := tokens.NewKeyRing(tokens.NewKey("test-1"))
	s.check(err)
	cfg.Keys = ring
	m, err := tokens.New(cfg)
	s.check(err)
	s.Cleanup(func() { _ = m.Close(context.Background()) })
	return m
}

func (s *site) check(err error) {
	s.Helper()
	if err != nil {
		s.Fatal(err)
	}
}

// person is a browser, with cookies of its own.
type person struct {
	*site

	client *http.Client
}

// visitor is somebody who is not signed in.
func (s *site) visitor() *person {
	s.Helper()
	jar, err := cookiejar.New(nil)
	s.check(err)
	return &person{s, &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// member is somebody who is signed in to a workspace.
func (s *site) member(workspace string) *person {
	s.Helper()
	p := s.visitor()
	if a := p.post("/signin", "workspace", workspace); a.status != http.StatusSeeOther || a.location != "/" {
		s.Fatalf("sign in: %+v", a)
	}
	return p
}

// answer is what came back.
type answer struct {
	status   int
	location string
	header   http.Header
	body     string
}

func (p *person) do(r *http.Request) answer {
	p.Helper()
	res, err := p.client.Do(r)
	p.check(err)
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	p.check(err)
	_, _ = p.Write(body)
	return answer{res.StatusCode, res.Header.Get("Location"), res.Header, string(body)}
}

func (p *person) get(path string) answer {
	p.Helper()
	if strings.HasPrefix(path, "/") {
		path = p.url + path
	}
	r, err := http.NewRequestWithContext(p.Context(), http.MethodGet, path, nil)
	p.check(err)
	return p.do(r)
}

// form is a POST from a page of the app.
func (p *person) form(path string, pairs ...string) *http.Request {
	p.Helper()
	values := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		values.Set(pairs[i], pairs[i+1])
	}
	r, err := http.NewRequestWithContext(p.Context(), http.MethodPost, p.url+path, strings.NewReader(values.Encode()))
	p.check(err)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return r
}

func (p *person) post(path string, pairs ...string) answer {
	p.Helper()
	return p.do(p.form(path, pairs...))
}

// start presses Connect, and returns the address at Lokalise.
func (p *person) start() string {
	p.Helper()
	a := p.post("/lokalise/start")
	if a.status != http.StatusSeeOther || !strings.HasPrefix(a.location, p.box.URL()) {
		p.Fatalf("start: %+v", a)
	}
	return a.location
}

// decide answers the consent page, and returns the callback address with what
// came of it.
func (p *person) decide(authURL string, o sandbox.AuthorizeOptions) string {
	p.Helper()
	back, err := p.box.Authorize(p.Context(), authURL, o)
	p.check(err)
	return back
}

// land opens the callback and the page that it leads to.
func (p *person) land(callback string) answer {
	p.Helper()
	a := p.get(callback)
	if a.status != http.StatusSeeOther || strings.Contains(a.location, "code=") {
		p.Fatalf("the callback answers %+v", a)
	}
	return p.get(a.location)
}

// connect connects an account, and returns the page that says so.
func (p *person) connect() answer {
	p.Helper()
	return p.land(p.decide(p.start(), sandbox.AuthorizeOptions{}))
}

// dashboard is the page of the workspace. Each of the words must be on it, and
// those after "not" must not.
func (p *person) dashboard(words ...string) string {
	p.Helper()
	a := p.get("/")
	if a.status != http.StatusOK {
		p.Fatalf("the dashboard answers %d: %s", a.status, a.body)
	}
	want := true
	for _, word := range words {
		switch {
		case word == "not":
			want = false
		case strings.Contains(a.body, word) != want:
			p.Errorf("the dashboard has %q: %t, want %t\n%s", word, !want, want, a.body)
		}
	}
	return a.body
}

// experiment presses a button of the experiments.
func (p *person) experiment(name string) {
	p.Helper()
	if a := p.post("/experiments/" + name); a.status != http.StatusSeeOther || a.location != "/#experiments" {
		p.Fatalf("experiment %s: %+v", name, a)
	}
}

// load presses Load projects.
func (p *person) load() {
	p.Helper()
	if a := p.post("/projects"); a.status != http.StatusSeeOther || a.location != "/#projects" {
		p.Fatalf("load: %+v", a)
	}
}
