package nodesdk_test

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/golokalise/lokalise/oauth"
	"github.com/golokalise/lokalise/sandbox"
)

const (
	callback = "http://localhost:3000/callback"
	scopes   = "read_projects write_projects"
)

// anyToken is the pattern of what the sandbox gives out: access tokens of 40
// hexadecimal characters are recorded, and refresh tokens have no known form.
const anyToken = `"~[0-9a-f]{40}"`

// authURL is the SDK's authorization URL, and the same with its path put right.
func (s *sdk) authURL(parameters ...any) (wrong string, right *url.URL) {
	s.Helper()
	s.auth().call("auth", parameters...).decode(&wrong)
	right, err := url.Parse(wrong)
	if err != nil {
		s.Fatal(err)
	}
	right.Path = "/oauth2/auth"
	return wrong, right
}

// code lets the user allow access at the SDK's own URL, put right, and returns
// the code.
func (s *sdk) code(scopes string) string {
	s.Helper()
	_, right := s.authURL(scopes, callback, "the-state")
	return s.codeFrom(right.String())
}

func (s *sdk) codeFrom(authURL string) string {
	s.Helper()
	to, err := s.box.Authorize(s.Context(), authURL, sandbox.AuthorizeOptions{})
	if err != nil {
		s.Fatal(err)
	}
	u, err := url.Parse(to)
	if err != nil {
		s.Fatal(err)
	}
	code, err := oauth.ParseCallback(u, "the-state")
	if err != nil {
		s.Fatal(err)
	}
	return code
}

// tokens are what an exchange or a refresh gave.
type tokens struct {
	Access  string `json:"access_token"`
	Refresh string `json:"refresh_token"`
}

// grant goes through the whole flow with the SDK.
func (s *sdk) grant(scopes string) tokens {
	s.Helper()
	var t tokens
	s.auth().call("token", s.code(scopes)).decode(&t)
	return t
}

// TestAuthLeadsNowhere: since version 12 the SDK leaves /oauth2 out of the
// authorization URL.
func TestAuthLeadsNowhere(t *testing.T) {
	t.Parallel()
	s := start(t)
	wrong, right := s.authURL(scopes, callback, "the-state")
	if !strings.HasPrefix(wrong, s.box.URL()+"/auth?") {
		t.Errorf("the SDK's authorization URL is %s: has it been mended? Then so should this be", wrong)
	}
	status, page := get(t, wrong)
	if status != http.StatusNotFound || !strings.Contains(page, "Authorization starts at /oauth2/auth") {
		t.Errorf("%d, and the page does not say where to go instead:\n%s", status, page)
	}
	if status, page := get(t, right.String()); status != http.StatusOK || !strings.Contains(page, "wants access to your account") {
		t.Errorf("%d at the right path, and no consent page:\n%s", status, page)
	}
}

// TestAuthAsksForTheSameAsOurs: but for the path, the two agree.
func TestAuthAsksForTheSameAsOurs(t *testing.T) {
	t.Parallel()
	s := start(t)
	_, theirs := s.authURL([]string{"read_projects", "write_projects"}, callback, "the-state")
	ours, err := newOAuth(t, s.box).AuthCodeURL(oauth.AuthCodeOptions{
		Scopes: []oauth.Scope{oauth.ScopeReadProjects, oauth.ScopeWriteProjects}, RedirectURL: callback, State: "the-state",
	})
	if err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(ours)
	if err != nil {
		t.Fatal(err)
	}
	if u.Path != theirs.Path || u.Query().Encode() != theirs.Query().Encode() {
		t.Errorf("ours is %s, theirs %s", u, theirs)
	}
}

// TestHostWithPathMakesAuthRight: with /oauth2/ at the end of the host, the SDK
// as it is published goes through the whole flow.
func TestHostWithPathMakesAuthRight(t *testing.T) {
	t.Parallel()
	s := start(t)
	c := s.box.Credentials()
	auth := s.object("LokaliseAuth", c.ClientID, c.ClientSecret, s.box.URL()+"/oauth2/")
	var authURL string
	auth.call("auth", scopes, callback, "the-state").decode(&authURL)
	var granted tokens
	auth.call("token", s.codeFrom(authURL)).decode(&granted)
	auth.call("refresh", granted.Refresh).succeeded()
}

func TestToken(t *testing.T) {
	t.Parallel()
	s := start(t)
	s.auth().call("token", s.code(scopes)).is("Object", `{
		"access_token": `+anyToken+`, "refresh_token": `+anyToken+`, "expires_in": 3600, "token_type": "Bearer"
	}`)
}

func TestTokenRefusals(t *testing.T) {
	t.Parallel()
	s := start(t)
	c := s.box.Credentials()
	used := s.code(scopes)
	s.auth().call("token", used).succeeded()
	for _, tt := range []struct {
		name, id, secret, code, want string
	}{
		{"code of another length", c.ClientID, c.ClientSecret, "short", invalidRequest("code: Code must be 40 characters long")},
		{"no code", c.ClientID, c.ClientSecret, "", invalidRequest("code: Code must be 40 characters long")},
		{"unknown code", c.ClientID, c.ClientSecret, strings.Repeat("0", 40), refusal("invalid_grant", "The code is invalid, expired or was used before")},
		{"used code", c.ClientID, c.ClientSecret, used, refusal("invalid_grant", "The code is invalid, expired or was used before")},
		{"client ID of another length", "my-app", c.ClientSecret, s.code(scopes), invalidRequest("client_id: Client id must be 40 characters long")},
		{"client ID before code", "my-app", c.ClientSecret, "short", invalidRequest("client_id: Client id must be 40 characters long")},
		{"unknown client", strings.Repeat("0", 40), c.ClientSecret, s.code(scopes), refusal("invalid_client", "Client authentication failed")},
		{"wrong secret", c.ClientID, strings.Repeat("0", 40), s.code(scopes), refusal("invalid_client", "Client authentication failed")},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s.on(t).object("LokaliseAuth", tt.id, tt.secret, s.box.URL()).call("token", tt.code).fails("Object", tt.want)
		})
	}
}

// TestTokenAfterTenMinutes: codes expire on the sandbox's clock.
func TestTokenAfterTenMinutes(t *testing.T) {
	t.Parallel()
	s := start(t)
	code := s.code(scopes)
	s.box.Clock().Advance(codeLife)
	s.auth().call("token", code).fails("Object", refusal("invalid_grant", "The code is invalid, expired or was used before"))
}

// TestRefresh: the answer has the scopes as one text, which need not be in the
// order of the request, and no refresh token.
func TestRefresh(t *testing.T) {
	t.Parallel()
	s := start(t)
	granted := s.grant(scopes)
	const answer = `{
		"access_token": ` + anyToken + `, "expires_in": 3600, "token_type": "Bearer",
		"scope": "~(read_projects write_projects|write_projects read_projects)"
	}`
	var first, second tokens
	s.auth().call("refresh", granted.Refresh).is("Object", answer).decode(&first)
	s.auth().call("refresh", granted.Refresh).is("Object", answer).decode(&second)
	if first.Access == granted.Access || first.Access == second.Access {
		t.Error("a refresh gave an access token that had been given before")
	}
}

func TestRefreshRefusals(t *testing.T) {
	t.Parallel()
	s := start(t)
	c := s.box.Credentials()
	granted := s.grant(scopes)
	for _, tt := range []struct {
		name, id, secret, token, want string
	}{
		{"too short", c.ClientID, c.ClientSecret, "short", invalidRequest("refresh_token: Refresh token too short")},
		{"none", c.ClientID, c.ClientSecret, "", invalidRequest("refresh_token: Refresh token too short")},
		{"unknown", c.ClientID, c.ClientSecret, "incorrect_token", invalidRequest("Invalid request parameters")},
		{"an access token", c.ClientID, c.ClientSecret, granted.Access, invalidRequest("Invalid request parameters")},
		{"client ID of another length", "my-app", c.ClientSecret, granted.Refresh, invalidRequest("client_id: Client id must be 40 characters long")},
		{"client ID before token", "my-app", c.ClientSecret, "short", invalidRequest("client_id: Client id must be 40 characters long")},
		{"wrong secret", c.ClientID, strings.Repeat("0", 40), granted.Refresh, refusal("invalid_client", "Client authentication failed")},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s.on(t).object("LokaliseAuth", tt.id, tt.secret, s.box.URL()).call("refresh", tt.token).fails("Object", tt.want)
		})
	}
}

// refusal is what the SDK throws for an error of the token endpoint: the body,
// with the status as a number called code.
func refusal(code, description string) string {
	return `{"code": 400, "error": "` + code + `", "error_description": "` + description + `", "error_uri": ""}`
}

func invalidRequest(description string) string { return refusal("invalid_request", description) }

// newOAuth is our own client for the same app.
func newOAuth(t *testing.T, box *sandbox.Server) *oauth.Client {
	t.Helper()
	c := box.Credentials()
	client, err := oauth.New(oauth.Config{ClientID: c.ClientID, ClientSecret: c.ClientSecret, Host: box.URL()})
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// get opens a page as a browser does.
func get(t *testing.T, pageURL string) (status int, page string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, pageURL, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Accept", "text/html")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(body)
}
