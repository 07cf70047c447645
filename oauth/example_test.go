package oauth_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net/url"

	"github.com/golokalise/lokalise/oauth"
	"github.com/golokalise/lokalise/sandbox"
)

// The whole flow, against a sandbox. With the real service, leave out Host and
// HTTPClient, and send the user's browser to the authorization URL.
func Example() {
	srv, err := sandbox.New(sandbox.InMemory())
	if err != nil {
		log.Fatal(err)
	}
	defer func() { _ = srv.Close() }()
	ctx, app := context.Background(), srv.Credentials()

	client, err := oauth.New(oauth.Config{
		ClientID: app.ClientID, ClientSecret: app.ClientSecret, RedirectURL: app.RedirectURI,
		Host: srv.URL(), HTTPClient: srv.Client(),
	})
	if err != nil {
		log.Fatal(err)
	}
	state := oauth.NewState() // keep it in the user's session
	authURL, err := client.AuthCodeURL(oauth.AuthCodeOptions{Scopes: []oauth.Scope{oauth.ScopeReadProjects}, State: state})
	if err != nil {
		log.Fatal(err)
	}
	callback := visit(ctx, srv, authURL, sandbox.AuthorizeOptions{}) // the user presses Allow
	code, err := oauth.ParseCallback(callback, state)
	if err != nil {
		log.Fatal(err)
	}
	token, err := client.Exchange(ctx, code)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("first token:", token.TokenType, len(token.AccessToken), "characters")

	token, err = client.Refresh(ctx, token.RefreshToken) // an hour later
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("second token:", token.TokenType, token.Scopes)

	// Output:
	// first token: Bearer 40 characters
	// second token: Bearer [read_projects]
}

// The flow in ten lines, for a test: must panics where a program would handle
// the error.
func Example_inTenLines() {
	ctx, srv := context.Background(), must(sandbox.New(sandbox.InMemory()))
	app, state := srv.Credentials(), oauth.NewState()
	client := must(oauth.New(oauth.Config{ClientID: app.ClientID, ClientSecret: app.ClientSecret, RedirectURL: app.RedirectURI, Host: srv.URL(), HTTPClient: srv.Client()}))
	authURL := must(client.AuthCodeURL(oauth.AuthCodeOptions{Scopes: []oauth.Scope{oauth.ScopeReadProjects}, State: state}))
	callback := must(srv.Authorize(ctx, authURL, sandbox.AuthorizeOptions{})) // the user presses Allow
	code := must(oauth.ParseCallback(must(url.Parse(callback)), state))
	token := must(client.Exchange(ctx, code))
	token = must(client.Refresh(ctx, token.RefreshToken)) // an hour later
	fmt.Println(token.TokenType, token.Scopes)

	// Output: Bearer [read_projects]
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// What a callback handler sees when the user presses Deny.
func ExampleParseCallback_denied() {
	srv, err := sandbox.New(sandbox.InMemory())
	if err != nil {
		log.Fatal(err)
	}
	defer func() { _ = srv.Close() }()
	app := srv.Credentials()
	client, err := oauth.New(oauth.Config{ClientID: app.ClientID, ClientSecret: app.ClientSecret, RedirectURL: app.RedirectURI, Host: srv.URL()})
	if err != nil {
		log.Fatal(err)
	}
	state := oauth.NewState()
	authURL, err := client.AuthCodeURL(oauth.AuthCodeOptions{Scopes: []oauth.Scope{oauth.ScopeReadProjects}, State: state})
	if err != nil {
		log.Fatal(err)
	}
	callback := visit(context.Background(), srv, authURL, sandbox.AuthorizeOptions{Deny: true})

	_, err = oauth.ParseCallback(callback, state)
	fmt.Println("denied:", errors.Is(err, oauth.ErrDenied))

	// Output:
	// denied: true
}

// visit does what the user's browser would.
func visit(ctx context.Context, srv *sandbox.Server, authURL string, answer sandbox.AuthorizeOptions) *url.URL {
	redirectTo, err := srv.Authorize(ctx, authURL, answer)
	if err != nil {
		log.Fatal(err)
	}
	callback, err := url.Parse(redirectTo)
	if err != nil {
		log.Fatal(err)
	}
	return callback
}

// Which scopes an app needs for what it calls.
func ExampleScopesFor() {
	needs, err := oauth.ScopesFor("projects.list", "keys.list", "keys.create", "segments.list", "users.get")
	if err != nil {
		log.Fatal(err) // a name that does not exist
	}
	fmt.Println("ask for:", needs.Scopes)
	fmt.Println("scope not known:", needs.Unknown)
	fmt.Println("not for OAuth:", needs.NoOAuth)

	// Output:
	// ask for: [read_keys read_projects write_keys]
	// scope not known: [segments.list]
	// not for OAuth: [users.get]
}

// What to do when a refresh fails.
func ExampleError() {
	handle := func(err error) string {
		var failure *oauth.Error
		switch {
		case !errors.As(err, &failure):
			return "no request was made: " + err.Error()
		case failure.NeedsReauth():
			return "ask the user to connect again"
		case failure.Misconfigured():
			return "tell the operator: " + failure.Error()
		case failure.Ambiguous():
			return "keep the refresh token, and be ready for it to be dead"
		default:
			return "try again later"
		}
	}
	fmt.Println(handle(&oauth.Error{Status: 400, Code: "invalid_grant"}))
	fmt.Println(handle(&oauth.Error{Status: 401, Code: "invalid_client", Description: "unknown app"}))
	fmt.Println(handle(&oauth.Error{Status: 502}))
	fmt.Println(handle(&oauth.Error{Status: 503}))

	// Output:
	// ask the user to connect again
	// tell the operator: oauth: the token endpoint answered 401 invalid_client: unknown app
	// keep the refresh token, and be ready for it to be dead
	// try again later
}
