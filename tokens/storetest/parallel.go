package storetest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/golokalise/lokalise/tokens"
)

// parallelUpdate lets many writers append their name to one record by
// compare-and-swap. At the end each name is there once: none lost, none
// doubled, none missing.
func (s suite) parallelUpdate(t *testing.T) {
	store := s.open(t)
	mustPut(t, store, record("contested", start, ""), 0)
	handles := []tokens.Store{store, s.Reopen(t, store)}
	var conflicts atomic.Int64
	parallel(t, s.Writers, s.Writers, func(i int) error {
		for {
			done, err := appendName(t.Context(), handles[i%2], name(i))
			if done || err != nil {
				return err
			}
			conflicts.Add(1)
		}
	})
	t.Logf("%d writers, %d conflicts", s.Writers, conflicts.Load())
	got := mustGet(t, store, "contested")
	if want := start + int64(s.Writers); got.Version != want {
		t.Errorf("version is %d after %d updates, want %d", got.Version, s.Writers, want)
	}
	checkNames(t, got.Data, s.Writers, func(n int) bool { return n == 1 })
}

func name(i int) string { return fmt.Sprintf("writer-%03d", i) }

// appendName does one round of read, change, compare-and-swap.
func appendName(ctx context.Context, store tokens.Store, name string) (done bool, err error) {
	rec, err := store.Get(ctx, "contested")
	if err != nil {
		return false, err
	}
	expected := rec.Version
	rec.Version++
	rec.Data = append(rec.Data, name+"\n"...)
	err = store.Put(ctx, rec, expected)
	if errors.Is(err, tokens.ErrConflict) {
		return false, nil
	}
	return err == nil, err
}

func checkNames(t *testing.T, data []byte, writers int, ok func(times int) bool) {
	t.Helper()
	times := map[string]int{}
	for line := range strings.Lines(string(data)) {
		times[strings.TrimSpace(line)]++
	}
	for i := range writers {
		if n := times[name(i)]; !ok(n) {
			t.Errorf("%s stands in the record %d times", name(i), n)
		}
		delete(times, name(i))
	}
	if len(times) > 0 {
		t.Errorf("the record holds names that nobody wrote: %v", times)
	}
}

// parallelCreate lets many writers create one record: one succeeds.
func (s suite) parallelCreate(t *testing.T) {
	store := s.open(t)
	handles := []tokens.Store{store, s.Reopen(t, store)}
	var mu sync.Mutex
	var winners []string
	parallel(t, s.Writers, s.Writers, func(i int) error {
		err := handles[i%2].Put(t.Context(), record("new", int64(i+1), name(i)), 0)
		if err == nil {
			mu.Lock()
			winners = append(winners, name(i))
			mu.Unlock()
			return nil
		}
		if errors.Is(err, tokens.ErrConflict) {
			return nil
		}
		return err
	})
	if len(winners) != 1 {
		t.Fatalf("%d writers created the same record: %v", len(winners), winners)
	}
	if got := mustGet(t, store, "new"); string(got.Data) != winners[0] {
		t.Errorf("the record is by %s, but %s was told so", got.Data, winners[0])
	}
}

// canceled checks that every method minds a context that has ended, and that
// a canceled write leaves nothing behind.
func (s suite) canceled(t *testing.T) {
	store := s.open(t)
	mustPut(t, store, record("a", 1, "x"), 0)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, getErr := store.Get(ctx, "a")
	_, listErr := store.List(ctx, "", 10)
	_, dueErr := store.Due(ctx, 10)
	errs := map[string]error{
		"Get": getErr, "List": listErr, "Due": dueErr,
		"Put":    store.Put(ctx, record("a", 2, "y"), 1),
		"Delete": store.Delete(ctx, "a", 1),
	}
	if c, ok := store.(tokens.Claimer); ok {
		_, errs["Claim"] = c.Claim(ctx, 10, 1)
	}
	if l, ok := store.(tokens.Leaser); ok {
		_, errs["Lease"] = l.Lease(ctx, "a", "me", 1)
	}
	for method, err := range errs {
		wantErr(t, method+" with a canceled context", err, context.Canceled)
	}
	wantRecord(t, mustGet(t, store, "a"), record("a", 1, "x"))
}

// connectionLoss breaks the connections while writers are busy. A write that
// failed may have happened or not, but none happens twice and none that was
// confirmed is lost.
func (s suite) connectionLoss(t *testing.T) {
	store := s.open(t)
	mustPut(t, store, record("contested", start, ""), 0)
	confirmed := make([]atomic.Bool, s.Writers)
	var wg sync.WaitGroup
	for i := range s.Writers {
		wg.Go(func() {
			for {
				done, err := appendName(t.Context(), store, name(i))
				confirmed[i].Store(done)
				if done || err != nil {
					return
				}
			}
		})
	}
	s.Interrupt(t, store)
	wg.Wait()
	var got tokens.Record
	s.eventually(t, "the store to come back", func() (ok bool) {
		var err error
		got, err = store.Get(t.Context(), "contested")
		return err == nil
	})
	checkNames(t, got.Data, s.Writers, func(n int) bool { return n <= 1 })
	for i := range s.Writers {
		if confirmed[i].Load() && !strings.Contains(string(got.Data), name(i)) {
			t.Errorf("the confirmed write of %s is lost", name(i))
		}
	}
}
