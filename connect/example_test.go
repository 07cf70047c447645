package connect_test

import (
	"context"
	"fmt"
	"log"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"

	"github.com/golokalise/lokalise"
	"github.com/golokalise/lokalise/connect"
	"github.com/golokalise/lokalise/oauth"
	"github.com/golokalise/lokalise/sandbox"
	"github.com/golokalise/lokalise/tokens"
)

// An app with one tenant, and a person who connects it.
func Example() {
	ctx := context.Background()
	srv, err := sandbox.New(sandbox.InMemory())
	check(err)
	defer func() { _ = srv.Close() }()

	// The app: protocol, grants, handlers.
	client, err := oauth.New(oauth.Config{
		ClientID:     srv.Credentials().ClientID,
		ClientSecret: srv.Credentials().ClientSecret,
		Host:         srv.URL(), HTTPClient: srv.Client(), // leave out both for Lokalise itself
	})
	check(err)
	ring, err := tokens.NewKeyRing(tokens.NewKey("2026-11"))
	check(err)
	manager, err := tokens.New(tokens.Config{
		Clients: []tokens.Refresher{client}, Store: tokens.NewMemoryStore(), Keys: ring,
	})
	check(err)
	defer func() { _ = manager.Close(ctx) }()

	mux := http.NewServeMux()
	app := httptest.NewServer(mux)
	defer app.Close()
	handlers, err := connect.New(connect.Config{
		Clients:     []*oauth.Client{client},
		Manager:     manager,
		CallbackURL: app.URL + "/lokalise/callback",
		Scopes:      []oauth.Scope{oauth.ScopeReadProjects},
		Keys:        [][]byte{[]byte("32 random bytes from the secrets")},
		Session:     func(*http.Request) (string, error) { return "tenant-7", nil },
		ReturnTo:    []string{"/projects"},
		OnOutcome:   func(_ context.Context, o connect.Outcome) { fmt.Println(o.GrantID, o.Kind) },
	})
	check(err)
	handlers.Mount(mux, "/lokalise")
	mux.HandleFunc("GET /projects", func(w http.ResponseWriter, r *http.Request) {
		api, err := lokalise.New(lokalise.WithTokenSource(manager.Source("tenant-7")),
			lokalise.WithBaseURL(srv.URL()), lokalise.WithHTTPClient(srv.Client()))
		check(err)
		page, err := api.Projects.List(r.Context(), nil)
		check(err)
		fmt.Fprintln(w, len(page.Items), "projects")
	})

	// The person: presses the button, says yes at Lokalise, comes back.
	jar, err := cookiejar.New(nil)
	check(err)
	browser := &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	pressed, err := browser.PostForm(app.URL+"/lokalise/start", url.Values{connect.ReturnToField: {"/projects"}})
	check(err)
	check(pressed.Body.Close())
	callback, err := srv.Authorize(ctx, pressed.Header.Get("Location"), sandbox.AuthorizeOptions{})
	check(err)
	browser.CheckRedirect = nil
	back, err := browser.Get(callback)
	check(err)
	defer func() { _ = back.Body.Close() }()
	var text string
	_, err = fmt.Fscanln(back.Body, &text, new(string))
	check(err)
	fmt.Println(back.Request.URL.RequestURI(), text, "projects")
	// Output:
	// tenant-7 connected
	// /projects 3 projects
}

func check(err error) {
	if err != nil {
		log.Panic(err)
	}
}
