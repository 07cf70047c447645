package sandbox

import (
	"fmt"

	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// DefaultWorld is the name of the world that every sandbox has, the one that
// [Server.Credentials] lead into.
const DefaultWorld = state.DefaultWorld

// Errors about worlds.
var (
	ErrWorldName    = state.ErrWorldName    // the name cannot be one
	ErrWorldExists  = state.ErrWorldExists  // the name is taken
	ErrWorldGone    = state.ErrWorldGone    // the world was deleted
	ErrDefaultWorld = state.ErrDefaultWorld // the default world cannot be deleted
)

// World is a Lokalise of its own within a sandbox: users, teams, projects and
// tokens of one world are unknown in every other. Which world a request goes to
// is decided by its credentials alone. Worlds share the clock, the rate limit
// of the address and the journal. A World is safe for use by many goroutines.
type World struct {
	server *Server
	inner  *state.World
}

// World returns the world with a name. found is false when there is none.
func (s *Server) World(name string) (w *World, found bool) {
	inner := s.universe.World(name)
	return &World{s, inner}, inner != nil
}

// Worlds lists the worlds, the default one first and then in the order in which
// they were made.
func (s *Server) Worlds() []*World {
	var list []*World
	for _, inner := range s.universe.Worlds() {
		list = append(list, &World{s, inner})
	}
	return list
}

// AddWorld makes a world with random credentials and the seed of every world.
// The name has 1 to 64 small letters, digits, dots, hyphens and underscores,
// begins with a letter or digit, and is not taken; an empty one stands for
// world-2, world-3 and so on. It fails for any other name, and when the storage
// does.
func (s *Server) AddWorld(name string) (*World, error) {
	inner, err := s.universe.AddWorld(name, state.RandomCredentials())
	if err != nil {
		return nil, fmt.Errorf("sandbox: add a world: %w", err)
	}
	return &World{s, inner}, nil
}

// NewWorld is AddWorld for tests: it returns the credentials of a new world
// with a name of the sandbox's choice. It panics when the storage of
// [WithStorage] fails.
func (s *Server) NewWorld() Credentials {
	w, err := s.AddWorld("")
	if err != nil {
		panic(err)
	}
	return w.Credentials()
}

// Name is the world's name.
func (w *World) Name() string { return w.inner.Name }

// Credentials lead into the world.
func (w *World) Credentials() Credentials { return publicCredentials(w.inner) }

// OAuth controls the world's OAuth server.
func (w *World) OAuth() *OAuthControl { return &OAuthControl{server: w.server, world: w.inner} }

// Reset puts the world back to its seed and forgets its codes, grants, access
// tokens, OAuth policy and faults. Credentials, the clock and the journal stay. It
// fails when the storage does, and changes nothing then.
func (w *World) Reset() error {
	if err := w.server.universe.Reset(w.inner); err != nil {
		return fmt.Errorf("sandbox: reset world %s: %w", w.Name(), err)
	}
	w.server.forget(w.inner)
	return nil
}

// Delete deletes the world. Its credentials and tokens lead nowhere from then
// on. It fails for the default world, and when the storage does.
func (w *World) Delete() error {
	if err := w.server.universe.DeleteWorld(w.inner); err != nil {
		return fmt.Errorf("sandbox: delete world %s: %w", w.Name(), err)
	}
	w.server.forget(w.inner)
	return nil
}

// forget drops what is known of a world beside its state.
func (s *Server) forget(w *state.World) {
	s.auth.Forget(w)
	s.forgetFaults(w)
	s.advisor.Forget(w.Name)
	s.forgetFaults(w)
}
