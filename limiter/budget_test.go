package limiter_test

import (
	"context"
	"errors"
	"sync"
	"testing"

	"github.com/golokalise/lokalise/limiter"
)

// keyServer gives a place to everybody and remembers in which budgets.
type keyServer struct {
	brokenServer
	mu   sync.Mutex
	keys map[string]float64
}

func (s *keyServer) Take(ctx context.Context, r limiter.Request) (limiter.Answer, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.keys[r.Key] = r.PerSecond
	return s.brokenServer.Take(ctx, r)
}

func TestBudgetIsKeptBesideThoseOfRequests(t *testing.T) {
	t.Parallel()
	s := &keyServer{keys: map[string]float64{}}
	s.mended.Store(true)
	l := newLimiter(t, s, limiter.Options{})
	if err := l.Budget("refreshes", 5).Wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	if len(s.keys) != 2 || s.keys["credential:budget:refreshes"] != 5 || s.keys["address:budget:refreshes"] != 5 {
		t.Errorf("asked for %v", s.keys)
	}
}

func TestBudgetIsWaitedForWithinLimits(t *testing.T) {
	t.Parallel()
	s := &keyServer{keys: map[string]float64{}}
	l := newLimiter(t, s, limiter.Options{OnError: limiter.Fail})
	if err := l.Budget("refreshes", 5).Wait(t.Context()); !errors.Is(err, errDown) {
		t.Errorf("Wait without a server = %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	s.mended.Store(true)
	if err := newLimiter(t, s, limiter.Options{}).Budget("refreshes", 5).Wait(ctx); err == nil {
		t.Error("Wait went on without its context")
	}
}
