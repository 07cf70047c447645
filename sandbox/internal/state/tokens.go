package state

import (
	"slices"
	"time"
)

// Client is a registered application.
type Client struct {
	ID           string
	Secret       string
	Name         string
	Description  string
	Link         string
	Logo         string   // a path on the sandbox, or a data: image
	RedirectURIs []string // exact ones, beside any on loopback
}

// Code is an authorization code.
type Code struct {
	Value       string
	World       *World
	ClientID    string
	UserID      int64
	Scopes      []string
	RedirectURI string // as the authorization request had it; empty: none
	State       string // shown with the code when there is no redirect URI
	Expires     time.Time
	used        bool
	grant       *Grant // once it was exchanged
}

// Grant is what a user allowed a client. It lives until it is revoked.
type Grant struct {
	World        *World
	ClientID     string
	UserID       int64
	Scopes       []string
	RefreshToken string
	Created      time.Time
	revoked      bool
}

// Access is an access token.
type Access struct {
	Grant   *Grant
	Scopes  []string
	Expires time.Time
}

// HasScope tells whether the token holds the scope.
func (a *Access) HasScope(scope string) bool { return slices.Contains(a.Scopes, scope) }

// AddCode stores a code and gives it its value.
func (u *Universe) AddCode(c Code) *Code {
	c.Value = NewSecret()
	u.mu.Lock()
	defer u.mu.Unlock()
	u.sweep()
	u.codes[c.Value] = &c
	return &c
}

// Code returns the code, or nil. It is for showing it only; UseCode exchanges
// it.
func (u *Universe) Code(value string) *Code {
	u.mu.RLock()
	defer u.mu.RUnlock()
	return u.codes[value]
}

// CodeStatus says what became of an attempt to use a code.
type CodeStatus int

// What UseCode answers.
const (
	CodeAccepted CodeStatus = iota
	CodeUnknown
	CodeUsed
	CodeExpired
	CodeOfAnotherClient
	CodeRedirectMismatch
)

// UseCode exchanges a code for a grant, once. A redirect URI is compared only
// when one is given. A code that is used again takes the grant it was
// exchanged for with it (RFC 6749, section 4.1.2).
func (u *Universe) UseCode(value, clientID, redirectURI string) (*Grant, CodeStatus) {
	now := u.clock.Now()
	u.mu.Lock()
	defer u.mu.Unlock()
	c := u.codes[value]
	switch {
	case c == nil:
		return nil, CodeUnknown
	case c.ClientID != clientID:
		return nil, CodeOfAnotherClient
	case c.used:
		u.revoke(c.grant)
		return nil, CodeUsed
	case !now.Before(c.Expires):
		return nil, CodeExpired
	case redirectURI != "" && redirectURI != c.RedirectURI:
		return nil, CodeRedirectMismatch
	}
	g := &Grant{
		World: c.World, ClientID: c.ClientID, UserID: c.UserID, Scopes: c.Scopes,
		RefreshToken: NewSecret(), Created: now,
	}
	c.used, c.grant = true, g
	u.grants[g.RefreshToken] = g
	return g, CodeAccepted
}

// GrantByRefreshToken returns the grant, or nil when the token is unknown, and
// whether the grant was revoked.
func (u *Universe) GrantByRefreshToken(token string) (g *Grant, revoked bool) {
	u.mu.RLock()
	defer u.mu.RUnlock()
	g = u.grants[token]
	return g, g != nil && g.revoked
}

// IssueAccess makes an access token for a grant.
func (u *Universe) IssueAccess(g *Grant, life time.Duration) string {
	token := NewSecret()
	expires := u.clock.Now().Add(life)
	u.mu.Lock()
	defer u.mu.Unlock()
	u.sweep()
	u.access[token] = &Access{Grant: g, Scopes: g.Scopes, Expires: expires}
	return token
}

// Access returns the access token, or nil when it is unknown or its grant was
// revoked. The caller looks at Expires.
func (u *Universe) Access(token string) *Access {
	u.mu.RLock()
	defer u.mu.RUnlock()
	a := u.access[token]
	if a == nil || a.Grant.revoked {
		return nil
	}
	return a
}

// revoke ends a grant. The caller holds u.mu.
func (u *Universe) revoke(g *Grant) {
	if g != nil {
		g.revoked = true
	}
}

// keepExpired is how long an expired code or token is remembered, so that the
// journal can tell it from one that never was.
const keepExpired = 24 * time.Hour

// sweep forgets codes and access tokens that expired long ago, once there are
// twice as many as after the last time. The caller holds u.mu.
func (u *Universe) sweep() {
	const few = 1024
	if len(u.codes)+len(u.access) < max(few, 2*u.swept) {
		return
	}
	limit := u.clock.Now().Add(-keepExpired)
	for value, c := range u.codes {
		if c.Expires.Before(limit) {
			delete(u.codes, value)
		}
	}
	for token, a := range u.access {
		if a.Expires.Before(limit) {
			delete(u.access, token)
		}
	}
	u.swept = len(u.codes) + len(u.access)
}
