package tokens

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"time"
)

// stored is a grant as it was read from the store or written to it.
type stored struct {
	state
	version int64
	keyID   string
}

// storeError marks a failure of the store, as opposed to its answers
// ErrNotFound and ErrConflict.
type storeError struct {
	call string
	err  error
	mask func(string) string // what the store may quote of what it was given, or nil
}

// Error names the call that failed.
func (e *storeError) Error() string {
	text := e.err.Error()
	if e.mask != nil {
		text = e.mask(text)
	}
	return "store " + e.call + ": " + text
}

// Unwrap returns what the store said.
func (e *storeError) Unwrap() error { return e.err }

// read fetches and opens a grant.
func (m *Manager) read(ctx context.Context, id string) (stored, error) {
	rec, err := m.get(ctx, id)
	if err != nil {
		return stored{}, err
	}
	return m.open(ctx, rec)
}

// get is one call of the store's Get.
func (m *Manager) get(ctx context.Context, id string) (rec Record, err error) {
	err = m.call(ctx, "get", func(ctx context.Context) (err error) {
		rec, err = m.cfg.Store.Get(ctx, id)
		return err
	})
	return rec, err
}

// open unseals a record.
func (m *Manager) open(ctx context.Context, rec Record) (stored, error) {
	plain, err := unseal(ctx, m.cfg.Keys, rec)
	if err != nil {
		return stored{}, err
	}
	st, err := decodeState(plain)
	if err != nil {
		return stored{}, &SealError{GrantID: rec.ID, Err: err}
	}
	keyID, _ := recordKeyID(rec.Data)
	return stored{state: st, version: rec.Version, keyID: keyID}, nil
}

// write seals a grant and stores it over the expected version.
func (m *Manager) write(ctx context.Context, id string, st state, expected int64) (stored, error) {
	version := expected + 1
	if expected == 0 {
		version = m.firstVersion()
	}
	plain, err := st.encode()
	if err != nil {
		return stored{}, err
	}
	data, err := seal(ctx, m.cfg.Keys, id, version, plain)
	if err != nil {
		return stored{}, err
	}
	rec := Record{ID: id, Version: version, Data: data, Due: m.due(&st)}
	err = m.call(ctx, "put", func(ctx context.Context) error { return m.cfg.Store.Put(ctx, rec, expected) })
	if err != nil {
		return stored{}, st.masked(err)
	}
	m.noteDue(rec.Due)
	keyID, _ := recordKeyID(data)
	return stored{state: st, version: version, keyID: keyID}, nil
}

// change decides about a grant that was just read: it alters st and reports
// whether to write it. It may be called several times.
type change func(st *state, now time.Time) (write bool)

// update reads a grant, lets decide alter it and writes it back, again if
// somebody else was faster, so that decide always sees what is stored. It
// returns what is stored then, and tells of a change of health that this
// process made.
func (m *Manager) update(ctx context.Context, id string, decide change) (stored, error) {
	const atOnce = 4 // more conflicts in a row come of a store that answers with old records
	polling := poll{random: m.random}
	for conflicts := 0; ; {
		if conflicts > atOnce {
			if err := polling.wait(ctx); err != nil {
				return stored{}, err
			}
		}
		cur, err := m.read(ctx, id)
		if err != nil {
			return stored{}, err
		}
		before := cur.state
		if !decide(&cur.state, m.clock()) {
			return cur, nil
		}
		next, err := m.write(ctx, id, cur.state, cur.version)
		if errors.Is(err, ErrConflict) {
			conflicts++
			continue
		}
		if err == nil {
			m.tellHealth(id, before, next.state)
		}
		return next, err
	}
}

// persist is update, tried again a few times when the store fails. A write
// whose answer was lost may have happened, so decide must recognize its own
// work. What the grant's flight watches is watched anew after a failure.
func (m *Manager) persist(ctx context.Context, g *grant, decide change) (stored, error) {
	const tries, wait = 3, 50 * time.Millisecond
	for try := 1; ; try++ {
		cur, err := m.update(ctx, g.id, decide)
		if !isStoreError(err) {
			return cur, err
		}
		g.watch = watch{}
		if try == tries || ctx.Err() != nil {
			return cur, err
		}
		if pauseErr := pause(ctx, time.Duration(try)*wait); pauseErr != nil {
			return cur, err
		}
	}
}

// call makes one call of the store, bounded in time and measured.
func (m *Manager) call(ctx context.Context, name string, f func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, m.cfg.StoreTimeout)
	defer cancel()
	start := time.Now()
	err := f(ctx)
	m.cfg.Metrics.Observe(StoreDuration, name, time.Since(start))
	if err == nil || errors.Is(err, ErrNotFound) || errors.Is(err, ErrConflict) {
		return err
	}
	m.cfg.Metrics.Add(StoreErrors, name, 1)
	return &storeError{call: name, err: err}
}

func isStoreError(err error) bool {
	_, ok := errors.AsType[*storeError](err)
	return ok
}

// firstVersion is where the versions of a new grant start: the second it was
// created in and 20 random bits, below 2^53 until the year 2242. So a process
// that still holds a version of a grant that was deleted and connected again
// does not meet that number a second time.
func (m *Manager) firstVersion() int64 {
	const randomBits = 20
	return m.clock().Unix()<<randomBits | int64(m.random()*(1<<randomBits))
}

// randomID is a name that nobody else has drawn.
func randomID() string {
	const size = 12
	b := make([]byte, size)
	rand.Read(b) // never fails
	return fmt.Sprintf("%x", b)
}
