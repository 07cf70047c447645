package fidelity_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"testing"

	"github.com/golokalise/lokalise/sandbox"
)

func TestTokenEndpointHasTheRecordedShape(t *testing.T) {
	t.Parallel()
	box := sandbox.Start(t, sandbox.InMemory())
	code := allow(t, box)
	var granted struct {
		RefreshToken string `json:"refresh_token"`
	}
	if err := json.Unmarshal(send(t, box, token(box, http.StatusOK, "authorization_code", "code", allow(t, box))), &granted); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]comparison{
		"oauth2/token.json":       token(box, http.StatusOK, "authorization_code", "code", code),
		"oauth2/token_error.json": token(box, http.StatusBadRequest, "authorization_code", "code", "short"),
		"oauth2/refresh.json":     token(box, http.StatusOK, "refresh_token", "refresh_token", granted.RefreshToken),
	} {
		c.recorded = name
		compare(t, box, c)
	}
	c := token(box, http.StatusBadRequest, "refresh_token", "refresh_token", "short")
	c.recorded = "oauth2/refresh_error.json"
	// The official Node SDK adds the status to what it throws, and that is what
	// was recorded.
	c.known = []string{"code is missing (recorded: number)"}
	compare(t, box, c)
}

// token is a request to the token endpoint.
func token(box *sandbox.Server, status int, grantType, parameter, value string) comparison {
	creds := box.Credentials()
	return comparison{
		method: http.MethodPost, path: "/oauth2/token", status: status,
		body: map[string]any{
			"client_id": creds.ClientID, "client_secret": creds.ClientSecret, "grant_type": grantType, parameter: value,
		},
	}
}

// allow lets the user allow access and returns the code.
func allow(t *testing.T, box *sandbox.Server) string {
	t.Helper()
	q := url.Values{"client_id": {box.Credentials().ClientID}, "scope": {"read_projects write_projects"}}
	to, err := box.Authorize(t.Context(), box.URL()+"/oauth2/auth?"+q.Encode(), sandbox.AuthorizeOptions{})
	if err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(to)
	if err != nil {
		t.Fatal(err)
	}
	return u.Query().Get("code")
}
