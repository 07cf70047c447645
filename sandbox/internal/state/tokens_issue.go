package state

import (
	"slices"
	"time"
)

// AddCode stores a code and gives it its value.
func (u *Universe) AddCode(c Code) (*Code, error) {
	c.Value = NewSecret()
	now := u.clock.Now()
	err := u.changeTokens(func(t *tokenStore) {
		t.sweep(now)
		t.putCode(&c)
	})
	return &c, err
}

// Code returns the code, or nil. It is for showing it only; UseCode exchanges
// it.
func (u *Universe) Code(value string) *Code {
	u.tokens.mu.RLock()
	defer u.tokens.mu.RUnlock()
	return u.tokens.codes[value]
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

// Lives are how long new tokens live.
type Lives struct {
	Access  time.Duration
	Refresh time.Duration // 0: for ever
}

func (l Lives) refreshExpires(now time.Time) time.Time {
	if l.Refresh == 0 {
		return time.Time{}
	}
	return now.Add(l.Refresh)
}

// Issued are the tokens that a token request is answered with.
type Issued struct {
	Grant        *Grant
	Access       *Access
	RefreshToken string // empty: the client keeps the one it has
}

// UseCode exchanges a code of a client in world home for tokens, once. A
// redirect URI is compared only when one is given. A code that is used again
// takes the grant it was exchanged for with it (RFC 6749, section 4.1.2).
func (u *Universe) UseCode(home *World, value, clientID, redirectURI string, lives Lives) (issued *Issued, status CodeStatus, err error) {
	err = u.changeTokens(func(t *tokenStore) {
		issued, status = t.useCode(home, value, clientID, redirectURI, lives, u.clock.Now())
	})
	return issued, status, err
}

func (t *tokenStore) useCode(home *World, value, clientID, redirectURI string, lives Lives, now time.Time) (*Issued, CodeStatus) {
	c := t.codes[value]
	if status := c.check(now, clientID, redirectURI); status != CodeAccepted {
		t.total(home.Name).Refused++
		if status == CodeUsed && t.grants[c.GrantID] != nil {
			t.revoke(t.grants[c.GrantID], now, RevokedByCodeReuse)
		}
		return nil, status
	}
	t.sweep(now)
	g := &Grant{
		ID: t.nextID(), World: home.Name, home: home,
		ClientID: c.ClientID, UserID: c.UserID, Scopes: c.Scopes, Created: now,
		Tokens: []RefreshToken{{Value: NewSecret(), Generation: 1, Issued: now, Expires: lives.refreshExpires(now)}},
	}
	used := *c
	used.GrantID = g.ID
	t.putCode(&used)
	t.putGrant(g)
	t.total(home.Name).Exchanged++
	return &Issued{Grant: g, Access: t.issueAccess(g, g.Scopes, now, lives.Access), RefreshToken: g.Current().Value}, CodeAccepted
}

// check tells whether a code, nil if there is none, may be exchanged.
func (c *Code) check(now time.Time, clientID, redirectURI string) CodeStatus {
	switch {
	case c == nil:
		return CodeUnknown
	case c.ClientID != clientID:
		return CodeOfAnotherClient
	case c.GrantID != 0:
		return CodeUsed
	case !now.Before(c.Expires):
		return CodeExpired
	case redirectURI != "" && redirectURI != c.RedirectURI:
		return CodeRedirectMismatch
	}
	return CodeAccepted
}

// RefreshRules are how a refresh is answered.
type RefreshRules struct {
	Lives
	Rotate      bool          // a refresh gives out another refresh token
	DetectReuse bool          // an old one that comes back revokes its grant
	Grace       time.Duration // how long an old one is still good
	Withheld    []string      // scopes that the access token does not get
}

// RefreshStatus says what became of an attempt to refresh.
type RefreshStatus int

// What Refresh answers.
const (
	RefreshAccepted RefreshStatus = iota
	RefreshInGrace                // accepted, although the token was rotated
	RefreshUnknown
	RefreshOfAnotherClient
	RefreshRevoked
	RefreshExpired
	RefreshReplaced // the token was rotated
	RefreshReused   // the same, and its grant is revoked for it
)

// Accepted tells whether tokens were issued.
func (s RefreshStatus) Accepted() bool { return s == RefreshAccepted || s == RefreshInGrace }

// Refresh answers a refresh token of a client in world home. A token that is
// still good although it was rotated gets the current refresh token and an
// access token of its own, so that all who refresh at once end with the same
// refresh token.
func (u *Universe) Refresh(home *World, token, clientID string, rules RefreshRules) (issued *Issued, status RefreshStatus, err error) {
	err = u.changeTokens(func(t *tokenStore) {
		issued, status = t.useRefresh(home, token, clientID, rules, u.clock.Now())
	})
	return issued, status, err
}

func (t *tokenStore) useRefresh(home *World, token, clientID string, rules RefreshRules, now time.Time) (*Issued, RefreshStatus) {
	g := t.grants[t.refresh[token]]
	switch {
	case g == nil:
		t.total(home.Name).Refused++
		return nil, RefreshUnknown
	case g.ClientID != clientID:
		t.total(home.Name).Refused++
		return nil, RefreshOfAnotherClient
	}
	at := slices.IndexFunc(g.Tokens, func(r RefreshToken) bool { return r.Value == token })
	status := g.check(at, now, rules)
	g = t.count(g, at, status)
	if status == RefreshReused {
		g = t.revoke(g, now, RevokedByRefreshReuse)
	}
	if !status.Accepted() {
		return &Issued{Grant: g}, status
	}
	t.sweep(now)
	issued := &Issued{}
	if rules.Rotate && status == RefreshAccepted {
		g = t.rotate(g, now, rules.Lives)
	}
	if rules.Rotate || status == RefreshInGrace {
		issued.RefreshToken = g.Current().Value
	}
	scopes := slices.DeleteFunc(slices.Clone(g.Scopes), func(s string) bool { return slices.Contains(rules.Withheld, s) })
	issued.Grant, issued.Access = g, t.issueAccess(g, scopes, now, rules.Access)
	return issued, status
}

// check tells what becomes of a refresh with the token at a place of Tokens.
func (g *Grant) check(at int, now time.Time, rules RefreshRules) RefreshStatus {
	used, current := g.Tokens[at], g.Current()
	expired := !current.Expires.IsZero() && !now.Before(current.Expires)
	switch {
	case !g.Revoked.IsZero():
		return RefreshRevoked
	case used.Replaced.IsZero() && expired:
		return RefreshExpired
	case used.Replaced.IsZero():
		return RefreshAccepted
	case now.Before(used.Replaced.Add(rules.Grace)) && !expired:
		return RefreshInGrace
	case rules.DetectReuse:
		return RefreshReused
	}
	return RefreshReplaced
}

// count writes down what became of a refresh.
func (t *tokenStore) count(g *Grant, at int, status RefreshStatus) *Grant {
	counted := *g
	counted.Tokens = slices.Clone(g.Tokens)
	if status.Accepted() {
		t.total(g.World).Refreshed++
		counted.Refreshed++
		counted.Tokens[at].Accepted++
	} else {
		t.total(g.World).Refused++
		counted.Refused++
		counted.Tokens[at].Refused++
	}
	t.putGrant(&counted)
	return &counted
}

// rotate gives a grant another refresh token.
func (t *tokenStore) rotate(g *Grant, now time.Time, lives Lives) *Grant {
	rotated := *g
	last := g.Current()
	rotated.Tokens = append(slices.Clone(g.Tokens[max(0, len(g.Tokens)+1-maxGenerations):]), RefreshToken{
		Value: NewSecret(), Generation: last.Generation + 1, Issued: now, Expires: lives.refreshExpires(now),
	})
	rotated.Tokens[len(rotated.Tokens)-2].Replaced = now
	t.putGrant(&rotated)
	return &rotated
}
