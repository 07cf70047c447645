// Package oauth speaks Lokalise's OAuth 2 authorization-code flow: it builds
// the authorization URL, exchanges the code for a token and refreshes the
// token. It is the protocol and nothing else: it stores nothing and starts no
// goroutine. Package tokens keeps tokens alive with it.
//
// # The flow
//
//	client, err := oauth.New(oauth.Config{ClientID: id, ClientSecret: secret, RedirectURL: "https://app.example/callback"})
//	state := oauth.NewState()                   // keep it in the user's session
//	url, err := client.AuthCodeURL(oauth.AuthCodeOptions{Scopes: scopes, State: state})
//	…                                           // the user allows; Lokalise redirects to the callback
//	code, err := oauth.ParseCallback(r.URL, state)
//	token, err := client.Exchange(ctx, code)    // token.AccessToken opens the API for an hour
//	token, err = client.Refresh(ctx, token.RefreshToken)
//
// An app gets its ID and secret by writing to Lokalise's support; package
// sandbox has a server to try the flow on without.
//
// # What Lokalise does
//
// The facts below were recorded from the real token endpoint between 2022 and
// 2023 or are documented at https://developers.lokalise.com/docs/oauth-2-flow.
//
//   - Requests to the token endpoint are JSON with the credentials in the body,
//     the only encoding that was recorded. There is no PKCE, no revocation and
//     no endpoint that tells who the user is.
//   - An access token lives 3600 seconds. The answer to a code carries no scope;
//     the answer to a refresh carries a scope and no refresh token, so the old
//     one stays valid. Refresh is right under rotation all the same.
//   - Errors are 400 with error, error_description and error_uri.
//
// # Errors
//
// Exchange and Refresh fail with an *Error, whose predicates answer what to do:
// NeedsReauth (the user must consent again), Misconfigured (an operator must
// look), Temporary (try again later), and Ambiguous (nobody can know whether
// the server acted on the request). Each has a sentinel for errors.Is.
//
// # Secrets
//
// No error, log line, String, GoString or fmt verb of this package shows the
// client secret, a code, a state, an access token or a refresh token. A Token's
// JSON form holds them, since it is what gets stored.
package oauth
