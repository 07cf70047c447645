package tokens

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/golokalise/lokalise/oauth"
)

// PutResult tells what a Put did.
type PutResult struct {
	// Reconnected says that the ID had a grant before.
	Reconnected bool

	// LostScopes were granted before and are not any more. Empty when one of
	// the two tokens does not say what it was granted.
	LostScopes []oauth.Scope
}

// Put stores a grant under the app's own ID, after the callback. Connecting
// again replaces what the ID had, whatever state it was in, even if it can no
// longer be read.
//
// The grant is stored when Put returns without an error; only then may the
// customer be told so.
func (m *Manager) Put(ctx context.Context, id string, token *oauth.Token) (PutResult, error) {
	if err := CheckID(id); err != nil {
		return PutResult{}, err
	}
	if token == nil || token.AccessToken == "" {
		return PutResult{}, errors.New("tokens: Put without an access token")
	}
	if m.openCtx.Err() != nil {
		return PutResult{}, ErrClosed
	}
	next, g := m.connect(token), m.lookup(id)
	result, cur, err := m.replace(ctx, id, next)
	if err != nil {
		return PutResult{}, newError(id, ReasonStore, time.Time{}, err, next.mask)
	}
	m.adopt(g, cur)
	kind := EventConnected
	if result.Reconnected {
		kind = EventReconnected
	}
	m.tell(Event{GrantID: id, Kind: kind})
	return result, nil
}

// adopt makes what a Put has stored the token of this process. If another Put or
// a Delete came after it in the store, or the grant has left the table since the
// Put began, nothing is cached, and the store is read again.
func (m *Manager) adopt(g *grant, cur stored) {
	newest := true
	for there := true; there && !g.adopt(cur, newest); newest = false {
		g, there = m.table.find(g.id)
	}
}

func (g *grant) adopt(cur stored, newest bool) (done bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.dropped {
		return false
	}
	g.outdate()
	if newest && cur.version >= g.version {
		g.publish(cur)
	}
	return true
}

// connect makes the first state of a connection.
func (m *Manager) connect(token *oauth.Token) state {
	now := m.clock()
	st := state{
		Layout: stateFormat, Connection: m.newID(), Generation: 1,
		AccessToken: token.AccessToken, TokenType: token.TokenType, RefreshToken: token.RefreshToken,
		Scopes: token.Scopes, Extra: token.Extra,
		Obtained: now, Expiry: token.Expiry,
		Health: Healthy, Since: now, Connected: now, LastUsed: now,
	}
	st.RefreshAt = st.refreshAt(m.random())
	return st
}

// replace writes the state over whatever is stored.
func (m *Manager) replace(ctx context.Context, id string, next state) (result PutResult, cur stored, err error) {
	const maxTries = 3
	for tries := 1; ; {
		cur, err = m.replaceOnce(ctx, id, next, &result)
		if err == nil || !isStoreError(err) && !errors.Is(err, ErrConflict) {
			return result, cur, err
		}
		if isStoreError(err) {
			tries++
		}
		if tries > maxTries || ctx.Err() != nil {
			return result, cur, err
		}
	}
}

// replaceOnce is one round of read, compare and swap. When an earlier round
// had written although it seemed to have failed, its result stands.
func (m *Manager) replaceOnce(ctx context.Context, id string, next state, result *PutResult) (stored, error) {
	rec, err := m.get(ctx, id)
	if errors.Is(err, ErrNotFound) {
		*result = PutResult{}
		return m.write(ctx, id, next, 0)
	}
	if err != nil {
		return stored{}, err
	}
	old, err := m.open(ctx, rec)
	if err == nil && old.Connection == next.Connection {
		return old, nil
	}
	*result = PutResult{Reconnected: true, LostScopes: lostScopes(old.Scopes, next.Scopes)}
	return m.write(ctx, id, next, rec.Version)
}

func lostScopes(before, after []oauth.Scope) []oauth.Scope {
	if len(before) == 0 || len(after) == 0 {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(before), func(s oauth.Scope) bool { return slices.Contains(after, s) })
}
