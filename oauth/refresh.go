package oauth

import (
	"context"
	"errors"
)

// ErrNoRefreshToken is returned by Refresh for an empty refresh token; nothing
// is sent.
var ErrNoRefreshToken = errors.New("oauth: no refresh token")

// Refresh gets a new access token. It is one POST to /oauth2/token with the
// credentials in a JSON body.
//
// The token that comes back always has a refresh token: the new one if the
// answer carries one, which then replaces the old, or else the old one. As
// recorded, Lokalise sends none.
//
// A refresh is repeated, at most three tries in all, only when nothing was sent
// or when the server refused with 429 or 503. Between tries it waits half a
// second, then a second, less some jitter, or as long as Retry-After says. It
// does not wait longer than ten seconds, nor past the context's deadline, but
// returns the error, whose RetryAfter tells when to come back.
//
// Errors are ErrNoRefreshToken or an *Error.
//
// It needs no scope.
// https://developers.lokalise.com/docs/oauth-2-flow
//
//lokalise:op POST /oauth2/token oauth2.refresh
func (c *Client) Refresh(ctx context.Context, refreshToken string) (*Token, error) {
	return c.refresh(ctx, refreshToken, false)
}

// RefreshOnce is Refresh without a repetition, whatever goes wrong: for a caller
// that plans its own tries, as package tokens does, whose thousand grants would
// otherwise send three thousand requests to a server that is out of service.
func (c *Client) RefreshOnce(ctx context.Context, refreshToken string) (*Token, error) {
	return c.refresh(ctx, refreshToken, true)
}

func (c *Client) refresh(ctx context.Context, refreshToken string, once bool) (*Token, error) {
	if refreshToken == "" {
		return nil, ErrNoRefreshToken
	}
	token, err := c.request(ctx, grant{
		body:          tokenRequest{GrantType: "refresh_token", RefreshToken: refreshToken},
		secrets:       []string{refreshToken},
		repeatRefused: true,
		once:          once,
	})
	if err != nil {
		return nil, err
	}
	if token.RefreshToken == "" {
		token.RefreshToken = refreshToken
	}
	return token, nil
}
