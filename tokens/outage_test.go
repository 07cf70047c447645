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

// remote is a store as one process reaches it: not at all for a while, which it
// notices at once or only when its patience ends.
type remote struct {
	tokens.Store
	away  atomic.Bool
	hangs bool
	onPut func()
}

func (r *remote) reach(ctx context.Context) error {
	if !r.away.Load() {
		return nil
	}
	if r.hangs {
		<-ctx.Done()
		return ctx.Err()
	}
	return errors.New("connection refused")
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
func twoRemotes(t *testing.T, hangs bool) (first, second *setup, a, b *remote) {
	t.Helper()
	shared := tokens.NewMemoryStore()
	a, b = &remote{Store: shared, hangs: hangs}, &remote{Store: shared, hangs: hangs}
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
	for outage := time.Second / 2; outage < 25*time.Second; outage += time.Second / 2 {
		outages = append(outages, outage)
	}
	for _, answer := range []time.Duration{time.Second, 14 * time.Second} {
		for _, hangs := range []bool{false, true} {
			for _, asks := range []bool{false, true} {
				t.Run(fmt.Sprintf("answer %v, hangs %v, asks %v", answer, hangs, asks), func(t *testing.T) {
					t.Parallel()
					for _, outage := range outages {
						synctest.Test(t, func(t *testing.T) { survive(t, answer, outage, hangs, asks) })
					}
				})
			}
		}
	}
}

// survive begins a refresh in one process, takes the store away shortly before
// the answer, and looks at what is left when it is back. The other process sees
// the intention and asks again afterwards, or meanwhile, too.
func survive(t *testing.T, answer, outage time.Duration, hangs, asks bool) {
	t.Helper()
	first, second, a, b := twoRemotes(t, hangs)
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
	time.Sleep(100 * time.Millisecond)
	callers.Go(ask(second))
	time.Sleep(answer - 600*time.Millisecond)
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
		t.Errorf("outage of %v: %d requests, want the one of the history and one more", outage, got)
	}
}

// The first process cannot save its answer for so long that the second sends the
// refresh token again; then the first one can. A server that detects reuse ends
// the grant, and the reason says that it was no refusal out of the blue.
func TestGrantThatEndsAfterATakeoverIsUncertain(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		first, second, a, b := twoRemotes(t, false)
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
