package tokens_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/golokalise/lokalise/tokens"
)

// The herd: a thousand goroutines ask for a token that has expired.
func TestHerdCausesOneRequest(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name   string
		change func(*server)
		want   error
	}{
		{"answer", func(*server) {}, nil},
		{"slow answer", func(s *server) { s.delay = 10 * time.Second }, nil},
		{"400", func(s *server) { s.answer = func(int) error { return errRejected } }, tokens.ErrReauthRequired},
		{"503", func(s *server) { s.answer = func(int) error { return errUnavailable } }, tokens.ErrUnavailable},
		{"502", func(s *server) { s.answer = func(int) error { return errGateway } }, tokens.ErrUnavailable},
		{"invalid client", func(s *server) { s.answer = func(int) error { return errClient } }, tokens.ErrMisconfigured},
		{"token of 5 s", func(s *server) { s.life = 5 * time.Second }, nil},
		{"token of 0 s", func(s *server) { s.life = 0 }, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := newSetup(t, nil)
				test.change(s.server)
				s.server.delay = max(s.server.delay, 2*time.Millisecond)
				s.connect(t, "g")
				time.Sleep(2 * time.Hour)
				herd(t, s, test.want)
				herd(t, s, test.want) // those who come right after
				if got := s.server.count(); got != 1 {
					t.Errorf("%d requests, want 1", got)
				}
			})
		})
	}
}

func herd(t *testing.T, s *setup, want error) {
	t.Helper()
	source := s.Source("g")
	var wg sync.WaitGroup
	for range 1000 {
		wg.Go(func() {
			token, err := source.Token(t.Context())
			if !errors.Is(err, want) || (err == nil) != (token != "") {
				t.Errorf("Token = %q, %v; want error %v", token, err, want)
			}
		})
	}
	wg.Wait()
}

func TestCallerWhoseContextEndsReturnsThenAndTheRefreshGoesOn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSetup(t, nil)
		s.server.delay = 2 * time.Second
		s.connect(t, "g")
		time.Sleep(2 * time.Hour)
		start := time.Now()
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		defer cancel()
		var wg sync.WaitGroup
		wg.Go(func() {
			_, err := s.Token(ctx, "g")
			if took := time.Since(start); !errors.Is(err, context.DeadlineExceeded) || took != 100*time.Millisecond {
				t.Errorf("first caller got %v after %v", err, took)
			}
		})
		wg.Go(func() {
			s.wantToken(t, "g", "access-1")
			if took := time.Since(start); took != 2*time.Second {
				t.Errorf("second caller waited %v", took)
			}
		})
		wg.Wait()
		if got := s.server.count(); got != 1 {
			t.Errorf("%d requests, want 1", got)
		}
	})
}

func TestShortTokenIsRefreshedOncePerLife(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSetup(t, nil)
		s.server.life = 5 * time.Second
		s.connect(t, "g")
		time.Sleep(2 * time.Hour)
		for range 1000 {
			if _, err := s.Token(t.Context(), "g"); err != nil {
				t.Fatal(err)
			}
			time.Sleep(100 * time.Millisecond)
		}
		if got := s.server.count(); got > 30 {
			t.Errorf("%d requests in 100 s for tokens of 5 s", got)
		}
	})
}

func TestGrantsDoNotWaitForEachOther(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSetup(t, nil)
		s.server.delay = time.Second
		const grants = 200
		for i := range grants {
			s.connect(t, fmt.Sprint("g", i))
		}
		time.Sleep(2 * time.Hour)
		start := time.Now()
		var wg sync.WaitGroup
		for i := range grants {
			wg.Go(func() {
				if _, err := s.Token(t.Context(), fmt.Sprint("g", i)); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if took := time.Since(start); took != time.Second || s.server.count() != grants {
			t.Errorf("%d requests in %v", s.server.count(), took)
		}
	})
}
