package browser_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
	"time"

	"github.com/golokalise/lokalise"
	"github.com/golokalise/lokalise/oauth"
	"github.com/golokalise/lokalise/sandbox"
)

// app is a web app that connects Lokalise accounts: a sandbox, a callback
// server of its own on another port, and our clients.
type app struct {
	*testing.T
	box    *sandbox.Server
	oauth  *oauth.Client
	server *httptest.Server
	state  string
	landed chan *url.URL // each request to the callback
}

func startApp(t *testing.T, opts ...sandbox.Option) *app {
	t.Helper()
	a := &app{T: t, box: sandbox.Start(t, opts...), state: oauth.NewState(), landed: make(chan *url.URL, 10)}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /callback", func(w http.ResponseWriter, r *http.Request) {
		a.landed <- r.URL
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, `<!doctype html><html lang="en"><title>App</title><h1>Back in the app</h1>`)
	})
	a.server = httptest.NewServer(mux)
	t.Cleanup(a.server.Close)
	creds := a.box.Credentials()
	var err error
	a.oauth, err = oauth.New(oauth.Config{
		ClientID: creds.ClientID, ClientSecret: creds.ClientSecret,
		RedirectURL: a.server.URL + "/callback", Host: a.box.URL(), Now: a.box.Clock().Now,
	})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// on is the app as part of a subtest.
func (a *app) on(t *testing.T) *app {
	b := *a
	b.T = t
	return &b
}

// authURL is where the app sends its user.
func (a *app) authURL(scopes ...oauth.Scope) string {
	a.Helper()
	if scopes == nil {
		scopes = []oauth.Scope{oauth.ScopeReadProjects, oauth.ScopeWriteProjects}
	}
	u, err := a.oauth.AuthCodeURL(oauth.AuthCodeOptions{Scopes: scopes, State: a.state})
	if err != nil {
		a.Fatal(err)
	}
	return u
}

// authURLWith is authURL with parameters changed, given as name and value in
// turn. An empty value leaves one out.
func (a *app) authURLWith(pairs ...string) string {
	a.Helper()
	u, err := url.Parse(a.authURL())
	if err != nil {
		a.Fatal(err)
	}
	q := u.Query()
	for i := 0; i+1 < len(pairs); i += 2 {
		q.Set(pairs[i], pairs[i+1])
		if pairs[i+1] == "" {
			q.Del(pairs[i])
		}
	}
	u.RawQuery = q.Encode()
	return u.String()
}

// callback is what the browser brought back to the app.
func (a *app) callback() *url.URL {
	a.Helper()
	select {
	case u := <-a.landed:
		return u
	case <-time.After(patience):
		a.Fatal("the browser did not come back to the app")
		return nil
	}
}

// notCalled fails the test when the browser came back to the app.
func (a *app) notCalled() {
	a.Helper()
	select {
	case u := <-a.landed:
		a.Errorf("the app was called: %s", u.Path)
	default:
	}
}

// connect takes the code of the callback and returns the token.
func (a *app) connect() *oauth.Token {
	a.Helper()
	code, err := oauth.ParseCallback(a.callback(), a.state)
	if err != nil {
		a.Fatal(err)
	}
	return a.exchange(code)
}

func (a *app) exchange(code string) *oauth.Token {
	a.Helper()
	token, err := a.oauth.Exchange(a.Context(), code)
	if err != nil {
		a.Fatal(err)
	}
	return token
}

// projects lists the names of the projects that a token opens.
func (a *app) projects(token *oauth.Token) []string {
	a.Helper()
	client, err := lokalise.New(lokalise.WithBearerToken(token.AccessToken), lokalise.WithBaseURL(a.box.URL()))
	if err != nil {
		a.Fatal(err)
	}
	var names []string
	for project, err := range client.Projects.All(a.Context(), nil) {
		if err != nil {
			a.Fatal(err)
		}
		names = append(names, project.Name)
	}
	return names
}

// user is the e-mail address of the user for whom the latest API request was
// made.
func (a *app) user() string {
	a.Helper()
	entries := a.box.Journal()
	return entries[len(entries)-1].User
}
