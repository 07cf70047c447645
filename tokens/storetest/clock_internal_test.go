package storetest

import (
	"context"
	"testing"
	"time"

	"github.com/golokalise/lokalise/tokens"
)

// skewed is a store whose server has a clock of its own.
type skewed struct {
	*tokens.MemoryStore
	ahead time.Duration
}

func (s skewed) Put(ctx context.Context, rec tokens.Record, expected int64) error {
	return s.MemoryStore.Put(ctx, shift(rec, -s.ahead), expected)
}

func (s skewed) Get(ctx context.Context, id string) (tokens.Record, error) {
	rec, err := s.MemoryStore.Get(ctx, id)
	return shift(rec, s.ahead), err
}

func (s skewed) List(ctx context.Context, after string, limit int) ([]tokens.Record, error) {
	recs, err := s.MemoryStore.List(ctx, after, limit)
	return s.shiftAll(recs), err
}

func (s skewed) Due(ctx context.Context, limit int) ([]tokens.Record, error) {
	recs, err := s.MemoryStore.Due(ctx, limit)
	return s.shiftAll(recs), err
}

func (s skewed) Claim(ctx context.Context, limit int, ttl time.Duration) ([]tokens.Record, error) {
	recs, err := s.MemoryStore.Claim(ctx, limit, ttl)
	return s.shiftAll(recs), err
}

func (s skewed) shiftAll(recs []tokens.Record) []tokens.Record {
	for i := range recs {
		recs[i] = shift(recs[i], s.ahead)
	}
	return recs
}

func shift(rec tokens.Record, by time.Duration) tokens.Record {
	if !rec.Due.IsZero() {
		rec.Due = rec.Due.Add(by)
	}
	return rec
}

// TestStoreWithAClockOfItsOwnPasses: skew between machines is no fault of a store.
func TestStoreWithAClockOfItsOwnPasses(t *testing.T) {
	t.Parallel()
	for _, ahead := range []time.Duration{5 * time.Minute, -5 * time.Minute} {
		Run(t, func(*testing.T) tokens.Store {
			return skewed{tokens.NewMemoryStore(), ahead}
		}, Options{Records: 100})
	}
}

// machineDue asks this machine's clock where Claim asks the server's.
type machineDue struct{ skewed }

func (s machineDue) Due(ctx context.Context, limit int) (due []tokens.Record, err error) {
	recs, err := s.List(ctx, "", limit)
	for _, rec := range recs {
		if !rec.Due.After(time.Now()) {
			due = append(due, rec)
		}
	}
	return due, err
}

// machineClaim picks by this machine's clock, and postpones by the server's.
type machineClaim struct{ skewed }

func (s machineClaim) Claim(ctx context.Context, limit int, ttl time.Duration) (claimed []tokens.Record, err error) {
	recs, err := s.List(ctx, "", limit)
	for _, rec := range recs {
		if !rec.Due.After(time.Now()) {
			rec.Due = time.Now().Add(s.ahead + ttl)
			claimed = append(claimed, rec)
			err = s.Put(ctx, rec, rec.Version)
		}
	}
	return claimed, err
}

// TestStoreWithTwoClocksIsFound shows that the check can fail.
func TestStoreWithTwoClocksIsFound(t *testing.T) {
	t.Parallel()
	for name, open := range map[string]func(skewed) tokens.Store{
		"Due by the machine":   func(s skewed) tokens.Store { return machineDue{s} },
		"Claim by the machine": func(s skewed) tokens.Store { return machineClaim{s} },
	} {
		for _, ahead := range []time.Duration{5 * time.Second, -5 * time.Second} {
			s := suite{Options{}.withDefaults(t), nil}
			store := open(skewed{tokens.NewMemoryStore(), ahead})
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			err := checkClock(ctx, store, s.ahead(t, store))
			cancel()
			if err == nil {
				t.Errorf("%s, whose server is %v ahead: nothing was found", name, ahead)
			} else {
				t.Logf("%s, %v: %v", name, ahead, err)
			}
		}
	}
}
