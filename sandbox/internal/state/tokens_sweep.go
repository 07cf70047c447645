package state

import (
	"slices"
	"time"
)

// What is dead is remembered for a while, so that the journal can tell it from
// what never was. With access tokens that live for seconds a day makes many:
// the number is bounded as well.
const (
	keepDead = 24 * time.Hour
	maxDead  = 10_000 // access tokens
)

// sweep forgets what died long ago, once there are twice as many rows as after
// the last time. The caller holds mu.
func (t *tokenStore) sweep(now time.Time) {
	const few = 1024
	if t.size() < max(few, 2*t.swept) {
		return
	}
	limit := now.Add(-keepDead)
	for _, c := range t.codes {
		if c.Expires.Before(limit) {
			t.dropCode(c)
		}
	}
	for _, g := range t.grants {
		if g.diedBefore(limit) {
			t.dropGrant(g)
		}
	}
	t.sweepAccess(now, limit)
	t.swept = t.size()
}

func (t *tokenStore) size() int { return len(t.codes) + len(t.grants) + len(t.access) }

func (t *tokenStore) sweepAccess(now, limit time.Time) {
	var dead []*Access
	for _, a := range t.access {
		switch {
		case t.grants[a.GrantID] == nil || a.Expires.Before(limit):
			t.dropAccess(a)
		case !now.Before(a.Expires):
			dead = append(dead, a)
		}
	}
	if len(dead) <= maxDead {
		return
	}
	slices.SortFunc(dead, func(a, b *Access) int { return a.Expires.Compare(b.Expires) })
	for _, a := range dead[:len(dead)-maxDead] {
		t.dropAccess(a)
	}
}

// diedBefore tells whether a grant was of no use to anybody from before a time
// on.
func (g *Grant) diedBefore(limit time.Time) bool {
	if !g.Revoked.IsZero() {
		return g.Revoked.Before(limit)
	}
	expires := g.Current().Expires
	return !expires.IsZero() && expires.Before(limit)
}
