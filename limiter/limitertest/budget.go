package limitertest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/golokalise/lokalise"
)

// moments collects when requests went.
type moments struct {
	mu sync.Mutex
	at []time.Time
}

func (m *moments) add() {
	now := time.Now()
	m.mu.Lock()
	defer m.mu.Unlock()
	m.at = append(m.at, now)
}

// most returns the largest number in any span of a length.
func (m *moments) most(span time.Duration) (most int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	slices.SortFunc(m.at, time.Time.Compare)
	first := 0
	for i, at := range m.at {
		for at.Sub(m.at[first]) >= span {
			first++
		}
		most = max(most, i-first+1)
	}
	return most
}

func mustWait(t *testing.T, l lokalise.Limiter, r lokalise.Reservation) {
	t.Helper()
	if err := l.Wait(t.Context(), r); err != nil {
		t.Errorf("Wait: %v", err)
	}
}

// limit lets two processes send more than fits into a second.
func (s suite) limit(t *testing.T) {
	both := s.pair(t)
	const perSecond, requests = 10, 40
	var went moments
	var wg sync.WaitGroup
	start := time.Now()
	for i := range requests {
		wg.Go(func() {
			mustWait(t, both[i%2], request("one", "here", perSecond))
			went.add()
		})
	}
	wg.Wait()
	if n := went.most(time.Second - s.Jitter); n > perSecond {
		t.Errorf("%d requests went in one second, the limit is %d", n, perSecond)
	}
	// The first ten at once, each of the others after the second of its own.
	if took := time.Since(start); took < 3*time.Second-s.Jitter || took > 5*time.Second+s.Jitter {
		t.Errorf("%d requests took %v", requests, took)
	}
}

// independent credentials on different addresses do not wait for each other.
func (s suite) independent(t *testing.T) {
	both := s.pair(t)
	for i := range 20 {
		r := request(fmt.Sprint("tenant-", i), fmt.Sprint("address-", i), 1)
		r.MaxWait = 0
		mustWait(t, both[i%2], r)
	}
}

// refused checks that a request was refused for its wait, without waiting.
func (s suite) refused(t *testing.T, l lokalise.Limiter, r lokalise.Reservation) {
	t.Helper()
	start := time.Now()
	err := l.Wait(t.Context(), r)
	var e *lokalise.LimitError
	if !errors.As(err, &e) || !errors.Is(err, lokalise.ErrRateLimited) {
		t.Fatalf("with %v to wait: %v, want a LimitError", r.MaxWait, err)
	}
	if e.MaxWait > r.MaxWait || e.Wait <= e.MaxWait || e.RetryAt.Before(start) {
		t.Errorf("with %v to wait: %+v", r.MaxWait, e)
	}
	if took := time.Since(start); took > s.Jitter {
		t.Errorf("with %v to wait it was refused after %v", r.MaxWait, took)
	}
}

// fill uses up what a budget holds now.
func fill(t *testing.T, l lokalise.Limiter, r lokalise.Reservation) {
	t.Helper()
	for range int(r.PerSecond) {
		mustWait(t, l, r)
	}
}

func (s suite) maxWait(t *testing.T) {
	both := s.pair(t)
	r := request("one", "here", 6)
	fill(t, both[0], r)
	for _, maxWait := range []time.Duration{0, 300 * time.Millisecond} {
		r.MaxWait = maxWait
		s.refused(t, both[0], r)
		s.refused(t, both[1], r)
	}
	// Those that were refused take nothing from the one that waits.
	start := time.Now()
	mustWait(t, both[1], request("one", "here", 6))
	if took := time.Since(start); took > 1100*time.Millisecond+s.Jitter {
		t.Errorf("the next request waited %v", took)
	}
}

func (s suite) deadline(t *testing.T) {
	l := s.open(t)
	r := request("one", "here", 6)
	fill(t, l, r)
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	start := time.Now()
	err := l.Wait(ctx, r)
	if !errors.Is(err, context.DeadlineExceeded) || !errors.Is(err, lokalise.ErrRateLimited) {
		t.Errorf("got %v, want that the deadline cannot be met", err)
	}
	if took := time.Since(start); took > s.Jitter {
		t.Errorf("it failed after %v", took)
	}
}

// cancel lets many wait and give up, which must cost the next one nothing.
func (s suite) cancel(t *testing.T) {
	both := s.pair(t)
	r := request("one", "here", 6)
	fill(t, both[0], r)
	ctx, cancel := context.WithCancel(t.Context())
	var wg sync.WaitGroup
	for i := range 60 {
		wg.Go(func() {
			if err := both[i%2].Wait(ctx, r); !errors.Is(err, context.Canceled) {
				t.Errorf("got %v, want that the context was canceled", err)
			}
		})
	}
	time.Sleep(200 * time.Millisecond)
	cancel()
	wg.Wait()
	start := time.Now()
	mustWait(t, both[1], r)
	if took := time.Since(start); took > 900*time.Millisecond+s.Jitter {
		t.Errorf("the next request waited %v", took)
	}
}

// refusedByAddress checks that a credential loses nothing when the address has
// no place for it.
func (s suite) refusedByAddress(t *testing.T) {
	both := s.pair(t)
	fill(t, both[0], request("other", "here", 6))
	r := request("one", "here", 6)
	r.MaxWait = 0
	for i := range 12 {
		s.refused(t, both[i%2], r)
	}
	r.Address = "elsewhere"
	fill(t, both[1], r) // without waiting
}

// report checks that a refusal holds the credential back everywhere, and nobody
// else.
func (s suite) report(t *testing.T) {
	both := s.pair(t)
	r := request("one", "here", 6)
	mustWait(t, both[0], r)
	start := time.Now()
	both[0].Report(t.Context(), r, lokalise.RateState{Refused: true, Wait: 1500 * time.Millisecond})
	other := request("other", "here", 6)
	other.MaxWait = 0
	mustWait(t, both[1], other)
	soon := r
	soon.MaxWait = 300 * time.Millisecond
	s.refused(t, both[1], soon)
	mustWait(t, both[1], r)
	if took := time.Since(start); took < 1490*time.Millisecond || took > 2*time.Second+s.Jitter {
		t.Errorf("the next request went after %v", took)
	}
}

// reportLimit checks that a lower limit that the API named counts.
func (s suite) reportLimit(t *testing.T) {
	both := s.pair(t)
	r := request("one", "here", 10)
	mustWait(t, both[0], r)
	both[0].Report(t.Context(), r, lokalise.RateState{Limit: 2})
	var went moments
	var wg sync.WaitGroup
	for i := range 5 {
		wg.Go(func() {
			mustWait(t, both[i%2], r)
			went.add()
		})
	}
	wg.Wait()
	if n := went.most(time.Second - s.Jitter); n > 2 {
		t.Errorf("%d requests went in one second, the API allows 2", n)
	}
}
