package ota

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/golokalise/lokalise"
)

// A service token is good for thirty minutes
// (https://developers.lokalise.com/reference/working-with-the-ota-api).
const (
	// renewAfter is the age at which a token is renewed, while it is still good.
	renewAfter = 25 * time.Minute
	// goodFor is the age up to which a token is given out when renewing it
	// failed. It leaves a request the time to arrive.
	goodFor = 29 * time.Minute
	// renewPause is how long a token that could not be renewed, and is still
	// good, is left alone.
	renewPause = 30 * time.Second
	// renewTimeout is how long renewing a token that is still good may take.
	renewTimeout = 30 * time.Second
)

var errNoToken = errors.New("ota: the answer holds no service token")

// TokenSource makes service tokens for a project with a client of the API, and
// renews them before their thirty minutes end. It keeps the token in memory
// only. It is a [lokalise.TokenSource] for [New], safe for use by many
// goroutines, and has nothing to close.
type TokenSource struct {
	client  *lokalise.Client
	project lokalise.ProjectID
	// turn holds a value while somebody makes a token.
	turn chan struct{}

	mu      sync.Mutex
	current *serviceToken // a pointer, so that printing the source prints no token
	// notBefore is when renewing may be tried again after a failure.
	notBefore time.Time
}

// serviceToken is a token with the time at which it was asked for.
type serviceToken struct {
	value string
	since time.Time
}

// NewTokenSource returns a source of service tokens for a project. The client's
// user has to have access to the project.
func NewTokenSource(client *lokalise.Client, project lokalise.ProjectID) *TokenSource {
	return &TokenSource{client: client, project: project, turn: make(chan struct{}, 1)}
}

// Token returns a token that is good for a minute at least. When it has to be
// made, one caller makes it and the others wait; when it is renewed ahead of
// time, the others get the old one meanwhile, which also stays in use when
// renewing fails.
func (s *TokenSource) Token(ctx context.Context) (string, error) {
	if token, fresh := s.usable(); fresh {
		return token, nil
	} else if token != "" {
		return s.renewed(ctx, token), nil
	}
	select {
	case s.turn <- struct{}{}:
	case <-ctx.Done():
		return "", context.Cause(ctx)
	}
	defer func() { <-s.turn }()
	if token, _ := s.usable(); token != "" {
		return token, nil // somebody else made it meanwhile
	}
	return s.make(ctx)
}

// renewed returns a new token, or the old one where somebody else is at it or
// it cannot be had.
func (s *TokenSource) renewed(ctx context.Context, old string) string {
	select {
	case s.turn <- struct{}{}:
	default:
		return old
	}
	defer func() { <-s.turn }()
	ctx, cancel := context.WithTimeout(ctx, renewTimeout)
	defer cancel()
	token, err := s.make(ctx)
	if err != nil {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.notBefore = time.Now().Add(renewPause)
		return old
	}
	return token
}

// usable returns the token if it is good, and whether it is also fresh: nobody
// has to renew it now.
func (s *TokenSource) usable() (token string, fresh bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.current == nil {
		return "", false
	}
	now := time.Now()
	age := now.Sub(s.current.since)
	if age >= goodFor {
		return "", false
	}
	return s.current.value, age < renewAfter || now.Before(s.notBefore)
}

// make asks the API for a token and keeps it.
func (s *TokenSource) make(ctx context.Context) (string, error) {
	// The clock on the wall, since the other one stands still while a machine
	// sleeps.
	since := time.Now().Round(0)
	answer, err := s.client.ServiceTokens.Create(ctx, s.project, &lokalise.ServiceTokenCreateRequest{Service: lokalise.TokenServiceOTA})
	if err != nil {
		return "", err
	}
	if answer.JWT == "" {
		return "", errNoToken
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.current = &serviceToken{value: answer.JWT, since: since}
	return answer.JWT, nil
}

// InvalidateToken forgets a token that was refused, so that the next one is
// made anew. It implements [lokalise.TokenInvalidator].
func (s *TokenSource) InvalidateToken(_ context.Context, rejected string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.current != nil && s.current.value == rejected {
		s.current = nil
	}
	return nil
}

// LimitKey names the project, whose clients share one rate limit. It implements
// [lokalise.LimitKeyer].
func (s *TokenSource) LimitKey() string { return "service token of " + string(s.project) }
