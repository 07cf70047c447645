package sandbox_test

import (
	"context"
	"fmt"
	"log"
	"net/http"
	"net/url"
	"time"

	"github.com/golokalise/lokalise/sandbox"
)

// In a test, sandbox.Start does the first four lines and the Close.
func Example() {
	srv, err := sandbox.New(sandbox.InMemory())
	if err != nil {
		log.Fatal(err)
	}
	defer func() { _ = srv.Close() }()

	req, err := http.NewRequestWithContext(context.Background(), http.MethodGet, srv.URL()+"/api2/projects", nil)
	if err != nil {
		log.Fatal(err)
	}
	req.Header.Set("X-Api-Token", srv.Credentials().APIToken)
	res, err := srv.Client().Do(req)
	if err != nil {
		log.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	fmt.Println(res.Status, res.Header.Get("X-Pagination-Total-Count"), "projects")

	for _, e := range srv.Journal() {
		fmt.Println(e.Operation, e.Status, e.Credential)
	}
	// Output:
	// 200 OK 3 projects
	// projects.list 200 API token
}

// Authorize answers the consent page as a person would.
func ExampleServer_Authorize() {
	srv, err := sandbox.New(sandbox.InMemory())
	if err != nil {
		log.Fatal(err)
	}
	defer func() { _ = srv.Close() }()

	query := url.Values{
		"client_id":    {srv.Credentials().ClientID},
		"scope":        {"read_projects"},
		"redirect_uri": {"http://localhost:3000/callback"},
		"state":        {"opaque"},
	}
	authURL := srv.URL() + "/oauth2/auth?" + query.Encode()

	redirectTo, err := srv.Authorize(context.Background(), authURL, sandbox.AuthorizeOptions{})
	if err != nil {
		log.Fatal(err)
	}
	u, err := url.Parse(redirectTo)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(u.Host, u.Path, u.Query().Get("state"), len(u.Query().Get("code")))

	redirectTo, err = srv.Authorize(context.Background(), authURL, sandbox.AuthorizeOptions{Deny: true})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(redirectTo)
	// Output:
	// localhost:3000 /callback opaque 40
	// http://localhost:3000/callback?error=access_denied&error_description=The+user+denied+access.&state=opaque
}

// A frozen clock makes dates that can be compared.
func ExampleClock_Advance() {
	srv, err := sandbox.New(sandbox.InMemory())
	if err != nil {
		log.Fatal(err)
	}
	defer func() { _ = srv.Close() }()

	clock := srv.Clock()
	clock.Freeze()
	before := clock.Now()
	clock.Advance(time.Hour) // every access token given out so far has expired
	fmt.Println(clock.Now().Sub(before))
	// Output: 1h0m0s
}
