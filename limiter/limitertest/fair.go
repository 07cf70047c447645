package limitertest

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/golokalise/lokalise"
)

const (
	// greedyRequests is how many requests the greedy credential holds ready.
	greedyRequests = 300
	// fairRate is how many requests a second the address allows.
	fairRate = 6
)

// tenTenants share an address, one of them greedy. None of the others waits
// longer than twice its fair share, which is ten requests' time.
func (s suite) tenTenants(t *testing.T) {
	waits := s.besideGreedy(t, 9, 2)
	s.within(t, waits, 2*10*time.Second/fairRate)
}

// twoTenants share an address, one of them greedy. Before the first request of
// the other one the greedy one is alone, and may have used up a whole second.
func (s suite) twoTenants(t *testing.T) {
	waits := s.besideGreedy(t, 1, 8)
	s.within(t, waits[:1], time.Second+2*2*time.Second/fairRate)
	s.within(t, waits[1:], 2*2*time.Second/fairRate)
}

func (s suite) within(t *testing.T, waits []time.Duration, limit time.Duration) {
	t.Helper()
	sorted := slices.Sorted(slices.Values(waits))
	longest := sorted[len(sorted)-1]
	t.Logf("%d requests beside a greedy tenant: median wait %v, longest %v, allowed %v",
		len(sorted), sorted[len(sorted)/2].Round(time.Millisecond), longest.Round(time.Millisecond), limit)
	if longest > limit+s.Jitter {
		t.Errorf("a request waited %v, longer than %v", longest, limit)
	}
}

// besideGreedy lets modest tenants send one request after the other, while a
// greedy one has hundreds ready in both processes. It returns how long theirs
// waited.
func (s suite) besideGreedy(t *testing.T, modest, rounds int) (waits []time.Duration) {
	both := s.pair(t)
	ctx, cancel := context.WithCancel(t.Context())
	var mu sync.Mutex
	var went moments
	var greedy, others sync.WaitGroup
	served := 0
	for i := range greedyRequests {
		greedy.Go(func() {
			if both[i%2].Wait(ctx, request("greedy", "here", fairRate)) == nil {
				went.add()
				mu.Lock()
				served++
				mu.Unlock()
			}
		})
	}
	time.Sleep(1500 * time.Millisecond)
	for i := range modest {
		others.Go(func() {
			for range rounds {
				took := timed(t, both[i%2], request(fmt.Sprint("modest-", i), "here", fairRate))
				went.add()
				mu.Lock()
				waits = append(waits, took)
				mu.Unlock()
			}
		})
	}
	others.Wait()
	cancel()
	greedy.Wait()
	if n := went.most(time.Second - s.Jitter); n > fairRate {
		t.Errorf("%d requests went in one second, the limit is %d", n, fairRate)
	}
	if served < fairRate+rounds/2 {
		t.Errorf("only %d requests of the greedy tenant went: it has a fair share too", served)
	}
	return waits
}

func timed(t *testing.T, l lokalise.Limiter, r lokalise.Reservation) time.Duration {
	start := time.Now()
	mustWait(t, l, r)
	return time.Since(start)
}

// forgotten checks that the server does not keep budgets that nobody uses.
func (s suite) forgotten(t *testing.T) {
	l := s.open(t)
	r := request("one", "here", 6)
	fill(t, l, r)
	if n := s.Kept(t, l); n == 0 {
		t.Error("no budget is kept while it is used")
	}
	const patience = 10 * time.Second
	for start := time.Now(); s.Kept(t, l) > 0; time.Sleep(100 * time.Millisecond) {
		if time.Since(start) > patience {
			t.Fatalf("%d budgets are kept after %v", s.Kept(t, l), patience)
		}
	}
	r.MaxWait = 0
	fill(t, l, r) // a forgotten budget is a full one
}

// connectionLoss breaks the connections while requests wait. None of them fails.
func (s suite) connectionLoss(t *testing.T) {
	l := s.open(t)
	var wg sync.WaitGroup
	for range 30 {
		wg.Go(func() { mustWait(t, l, request("one", "here", 10)) })
	}
	time.Sleep(200 * time.Millisecond)
	s.Interrupt(t, l)
	wg.Wait()
}
