package lokalise

import (
	"context"
	"slices"
	"sync"
	"time"
)

// NewLimiter returns a limiter for the clients that are given it by
// [WithLimiter]. The clients of a process share one without being told; another
// one is for those that must not count towards it.
//
// It is fair: the credentials that share an address take turns there, so that
// one with many requests holds up another one by one request at a time.
func NewLimiter() Limiter { return newProcessLimiter() }

// processLimiter is the limiter of one process.
//
// A request goes when its credential and its address allow it, and is recorded
// at both in the same moment. Until then it waits at the address. Nothing is
// booked ahead, so a request that gives up leaves no gap, and a refusal by the
// API holds back those that wait already.
type processLimiter struct {
	mu          sync.Mutex
	credentials map[string]*window
	addresses   map[string]*address
}

var sharedLimiter = newProcessLimiter()

func newProcessLimiter() *processLimiter {
	return &processLimiter{credentials: map[string]*window{}, addresses: map[string]*address{}}
}

// address is the record of an address, and who waits there.
type address struct {
	window
	// lines are the credentials with requests that wait; the first one's turn
	// comes first. One that had its turn goes to the end.
	lines []*line
	// last is the credential of the latest request, and mixed is when it last
	// was another one than before.
	last  string
	mixed time.Time
	// timer serves them at the earliest moment at which one may go.
	timer *time.Timer
}

// line holds the requests of a credential that wait at an address, the oldest
// first.
type line struct {
	credential string
	waiting    []*waiter
}

// waiter is a request that waits.
type waiter struct {
	perSecond float64
	// ready is closed when the request may go.
	ready chan struct{}
}

// idle reports whether forgetting the record would change nothing.
func (a *address) idle(now time.Time) bool { return len(a.lines) == 0 && a.window.idle(now) }

// Wait implements Limiter.
func (l *processLimiter) Wait(ctx context.Context, r Reservation) error {
	start := time.Now()
	w, err := l.enter(ctx, r, start)
	if w == nil {
		return err
	}
	// Others that come later may still move its turn beyond what it may wait.
	timer := time.NewTimer(r.MaxWait)
	defer timer.Stop()
	select {
	case <-w.ready:
		return nil
	case <-ctx.Done():
		err = contextError(ctx)
	case <-timer.C:
	}
	at, left := l.leave(r, w, time.Now())
	switch {
	case !left: // it may go after all
		return nil
	case err != nil:
		return err
	}
	return &LimitError{RetryAt: at, Wait: at.Sub(start), MaxWait: r.MaxWait}
}

// enter lets a request go, and returns nil, or puts it among those that wait.
func (l *processLimiter) enter(ctx context.Context, r Reservation, now time.Time) (*waiter, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	a := l.address(r.Address, now)
	if len(a.lines) > 0 {
		l.serve(a, now) // those whose time has come are ahead of this one
	}
	i := a.find(r.Credential)
	if at := l.expect(a, i, r, now); at.After(now) {
		if err := r.Check(ctx, at.Sub(now)); err != nil {
			return nil, err
		}
	} else if i < 0 {
		l.send(a, r.Credential, now)
		return nil, nil
	}
	if i < 0 {
		i = len(a.lines)
		a.lines = append(a.lines, &line{credential: r.Credential})
	}
	w := &waiter{r.PerSecond, make(chan struct{})}
	a.lines[i].waiting = append(a.lines[i].waiting, w)
	l.serve(a, now)
	return w, nil
}

// leave takes a request out of those that wait and returns when its turn would
// come now. It reports false if it is not among them any more, since it may go.
func (l *processLimiter) leave(r Reservation, w *waiter, now time.Time) (time.Time, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	a := l.address(r.Address, now)
	i := a.find(r.Credential)
	if i < 0 {
		return now, false
	}
	k := slices.Index(a.lines[i].waiting, w)
	if k < 0 {
		return now, false
	}
	behind := a.lines[i].waiting[k:]
	a.lines[i].waiting = a.lines[i].waiting[:k]
	at := l.expect(a, i, r, now)
	a.lines[i].waiting = append(a.lines[i].waiting, behind[1:]...)
	if len(a.lines[i].waiting) == 0 {
		a.lines = slices.Delete(a.lines, i, i+1)
	}
	l.serve(a, now)
	return at, true
}

// serve lets go whoever may, in turn, and sees to it that the others are served
// when the next one may.
func (l *processLimiter) serve(a *address, now time.Time) {
	if a.timer != nil {
		a.timer.Stop()
		a.timer = nil
	}
	next, ok := l.serveOne(a, now)
	for ok {
		next, ok = l.serveOne(a, now)
	}
	if len(a.lines) == 0 {
		return
	}
	a.timer = time.AfterFunc(next.Sub(now), func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.serve(a, time.Now())
	})
}

// serveOne lets go the first request that may, and reports whether there was
// one; if not, it returns when there will be.
func (l *processLimiter) serveOne(a *address, now time.Time) (next time.Time, ok bool) {
	for i, ln := range a.lines {
		first := ln.waiting[0]
		at := latest(a.turn(now, first.perSecond, 0), l.credential(ln.credential, now).next(now, first.perSecond))
		if at.After(now) {
			if i == 0 || at.Before(next) {
				next = at
			}
			continue
		}
		l.send(a, ln.credential, now)
		close(first.ready)
		ln.waiting = slices.Delete(ln.waiting, 0, 1)
		a.lines = slices.Delete(a.lines, i, i+1)
		if len(ln.waiting) > 0 {
			a.lines = append(a.lines, ln)
		}
		return now, true
	}
	return next, false
}

// send records that a request goes now.
func (l *processLimiter) send(a *address, credential string, now time.Time) {
	a.sent = append(a.sent, now)
	if a.last != credential && a.last != "" {
		a.mixed = now
	}
	a.last = credential
	w := l.credential(credential, now)
	w.sent = append(w.sent, now)
}

// expect returns when the turn of one more request in line i comes, or in a new
// line if i is negative, as far as is known now.
func (l *processLimiter) expect(a *address, i int, r Reservation, now time.Time) time.Time {
	own, others := 0, len(a.lines)
	if i >= 0 {
		own, others = len(a.lines[i].waiting), 0
		for j, other := range a.lines {
			switch {
			case j < i: // has its turn before this line, each time around
				others += min(len(other.waiting), own+1)
			case j > i:
				others += min(len(other.waiting), own)
			}
		}
	}
	return latest(a.turn(now, r.PerSecond, own+others), l.credential(r.Credential, now).after(now, r.PerSecond, own))
}

// turn returns when the next request that waits may go after some others. When
// several credentials compete, their requests are spread over the second: all
// at once they would be those of the credential that has most of them ready.
func (a *address) turn(now time.Time, perSecond float64, others int) time.Time {
	at := a.after(now, perSecond, others)
	if n := len(a.sent); n > 0 && len(a.lines) > 0 && a.mixed.Add(a.span).After(now) {
		step := a.span / time.Duration(a.limit(perSecond))
		at = latest(at, a.sent[n-1].Add(time.Duration(others+1)*step))
	}
	return at
}

// find returns which line is the credential's, or -1.
func (a *address) find(credential string) int {
	return slices.IndexFunc(a.lines, func(ln *line) bool { return ln.credential == credential })
}

func (l *processLimiter) credential(key string, now time.Time) *window {
	w, ok := l.credentials[key]
	if !ok {
		dropIdle(l.credentials, now)
		w = new(window)
		l.credentials[key] = w
	}
	return w
}

func (l *processLimiter) address(key string, now time.Time) *address {
	a, ok := l.addresses[key]
	if !ok {
		dropIdle(l.addresses, now)
		a = new(address)
		l.addresses[key] = a
	}
	return a
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
