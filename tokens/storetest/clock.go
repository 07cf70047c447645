package storetest

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/golokalise/lokalise/tokens"
)

// clock checks that one clock decides what is due. A store's server may have
// another time than this machine. A store that asks the server in one place and
// the machine in another gives work out early, late, or twice.
func (s suite) clock(t *testing.T) {
	store := s.open(t)
	if _, ok := store.(tokens.Claimer); !ok {
		t.Skip("the store is no Claimer, so its clock cannot be read")
	}
	ahead := s.ahead(t, store)
	t.Logf("the store's clock is %v ahead of this machine's", ahead)
	ctx, cancel := context.WithTimeout(t.Context(), s.Patience)
	defer cancel()
	if err := checkClock(ctx, store, ahead); err != nil {
		t.Error(err)
	}
}

// ahead is how far the clock of an empty store is ahead of this machine's, zero
// where it cannot be read.
func (s suite) ahead(t *testing.T, store tokens.Store) time.Duration {
	t.Helper()
	claimer, ok := store.(tokens.Claimer)
	if !ok {
		return 0
	}
	const ttl = time.Hour
	mustPut(t, store, tokens.Record{ID: "clock", Version: 1, Data: []byte("x"), Due: time.Now().Add(-24 * time.Hour)}, 0)
	recs, err := claimer.Claim(t.Context(), 1, ttl)
	if err != nil || len(recs) != 1 {
		t.Fatalf("Claim of one due record = %q, %v", recordIDs(recs), err)
	}
	ahead := time.Until(recs[0].Due.Add(-ttl))
	if err := store.Delete(t.Context(), "clock", 1); err != nil {
		t.Fatal(err)
	}
	return ahead
}

// checkClock puts one record slightly into the past of the store's clock and one
// into its future. Due and Claim must see the first at once, and the second when
// the clock has reached it and not before.
func checkClock(ctx context.Context, store tokens.Store, ahead time.Duration) error {
	const (
		slightly  = 500 * time.Millisecond
		tolerance = 100 * time.Millisecond // for rounding, and for what ahead was read with
	)
	present := func() time.Time { return time.Now().Add(ahead) }
	due := map[string]time.Time{"past": present().Add(-slightly), "future": present().Add(slightly)}
	for id, at := range due {
		if err := store.Put(ctx, tokens.Record{ID: id, Version: 1, Data: []byte("x"), Due: at}, 0); err != nil {
			return fmt.Errorf("Put: %w", err)
		}
	}
	recs, err := store.Due(ctx, len(due))
	if err != nil {
		return fmt.Errorf("Due: %w", err)
	}
	ids := recordIDs(recs)
	if !slices.Contains(ids, "past") {
		return fmt.Errorf("Due = %q, without a record whose time came %v ago by the clock of Claim", ids, slightly)
	}
	if slices.Contains(ids, "future") && present().Add(tolerance).Before(due["future"]) {
		return fmt.Errorf("Due = %q, with a record whose time has not come by the clock of Claim", ids)
	}
	return checkClaims(ctx, store.(tokens.Claimer), due, tolerance)
}

// checkClaims claims records until there are none left, and wants none before its
// time.
func checkClaims(ctx context.Context, claimer tokens.Claimer, due map[string]time.Time, tolerance time.Duration) error {
	const ttl = time.Hour
	for len(due) > 0 {
		recs, err := claimer.Claim(ctx, len(due), ttl)
		if err != nil {
			return fmt.Errorf("Claim, with %d records left: %w", len(due), err)
		}
		for _, rec := range recs {
			at, wanted := due[rec.ID]
			if !wanted {
				return fmt.Errorf("%q was claimed again %v before its claim ends", rec.ID, ttl)
			}
			if now := rec.Due.Add(-ttl); now.Add(tolerance).Before(at) {
				return fmt.Errorf("%q was claimed %v before its time, by the clock of Claim", rec.ID, at.Sub(now))
			}
			delete(due, rec.ID)
		}
		select {
		case <-time.After(10 * time.Millisecond):
		case <-ctx.Done():
		}
	}
	return nil
}
