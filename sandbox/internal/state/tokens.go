package state

import (
	"slices"
	"sync"
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

// Code is an authorization code. Like every row here it never changes: a
// changed copy takes its place.
type Code struct {
	Value       string
	World       string // name
	ClientID    string
	UserID      int64
	Scopes      []string
	RedirectURI string // as the authorization request had it; empty: none
	State       string // shown with the code when there is no redirect URI
	Expires     time.Time
	GrantID     int64 // what it was exchanged for; 0: not yet
}

// Grant is what a user allowed a client, and the family of refresh tokens that
// came of it. It lives until it is revoked.
type Grant struct {
	ID        int64 // counted together with the ids of access tokens
	World     string
	ClientID  string
	UserID    int64
	Scopes    []string
	Created   time.Time
	Tokens    []RefreshToken // never empty; the last one is the current one
	Refreshed int            // refreshes that were answered with a token
	Refused   int            // refreshes of the client that were not
	Revoked   time.Time      // zero: it is not
	Reason    RevokeReason

	home *World
}

// RefreshToken is one generation of a grant's refresh token.
type RefreshToken struct {
	Value      string
	Generation int // from 1
	Issued     time.Time
	Expires    time.Time // zero: never
	Replaced   time.Time // zero: it is the current one
	Accepted   int       // token requests that came with it
	Refused    int
}

// Access is an access token.
type Access struct {
	ID      int64
	Value   string
	GrantID int64
	Scopes  []string
	Issued  time.Time
	Expires time.Time
}

// HasScope tells whether the token holds the scope.
func (a *Access) HasScope(scope string) bool { return slices.Contains(a.Scopes, scope) }

// Home is the world that the grant leads into.
func (g *Grant) Home() *World { return g.home }

// Current is the refresh token that is good now.
func (g *Grant) Current() RefreshToken { return g.Tokens[len(g.Tokens)-1] }

// RevokeReason says why a grant was revoked.
type RevokeReason string

// The reasons. The first two mean that somebody used what was used up.
const (
	RevokedByCodeReuse    RevokeReason = "code used twice"
	RevokedByRefreshReuse RevokeReason = "rotated refresh token used again"
	RevokedByHand         RevokeReason = "revoked by hand"
)

// maxGenerations is how many refresh tokens of a grant are remembered, the
// current one included. A token older than that is one that never was: its use
// is refused, but not recognized as reuse.
const maxGenerations = 32

// TokenTotals counts token requests of a world since its last reset.
type TokenTotals struct {
	Exchanged       int // codes exchanged for tokens
	Refreshed       int // refreshes answered with a token
	Refused         int // requests of an authenticated client refused for their code or refresh token
	FamiliesRevoked int // grants revoked because a code or a rotated refresh token came back
}

// tokenStore holds the codes, grants and access tokens of all worlds. It has a
// lock of its own, under which nobody asks for another.
type tokenStore struct {
	mu      sync.RWMutex
	codes   map[string]*Code
	grants  map[int64]*Grant
	access  map[string]*Access
	refresh map[string]int64        // id of the grant by refresh token, remembered ones included
	totals  map[string]*TokenTotals // by world; neither stored nor taken back
	last    int64                   // id
	swept   int                     // rows left by the last sweep

	// Of the change under way, until commit: for the storage, and how to take
	// it back.
	changes []Change
	undo    []func()
}

func newTokenStore() tokenStore {
	return tokenStore{
		codes: map[string]*Code{}, grants: map[int64]*Grant{}, access: map[string]*Access{},
		refresh: map[string]int64{}, totals: map[string]*TokenTotals{},
	}
}

// The methods put… and drop… are the only ones that change rows; all of them
// are called with mu held, and commit makes their changes stay. The index
// refresh follows from the grants.

func (t *tokenStore) putCode(c *Code) {
	before := t.codes[c.Value]
	t.note(Change{Table: tableCodes, Key: c.Value, row: c}, func() { restore(t.codes, c.Value, before) })
	t.codes[c.Value] = c
}

func (t *tokenStore) putAccess(a *Access) {
	before := t.access[a.Value]
	t.note(Change{Table: tableAccess, Key: a.Value, row: a}, func() { restore(t.access, a.Value, before) })
	t.access[a.Value] = a
}

func (t *tokenStore) putGrant(g *Grant) {
	before := t.grants[g.ID]
	t.note(Change{Table: tableGrants, Key: IDKey(g.ID), row: g}, func() { t.setGrant(g.ID, before) })
	t.setGrant(g.ID, g)
}

func (t *tokenStore) dropCode(c *Code) {
	t.note(Change{Op: OpDelete, Table: tableCodes, Key: c.Value}, func() { t.codes[c.Value] = c })
	delete(t.codes, c.Value)
}

func (t *tokenStore) dropAccess(a *Access) {
	t.note(Change{Op: OpDelete, Table: tableAccess, Key: a.Value}, func() { t.access[a.Value] = a })
	delete(t.access, a.Value)
}

func (t *tokenStore) dropGrant(g *Grant) {
	t.note(Change{Op: OpDelete, Table: tableGrants, Key: IDKey(g.ID)}, func() { t.setGrant(g.ID, g) })
	t.setGrant(g.ID, nil)
}

// setGrant puts a grant in, or takes it out when g is nil.
func (t *tokenStore) setGrant(id int64, g *Grant) {
	if before := t.grants[id]; before != nil {
		t.unindex(before)
	}
	restore(t.grants, id, g)
	if g == nil {
		return
	}
	for _, token := range g.Tokens {
		t.refresh[token.Value] = id
	}
}

// restore puts a row back, or takes out what was not there.
func restore[K comparable, T any](rows map[K]*T, key K, row *T) {
	if row == nil {
		delete(rows, key)
		return
	}
	rows[key] = row
}

func (t *tokenStore) unindex(g *Grant) {
	for _, token := range g.Tokens {
		delete(t.refresh, token.Value)
	}
}

func (t *tokenStore) nextID() int64 {
	t.last++
	return t.last
}

func (t *tokenStore) total(world string) *TokenTotals {
	n := t.totals[world]
	if n == nil {
		n = new(TokenTotals)
		t.totals[world] = n
	}
	return n
}

// forget drops everything of a world. The caller holds mu, and commits.
func (t *tokenStore) forget(world string) {
	for _, c := range t.codes {
		if c.World == world {
			t.dropCode(c)
		}
	}
	for _, a := range t.access {
		if g := t.grants[a.GrantID]; g == nil || g.World == world {
			t.dropAccess(a)
		}
	}
	for _, g := range t.grants {
		if g.World == world {
			t.dropGrant(g)
		}
	}
	delete(t.totals, world)
}

// isSecret tells whether a word is a code or a token.
func (t *tokenStore) isSecret(word string) bool {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.codes[word] != nil || t.access[word] != nil || t.refresh[word] != 0
}

// Access returns the access token and its grant, or nil when it is unknown or
// the grant was revoked. The caller looks at Expires.
func (u *Universe) Access(token string) (*Access, *Grant) {
	t := &u.tokens
	t.mu.RLock()
	defer t.mu.RUnlock()
	a := t.access[token]
	if a == nil {
		return nil, nil
	}
	g := t.grants[a.GrantID]
	if g == nil || !g.Revoked.IsZero() {
		return nil, nil
	}
	return a, g
}

// issueAccess makes an access token. The caller holds mu.
func (t *tokenStore) issueAccess(g *Grant, scopes []string, now time.Time, life time.Duration) *Access {
	a := &Access{
		ID: t.nextID(), Value: NewSecret(), GrantID: g.ID, Scopes: scopes,
		Issued: now, Expires: now.Add(life),
	}
	t.putAccess(a)
	return a
}

// revoke ends a grant and returns what it is now. The caller holds mu.
func (t *tokenStore) revoke(g *Grant, now time.Time, reason RevokeReason) *Grant {
	if !g.Revoked.IsZero() {
		return g
	}
	ended := *g
	ended.Revoked, ended.Reason = now, reason
	t.putGrant(&ended)
	if reason != RevokedByHand {
		t.total(g.World).FamiliesRevoked++
	}
	return &ended
}
