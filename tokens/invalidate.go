package tokens

import (
	"context"
	"time"
)

const (
	// freeInvalidations is how many rejections in a row are believed at once.
	// An API that refuses every token would otherwise cause a refresh per
	// call, so invalidateEvery passes before the next one is, and twice as
	// long with each further one.
	freeInvalidations = 3
	invalidateEvery   = 30 * time.Second

	// After this long without a rejection the count starts anew.
	invalidateForget = time.Hour
)

// InvalidateToken says that the API refused an access token as expired or
// revoked. If it is still the grant's current one, it is not given out again,
// and the next call of Token waits for a new one, at most one refresh however
// many callers report the same token. If the grant has a newer token already,
// nothing happens.
//
// It returns ErrRecentlyReplaced, and keeps the token, when several rejections in
// a row were answered with new tokens, the last one only a moment ago.
func (m *Manager) InvalidateToken(ctx context.Context, id, rejected string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := CheckID(id); err != nil {
		return err
	}
	g := m.lookup(id)
	g.mu.Lock()
	defer g.mu.Unlock()
	if l := g.live.Load(); rejected == g.rejected.token || l != nil && l.token != rejected {
		return nil
	}
	now, r := m.elapsed(), &g.rejected
	if r.count > 0 && now-r.at > invalidateForget {
		r.count = 0
	}
	const maxShift = 6
	if r.count >= freeInvalidations && now-r.at < invalidateEvery<<min(r.count-freeInvalidations, maxShift) {
		return ErrRecentlyReplaced
	}
	*r = rejection{token: rejected, at: now, count: r.count + 1}
	failure := g.failure
	g.outdate()
	g.failure = failure // a rejection is no reason to try again sooner
	return nil
}
