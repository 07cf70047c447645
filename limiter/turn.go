package limiter

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/golokalise/lokalise"
)

// turn is the way of one request through its two budgets.
type turn struct {
	limiter *Limiter
	line    *line
	budgets [2]Request // credential, address
	// open tells of each budget whether the server has a place for the request
	// there, or expects it back.
	open [2]bool
}

// drift is how much later than its place a request may go: a part of the 20
// milliseconds by which a window is longer than a second.
const drift = 5 * time.Millisecond

// wait takes a place in each budget. When it had to wait for the one, the other
// has passed and is taken anew, until both are current.
func (t *turn) wait(ctx context.Context, left func() lokalise.Reservation) error {
	for i, first := 0, true; ; i, first = 1-i, false {
		waited, err := t.take(ctx, i, left)
		if err != nil {
			t.giveBack(ctx)
			return err
		}
		if waited <= drift && (i == 1 || !first) {
			return nil
		}
	}
}

// take takes a place in a budget and waits for it. It returns how long that
// took, the calls of the server not included.
func (t *turn) take(ctx context.Context, i int, left func() lokalise.Reservation) (waited time.Duration, err error) {
	b := &t.budgets[i]
	for {
		r := left()
		b.MaxWait = r.MaxWait
		var a Answer
		err := t.limiter.call(ctx, func(ctx context.Context) (err error) {
			a, err = t.limiter.server.Take(ctx, *b)
			return err
		})
		if err != nil {
			t.open = [2]bool{} // there is nobody to give anything back to
			return waited, err
		}
		b.Back = a.Place
		t.open[i] = a.Place != 0 || a.Wait <= b.MaxWait
		if err := r.Check(ctx, a.Wait); err != nil {
			return waited, err
		}
		waited += a.Wait
		if err := t.sleep(ctx, a.Wait); err != nil || a.Place != 0 {
			return waited, err
		}
	}
}

func (t *turn) sleep(ctx context.Context, d time.Duration) error {
	if d > 0 {
		t.line.expect(time.Now().Add(d))
		timer := time.NewTimer(d)
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-ctx.Done():
		}
	}
	return contextError(ctx)
}

// giveBack returns the places of a request that is not sent. One that cannot be
// given back passes by itself.
func (t *turn) giveBack(ctx context.Context) {
	for i, b := range t.budgets {
		if t.open[i] {
			_ = t.limiter.call(ctx, func(ctx context.Context) error { return t.limiter.server.Return(ctx, b) })
		}
	}
}

// contextError returns why a context has ended, or nil.
func contextError(ctx context.Context) error {
	err := ctx.Err()
	if cause := context.Cause(ctx); !errors.Is(cause, err) {
		return fmt.Errorf("%w: %w", err, cause)
	}
	return err
}
