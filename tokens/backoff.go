package tokens

import (
	"context"
	"time"
)

const (
	// A refresh that failed is not tried again for this long, doubling with
	// each failure. Every caller in the meantime gets the same error without
	// a request.
	firstBackoff = time.Second
	maxBackoff   = time.Minute

	// The same for a store that fails: it usually comes back sooner.
	maxStoreBackoff = 5 * time.Second

	// The same for a token that cannot be saved. It is short, since others take
	// the refresh over some time after the store is back: see comeback.
	maxSaveBackoff = time.Second

	// reauthRecheck is how long a process believes that a grant needs
	// reauthorization before it looks whether another process has stored a
	// new one.
	reauthRecheck = 10 * time.Second

	// maxRetryAfter bounds what a server may ask for.
	maxRetryAfter = time.Hour
)

// backoff is how long to wait after the given number of failures in a row,
// with a tenth of jitter either way; random is from [0, 1).
func backoff(failures int, limit time.Duration, random float64) time.Duration {
	const maxShift = 20
	d := min(limit, firstBackoff<<min(max(failures-1, 0), maxShift))
	jitter := 0.9 + 0.2*random
	return time.Duration(jitter * float64(d))
}

// pause waits, unless the context ends first.
func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// poll paces a wait for another process: quick at first, then once a second.
type poll struct {
	random func() float64
	next   time.Duration
}

func (p *poll) wait(ctx context.Context) error {
	const first, last = 20 * time.Millisecond, time.Second
	p.next = min(max(first, 2*p.next), last)
	jitter := 0.5 + p.random()/2
	return pause(ctx, time.Duration(jitter*float64(p.next)))
}
