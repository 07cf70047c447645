package tokens

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"sync/atomic"
)

// Source gives the access tokens of one grant. It satisfies
// lokalise.TokenSource and lokalise.TokenInvalidator, and is safe for use by
// many goroutines.
type Source struct {
	m  *Manager
	id string
	g  atomic.Pointer[grant]
}

// Source returns the source of a grant, which need not exist yet. Getting a
// cached token through it is the fastest way.
func (m *Manager) Source(id string) *Source {
	s := &Source{m: m, id: id}
	if CheckID(id) == nil {
		s.g.Store(m.lookup(id))
	} else {
		s.g.Store(&grant{m: m, id: id}) // each call says what is wrong; nothing is kept
	}
	return s
}

// Token returns a valid access token. It waits, until ctx ends, only if there
// is none in memory: because the grant was not used before in this process,
// or because the token has expired or was invalidated.
//
// Errors are ErrNotFound, ErrClosed, ctx's own, or an [*Error], which matches
// ErrReauthRequired, ErrUnavailable or ErrUnreadable.
func (s *Source) Token(ctx context.Context) (string, error) {
	g := s.g.Load()
	if token, ok := g.cached(); ok {
		return token, nil
	}
	token, now, err := s.m.slow(ctx, s.id, g)
	if now != g {
		s.g.Store(now)
	}
	return token, err
}

// InvalidateToken says that the API refused a token; see
// [Manager.InvalidateToken].
func (s *Source) InvalidateToken(ctx context.Context, rejected string) error {
	return s.m.InvalidateToken(ctx, s.id, rejected)
}

// LimitKey names the grant for rate limits, which stay when its token
// changes.
func (s *Source) LimitKey() string { return "grant:" + s.id }

// String names the grant.
func (s *Source) String() string { return "token source of grant " + quoted(s.id) }

// Format hides the cached token from every verb of fmt.
func (s *Source) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, s.String()) }

// Token returns a valid access token of a grant; see [Source.Token].
func (m *Manager) Token(ctx context.Context, id string) (string, error) {
	g, ok := m.table.find(id)
	if ok {
		if token, ok := g.cached(); ok {
			return token, nil
		}
	}
	token, _, err := m.slow(ctx, id, g)
	return token, err
}

// slow is everything but a fresh token. A grant that has left the table is
// looked up anew, so that there is one flight per grant; the one that answered
// is returned. g may be nil.
func (m *Manager) slow(ctx context.Context, id string, g *grant) (string, *grant, error) {
	if err := CheckID(id); err != nil {
		return "", g, err
	}
	if g == nil {
		g = m.lookup(id)
	}
	for {
		token, err := g.wait(ctx)
		if !errors.Is(err, errDropped) {
			return token, g, err
		}
		g = m.lookup(id)
	}
}

func quoted(id string) string { return strconv.Quote(id) }
