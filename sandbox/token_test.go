package sandbox_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/golokalise/lokalise/sandbox"
)

const never = "0123456789012345678901234567890123456789" // well-formed, and nobody's

var (
	hex40 = regexp.MustCompile(`^[0-9a-f]{40}$`)
	uuid  = regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)
)

type oauthError struct {
	Error       string  `json:"error"`
	Description string  `json:"error_description"`
	URI         *string `json:"error_uri"`
}

func TestCodeAnswerHasTheRecordedShape(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	a := b.exchange(b.code())
	if a.status != http.StatusOK {
		t.Fatalf("%d %s", a.status, a.body)
	}
	if got, want := members(t, a.body), []string{"access_token", "refresh_token", "expires_in", "token_type"}; !slices.Equal(got, want) {
		t.Errorf("members %v, want %v", got, want)
	}
	var token tokenAnswer
	a.decode(t, &token)
	if !hex40.MatchString(token.AccessToken) || token.RefreshToken == "" || token.ExpiresIn != 3600 || token.TokenType != "Bearer" {
		t.Errorf("got %+v", token)
	}
	checkTokenHeaders(t, a.header)
}

func checkTokenHeaders(t *testing.T, h http.Header) {
	t.Helper()
	if got := h.Get("Content-Type"); got != "application/json" {
		t.Errorf("Content-Type %q", got)
	}
	if got := h.Get("Cache-Control"); !strings.Contains(got, "no-store") {
		t.Errorf("Cache-Control %q", got)
	}
	if got := h.Get("X-Lokalise-Process-Id"); !uuid.MatchString(got) {
		t.Errorf("process id %q", got)
	}
}

func TestRefreshAnswersWithScopeAndNoRefreshToken(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	first := b.grant("scope", "read_projects write_team_groups")
	for range 2 { // the same refresh token goes on working
		a := b.refresh(first.RefreshToken)
		if got, want := members(t, a.body), []string{"access_token", "expires_in", "scope", "token_type"}; a.status != http.StatusOK || !slices.Equal(got, want) {
			t.Fatalf("status %d, members %v, want %v", a.status, got, want)
		}
		var token tokenAnswer
		a.decode(t, &token)
		if token.AccessToken == first.AccessToken || !hex40.MatchString(token.AccessToken) {
			t.Errorf("access token %q", token.AccessToken)
		}
		if token.Scope != "write_team_groups read_projects" {
			t.Errorf("scope %q, recorded is the other order than the request's", token.Scope)
		}
	}
}

// TestTokenEndpointChecksInTheRecordedOrder has a row for every recorded
// refusal, and rows in which two things are wrong to show which comes first.
func TestTokenEndpointChecksInTheRecordedOrder(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	const (
		badClient  = "client_id: Client id must be 40 characters long"
		badCode    = "code: Code must be 40 characters long"
		shortToken = "refresh_token: Refresh token too short"
	)
	for _, test := range []struct {
		name        string
		body        []string
		code        string
		description string
	}{
		{"code is not 40 characters (recorded)", []string{"grant_type", "authorization_code", "code", "123"}, "invalid_request", badCode},
		{"code of 41 characters", []string{"grant_type", "authorization_code", "code", never + "0"}, "invalid_request", badCode},
		{"code is missing", []string{"grant_type", "authorization_code"}, "invalid_request", badCode},
		{"client id is not 40 characters (recorded)", []string{"grant_type", "authorization_code", "client_id", "abc", "code", never}, "invalid_request", badClient},
		{"client id before the code (recorded)", []string{"grant_type", "authorization_code", "client_id", "abc", "code", "123"}, "invalid_request", badClient},
		{"client id before the refresh token (recorded)", []string{"grant_type", "refresh_token", "client_id", "abc", "refresh_token", "123"}, "invalid_request", badClient},
		{"client id is missing", []string{"grant_type", "authorization_code", "client_id", "", "code", never}, "invalid_request", badClient},
		{"client id before the grant type", []string{"client_id", "abc"}, "invalid_request", badClient},
		{"bad refresh token of a good client (recorded)", []string{"grant_type", "refresh_token", "refresh_token", "incorrect_token"}, "invalid_request", "Invalid request parameters"},
		{"refresh token too short", []string{"grant_type", "refresh_token", "refresh_token", "1"}, "invalid_request", shortToken},
		{"length of the code before whose the client is", []string{"grant_type", "authorization_code", "client_id", never, "code", "123"}, "invalid_request", badCode},
		{"length of the refresh token before whose the client is", []string{"grant_type", "refresh_token", "client_id", never, "refresh_token", "1"}, "invalid_request", shortToken},
		{"unknown client (assumed)", []string{"grant_type", "authorization_code", "client_id", never, "code", never}, "invalid_client", "Client authentication failed"},
		{"wrong secret (assumed)", []string{"grant_type", "authorization_code", "client_secret", never, "code", never}, "invalid_client", "Client authentication failed"},
		{"no secret (assumed)", []string{"grant_type", "refresh_token", "client_secret", "", "refresh_token", never}, "invalid_client", "Client authentication failed"},
		{"unknown code (assumed)", []string{"grant_type", "authorization_code", "code", never}, "invalid_grant", "The code is invalid, expired or was used before"},
		{"no grant type (assumed)", []string{"code", never}, "invalid_request", "grant_type: Grant type is required"},
		{"other grant type (assumed)", []string{"grant_type", "client_credentials"}, "unsupported_grant_type", "The grant type is not supported"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			a := b.token(test.body...)
			checkOAuthError(t, a, test.code, test.description)
		})
	}
}

func checkOAuthError(t *testing.T, a answer, code, description string) {
	t.Helper()
	var e oauthError
	a.decode(t, &e)
	if a.status != http.StatusBadRequest || e.Error != code || e.Description != description {
		t.Errorf("got %d %s, want 400 %s %q", a.status, a.body, code, description)
	}
	if e.URI == nil || *e.URI != "" {
		t.Errorf("error_uri is not an empty string: %s", a.body)
	}
	if got := members(t, a.body); len(got) != 3 {
		t.Errorf("members %v: the shape is flat with three of them", got)
	}
	checkTokenHeaders(t, a.header)
}

func TestTokenEndpointReadsJSONWhateverTheContentType(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	for _, contentType := range []string{"", "application/json", "application/x-www-form-urlencoded", "text/plain", "nonsense;;"} {
		body := " \n" + b.tokenBody("grant_type", "authorization_code", "code", b.code())
		if a := b.send("POST", "/oauth2/token", body, "Content-Type", contentType); a.status != http.StatusOK {
			t.Errorf("Content-Type %q: %d %s", contentType, a.status, a.body)
		}
	}
}

func TestTokenEndpointReadsForms(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	form := url.Values{"grant_type": {"authorization_code"}, "client_id": {b.creds.ClientID}, "client_secret": {b.creds.ClientSecret}, "code": {b.code()}}
	if a := b.send("POST", "/oauth2/token", form.Encode(), "Content-Type", "application/x-www-form-urlencoded"); a.status != http.StatusOK {
		t.Errorf("%d %s", a.status, a.body)
	}
}

func TestTokenEndpointRefusesRepeatedParameters(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	form := "grant_type=authorization_code&client_id=" + b.creds.ClientID + "&client_id=" + b.creds.ClientID
	a := b.send("POST", "/oauth2/token", form, "Content-Type", "application/x-www-form-urlencoded")
	checkOAuthError(t, a, "invalid_request", "client_id: The parameter is repeated")
	a = b.send("POST", "/oauth2/token", `{"client_id":"`+never+`","client_id":"`+never+`"}`)
	checkOAuthError(t, a, "invalid_request", "Invalid request parameters")
}

func TestTokenEndpointDoesNotTakeBasicAuthentication(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	req := b.request("POST", "/oauth2/token", "grant_type=authorization_code&code="+b.code(), "Content-Type", "application/x-www-form-urlencoded")
	req.SetBasicAuth(b.creds.ClientID, b.creds.ClientSecret)
	checkOAuthError(t, b.do(b.Client(), req), "invalid_request", "client_id: Client id must be 40 characters long")
	if notes := strings.Join(b.last().Notes, " "); !strings.Contains(notes, "Authorization header") {
		t.Errorf("the journal does not say why: %q", notes)
	}
}

func TestTokenEndpointSurvivesBadBodies(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	for _, body := range []string{"", "{", "[]", "null", "%%%", `{"client_id":1}`, `{"client_id":null}`, `{"client_id":{"a":1}}`, "\xff\xfe", `"text"`, `{"client_id":"` + "\xff" + `"}`} {
		a := b.send("POST", "/oauth2/token", body)
		var e oauthError
		a.decode(t, &e)
		if a.status != http.StatusBadRequest || e.Error != "invalid_request" {
			t.Errorf("%q: %d %s", body, a.status, a.body)
		}
	}
	a := b.send("POST", "/oauth2/token", `{"code":"`+strings.Repeat("a", 1<<20)+`"}`)
	if a.status != http.StatusRequestEntityTooLarge {
		t.Errorf("a body of a megabyte: %d", a.status)
	}
	if a := b.send("GET", "/oauth2/token", ""); a.status != http.StatusMethodNotAllowed || a.header.Get("Allow") != "POST" {
		t.Errorf("GET: %d, Allow %q", a.status, a.header.Get("Allow"))
	}
}

func TestCodeIsUsedOnce(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	code := b.code()
	var accepted, refused atomic.Int32
	var wg sync.WaitGroup
	for range 50 {
		wg.Go(func() {
			switch a := b.exchange(code); a.status {
			case http.StatusOK:
				accepted.Add(1)
			case http.StatusBadRequest:
				refused.Add(1)
			default:
				t.Errorf("%d %s", a.status, a.body)
			}
		})
	}
	wg.Wait()
	if accepted.Load() != 1 || refused.Load() != 49 {
		t.Errorf("%d accepted, %d refused", accepted.Load(), refused.Load())
	}
}

func TestReusedCodeRevokesItsGrant(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	code := b.code()
	var token tokenAnswer
	b.exchange(code).decode(t, &token)
	checkOAuthError(t, b.exchange(code), "invalid_grant", "The code is invalid, expired or was used before")
	checkOAuthError(t, b.refresh(token.RefreshToken), "invalid_grant", "The refresh token is invalid or was revoked")
	if a := b.bearer(token.AccessToken, "GET", "/projects", ""); a.status != http.StatusUnauthorized {
		t.Errorf("the access token still works: %d", a.status)
	}
}

func TestCodeLivesTenMinutes(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	b.Clock().Freeze()
	young, old := b.code(), b.code()
	b.Clock().Advance(10*time.Minute - time.Second)
	if a := b.exchange(young); a.status != http.StatusOK {
		t.Errorf("a second before: %d %s", a.status, a.body)
	}
	b.Clock().Advance(time.Second)
	checkOAuthError(t, b.exchange(old), "invalid_grant", "The code is invalid, expired or was used before")
}

func TestCodeIsBoundToItsClient(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	other := b.NewWorld()
	code := b.code()
	a := b.exchange(code, "client_id", other.ClientID, "client_secret", other.ClientSecret)
	checkOAuthError(t, a, "invalid_grant", "The code is invalid, expired or was used before")
	if a := b.exchange(code); a.status != http.StatusOK {
		t.Errorf("the attempt used the code up: %d %s", a.status, a.body)
	}
	token := b.grant()
	a = b.refresh(token.RefreshToken, "client_id", other.ClientID, "client_secret", other.ClientSecret)
	checkOAuthError(t, a, "invalid_grant", "The refresh token is invalid or was revoked")
}

func TestRedirectURIInTheTokenRequestIsOptionalAndMustMatch(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	const mismatch = "The redirect URI does not match the one of the authorization request"
	code := b.code()
	checkOAuthError(t, b.exchange(code, "redirect_uri", callback+"/"), "invalid_grant", mismatch)
	if a := b.exchange(code, "redirect_uri", callback); a.status != http.StatusOK {
		t.Errorf("the same URI: %d %s", a.status, a.body)
	}
	if a := b.exchange(b.code()); a.status != http.StatusOK {
		t.Errorf("no URI: %d %s", a.status, a.body)
	}
	checkOAuthError(t, b.exchange(b.code("redirect_uri", ""), "redirect_uri", callback), "invalid_grant", mismatch)
}

func TestAccessTokenLivesAnHourAndARefreshRenewsIt(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	b.Clock().Freeze()
	token := b.grant()
	b.Clock().Advance(time.Hour - time.Second)
	if a := b.bearer(token.AccessToken, "GET", "/projects", ""); a.status != http.StatusOK {
		t.Fatalf("a second before: %d %s", a.status, a.body)
	}
	b.Clock().Advance(time.Second)
	a := b.bearer(token.AccessToken, "GET", "/projects", "")
	if a.status != http.StatusUnauthorized || a.message(t) != "Unauthorized" {
		t.Fatalf("an hour later: %d %s", a.status, a.body)
	}
	if got := b.last().Credential; got != "expired OAuth token" {
		t.Errorf("the journal calls it %q", got)
	}
	var renewed tokenAnswer
	b.refresh(token.RefreshToken).decode(t, &renewed)
	if a := b.bearer(renewed.AccessToken, "GET", "/projects", ""); a.status != http.StatusOK {
		t.Errorf("after the refresh: %d %s", a.status, a.body)
	}
}

func TestTokenSurvivesManyOthers(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	token := b.grant()
	for range 1200 { // more than what a first sweep waits for
		if a := b.refresh(token.RefreshToken); a.status != http.StatusOK {
			t.Fatal(a.status)
		}
	}
	if a := b.bearer(token.AccessToken, "GET", "/projects", ""); a.status != http.StatusOK {
		t.Errorf("a living token was forgotten: %d", a.status)
	}
}

func TestTokenJSONHasNoUnknownMembers(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	dec := json.NewDecoder(strings.NewReader(b.exchange(b.code()).body))
	dec.DisallowUnknownFields()
	if err := dec.Decode(new(tokenAnswer)); err != nil {
		t.Error(err)
	}
}
