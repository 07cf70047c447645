package storetest

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/golokalise/lokalise/tokens"
)

// list walks through many records in pages, and through IDs whose order by
// bytes differs from that of most collations.
func (s suite) list(t *testing.T) {
	t.Run("Order", s.listOrder)
	t.Run("Many", s.listMany)
	t.Run("WhileChanging", s.listWhileChanging)
}

func (s suite) listOrder(t *testing.T) {
	store := s.open(t)
	ids := []string{"b", "B", "a-1", "a1", "a", "Z", "é", "z", "~", "a/b", "a b", "日"}
	for _, id := range ids {
		mustPut(t, store, record(id, 1, id), 0)
	}
	slices.Sort(ids)
	for _, limit := range []int{1, 5, 100} {
		if got := walk(t, store, limit); !slices.Equal(got, ids) {
			t.Errorf("pages of %d: %q, want %q", limit, got, ids)
		}
	}
}

func (s suite) listMany(t *testing.T) {
	store := s.open(t)
	parallel(t, 16, s.Records, func(i int) error {
		rec := record(fmt.Sprintf("grant-%08d", i), int64(i+1), "sealed")
		rec.Due = time.Now().Add(time.Hour)
		return store.Put(t.Context(), rec, 0)
	})
	got := walk(t, store, 1000)
	if len(got) != s.Records {
		t.Fatalf("walked over %d records, want %d", len(got), s.Records)
	}
	for i, id := range got {
		if want := fmt.Sprintf("grant-%08d", i); id != want {
			t.Fatalf("record %d is %q, want %q", i, id, want)
		}
	}
}

// listWhileChanging checks that a walk sees what is there all the time, while
// others come and go.
func (s suite) listWhileChanging(t *testing.T) {
	store := s.open(t)
	var want []string
	for i := range 50 {
		id := fmt.Sprintf("stays-%03d", i)
		want = append(want, id)
		mustPut(t, store, record(id, 1, "x"), 0)
	}
	stop := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			default:
			}
			id := fmt.Sprintf("stays-%03d-goes", i%50)
			if err := store.Put(t.Context(), record(id, 1, "x"), 0); err != nil {
				t.Errorf("Put: %v", err)
			}
			if err := store.Delete(t.Context(), id, 1); err != nil {
				t.Errorf("Delete: %v", err)
			}
		}
	})
	for range 5 {
		got := slices.DeleteFunc(walk(t, store, 7), func(id string) bool { return len(id) != len(want[0]) })
		if !slices.Equal(got, want) {
			t.Errorf("a walk saw %d of the %d records that stay", len(got), len(want))
		}
	}
	close(stop)
	wg.Wait()
}

// walk returns all IDs, in pages of limit.
func walk(t *testing.T, store tokens.Store, limit int) []string {
	t.Helper()
	var ids []string
	after := ""
	for {
		page, err := store.List(t.Context(), after, limit)
		if err != nil {
			t.Fatalf("List(%q, %d): %v", after, limit, err)
		}
		if len(page) == 0 {
			return ids
		}
		if len(page) > limit {
			t.Fatalf("List returned %d records, the limit was %d", len(page), limit)
		}
		for _, rec := range page {
			if rec.ID <= after {
				t.Fatalf("List after %q returned %q", after, rec.ID)
			}
			after = rec.ID
			ids = append(ids, rec.ID)
		}
	}
}

// parallel calls f for 0 to n-1 from several goroutines.
func parallel(t *testing.T, workers, n int, f func(i int) error) {
	t.Helper()
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for i := w; i < n; i += workers {
				if err := f(i); err != nil {
					t.Errorf("call %d: %v", i, err)
					return
				}
			}
		})
	}
	wg.Wait()
	if t.Failed() {
		t.FailNow()
	}
}
