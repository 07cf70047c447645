package oauth

import (
	"net/url"
	"slices"
	"strings"
)

// AuthCodeOptions is what one authorization asks for.
type AuthCodeOptions struct {
	// Scopes is what the user is asked to allow. At least one is required.
	// ScopesFor finds those that a set of API operations needs. Order is kept,
	// duplicates are left out.
	Scopes []Scope

	// State comes back on the redirect and ties it to the browser that started
	// the flow: make it with NewState, keep it in the user's session, and hand
	// it to ParseCallback. Left out when empty, which leaves the callback open
	// to cross-site requests. Defaults to none.
	State string

	// RedirectURL overrides the one in Config. Defaults to Config.RedirectURL.
	RedirectURL string
}

// AuthCodeURL returns the URL to send the user's browser to. It sends nothing.
// The error is a *ConfigError.
//
// The parameters are those of Lokalise's own SDKs, in their order: client_id,
// scope, state, redirect_uri. None of them sends response_type, and neither
// does this.
//
// It needs no scope; it asks for them.
// https://developers.lokalise.com/docs/oauth-2-flow
//
//lokalise:op GET /oauth2/auth
func (c *Client) AuthCodeURL(o AuthCodeOptions) (string, error) {
	scope, err := joinScopes(o.Scopes)
	if err != nil {
		return "", err
	}
	redirect := c.cfg.RedirectURL
	if o.RedirectURL != "" {
		if err := checkRedirectURL(o.RedirectURL); err != nil {
			return "", err
		}
		redirect = o.RedirectURL
	}
	var query strings.Builder
	query.WriteString("client_id=" + escape(c.cfg.ClientID))
	query.WriteString("&scope=" + escape(scope))
	if o.State != "" {
		query.WriteString("&state=" + escape(o.State))
	}
	if redirect != "" {
		query.WriteString("&redirect_uri=" + escape(redirect))
	}
	return c.host.auth + "?" + query.String(), nil
}

// joinScopes joins the scopes with one space.
func joinScopes(scopes []Scope) (string, error) {
	var names []string
	for _, scope := range scopes {
		if !scope.valid() {
			return "", &ConfigError{"Scopes", "must each be one name without spaces, such as read_projects"}
		}
		if !slices.Contains(names, string(scope)) {
			names = append(names, string(scope))
		}
	}
	if len(names) == 0 {
		return "", &ConfigError{"Scopes", "is empty; at least one scope is required"}
	}
	return strings.Join(names, " "), nil
}

// valid checks the characters that RFC 6749 section 3.3 allows.
func (s Scope) valid() bool {
	return s != "" && !strings.ContainsFunc(string(s), func(r rune) bool {
		return r <= ' ' || r > '~' || r == '"' || r == '\\'
	})
}

// escape percent-encodes a query value. A space becomes %20 and not a plus:
// both ship in official SDKs (Ruby writes %20, the others +), but only %20
// means a space to every parser, whether it reads the query as a form or as
// part of a URL.
func escape(value string) string {
	return strings.ReplaceAll(url.QueryEscape(value), "+", "%20")
}
