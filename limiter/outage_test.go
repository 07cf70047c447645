package limiter_test

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/golokalise/lokalise"
	"github.com/golokalise/lokalise/limiter"
)

// Limiters on servers that work are held against the contract in internal/e2e.

var errDown = errors.New("no route to host")

// brokenServer fails, until it is mended, and gives a place to everybody then.
type brokenServer struct {
	mended atomic.Bool
	asked  atomic.Int64
	took   time.Duration // how long a call takes
}

func (s *brokenServer) answer(ctx context.Context) error {
	s.asked.Add(1)
	if s.mended.Load() {
		return nil
	}
	select {
	case <-time.After(s.took):
		return errDown
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (s *brokenServer) Take(ctx context.Context, _ limiter.Request) (limiter.Answer, error) {
	return limiter.Answer{Place: 1}, s.answer(ctx)
}

func (s *brokenServer) Return(ctx context.Context, _ limiter.Request) error { return s.answer(ctx) }

func (s *brokenServer) Hold(ctx context.Context, _ string, _ time.Duration, _ int) error {
	return s.answer(ctx)
}

func newLimiter(t *testing.T, server limiter.Server, options limiter.Options) *limiter.Limiter {
	t.Helper()
	l, err := limiter.New(server, options)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

var reservation = lokalise.Reservation{Credential: "one", Address: "here", PerSecond: 6, MaxWait: time.Minute}

func TestOutageIsToldOnceAndItsEnd(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		server := new(brokenServer)
		var told []error
		l := newLimiter(t, server, limiter.Options{OnOutage: func(err error) { told = append(told, err) }})
		for range 30 { // five seconds
			if err := l.Wait(t.Context(), reservation); err != nil {
				t.Fatal(err)
			}
		}
		if n := server.asked.Load(); n < 4 || n > 6 {
			t.Errorf("the server was asked %d times in five seconds", n)
		}
		if len(told) != 1 || !errors.Is(told[0], errDown) {
			t.Errorf("told %v", told)
		}
		server.mended.Store(true)
		time.Sleep(1100 * time.Millisecond)
		if err := l.Wait(t.Context(), reservation); err != nil {
			t.Fatal(err)
		}
		if len(told) != 2 || told[1] != nil {
			t.Errorf("told %v", told)
		}
	})
}

func TestProcessesShareTheLimitDuringAnOutage(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := newLimiter(t, new(brokenServer), limiter.Options{Processes: 3})
		start := time.Now()
		for range 9 { // two a second
			if err := l.Wait(t.Context(), reservation); err != nil {
				t.Fatal(err)
			}
		}
		if took := time.Since(start); took < 4*time.Second || took > 4500*time.Millisecond {
			t.Errorf("nine requests took %v", took)
		}
	})
}

// TestServerThatHangsIsGivenUp: a thousand that wait do not wait for it one
// after the other.
func TestServerThatHangsIsGivenUp(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := newLimiter(t, &brokenServer{took: time.Hour}, limiter.Options{Timeout: 300 * time.Millisecond})
		done := make(chan error)
		start := time.Now()
		for range 6 {
			go func() { done <- l.Wait(t.Context(), reservation) }()
		}
		for range 6 {
			if err := <-done; err != nil {
				t.Error(err)
			}
		}
		if took := time.Since(start); took != 300*time.Millisecond {
			t.Errorf("six requests took %v", took)
		}
	})
}

func TestFailSaysWhy(t *testing.T) {
	t.Parallel()
	l := newLimiter(t, new(brokenServer), limiter.Options{OnError: limiter.Fail})
	for range 2 { // the second one without asking
		err := l.Wait(t.Context(), reservation)
		if !errors.Is(err, errDown) || !strings.Contains(err.Error(), "shared budget") || errors.Is(err, lokalise.ErrRateLimited) {
			t.Errorf("got %v", err)
		}
	}
}

func TestOptionsAreChecked(t *testing.T) {
	t.Parallel()
	if _, err := limiter.New(nil, limiter.Options{}); err == nil {
		t.Error("New takes nil for a server")
	}
	if _, err := limiter.New(new(brokenServer), limiter.Options{OnError: 7}); err == nil {
		t.Error("New takes 7 for a policy")
	}
}

func TestRateOfZeroIsNoLimit(t *testing.T) {
	t.Parallel()
	server := new(brokenServer)
	l := newLimiter(t, server, limiter.Options{OnError: limiter.Fail})
	if err := l.Wait(t.Context(), lokalise.Reservation{}); err != nil || server.asked.Load() != 0 {
		t.Errorf("Wait = %v, the server was asked %d times", err, server.asked.Load())
	}
}
