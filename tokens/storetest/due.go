package storetest

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/golokalise/lokalise/tokens"
)

// due checks expiry queries. The times lie minutes from now by the store's clock;
// where it cannot be read, the two clocks may differ by that much.
func (s suite) due(t *testing.T) {
	store := s.open(t)
	ahead := s.ahead(t, store)
	now := time.Now().Add(ahead)
	for id, due := range map[string]time.Time{
		"never":  {},
		"later":  now.Add(10 * time.Minute),
		"late":   now.Add(-10 * time.Minute),
		"later2": now.Add(24 * time.Hour),
		"latest": now.Add(-24 * time.Hour),
		"mid":    now.Add(-time.Hour),
	} {
		mustPut(t, store, tokens.Record{ID: id, Version: 1, Data: []byte(id), Due: due}, 0)
	}
	wantDue(t, store, 10, "latest", "mid", "late")
	wantDue(t, store, 2, "latest", "mid")

	mustPut(t, store, tokens.Record{ID: "latest", Version: 2, Data: []byte("x")}, 1)
	mustPut(t, store, tokens.Record{ID: "mid", Version: 2, Data: []byte("x"), Due: now.Add(10 * time.Minute)}, 1)
	mustPut(t, store, tokens.Record{ID: "never", Version: 2, Data: []byte("x"), Due: now.Add(-time.Hour)}, 1)
	wantDue(t, store, 10, "never", "late")
	if err := store.Delete(t.Context(), "never", 2); err != nil {
		t.Fatal(err)
	}
	wantDue(t, store, 10, "late")
	s.becomesDue(t, store, ahead)
}

func wantDue(t *testing.T, store tokens.Store, limit int, want ...string) {
	t.Helper()
	recs, err := store.Due(t.Context(), limit)
	if err != nil {
		t.Fatalf("Due: %v", err)
	}
	if got := recordIDs(recs); !slices.Equal(got, want) {
		t.Errorf("Due(%d) = %q, want %q", limit, got, want)
	}
}

func recordIDs(recs []tokens.Record) []string {
	var ids []string
	for _, rec := range recs {
		ids = append(ids, rec.ID)
	}
	return ids
}

// becomesDue waits for a record to fall due by the store's own clock.
func (s suite) becomesDue(t *testing.T, store tokens.Store, ahead time.Duration) {
	rec := tokens.Record{ID: "soon", Version: 1, Data: []byte("x"), Due: time.Now().Add(ahead + 200*time.Millisecond)}
	mustPut(t, store, rec, 0)
	s.eventually(t, "the record to fall due", func() bool {
		recs, err := store.Due(t.Context(), 10)
		return err == nil && slices.Contains(recordIDs(recs), "soon")
	})
}

// eventually polls until done, since a real store's clock cannot be moved.
func (s suite) eventually(t *testing.T, what string, done func() bool) {
	t.Helper()
	deadline := time.After(s.Patience)
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for !done() {
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatalf("waited %v for %s", s.Patience, what)
		}
	}
}

// claim checks that due work is given out once, and again after the time to
// live.
func (s suite) claim(t *testing.T) {
	store := s.open(t)
	claimer, ok := store.(tokens.Claimer)
	if !ok {
		t.Skip("the store is no Claimer")
	}
	s.claimOnce(t, store)
	recs, err := claimer.Claim(t.Context(), 100, time.Hour)
	if err != nil || len(recs) != 0 {
		t.Errorf("Claim when all is claimed = %q, %v", recordIDs(recs), err)
	}
	mustPut(t, store, tokens.Record{ID: "again", Version: 1, Data: []byte("x"), Due: time.Now().Add(-time.Hour)}, 0)
	if recs, err = claimer.Claim(t.Context(), 100, time.Millisecond); err != nil || len(recs) != 1 {
		t.Fatalf("Claim of one due record = %q, %v", recordIDs(recs), err)
	}
	s.eventually(t, "an abandoned claim to end", func() bool {
		recs, err := claimer.Claim(t.Context(), 100, time.Hour)
		return err == nil && slices.Contains(recordIDs(recs), "again")
	})
	mustPut(t, store, tokens.Record{ID: "again", Version: 2, Data: []byte("x"), Due: time.Now().Add(-time.Hour)}, 1)
	wantDue(t, store, 10, "again")
}

// claimOnce lets ten claimants on two handles share the due records.
func (s suite) claimOnce(t *testing.T, store tokens.Store) {
	total := min(s.Records, 200)
	for i := range total {
		mustPut(t, store, tokens.Record{
			ID: fmt.Sprintf("due-%03d", i), Version: 3, Data: []byte("x"), Due: time.Now().Add(-time.Hour),
		}, 0)
	}
	handles := []tokens.Claimer{store.(tokens.Claimer), s.Reopen(t, store).(tokens.Claimer)}
	var mu sync.Mutex
	times := map[string]int{}
	parallel(t, 10, 10, func(i int) error {
		for {
			recs, err := handles[i%2].Claim(t.Context(), 7, time.Hour)
			if err != nil || len(recs) == 0 {
				return err
			}
			mu.Lock()
			for _, rec := range recs {
				times[rec.ID]++
				if rec.Version != 3 || !rec.Due.After(time.Now().Add(30*time.Minute)) {
					t.Errorf("claimed %q: version %d, due %v", rec.ID, rec.Version, rec.Due)
				}
			}
			mu.Unlock()
		}
	})
	for id, n := range times {
		if n != 1 {
			t.Errorf("%q was claimed %d times", id, n)
		}
	}
	// A claim that meets another may come back empty, so the last ones are
	// collected here.
	for len(times) < total {
		recs, err := handles[0].Claim(t.Context(), total, time.Hour)
		if err != nil || len(recs) == 0 {
			t.Fatalf("claimed %d of %d due records, then %d, %v", len(times), total, len(recs), err)
		}
		for _, rec := range recs {
			times[rec.ID]++
		}
	}
}

// lease checks that one owner has it, may extend it, and loses it in time.
func (s suite) lease(t *testing.T) {
	store := s.open(t)
	first, ok := store.(tokens.Leaser)
	if !ok {
		t.Skip("the store is no Leaser")
	}
	second := s.Reopen(t, store).(tokens.Leaser)
	lease := func(l tokens.Leaser, owner string, ttl time.Duration) bool {
		t.Helper()
		got, err := l.Lease(t.Context(), "g", owner, ttl)
		if err != nil {
			t.Fatalf("Lease: %v", err)
		}
		return got
	}
	unlease := func(l tokens.Leaser, owner string) {
		t.Helper()
		if err := l.Unlease(t.Context(), "g", owner); err != nil {
			t.Fatalf("Unlease: %v", err)
		}
	}
	if !lease(first, "one", time.Hour) || lease(second, "two", time.Hour) || !lease(second, "one", time.Hour) {
		t.Error("a lease must go to one owner, who may extend it")
	}
	unlease(second, "two")
	if lease(second, "two", time.Hour) {
		t.Error("a lease was given back by somebody who did not have it")
	}
	unlease(first, "one")
	if !lease(second, "two", 50*time.Millisecond) {
		t.Error("a lease that was given back is not free")
	}
	s.eventually(t, "the lease to run out", func() bool { return lease(first, "one", time.Hour) })
	s.leaseOnce(t, first, second)
}

// leaseOnce lets many owners reach for one lease.
func (s suite) leaseOnce(t *testing.T, handles ...tokens.Leaser) {
	var mu sync.Mutex
	var winners []int
	parallel(t, 20, 20, func(i int) error {
		got, err := handles[i%len(handles)].Lease(t.Context(), "contested", fmt.Sprint("owner-", i), time.Hour)
		if got {
			mu.Lock()
			winners = append(winners, i)
			mu.Unlock()
		}
		return err
	})
	if len(winners) != 1 {
		t.Errorf("the lease went to %d owners: %v", len(winners), winners)
	}
}
