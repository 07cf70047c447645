// Package authserver is the sandbox's OAuth 2 server: the authorization
// endpoint with its consent page, and the token endpoint.
//
// What the real service was recorded to do, it does: facts of that kind carry
// "recorded" in a comment. Everything else follows RFC 6749 and is marked as
// assumed, here and in docs/sandbox-fidelity.md.
package authserver

import (
	"maps"
	"slices"
	"sync"

	"github.com/golokalise/lokalise/sandbox/internal/clock"
	"github.com/golokalise/lokalise/sandbox/internal/faults"
	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// Server is the OAuth 2 server of a universe.
type Server struct {
	clock    *clock.Clock
	universe *state.Universe
	scopes   map[string]bool
	pending  *pendingRequests
	faults   *faults.Engine // nil: none

	policy   Policy // of a world that has none of its own
	mu       sync.RWMutex
	policies map[string]Policy // by world
}

// New makes a server that knows the given scopes. Tokens are issued by the
// policy until a world gets another.
func New(c *clock.Clock, u *state.Universe, p Policy, scopes []string) (*Server, error) {
	known := make(map[string]bool, len(scopes))
	for _, scope := range scopes {
		known[scope] = true
	}
	s := &Server{clock: c, universe: u, policy: p, scopes: known, pending: newPendingRequests(), policies: map[string]Policy{}}
	return s, s.checkPolicy(p)
}

func (s *Server) knownScopes() []string { return slices.Sorted(maps.Keys(s.scopes)) }

// Forget drops the consent pages that were opened in a world and not answered,
// and the world's own policy.
func (s *Server) Forget(w *state.World) {
	s.pending.forget(w)
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.policies, w.Name)
}

// IsPending tells whether a word is the one-time id of an open consent page,
// which must not be shown elsewhere.
func (s *Server) IsPending(word string) bool { return s.pending.has(word) }
