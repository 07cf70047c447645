package state

import (
	"cmp"
	"slices"
	"time"
)

// Grants lists the grants of a world, oldest first. Those that were revoked are
// among them for a day.
func (u *Universe) Grants(world string) []*Grant {
	t := &u.tokens
	t.mu.RLock()
	defer t.mu.RUnlock()
	var list []*Grant
	for _, g := range t.grants {
		if g.World == world {
			list = append(list, g)
		}
	}
	slices.SortFunc(list, func(a, b *Grant) int { return cmp.Compare(a.ID, b.ID) })
	return list
}

// AccessOf is an access token with its grant.
type AccessOf struct {
	*Access
	Grant *Grant
}

// Live tells whether the token is good at a time.
func (a AccessOf) Live(now time.Time) bool { return a.Grant.Revoked.IsZero() && now.Before(a.Expires) }

// AccessTokens lists the access tokens of a world, oldest first. Dead ones are
// among them while they are remembered.
func (u *Universe) AccessTokens(world string) []AccessOf {
	t := &u.tokens
	t.mu.RLock()
	defer t.mu.RUnlock()
	var list []AccessOf
	for _, a := range t.access {
		if g := t.grants[a.GrantID]; g != nil && g.World == world {
			list = append(list, AccessOf{a, g})
		}
	}
	slices.SortFunc(list, func(a, b AccessOf) int { return cmp.Compare(a.ID, b.ID) })
	return list
}

// TokenTotals returns what was counted in a world.
func (u *Universe) TokenTotals(world string) TokenTotals {
	t := &u.tokens
	t.mu.RLock()
	defer t.mu.RUnlock()
	if n := t.totals[world]; n != nil {
		return *n
	}
	return TokenTotals{}
}

// RevokeGrant ends a grant of a world with all its tokens, or answers false
// when there is none. One that is revoked already stays as it is.
func (u *Universe) RevokeGrant(world string, id int64) (bool, error) {
	return u.changeGrant(world, id, func(t *tokenStore, g *Grant, now time.Time) { t.revoke(g, now, RevokedByHand) })
}

// ExpireRefreshToken makes the current refresh token of a grant expire now, or
// answers false when there is no such grant.
func (u *Universe) ExpireRefreshToken(world string, id int64) (bool, error) {
	return u.changeGrant(world, id, func(t *tokenStore, g *Grant, now time.Time) {
		expired := *g
		expired.Tokens = slices.Clone(g.Tokens)
		expired.Tokens[len(expired.Tokens)-1].Expires = now
		t.putGrant(&expired)
	})
}

func (u *Universe) changeGrant(world string, id int64, change func(*tokenStore, *Grant, time.Time)) (found bool, err error) {
	err = u.changeTokens(func(t *tokenStore) {
		g := t.grants[id]
		if found = g != nil && g.World == world; found {
			change(t, g, u.clock.Now())
		}
	})
	return found, err
}

// ExpireAccessTokens makes the living access tokens of a world that pick
// chooses expire now, and counts them.
func (u *Universe) ExpireAccessTokens(world string, pick func(*Access) bool) (n int, err error) {
	err = u.changeTokens(func(t *tokenStore) {
		now := u.clock.Now()
		for _, a := range t.access {
			g := t.grants[a.GrantID]
			if g == nil || g.World != world || !(AccessOf{a, g}).Live(now) || !pick(a) {
				continue
			}
			expired := *a
			expired.Expires = now
			t.putAccess(&expired)
			n++
		}
	})
	return n, err
}
