package sandbox

import (
	"errors"
	"fmt"
	"io"

	"github.com/golokalise/lokalise/sandbox/internal/seeding"
	"github.com/golokalise/lokalise/sandbox/internal/state"
	"github.com/golokalise/lokalise/sandbox/seed"
)

// WithSeed has every new world, and every world after a Reset, begin with what a
// seed file describes, in place of the built-in people and projects. Package
// [seed] has the format. New fails with a [*seed.Error] for a file that cannot
// be used. With [WithStorage] the seed counts for an empty storage and for a
// Reset.
func WithSeed(r io.Reader) Option {
	return func(s *settings) error {
		if r == nil {
			return errors.New("WithSeed got a nil reader")
		}
		read, err := seed.Read(r)
		if err != nil {
			return err
		}
		s.seed = read
		return nil
	}
}

// WithSeedOf is WithSeed for a seed that was made in Go. It must not be changed
// while the sandbox runs.
func WithSeedOf(s *seed.Seed) Option {
	return func(set *settings) error {
		if s == nil {
			return errors.New("WithSeedOf got a nil seed")
		}
		set.seed = s
		return s.Check()
	}
}

// useSeed has new worlds begin with the seed of the options, if there is one.
func (s *Server) useSeed() {
	if given := s.settings.seed; given != nil {
		s.universe.SetSeed(func(tx *state.Tx) error { return seeding.Put(tx, given) })
	}
}

// Seed adds what a seed file describes to the world, all of it or nothing.
// People with an e-mail address that somebody in the world has are those. It
// fails with a [*seed.Error] for a file that cannot be used, or when the storage
// fails. No webhook is told.
func (w *World) Seed(r io.Reader) error {
	s, err := seed.Read(r)
	if err != nil {
		return fmt.Errorf("sandbox: %w", err)
	}
	return w.SeedOf(s)
}

// SeedOf is Seed for a seed that was made in Go.
func (w *World) SeedOf(s *seed.Seed) error {
	if err := w.inner.Update(func(tx *state.Tx) error { return seeding.Put(tx, s) }); err != nil {
		return fmt.Errorf("sandbox: %w", err)
	}
	return nil
}
