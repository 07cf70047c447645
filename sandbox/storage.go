package sandbox

import (
	"context"
	"errors"
	"fmt"

	"github.com/golokalise/lokalise/sandbox/internal/clock"
	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// Storage keeps what is in a sandbox where it survives the sandbox's end: the
// worlds with their credentials and rows, jobs that wait, the clock, and OAuth
// policies, codes, grants and tokens. It is handed rows of JSON and knows
// nothing of what is in them. Module sandbox/sqlite has one that is a file.
//
// What is stored are secrets of the sandbox, as they are: whoever reads the
// storage can use them, against this sandbox.
type Storage = state.Storage

// Change is one change of a stored row.
type Change = state.Change

// Op is what a [Change] does.
type Op = state.Op

// What a [Change] can do.
const (
	OpPut       = state.OpPut       // adds the row, or replaces the one with its key
	OpDelete    = state.OpDelete    // deletes the row with the key, if there is one
	OpDeleteAll = state.OpDeleteAll // deletes every row of the table that has the parent
	OpDropWorld = state.OpDropWorld // deletes every row of the world
)

// ErrStorage is in the chain of every error that comes from the storage.
var ErrStorage = state.ErrStorage

// WithStorage goes on from what is in the storage, and saves every change in it
// before the answer that tells of it: what a client was told is there after a
// restart, even when the process was killed. In an empty storage the sandbox
// begins as it does without one. Defaults to keeping everything in memory.
//
// Stored credentials are used in place of new ones. Options that say how the
// sandbox behaves, [WithOAuthPolicy] and [WithRedirectURI] among them, are not
// stored. Jobs that fell due while no sandbox ran are carried out at once.
//
// When the storage does not take a change, nothing is changed: the answer is
// 500, the journal and the log say why. The journal itself is not stored.
//
// The sandbox closes the storage when it is closed, and when New fails.
func WithStorage(s Storage) Option {
	return func(set *settings) error {
		if s == nil {
			return errors.New("WithStorage got a nil storage")
		}
		set.storage = s
		return nil
	}
}

// openStorage loads the storage, if there is one, and keeps it from then on.
// Without anything stored the world gets its seed here.
func (s *Server) openStorage() error {
	if err := s.universe.Open(context.Background(), s.settings.storage, s.settings.logger); err != nil {
		return fmt.Errorf("sandbox: %w", err)
	}
	if s.settings.storage == nil {
		return nil
	}
	if err := s.auth.LoadPolicies(); err != nil {
		return fmt.Errorf("sandbox: %w", err)
	}
	s.clock.OnSet(func(c clock.State) {
		_ = s.universe.SaveClock(c) // logged there; the clock has moved, and nobody can take that back
	})
	return nil
}

func (s *settings) closeStorage() error {
	if s.storage == nil {
		return nil
	}
	if err := s.storage.Close(); err != nil {
		return fmt.Errorf("sandbox: close the storage: %w", err)
	}
	return nil
}
