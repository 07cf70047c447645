package tokens

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

// MaxIDLength is the longest grant identifier, in bytes.
const MaxIDLength = 255

// Sentinels that a [Store] returns, bare or wrapped. Every other error of a
// store means that the system behind it failed and that a write may or may
// not have happened.
var (
	// ErrNotFound says that the store has no record with this ID.
	ErrNotFound = errors.New("tokens: no such grant")

	// ErrConflict says that the stored version is not the expected one. The
	// record was changed, created or deleted by somebody else.
	ErrConflict = errors.New("tokens: grant was changed by somebody else")
)

// Record is what a store keeps of one grant. A store interprets nothing but
// ID, Version and Due.
type Record struct {
	// ID is the app's own name for the grant: 1 to MaxIDLength bytes of UTF-8
	// without NUL. Stores compare and order IDs byte by byte, so "a" and "A"
	// are two grants.
	ID string

	// Version is at least 1, below 2^53, and grows with each write. The
	// manager chooses it.
	Version int64

	// Data is the sealed grant. Stores keep it byte for byte, whatever it
	// holds. The manager writes about one kilobyte, up to 64 KiB.
	Data []byte

	// Due is when the grant next wants attention. The zero time means never.
	// A store keeps at least microseconds.
	Due time.Time
}

// Store keeps records. All methods may be called from many goroutines and
// from many processes at once, and return promptly with the context's error
// when it ends. None of them keeps or changes a slice it was given, and none
// returns a slice that it goes on using.
//
// Correctness of the whole package rests on Put: two writers that expect the
// same version must never both succeed. Package storetest checks a store. Get
// must see what was put before: reads go to the primary, not to a replica that
// lags behind.
type Store interface {
	// Get returns the record, or ErrNotFound.
	Get(ctx context.Context, id string) (Record, error)

	// Put writes rec if the stored version is expected, in one atomic step.
	// Expected 0 means that there must be no such record. Otherwise
	// ErrConflict, also when the record is gone: Put never brings a deleted
	// record back. The record's own version is what is stored.
	Put(ctx context.Context, rec Record, expected int64) error

	// Delete removes the record if its version is expected, in one atomic
	// step. Otherwise ErrConflict, also when the record is gone.
	Delete(ctx context.Context, id string, expected int64) error

	// List returns up to limit records whose ID is greater than after, in
	// the order of their IDs. An empty result is the end. A walk sees every
	// record that exists all the time it takes.
	List(ctx context.Context, after string, limit int) ([]Record, error)

	// Due returns up to limit records that are due by the store's clock, the
	// longest due first. Records that are never due are not returned.
	Due(ctx context.Context, limit int) ([]Record, error)
}

// Claimer is an optional part of a [Store]: it lets any number of processes
// share the work that falls due.
type Claimer interface {
	// Claim returns what Due returns and, in the same atomic step, postpones
	// each returned record: its Due becomes the store's present time plus
	// ttl. So nobody else gets it before then, and if the claimant dies it
	// falls due again by itself. Versions do not change; the records are
	// returned with the new Due.
	Claim(ctx context.Context, limit int, ttl time.Duration) ([]Record, error)
}

// Leaser is an optional part of a [Store]: a lease keeps processes from
// refreshing the same grant at the same time. It is politeness; a lease that
// is lost, or given to two owners, costs a request and no grant.
type Leaser interface {
	// Lease takes the lease on a grant, or extends it when owner has it
	// already, for ttl by the store's clock. It reports false when another
	// owner's lease has not run out. The grant need not exist.
	Lease(ctx context.Context, id, owner string, ttl time.Duration) (bool, error)

	// Unlease gives the lease back if owner has it, and does nothing
	// otherwise.
	Unlease(ctx context.Context, id, owner string) error
}

// CheckID tells what is wrong with a grant identifier, if anything.
func CheckID(id string) error {
	switch {
	case id == "":
		return errors.New("tokens: empty grant ID")
	case len(id) > MaxIDLength:
		return fmt.Errorf("tokens: grant ID of %d bytes, the limit is %d", len(id), MaxIDLength)
	case !utf8.ValidString(id):
		return errors.New("tokens: grant ID is not UTF-8")
	case strings.ContainsRune(id, 0):
		return errors.New("tokens: grant ID contains NUL")
	}
	return nil
}
