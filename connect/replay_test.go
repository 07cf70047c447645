package connect_test

import (
	"context"
	"sync"
	"testing"

	"github.com/golokalise/lokalise/connect"
	"github.com/golokalise/lokalise/sandbox"
)

func TestReplayInTheSameBrowser(t *testing.T) {
	t.Parallel()
	s := newSetup(t)
	b := newBrowser(tenant)
	callback := s.begin(t, b, nil, sandbox.AuthorizeOptions{})
	b.get(s.Callback, callback)
	before := s.token(t, tenant)
	s.fails(t, b, callback, connect.ReasonNoAttempt)
	if s.exchanges() != 1 || s.token(t, tenant) != before {
		t.Errorf("%d exchanges", s.exchanges())
	}
}

// TestReplayWithTheCookie is a proxy that repeats requests, or somebody who has
// the cookie. The server revokes the grant of a code that comes twice, so the
// second one must not be sent.
func TestReplayWithTheCookie(t *testing.T) {
	t.Parallel()
	s := newSetup(t)
	b := newBrowser(tenant)
	callback := s.begin(t, b, nil, sandbox.AuthorizeOptions{})
	copied := b.clone()
	b.get(s.Callback, callback)
	s.fails(t, copied, callback, connect.ReasonReplayed)
	if s.exchanges() != 1 {
		t.Errorf("%d exchanges", s.exchanges())
	}
	if err := s.manager.Refresh(t.Context(), tenant); err != nil {
		t.Errorf("the grant did not outlive the replay: %v", err)
	}
}

func TestReplayAtTheSameTime(t *testing.T) {
	t.Parallel()
	s := newSetup(t)
	b := newBrowser(tenant)
	callback := s.begin(t, b, nil, sandbox.AuthorizeOptions{})
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() { b.clone().get(s.Callback, callback) })
	}
	wg.Wait()
	if s.exchanges() != 1 {
		t.Errorf("%d exchanges", s.exchanges())
	}
	s.token(t, tenant)
}

// TestReplayAcrossProcesses shows what Once is for, and what happens without.
func TestReplayAcrossProcesses(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	seen := map[string]bool{}
	once := func(_ context.Context, attempt string) (bool, error) {
		mu.Lock()
		defer mu.Unlock()
		first := !seen[attempt]
		seen[attempt] = true
		return first, nil
	}
	s := newSetup(t, with(func(c *connect.Config) { c.Once = once }))
	other := s.variant(t, func(*connect.Config) {})
	alone := s.variant(t, func(c *connect.Config) { c.Once = nil })
	b := newBrowser(tenant)
	callback := s.begin(t, b, nil, sandbox.AuthorizeOptions{})
	second, third := b.clone(), b.clone()
	b.get(s.Callback, callback)
	second.get(other.Callback, callback)
	if o := s.last(t); o.Reason != connect.ReasonReplayed || s.exchanges() != 1 {
		t.Errorf("outcome = %+v, %d exchanges", o, s.exchanges())
	}
	third.get(alone.Callback, callback)
	if o := s.last(t); o.Reason != connect.ReasonCodeRejected {
		t.Errorf("outcome = %+v", o)
	}
}

func TestOnceThatFailsStopsTheExchange(t *testing.T) {
	t.Parallel()
	s := newSetup(t, with(func(c *connect.Config) {
		c.Once = func(context.Context, string) (bool, error) { return true, context.DeadlineExceeded }
	}))
	b := newBrowser(tenant)
	s.fails(t, b, s.begin(t, b, nil, sandbox.AuthorizeOptions{}), connect.ReasonStore)
	if s.exchanges() != 0 {
		t.Errorf("%d exchanges", s.exchanges())
	}
}
