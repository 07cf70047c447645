package oauth

import (
	"context"
	"errors"
)

// ErrNoCode is returned by Exchange for an empty code; nothing is sent.
var ErrNoCode = errors.New("oauth: no code to exchange")

// Exchange turns the one-time code of a callback into a token. It is one POST
// to /oauth2/token with the credentials in a JSON body.
//
// The code is sent once. It is sent again, up to three times in all, only after
// tries that failed before there was a connection to send it on (name lookup,
// dial, TLS): once the request may have left, a second one could find the code
// used up and hide the first one's answer. So even 429 and 503 are left to the
// caller, and after an error whose Ambiguous is true the user should be sent
// through the flow again.
//
// No redirect URI goes with the code. None of Lokalise's SDKs sends one, and
// exchanges without it are recorded as working even where the authorization
// URL carried one.
//
// The token's Scopes are usually nil, since Lokalise's answer names none: they
// are what AuthCodeURL asked for (RFC 6749 section 5.1).
//
// Errors are ErrNoCode or an *Error.
//
// It needs no scope.
// https://developers.lokalise.com/docs/oauth-2-flow
//
//lokalise:op POST /oauth2/token oauth2.token
func (c *Client) Exchange(ctx context.Context, code string) (*Token, error) {
	if code == "" {
		return nil, ErrNoCode
	}
	return c.request(ctx, grant{
		body:    tokenRequest{GrantType: "authorization_code", Code: code},
		secrets: []string{code},
	})
}
