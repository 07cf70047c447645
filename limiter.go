package lokalise

import (
	"context"
	"math"
	"slices"
	"sync"
	"time"
)

// Limiter spaces out the requests of a credential and of an address.
//
// The client has one of its own, which all clients of a process share. Another
// one can be given by [WithLimiter], to hold a fleet of processes within a
// limit together. Its methods are called by many goroutines at once.
type Limiter interface {
	// Wait returns when one request may be sent. It returns a [LimitError]
	// when that would take longer than r.MaxWait, without waiting, and the
	// context's error when the context ends before.
	Wait(ctx context.Context, r Reservation) error
	// Report tells what the API said about the limit: that it refused a
	// request, or that the next one would be refused. It is not called for
	// answers that say neither.
	Report(ctx context.Context, r Reservation, s RateState)
}

// Reservation is the request for which a [Limiter] is asked.
type Reservation struct {
	// Credential stands for the credential of the request: a hash of the base
	// URL and a fixed token, or of the base URL and the token source's
	// LimitKey. It never changes when an access token is renewed.
	Credential string
	// Address stands for the address from which the request goes out and the
	// host to which it goes.
	Address string
	// PerSecond is how many requests a second the client was configured to
	// send, for the credential and for the address alike.
	PerSecond float64
	// MaxWait is how long the request may be held back; at 0 it may not wait.
	MaxWait time.Duration
}

// RateState is what an answer said about the limit, in the headers that were
// recorded since 2026: x-ratelimit-limit, -remaining and -reset.
type RateState struct {
	// Limit is how many requests a second the API allows; 0 if it did not say.
	Limit int
	// Refused reports that the request was refused, by status 429 or 423.
	Refused bool
	// Wait is how long the next request has to wait.
	Wait time.Duration
}

// processLimiter is the limiter that all clients of the process share.
//
// For each key it keeps when the latest requests were sent, or will be, and
// lets a request go when there are fewer than the limit in the second before
// it. A token bucket would be simpler, but it lets twice the limit pass in the
// second after a pause, which the API refuses.
type processLimiter struct {
	mu          sync.Mutex
	credentials map[string]*window
	addresses   map[string]*window
}

var sharedLimiter = newProcessLimiter()

func newProcessLimiter() *processLimiter {
	return &processLimiter{credentials: map[string]*window{}, addresses: map[string]*window{}}
}

// Wait implements Limiter. The credential comes first: a greedy one then waits
// for its own limit and does not hold up the others that share the address.
func (l *processLimiter) Wait(ctx context.Context, r Reservation) error {
	start := time.Now()
	if err := l.waitFor(ctx, l.credentials, r.Credential, r, r.MaxWait); err != nil {
		return err
	}
	return l.waitFor(ctx, l.addresses, r.Address, r, r.MaxWait-time.Since(start))
}

func (l *processLimiter) waitFor(ctx context.Context, windows map[string]*window, key string, r Reservation, maxWait time.Duration) error {
	now := time.Now()
	at, err := l.reserve(ctx, windows, key, r, now, maxWait)
	if err != nil || !at.After(now) {
		return err
	}
	timer := time.NewTimer(at.Sub(now))
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		l.cancel(windows, key, at)
		return contextError(ctx)
	}
}

// reserve takes the next moment at which a request may go, unless it lies too
// far ahead.
func (l *processLimiter) reserve(ctx context.Context, windows map[string]*window, key string, r Reservation, now time.Time, maxWait time.Duration) (time.Time, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	w, ok := windows[key]
	if !ok {
		dropIdle(windows, now)
		w = new(window)
		windows[key] = w
	}
	at := w.next(now, r.PerSecond)
	if wait := at.Sub(now); wait > 0 {
		if wait > maxWait {
			return at, &LimitError{RetryAt: at, Wait: wait, MaxWait: max(maxWait, 0)}
		}
		if deadline, ok := ctx.Deadline(); ok && deadline.Before(at) {
			return at, &LimitError{RetryAt: at, Wait: wait, MaxWait: maxWait, cause: context.DeadlineExceeded}
		}
	}
	w.sent = append(w.sent, at)
	return at, nil
}

// cancel gives back a moment that was not used.
func (l *processLimiter) cancel(windows map[string]*window, key string, at time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	w, ok := windows[key]
	if !ok {
		return
	}
	if i := slices.IndexFunc(w.sent, at.Equal); i >= 0 {
		w.sent = slices.Delete(w.sent, i, i+1)
	}
}

// Report implements Limiter. The wait is put on the credential: whose limit
// was hit the answer does not say, and a credential that is refused because of
// the address would only be refused again.
func (l *processLimiter) Report(_ context.Context, r Reservation, s RateState) {
	l.mu.Lock()
	defer l.mu.Unlock()
	w, ok := l.credentials[r.Credential]
	if !ok {
		return
	}
	if s.Limit > 0 {
		w.serverLimit = s.Limit
	}
	if until := time.Now().Add(s.Wait); s.Wait > 0 && until.After(w.blocked) {
		w.blocked = until
	}
}

// window is the record of one key.
type window struct {
	// sent holds when requests were or will be sent, in order: those of the
	// last second and those still to come.
	sent []time.Time
	// blocked is the moment before which the API wants no request.
	blocked time.Time
	// serverLimit is the limit that the API named, if it did.
	serverLimit int
	// span is the length of time to which the limit applies.
	span time.Duration
}

// slack makes up for requests that travel at different speeds: two that leave
// a second apart may arrive a little less apart.
const slack = 20 * time.Millisecond

// next returns the earliest moment, not before now, at which one more request
// keeps the limit.
func (w *window) next(now time.Time, perSecond float64) time.Time {
	w.forgetOtherClock(now)
	n := w.limit(perSecond)
	for len(w.sent) > n && w.sent[0].Add(w.span).Before(now) {
		w.sent = slices.Delete(w.sent, 0, 1)
	}
	at := now
	if len(w.sent) >= n {
		at = latest(at, w.sent[len(w.sent)-n].Add(w.span))
	}
	return latest(at, w.blocked)
}

// limit returns how many requests the span holds, and sets the span: a second,
// or longer where less than one request a second is allowed. What counts is
// the configured rate, or the API's own where that is lower. The API's never
// raises it, since what is documented (6 a second) is less than what it names
// (10).
func (w *window) limit(perSecond float64) int {
	if w.serverLimit > 0 {
		perSecond = min(perSecond, float64(w.serverLimit))
	}
	n := max(1, math.Floor(perSecond))
	w.span = time.Duration(n/perSecond*float64(time.Second)) + slack
	return int(n)
}

// forgetOtherClock starts over when the record lies so far ahead that another
// clock must have written it: that of a test whose time is not the real one.
func (w *window) forgetOtherClock(now time.Time) {
	const absurd = 24 * time.Hour
	ahead := w.blocked
	if n := len(w.sent); n > 0 {
		ahead = latest(ahead, w.sent[n-1])
	}
	if ahead.Sub(now) > absurd {
		*w = window{}
	}
}

// idle reports whether forgetting the record would change nothing.
func (w *window) idle(now time.Time) bool {
	if w.blocked.After(now) {
		return false
	}
	n := len(w.sent)
	return n == 0 || w.sent[n-1].Add(w.span).Before(now)
}

// dropIdle looks at a few keys and forgets those that are idle. It runs once
// for each new key, so that the records cannot outnumber the keys in use by
// much, without anything that has to run beside the requests.
func dropIdle(windows map[string]*window, now time.Time) {
	const looks = 4
	n := 0
	for key, w := range windows {
		if w.idle(now) {
			delete(windows, key)
		}
		if n++; n == looks {
			return
		}
	}
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
