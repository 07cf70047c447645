// Package authserver is the sandbox's OAuth 2 server: the authorization
// endpoint with its consent page, and the token endpoint.
//
// What the real service was recorded to do, it does: facts of that kind carry
// "recorded" in a comment. Everything else follows RFC 6749 and is marked as
// assumed, here and in docs/sandbox-fidelity.md.
package authserver

import (
	"time"

	"github.com/golokalise/lokalise/sandbox/internal/clock"
	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// Policy holds what the server decides about codes and tokens. Other ways of
// issuing them, rotating refresh tokens for one, are other policies.
type Policy struct {
	CodeLife   time.Duration // assumed: RFC 6749, section 4.1.2 recommends at most ten minutes
	AccessLife time.Duration // recorded: expires_in is 3600
}

// DefaultPolicy is the service as it was recorded.
func DefaultPolicy() Policy {
	return Policy{CodeLife: 10 * time.Minute, AccessLife: time.Hour}
}

// Server is the OAuth 2 server of a universe.
type Server struct {
	clock    *clock.Clock
	universe *state.Universe
	policy   Policy
	scopes   map[string]bool
	pending  *pendingRequests
}

// New makes a server that knows the given scopes.
func New(c *clock.Clock, u *state.Universe, p Policy, scopes []string) *Server {
	known := make(map[string]bool, len(scopes))
	for _, scope := range scopes {
		known[scope] = true
	}
	return &Server{clock: c, universe: u, policy: p, scopes: known, pending: newPendingRequests()}
}

// Forget drops the consent pages that were opened in a world and not answered.
func (s *Server) Forget(w *state.World) { s.pending.forget(w) }

// IsPending tells whether a word is the one-time id of an open consent page,
// which must not be shown elsewhere.
func (s *Server) IsPending(word string) bool { return s.pending.has(word) }
