package tokens

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"
)

// grant is what this process knows about one grant. Its token is in one of
// five states:
//
//   - fresh: before its soft expiry. It is given out without a lock.
//   - aging: between soft and hard expiry. It is given out, and one refresh
//     is started in the background.
//   - unchecked: still fresh, but the store was not looked at for a while. It
//     is given out, and one look at the store is started in the background.
//   - none: past its hard expiry, rejected by the API, or never loaded.
//     Callers wait for the one flight in progress, each with its own context,
//     or start it.
//   - failing: the last flight failed a short while ago. As long as the token
//     is not past its hard expiry, callers get it; afterwards they get the
//     failure, and nobody starts a flight until the back-off has passed.
//
// A flight is the only thing in the process that sends a refresh for the
// grant. It runs in a goroutine of its own, which no caller can cancel. Under
// the lock nothing waits and no I/O happens.
type grant struct {
	m    *Manager
	id   string
	live atomic.Pointer[live]

	mu         sync.Mutex
	flight     *flight
	failure    failure
	rejected   rejection
	connection string // of the account, which is another one after each Put
	epoch      int    // counts what makes a running flight's token outdated
	version    int64  // of the record that was published last
	known      bool   // was seen in the store
	inUse      bool   // was asked for in this process, so Maintain leaves it in the table
	dropped    bool   // is no longer in the manager's table; look the grant up anew

	watch watch // of the flight's goroutine only
}

// live is a token that may be given out. Times are counted from the start of
// the manager, on the monotonic clock.
type live struct {
	token      string
	check      time.Duration // until then it is given out without a lock
	soft, hard time.Duration
	used       atomic.Bool
}

// flight is one attempt to get a valid token. token and err are set before
// done is closed.
type flight struct {
	want     want
	byCaller bool
	epoch    int
	done     chan struct{}
	token    string
	err      error
	saving   bool // it has failed for its callers and goes on saving the token
}

// failure is the memory of a flight that failed.
type failure struct {
	err   error
	until time.Duration
	count int // of failures that no record counts
}

// rejection is the memory of tokens that the API refused.
type rejection struct {
	token string
	at    time.Duration
	count int
}

// watch is the open intention of another process, since when this one has been
// looking at it, and when it last did.
type watch struct {
	id          string
	since, last time.Duration
}

var errDropped = errors.New("tokens: grant left the table")

// forever is a time that no process reaches.
const forever = time.Duration(1<<63 - 1)

// cached is the fast path: it returns the token if it is fresh.
func (g *grant) cached() (string, bool) {
	l := g.live.Load()
	if l == nil || g.m.elapsed() >= l.check {
		return "", false
	}
	if !l.used.Load() {
		l.used.Store(true)
	}
	return l.token, true
}

// wait returns a token, or waits for the flight that gets one. A flight that
// began before its token was rejected, replaced or deleted is waited for, but
// what it brings does not count.
func (g *grant) wait(ctx context.Context) (string, error) {
	for {
		if err := ctx.Err(); err != nil {
			return "", err
		}
		f, current, token, err := g.join()
		if f == nil {
			return token, err
		}
		if token, err = f.wait(ctx); current {
			return token, err
		}
	}
}

func (f *flight) wait(ctx context.Context) (string, error) {
	select {
	case <-f.done:
		return f.token, f.err
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// join returns the token, the failure to report, or the flight to wait for
// and whether what it brings will count.
func (g *grant) join() (f *flight, current bool, token string, err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.inUse = true
	now, l := g.m.elapsed(), g.live.Load()
	failing := now < g.failure.until
	switch {
	case g.dropped:
		return nil, false, "", errDropped
	case l != nil && now < l.hard:
		l.used.Store(true)
		if now >= l.check && g.flight == nil && !failing {
			w := want{reject: g.rejected.token}
			if now >= l.soft {
				w.old = l.token
			}
			_, _ = g.start(w, true) // none when closing
		}
		return nil, false, l.token, nil
	case g.flight != nil && g.flight.saving:
		return nil, false, "", g.flight.err
	case g.flight != nil:
		return g.flight, g.flight.epoch == g.epoch, "", nil
	case failing:
		return nil, false, "", g.failure.err
	}
	f, err = g.start(want{reject: g.rejected.token}, true)
	return f, true, "", err
}

// start begins a flight. The caller holds the lock and has seen that there is
// none.
func (g *grant) start(w want, byCaller bool) (*flight, error) {
	f := &flight{want: w, byCaller: byCaller, epoch: g.epoch, done: make(chan struct{})}
	if !g.m.launch(func() { g.fly(f) }) {
		return nil, ErrClosed
	}
	g.flight = f
	return f, nil
}

// fly is the goroutine of a flight.
func (g *grant) fly(f *flight) {
	cur, err := g.m.obtain(g, f)
	g.land(f, cur, err, false)
}

// land gives the flight its answer and remembers a failure. A flight that
// could not save its token lands twice: first with the failure, then, when it
// is done saving, for this process only.
func (g *grant) land(f *flight, cur stored, err error, saving bool) {
	g.mu.Lock()
	missing := g.note(f, cur, err)
	if !f.saving {
		f.token, f.err = cur.AccessToken, err
		defer close(f.done)
	}
	f.saving = saving
	if !saving {
		g.flight = nil
	}
	g.mu.Unlock()
	if missing {
		g.m.tell(Event{GrantID: g.id, Kind: EventMissing})
	}
}

// note updates token and failure, and tells whether a grant that was there
// before has gone missing. The caller holds the lock.
func (g *grant) note(f *flight, cur stored, err error) (missing bool) {
	switch {
	case f.epoch != g.epoch:
		return false // overtaken by a Put, a Delete or a rejection
	case err == nil:
		g.failure = failure{}
		g.publish(cur)
	case errors.Is(err, ErrNotFound):
		g.live.Store(nil)
		g.m.forget(g)
		return g.known
	default:
		g.failure.count++
		g.failure.err, g.failure.until = err, g.m.elapsed()+g.quiet(err)
	}
	return false
}

// quiet is how long nobody asks again after a failure.
func (g *grant) quiet(err error) time.Duration {
	e, ok := errors.AsType[*Error](err)
	switch {
	case !ok || e.Reason == ReasonStore || e.Reason == ReasonBusy || e.Reason == ReasonUnreadable:
		return backoff(g.failure.count, maxStoreBackoff, g.m.random())
	case e.NeedsReauth():
		return reauthRecheck
	case !e.RetryAt.IsZero():
		// Written by the clock of whoever recorded the failure, so bounded.
		return max(0, min(e.RetryAt.Sub(g.m.clock()), maxRetryAfter))
	}
	return backoff(g.failure.count, maxBackoff, g.m.random())
}

// publish makes a stored token available to the fast path. The caller holds
// the lock.
func (g *grant) publish(cur stored) {
	g.known, g.version = true, cur.version
	if g.connection != "" && g.connection != cur.Connection {
		// The account was connected again: what was said of the tokens before
		// says nothing about these.
		g.rejected = rejection{}
	}
	g.connection = cur.Connection
	if last := g.live.Load(); last != nil && !last.used.Load() {
		g.inUse = false // nobody asked for the last one
	}
	now, wall := g.m.elapsed(), g.m.clock()
	next := &live{token: cur.AccessToken, check: forever, soft: forever, hard: forever}
	jitter := g.m.random()
	if !cur.Expiry.IsZero() {
		next.soft = now + cur.soft(jitter).Sub(wall)
		next.hard = now + cur.hard(g.m.cfg.ExpiryMargin).Sub(wall)
		next.check = next.soft
	}
	if g.m.cfg.Recheck > 0 {
		next.check = min(next.check, now+g.m.cfg.Recheck+time.Duration(jitter*float64(g.m.cfg.Recheck/10)))
	}
	if next.token == "" {
		next = nil
	}
	g.live.Store(next)
}

// outdate makes a running flight's token unfit for publication and drops what
// is cached. The caller holds the lock.
func (g *grant) outdate() {
	g.epoch++
	g.live.Store(nil)
	g.failure = failure{}
}

// lastUsed is when the grant was last asked for: now if it was in this
// process since the last refresh.
func (g *grant) lastUsed(before time.Time) time.Time {
	if l := g.live.Load(); l != nil && l.used.Load() {
		return g.m.clock()
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.flight != nil && g.flight.byCaller {
		return g.m.clock()
	}
	return before
}
