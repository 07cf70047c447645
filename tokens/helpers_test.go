package tokens_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/golokalise/lokalise/oauth"
	"github.com/golokalise/lokalise/tokens"
)

// server is a token endpoint as a Refresher. It hands out numbered tokens.
type server struct {
	mu       sync.Mutex
	calls    int
	last     int
	rotate   bool
	current  string // the refresh token that is good; any, when empty
	life     time.Duration
	delay    time.Duration
	answer   func(call int) error // nil, or a failure instead of a token
	lose     func(call int) bool  // commit, but lose the answer
	received []string
}

func newServer() *server { return &server{life: time.Hour} }

// Refresh implements tokens.Refresher.
func (s *server) Refresh(ctx context.Context, refreshToken string) (*oauth.Token, error) {
	s.mu.Lock()
	delay := s.delay
	s.mu.Unlock()
	select {
	case <-time.After(delay):
	case <-ctx.Done():
		return nil, &oauth.Error{MaybeSent: true}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls++
	s.received = append(s.received, refreshToken)
	if s.answer != nil {
		if err := s.answer(s.calls); err != nil {
			return nil, err
		}
	}
	if s.current != "" && refreshToken != s.current {
		return nil, errRejected
	}
	s.last++
	token := &oauth.Token{
		AccessToken: fmt.Sprint("access-", s.last), RefreshToken: refreshToken,
		Expiry: time.Now().Add(s.life),
	}
	if s.rotate {
		s.current = fmt.Sprint("refresh-", s.last)
		token.RefreshToken = s.current
	}
	if s.lose != nil && s.lose(s.calls) {
		return nil, &oauth.Error{MaybeSent: true}
	}
	return token, nil
}

// change changes what the server does while it is in use.
func (s *server) change(f func(*server)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f(s)
}

func (s *server) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.calls
}

var (
	errRejected    = &oauth.Error{Status: http.StatusBadRequest, Code: "invalid_grant"}
	errClient      = &oauth.Error{Status: http.StatusUnauthorized, Code: "invalid_client"}
	errUnavailable = &oauth.Error{Status: http.StatusServiceUnavailable}
	errGateway     = &oauth.Error{Status: http.StatusBadGateway}
	errLimited     = &oauth.Error{Status: http.StatusTooManyRequests, RetryAfter: 5 * time.Minute}
	errNotSent     = &oauth.Error{}
)

// setup is a manager under test with what it was made from.
type setup struct {
	*tokens.Manager
	server *server
	store  tokens.Store
	events *recorder
}

type recorder struct {
	mu   sync.Mutex
	list []tokens.Event
}

func (r *recorder) add(e tokens.Event) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.list = append(r.list, e)
}

// kinds lists events as "kind" or "to:reason".
func (r *recorder) kinds() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	var out []string
	for _, e := range r.list {
		if e.Kind == tokens.EventHealth {
			out = append(out, fmt.Sprintf("%s:%s", e.To, e.Reason))
			continue
		}
		out = append(out, string(e.Kind))
	}
	return out
}

func newSetup(t *testing.T, change func(*tokens.Config)) *setup {
	t.Helper()
	s := &setup{server: newServer(), store: tokens.NewMemoryStore(), events: &recorder{}}
	cfg := tokens.Config{
		Clients: []tokens.Refresher{s.server}, Store: s.store, OnEvent: s.events.add,
		Keys: mustRing(t, tokens.NewKey("k1")),
	}
	if change != nil {
		change(&cfg)
	}
	s.store = cfg.Store
	s.Manager = mustManager(t, cfg)
	return s
}

func mustRing(t testing.TB, write tokens.Key, read ...tokens.Key) *tokens.KeyRing {
	t.Helper()
	ring, err := tokens.NewKeyRing(write, read...)
	if err != nil {
		t.Fatal(err)
	}
	return ring
}

func mustManager(t testing.TB, cfg tokens.Config) *tokens.Manager {
	t.Helper()
	m, err := tokens.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		if err := m.Close(ctx); err != nil {
			t.Errorf("Close: %v", err)
		}
	})
	return m
}

// connect puts a grant that has an hour to live.
func (s *setup) connect(t *testing.T, id string) {
	t.Helper()
	s.put(t, id, &oauth.Token{
		AccessToken: "access-0", RefreshToken: "refresh-0", Expiry: time.Now().Add(time.Hour),
		Scopes: []oauth.Scope{oauth.ScopeReadProjects},
	})
}

func (s *setup) put(t *testing.T, id string, token *oauth.Token) tokens.PutResult {
	t.Helper()
	result, err := s.Put(t.Context(), id, token)
	if err != nil {
		t.Fatalf("Put: %v", err)
	}
	return result
}

func (s *setup) wantToken(t *testing.T, id, want string) {
	t.Helper()
	got, err := s.Token(t.Context(), id)
	if err != nil || got != want {
		t.Errorf("Token = %q, %v; want %q", got, err, want)
	}
}

func (s *setup) wantError(t *testing.T, id string, want error) {
	t.Helper()
	if got, err := s.Token(t.Context(), id); !errors.Is(err, want) {
		t.Errorf("Token = %q, %v; want error %v", got, err, want)
	}
}

func (s *setup) wantHealth(t *testing.T, id string, health tokens.Health, reason tokens.Reason) {
	t.Helper()
	got, err := s.Status(t.Context(), id)
	if err != nil || got.Health != health || got.Reason != reason {
		t.Errorf("health is %q, reason %q, %v; want %q, %q", got.Health, got.Reason, err, health, reason)
	}
}
