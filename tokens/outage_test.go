package tokens_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/golokalise/lokalise/tokens"
)

// remote is a store as one process reaches it: not at all for a while.
type remote struct {
	tokens.Store
	away  atomic.Bool
	way   way
	onPut func()
}

// way is how a store is away.
type way string

const (
	refuses way = "refuses" // at once
	hangs   way = "hangs"   // a call made meanwhile gets no answer at all
	stalls  way = "stalls"  // a call made meanwhile is answered when it is back
)

func (r *remote) reach(ctx context.Context) error {
	for r.away.Load() {
		switch r.way {
		case refuses:
			return errors.New("connection refused")
		case hangs:
			<-ctx.Done()
		case stalls:
			time.Sleep(10 * time.Millisecond)
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	return nil
}

func (r *remote) Get(ctx context.Context, id string) (tokens.Record, error) {
	if err := r.reach(ctx); err != nil {
		return tokens.Record{}, err
	}
	return r.Store.Get(ctx, id)
}

func (r *remote) Put(ctx context.Context, rec tokens.Record, expected int64) error {
	if err := r.reach(ctx); err != nil {
		return err
	}
	err := r.Store.Put(ctx, rec, expected)
	if err == nil && r.onPut != nil {
		r.onPut()
	}
	return err
}

// twoRemotes are processes that reach one store each in its own way. The grant
// "g" rotates.
func twoRemotes(t *testing.T, w way) (first, second *setup, a, b *remote) {
	t.Helper()
	shared := tokens.NewMemoryStore()
	a, b = &remote{Store: shared, way: w}, &remote{Store: shared, way: w}
	first = newSetup(t, func(c *tokens.Config) { c.Store, c.Keys = a, tokens.NoEncryption() })
	second = newSetup(t, func(c *tokens.Config) {
		c.Store, c.Keys, c.Clients = b, tokens.NoEncryption(), []tokens.Refresher{first.server}
	})
	first.withHistory(t, "rotates")
	first.server.delay = time.Second
	time.Sleep(2 * time.Hour)
	return first, second, a, b
}

// However long the store is away, the process that holds the answer saves it
// before another one takes the refresh over and sends the used token again.
func TestOutageOfTheStoreInTheMiddleOfARefreshCostsNoGrant(t *testing.T) {
	t.Parallel()
	outages := []time.Duration{time.Minute, 5*time.Minute + 17*time.Second, 30 * time.Minute}
	for outage := time.Second / 2; outage < 25*time.Second; outage += time.Second {
		outages = append(outages, outage)
	}
	for _, answer := range []time.Duration{time.Second, 14 * time.Second} {
		for _, w := range []way{refuses, hangs, stalls} {
			for _, asks := range []bool{false, true} {
				t.Run(fmt.Sprintf("answer %v, %s, asks %v", answer, w, asks), func(t *testing.T) {
					t.Parallel()
					for _, outage := range outages {
						for _, phase := range phases() {
							synctest.Test(t, func(t *testing.T) { survive(t, answer, outage, phase, w, asks) })
						}
					}
				})
			}
		}
	}
}

// phases move when the second process looks.
func phases() (list []time.Duration) {
	step := 125 * time.Millisecond
	if tokens.RaceDetector {
		step *= 4
	}
	for phase := 25 * time.Millisecond; phase < time.Second; phase += step {
		list = append(list, phase)
	}
	return list
}

// survive begins a refresh in one process, takes the store away shortly before
// the answer, and looks at what is left when it is back. The other process sees
// the intention and asks again afterwards, or meanwhile, too.
func survive(t *testing.T, answer, outage, phase time.Duration, w way, asks bool) {
	t.Helper()
	first, second, a, b := twoRemotes(t, w)
	tokens.SetRandom(second.Manager, 0.99) // looks as seldom as it may
	first.server.change(func(s *server) { s.delay = answer })
	ctx, stop := context.WithCancel(t.Context())
	var callers sync.WaitGroup
	defer callers.Wait()
	defer stop()
	ask := func(s *setup) func() {
		return func() {
			for ; ctx.Err() == nil; time.Sleep(100 * time.Millisecond) {
				if s == first || asks || !a.away.Load() {
					_, _ = s.Token(ctx, "g") // fails while the store is away
				}
			}
		}
	}
	callers.Go(ask(first))
	time.Sleep(phase)
	callers.Go(ask(second))
	time.Sleep(answer - phase - 10*time.Millisecond)
	a.away.Store(true)
	b.away.Store(true)
	time.Sleep(outage)
	a.away.Store(false)
	b.away.Store(false)
	time.Sleep(time.Minute)
	first.wantToken(t, "g", "access-2")
	second.wantToken(t, "g", "access-2")
	first.wantHealth(t, "g", tokens.Healthy, tokens.ReasonNone)
	if got := first.server.count(); got != 2 {
		t.Errorf("outage of %v, phase %v: %d requests, want the one of the history and one more", outage, phase, got)
	}
}

// A process with little patience sees the intention and gives up waiting. What it
// has not seen since does not count as watched: the store may have been away.
func TestWatchThatWasInterruptedBeginsAnew(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		first, _, a, b := twoRemotes(t, refuses)
		hasty := newSetup(t, func(c *tokens.Config) {
			c.Store, c.Keys, c.Clients = b, tokens.NoEncryption(), []tokens.Refresher{first.server}
			c.RefreshTimeout, c.StoreTimeout = time.Second, time.Second
		})
		first.server.change(func(s *server) { s.delay = 14 * time.Second })
		go func() { _, _ = first.Token(t.Context(), "g") }() // fails, since it cannot be saved
		time.Sleep(100 * time.Millisecond)
		first.server.change(func(s *server) { s.delay = 0 })
		hasty.wantError(t, "g", tokens.ErrUnavailable)
		time.Sleep(6 * time.Second) // the answer comes in a second
		a.away.Store(true)
		time.Sleep(30 * time.Second)
		a.away.Store(false)
		hasty.wantToken(t, "g", "access-2")
		if got := first.server.count(); got != 2 {
			t.Errorf("%d requests, want the one of the history and one more", got)
		}
	})
}

// The first process cannot save its answer for so long that the second sends the
// refresh token again; then the first one can. A server that detects reuse ends
// the grant, and the reason says that it was no refusal out of the blue.
func TestGrantThatEndsAfterATakeoverIsUncertain(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		first, second, a, b := twoRemotes(t, refuses)
		go func() { _, _ = first.Token(t.Context(), "g") }() // fails, see below
		time.Sleep(500 * time.Millisecond)
		a.away.Store(true)
		b.onPut = func() { a.away.Store(false) } // while the second one waits for the server
		first.server.change(func(s *server) { s.delay = 5 * time.Second })
		second.wantToken(t, "g", "access-2") // refused, and the token of the first is there
		b.onPut = nil
		if got := first.server.count(); got != 3 {
			t.Fatalf("%d requests, want a second sending", got)
		}
		first.server.change(func(s *server) { s.current = "revoked" })
		time.Sleep(2 * time.Hour)
		second.wantError(t, "g", tokens.ErrReauthRequired)
		second.wantHealth(t, "g", tokens.ReauthRequired, tokens.ReasonUncertain)
	})
}
