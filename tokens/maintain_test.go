package tokens_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/golokalise/lokalise/tokens"
)

// maintain runs Maintain until the returned function is called.
func (s *setup) maintain(t *testing.T) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := s.Maintain(ctx); !errors.Is(err, context.Canceled) {
			t.Errorf("Maintain = %v", err)
		}
	}()
	return func() {
		cancel()
		<-done
	}
}

func TestMaintainRefreshesAheadOfNeed(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSetup(t, nil)
		const grants = 300
		for i := range grants {
			s.connect(t, fmt.Sprint("g", i))
		}
		stop := s.maintain(t)
		time.Sleep(55 * time.Minute)
		stop()
		if got := s.server.count(); got != grants {
			t.Errorf("%d requests for %d grants", got, grants)
		}
		before := time.Now()
		for i := range grants {
			if token, err := s.Token(t.Context(), fmt.Sprint("g", i)); err != nil || token == "access-0" {
				t.Errorf("Token = %q, %v", token, err)
			}
		}
		if time.Since(before) != 0 {
			t.Error("callers had to wait")
		}
	})
}

func TestMaintainInManyProcessesRefreshesOnce(t *testing.T) {
	t.Parallel()
	for name, hide := range map[string]func(tokens.Store) tokens.Store{
		"with claims and leases": func(s tokens.Store) tokens.Store { return s },
		"without":                func(s tokens.Store) tokens.Store { return bare{s} },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				store, server := hide(tokens.NewMemoryStore()), newServer()
				server.delay = 100 * time.Millisecond
				share := func(c *tokens.Config) {
					c.Store, c.Clients, c.Keys = store, []tokens.Refresher{server}, tokens.NoEncryption()
				}
				first := newSetup(t, share)
				const grants, processes = 100, 4
				for i := range grants {
					first.connect(t, fmt.Sprint("g", i))
				}
				for range processes {
					defer newSetup(t, share).maintain(t)()
				}
				time.Sleep(58 * time.Minute)
				if got := server.count(); got != grants {
					t.Errorf("%d requests for %d grants", got, grants)
				}
			})
		})
	}
}

func TestMaintainStaysWithinItsBudget(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSetup(t, nil)
		s.connect(t, "g")
		for i := range 1000 {
			s.connect(t, fmt.Sprint("g", i))
		}
		time.Sleep(2 * time.Hour)
		stop := s.maintain(t)
		time.Sleep(time.Minute)
		stop()
		if got := s.server.count(); got < 250 || got > 305 {
			t.Errorf("%d requests in a minute at 5 a second", got)
		}
	})
}

// counting counts the calls that Maintain makes of an idle store.
type counting struct {
	*tokens.MemoryStore
	claims atomic.Int64
}

func (c *counting) Claim(ctx context.Context, limit int, ttl time.Duration) ([]tokens.Record, error) {
	c.claims.Add(1)
	return c.MemoryStore.Claim(ctx, limit, ttl)
}

func TestIdleMaintainAsksTheStoreOnceAMinute(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := &counting{MemoryStore: tokens.NewMemoryStore()}
		s := newSetup(t, func(c *tokens.Config) { c.Store = store })
		stop := s.maintain(t)
		time.Sleep(10 * time.Hour)
		stop()
		if got := store.claims.Load(); got < 400 || got > 601 {
			t.Errorf("%d queries in ten hours", got)
		}
	})
}

func TestMaintainLeavesGrantsAloneThatNobodyUses(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSetup(t, nil)
		s.connect(t, "used")
		s.connect(t, "unused")
		stop := s.maintain(t)
		for range 240 {
			time.Sleep(15 * time.Minute)
			if _, err := s.Token(t.Context(), "used"); err != nil {
				t.Fatal(err)
			}
		}
		stop()
		used, err := s.Status(t.Context(), "used")
		if err != nil || used.Generation < 60 {
			t.Errorf("used for 60 hours: %+v, %v", used, err)
		}
		unused, err := s.Status(t.Context(), "unused")
		if err != nil || unused.Generation < 20 || unused.Generation > 35 {
			t.Errorf("unused for 60 hours: %+v, %v", unused, err)
		}
		before := s.server.count()
		if _, err := s.Token(t.Context(), "unused"); err != nil || s.server.count() != before+1 {
			t.Errorf("first use after a long time: %v", err)
		}
	})
}

func TestKeepAliveRefreshesUnusedGrants(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSetup(t, func(c *tokens.Config) { c.ActiveFor, c.KeepAlive = time.Hour, 7*24*time.Hour })
		s.connect(t, "g")
		stop := s.maintain(t)
		time.Sleep(30 * 24 * time.Hour)
		stop()
		if got := s.server.count(); got < 4 || got > 6 {
			t.Errorf("%d refreshes in thirty days", got)
		}
		s.wantHealth(t, "g", tokens.Healthy, tokens.ReasonNone)
	})
}

func TestMaintainTakesOverAnIntentionLeftBehind(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := tokens.NewMemoryStore()
		share := func(c *tokens.Config) { c.Store, c.Keys = store, tokens.NoEncryption() }
		crashed := newSetup(t, share)
		crashed.withHistory(t, "rotates")
		crashed.server.delay = time.Minute
		time.Sleep(2 * time.Hour)
		go func() { _, _ = crashed.Token(t.Context(), "g") }()
		synctest.Wait()
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if err := crashed.Close(ctx); !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
		synctest.Wait()

		s := newSetup(t, share)
		s.server.current = "refresh-1" // the lost refresh never reached it
		defer s.maintain(t)()
		time.Sleep(3 * time.Minute)
		s.wantHealth(t, "g", tokens.Healthy, tokens.ReasonNone)
	})
}

func TestMaintainEndsWithTheManager(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSetup(t, nil)
		done := make(chan error)
		go func() { done <- s.Maintain(t.Context()) }()
		synctest.Wait()
		if err := s.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := <-done; !errors.Is(err, tokens.ErrClosed) {
			t.Errorf("Maintain = %v", err)
		}
	})
}

func TestMaintainTellsOfUnreadableRecords(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSetup(t, nil)
		plant(t, s.store, tokens.Record{ID: "broken", Version: 1, Data: []byte("x"), Due: time.Now()})
		s.connect(t, "g")
		stop := s.maintain(t)
		time.Sleep(55 * time.Minute)
		stop()
		if s.server.count() != 1 {
			t.Error("the readable grant was not refreshed")
		}
		want := []string{"connected", "unreadable"}
		if got := s.events.kinds(); !slices.Equal(got, want) {
			t.Errorf("events %q, want %q", got, want)
		}
	})
}

// A grant that could not be refreshed for a while is healed although nobody
// asks for its token, and not asked for more often than the pauses allow.
func TestMaintainHealsADegradedGrant(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSetup(t, nil)
		down := time.Now().Add(2 * time.Hour)
		s.server.answer = func(int) error {
			if time.Now().Before(down) {
				return errUnavailable
			}
			return nil
		}
		s.connect(t, "g")
		defer s.maintain(t)()
		time.Sleep(time.Until(down) - time.Second)
		s.wantHealth(t, "g", tokens.Degraded, tokens.ReasonUnreachable)
		if got := s.server.count(); got < 2 || got > 90 { // once a minute, and more often at first
			t.Errorf("%d requests while the server was down", got)
		}
		time.Sleep(20 * time.Minute)
		s.wantHealth(t, "g", tokens.Healthy, "")
		if got := s.events.kinds(); !slices.Equal(got, []string{"connected", "degraded:unreachable", "healthy:"}) {
			t.Errorf("events %q", got)
		}
	})
}
