// Package app is the web app: its handlers, templates and static files.
//
// Where to look for what: connect.go mounts the handlers of package connect and
// has the pages that end an attempt; projects.go calls the API on behalf of a
// customer; dashboard.go shows how a grant is doing; live.go keeps open pages up
// to date; experiments.go is for the sandbox alone.
package app

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/golokalise/lokalise/cmd/webapp/internal/activity"
	"github.com/golokalise/lokalise/cmd/webapp/internal/lab"
	"github.com/golokalise/lokalise/cmd/webapp/internal/session"
	"github.com/golokalise/lokalise/oauth"
	"github.com/golokalise/lokalise/tokens"
)

// Config is what the app is made from. Lab, SandboxURL, OAuthHost, BaseURL and
// Once may be left out, and are for Lokalise itself; everything else is
// required.
type Config struct {
	Client  *oauth.Client
	Manager *tokens.Manager
	Log     *activity.Log // gets the manager's events from Tell
	Logger  *slog.Logger

	// CallbackURL is where Lokalise sends the browser back to. Its path must be
	// CallbackPath; its origin is the app's.
	CallbackURL string

	// CookieKey signs cookies: 32 random bytes.
	CookieKey []byte

	// Once is connect.Config.Once. Defaults to memory.
	Once func(ctx context.Context, attempt string) (first bool, err error)

	OAuthHost string // where the browser is sent. Defaults to oauth.DefaultHost
	BaseURL   string // of the API. Defaults to lokalise.DefaultBaseURL

	Lab        *lab.Lab // nil: no experiments
	SandboxURL string   // empty: it is Lokalise

	Database string // its kind, to be named on the page

	Now func() time.Time
}

// CallbackPath is the path of the address that Lokalise sends browsers back to.
const CallbackPath = connectPrefix + "/callback"

// App serves the pages. Close it before the server is shut down.
type App struct {
	cfg      Config
	origin   *url.URL
	sessions *session.Sessions
	pages    pages
	handler  http.Handler
	closing  chan struct{}
	close    func()

	mu      sync.Mutex
	boards  map[string]board   // by workspace
	refused map[string]tokenOf // the access token that the API refused last, by workspace
}

// New returns the app.
func New(cfg Config) (*App, error) {
	callback, err := url.Parse(cfg.CallbackURL)
	if err != nil || callback.Path != CallbackPath {
		return nil, errors.New("app: the path of the callback URL must be " + CallbackPath)
	}
	a := &App{
		cfg:      cfg,
		origin:   &url.URL{Scheme: callback.Scheme, Host: callback.Host},
		sessions: session.New(cfg.CookieKey, callback.Scheme == "https", cfg.Now),
		closing:  make(chan struct{}),
		boards:   map[string]board{},
		refused:  map[string]tokenOf{},
	}
	a.close = sync.OnceFunc(func() { close(a.closing) })
	if a.pages, err = parsePages(); err != nil {
		return nil, err
	}
	mux, err := a.routes()
	if err != nil {
		return nil, err
	}
	a.handler = a.checkHost(a.secure(mux))
	return a, nil
}

// ServeHTTP implements http.Handler.
func (a *App) ServeHTTP(w http.ResponseWriter, r *http.Request) { a.handler.ServeHTTP(w, r) }

// Close ends the pages' streams, which would keep a server from shutting down.
func (a *App) Close() { a.close() }

func (a *App) routes() (*http.ServeMux, error) {
	mux := http.NewServeMux()
	handlers, err := a.connectHandlers()
	if err != nil {
		return nil, err
	}
	handlers.Mount(mux, connectPrefix) // these refuse other sites' forms themselves
	mux.HandleFunc(connectPrefix+"/start", a.formOnly)
	mux.HandleFunc(connectPrefix+"/disconnect", a.formOnly)
	guard := http.NewCrossOriginProtection()
	if err := guard.AddTrustedOrigin(a.origin.String()); err != nil {
		return nil, err
	}
	guard.SetDenyHandler(http.HandlerFunc(a.crossOrigin))
	post := func(path string, h http.HandlerFunc) {
		mux.Handle("POST "+path, guard.Handler(h))
		mux.HandleFunc(path, a.formOnly)
	}

	mux.HandleFunc("GET /{$}", a.signedIn(a.showDashboard))
	mux.HandleFunc("GET /events", a.signedIn(a.streamEvents))
	post("/projects", a.signedIn(a.loadProjects))
	mux.HandleFunc("GET /signin", a.showSignIn)
	mux.Handle("POST /signin", guard.Handler(http.HandlerFunc(a.signIn)))
	post("/signout", a.signOut)
	mux.Handle("GET /static/", staticFiles())
	if a.cfg.Lab != nil {
		post("/experiments/{name}", a.signedIn(a.runExperiment))
	}
	mux.HandleFunc("/", a.notFound)
	return mux, nil
}

// workspaceOf is where the request's browser is signed in.
func (a *App) workspaceOf(r *http.Request) (Workspace, error) {
	id, err := a.sessions.Workspace(r)
	if err != nil {
		return Workspace{}, err
	}
	ws, ok := workspaceBy(id)
	if !ok {
		return Workspace{}, session.ErrSignedOut // a customer that is gone
	}
	return ws, nil
}

// signedIn lets only requests through that come from somebody. Handlers get the
// workspace from here and from nowhere else, so that no request can name one
// that is not its own.
func (a *App) signedIn(serve func(http.ResponseWriter, *http.Request, Workspace)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		ws, err := a.workspaceOf(r)
		if err != nil {
			http.Redirect(w, r, "/signin", http.StatusSeeOther)
			return
		}
		serve(w, r, ws)
	}
}
