package tokens_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/golokalise/lokalise/oauth"
	"github.com/golokalise/lokalise/tokens"
)

func TestCallersKeepTheValidTokenWhileItIsRefreshed(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSetup(t, nil)
		s.server.delay = time.Minute / 10
		s.connect(t, "g")
		time.Sleep(44 * time.Minute)
		s.wantToken(t, "g", "access-0")
		if s.server.count() != 0 {
			t.Error("refreshed before three quarters of the life")
		}
		time.Sleep(8 * time.Minute)
		start := time.Now()
		s.wantToken(t, "g", "access-0")
		if time.Since(start) != 0 {
			t.Error("a caller waited although the token was valid")
		}
		time.Sleep(time.Minute)
		s.wantToken(t, "g", "access-1")
		if got := s.server.count(); got != 1 {
			t.Errorf("%d requests", got)
		}
	})
}

func TestFailedBackgroundRefreshIsRepeatedAndCallersKeepTheToken(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSetup(t, nil)
		s.server.answer = func(call int) error {
			if call <= 3 {
				return errUnavailable
			}
			return nil
		}
		s.connect(t, "g")
		time.Sleep(52 * time.Minute)
		for range 60 {
			if _, err := s.Token(t.Context(), "g"); err != nil {
				t.Fatal(err)
			}
			time.Sleep(time.Second)
		}
		s.wantToken(t, "g", "access-1")
		want := []string{"connected", "degraded:unreachable", "healthy:"}
		if got := s.events.kinds(); !slices.Equal(got, want) {
			t.Errorf("events %q, want %q", got, want)
		}
	})
}

func TestBackoffGrows(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSetup(t, nil)
		s.server.answer = func(int) error { return errUnavailable }
		s.connect(t, "g")
		time.Sleep(2 * time.Hour)
		for range 600 {
			s.wantError(t, "g", tokens.ErrUnavailable)
			time.Sleep(time.Second)
		}
		if got := s.server.count(); got < 10 || got > 20 {
			t.Errorf("%d requests in ten minutes of failure", got)
		}
	})
}

func TestRetryAfterIsObeyed(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSetup(t, nil)
		s.server.answer = func(call int) error {
			if call == 1 {
				return errLimited
			}
			return nil
		}
		s.connect(t, "g")
		time.Sleep(2 * time.Hour)
		s.wantError(t, "g", tokens.ErrUnavailable)
		s.wantHealth(t, "g", tokens.Degraded, tokens.ReasonRateLimited)
		time.Sleep(5*time.Minute - time.Second)
		s.wantError(t, "g", tokens.ErrUnavailable)
		time.Sleep(2 * time.Second)
		s.wantToken(t, "g", "access-1")
		if got := s.server.count(); got != 2 {
			t.Errorf("%d requests", got)
		}
	})
}

// What a failure means, by whether the grant is known to rotate, is not known
// to, or is known not to.
func TestOutcomes(t *testing.T) {
	t.Parallel()
	lost := &oauth.Error{MaybeSent: true}
	for _, test := range []struct {
		name    string
		failure error
		history string // "", "rotates", "stable"
		health  tokens.Health
		reason  tokens.Reason
	}{
		{"rejected", errRejected, "", tokens.ReauthRequired, tokens.ReasonRejected},
		{"rejected", errRejected, "rotates", tokens.ReauthRequired, tokens.ReasonRejected},
		{"rejected", errRejected, "stable", tokens.ReauthRequired, tokens.ReasonRejected},
		{
			"recorded rejection", &oauth.Error{Status: 400, Code: "invalid_request", Description: "Invalid request parameters"},
			"", tokens.ReauthRequired, tokens.ReasonRejected,
		},
		{"client refused", errClient, "rotates", tokens.Degraded, tokens.ReasonMisconfigured},
		{"client refused", errClient, "stable", tokens.Degraded, tokens.ReasonMisconfigured},
		{"not sent", errNotSent, "rotates", tokens.Degraded, tokens.ReasonUnreachable},
		{"unavailable", errUnavailable, "rotates", tokens.Degraded, tokens.ReasonUnreachable},
		{"unknown refusal", &oauth.Error{Status: 400, Code: "strange"}, "rotates", tokens.Degraded, tokens.ReasonRefused},
		{"answer lost", lost, "rotates", tokens.Degraded, tokens.ReasonUncertain},
		{"bad gateway", errGateway, "rotates", tokens.Degraded, tokens.ReasonUncertain},
		{"answer lost", lost, "", tokens.Degraded, tokens.ReasonUnreachable},
		{"answer lost", lost, "stable", tokens.Degraded, tokens.ReasonUnreachable},
		{"bad gateway", errGateway, "stable", tokens.Degraded, tokens.ReasonUnreachable},
		{"foreign error", errors.New("strange"), "rotates", tokens.Degraded, tokens.ReasonUncertain},
	} {
		t.Run(test.name+" "+test.history, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := newSetup(t, nil)
				s.withHistory(t, test.history)
				s.server.answer = func(int) error { return test.failure }
				time.Sleep(2 * time.Hour)
				if _, err := s.Token(t.Context(), "g"); !errors.Is(err, test.failure) {
					t.Errorf("Token = %v, want the cause %v", err, test.failure)
				}
				s.wantHealth(t, "g", test.health, test.reason)
			})
		})
	}
}

// withHistory connects a grant and refreshes it once, so that it is known
// whether it rotates.
func (s *setup) withHistory(t *testing.T, history string) {
	t.Helper()
	s.connect(t, "g")
	if history == "" {
		return
	}
	s.server.rotate = history == "rotates"
	if err := s.Refresh(t.Context(), "g"); err != nil {
		t.Fatal(err)
	}
}

func TestRotatingGrantIsTriedOnceMoreAfterALostAnswer(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSetup(t, nil)
		s.withHistory(t, "rotates")
		s.server.lose = func(call int) bool { return call == 2 }
		time.Sleep(2 * time.Hour)
		for range 100 {
			if _, err := s.Token(t.Context(), "g"); err == nil {
				t.Fatal("a token was given out")
			}
			time.Sleep(time.Second)
		}
		s.wantError(t, "g", tokens.ErrReauthRequired)
		s.wantHealth(t, "g", tokens.ReauthRequired, tokens.ReasonUncertain)
		if want := []string{"refresh-0", "refresh-1", "refresh-1"}; !slices.Equal(s.server.received, want) {
			t.Errorf("sent %q, want %q", s.server.received, want)
		}
		want := []string{"connected", "degraded:uncertain", "reauth_required:uncertain"}
		if got := s.events.kinds(); !slices.Equal(got, want) {
			t.Errorf("events %q, want %q", got, want)
		}
	})
}

func TestRotatingGrantSurvivesALostAnswerOnAForgivingServer(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSetup(t, nil)
		s.withHistory(t, "rotates")
		s.server.answer = func(call int) error {
			if call == 2 {
				return &oauth.Error{MaybeSent: true}
			}
			return nil
		}
		time.Sleep(2 * time.Hour)
		s.wantError(t, "g", tokens.ErrUnavailable)
		time.Sleep(2 * time.Second)
		s.wantToken(t, "g", "access-2")
		s.wantHealth(t, "g", tokens.Healthy, tokens.ReasonNone)
	})
}

func TestGrantThatDoesNotRotateOutlastsAnyNumberOfLostAnswers(t *testing.T) {
	t.Parallel()
	for _, history := range []string{"", "stable"} {
		synctest.Test(t, func(t *testing.T) {
			s := newSetup(t, nil)
			s.withHistory(t, history)
			s.server.lose = func(call int) bool { return call < 9 }
			time.Sleep(2 * time.Hour)
			for range 600 {
				_, _ = s.Token(t.Context(), "g")
				time.Sleep(time.Second)
			}
			s.wantHealth(t, "g", tokens.Healthy, tokens.ReasonNone)
		})
	}
}

func TestRefreshKeepsOldRefreshTokenAndScopesWhenAbsent(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSetup(t, nil)
		s.connect(t, "g")
		for range 3 {
			if err := s.Refresh(t.Context(), "g"); err != nil {
				t.Fatal(err)
			}
		}
		if want := []string{"refresh-0", "refresh-0", "refresh-0"}; !slices.Equal(s.server.received, want) {
			t.Errorf("sent %q", s.server.received)
		}
		status, err := s.Status(t.Context(), "g")
		if err != nil || !slices.Equal(status.Scopes, []oauth.Scope{oauth.ScopeReadProjects}) || status.Rotates {
			t.Errorf("status %+v, %v", status, err)
		}
	})
}

func TestSecondSecretIsTriedOnlyWhenTheFirstIsRefused(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		old, fresh := newServer(), newServer()
		s := newSetup(t, func(c *tokens.Config) { c.Clients = []tokens.Refresher{old, fresh} })
		s.connect(t, "g")
		refresh := func() error { return s.Refresh(t.Context(), "g") }
		if err := refresh(); err != nil || old.count() != 1 || fresh.count() != 0 {
			t.Fatalf("%v; %d and %d requests", err, old.count(), fresh.count())
		}
		old.answer = func(int) error { return errGateway }
		if err := refresh(); err == nil || fresh.count() != 0 {
			t.Fatalf("after an ambiguous answer %d requests went to the other client", fresh.count())
		}
		old.answer = func(int) error { return errClient }
		if err := refresh(); err != nil || fresh.count() != 1 {
			t.Fatalf("%v; %d requests with the new secret", err, fresh.count())
		}
		before := old.count()
		if err := refresh(); err != nil || old.count() != before || fresh.count() != 2 {
			t.Errorf("%v; what worked was not tried first", err)
		}
		fresh.answer = old.answer
		if err := refresh(); !errors.Is(err, tokens.ErrMisconfigured) || errors.Is(err, tokens.ErrReauthRequired) {
			t.Errorf("both refused: %v", err)
		}
		s.wantToken(t, "g", "access-2")
	})
}

func TestGrantWithoutRefreshTokenEndsWithItsToken(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSetup(t, nil)
		s.put(t, "g", &oauth.Token{AccessToken: "only", Expiry: time.Now().Add(time.Hour)})
		s.wantToken(t, "g", "only")
		time.Sleep(55 * time.Minute)
		s.wantToken(t, "g", "only")
		time.Sleep(time.Hour)
		s.wantError(t, "g", tokens.ErrReauthRequired)
		s.wantHealth(t, "g", tokens.ReauthRequired, tokens.ReasonNoRefreshToken)
	})
}

func TestTokenWithoutExpiryIsUsedUntilRejected(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSetup(t, nil)
		s.put(t, "g", &oauth.Token{AccessToken: "lasting", RefreshToken: "refresh-0"})
		time.Sleep(1000 * time.Hour)
		s.wantToken(t, "g", "lasting")
		if err := s.InvalidateToken(t.Context(), "g", "lasting"); err != nil {
			t.Fatal(err)
		}
		s.wantToken(t, "g", "access-1")
	})
}

// Two processes share a store.
func TestProcessUsesWhatAnotherHasRefreshed(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		one := newSetup(t, nil)
		two := newSetup(t, func(c *tokens.Config) {
			c.Store, c.Clients = one.store, []tokens.Refresher{one.server}
			c.Keys = tokens.NoEncryption()
		})
		three := newSetup(t, func(c *tokens.Config) {
			c.Store, c.Clients = one.store, []tokens.Refresher{one.server}
			c.Keys = tokens.NoEncryption()
		})
		one.server.rotate, one.server.delay = true, time.Second
		two.connect(t, "g")
		time.Sleep(2 * time.Hour)
		var wg sync.WaitGroup
		for _, s := range []*setup{two, three} {
			wg.Go(func() { s.wantToken(t, "g", "access-1") })
		}
		wg.Wait()
		if got := one.server.count(); got != 1 {
			t.Errorf("%d requests by two processes", got)
		}
	})
}

func TestRejectedAfterAnotherProcessRefreshedIsNoReauth(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := tokens.NewMemoryStore()
		shared := func(c *tokens.Config) { c.Store, c.Keys = bare{store}, tokens.NoEncryption() }
		one, two := newSetup(t, shared), newSetup(t, shared)
		one.withHistory(t, "stable") // no intention is recorded, so both send
		one.server.rotate, one.server.current = true, "refresh-0"
		two.server = one.server
		second := newSetup(t, func(c *tokens.Config) { shared(c); c.Clients = []tokens.Refresher{one.server} })
		one.server.delay = time.Second
		time.Sleep(2 * time.Hour)
		var wg sync.WaitGroup
		for _, s := range []*setup{one, second} {
			wg.Go(func() { _, _ = s.Token(t.Context(), "g") })
		}
		wg.Wait()
		one.wantHealth(t, "g", tokens.Healthy, tokens.ReasonNone)
		time.Sleep(time.Minute)
		one.wantToken(t, "g", "access-2")
		second.wantToken(t, "g", "access-2")
	})
}

// bare hides the optional parts of a store.
type bare struct{ tokens.Store }

func TestDeletedElsewhereIsReportedAndNotWrittenBack(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSetup(t, nil)
		s.connect(t, "g")
		s.server.delay = time.Second
		time.Sleep(2 * time.Hour)
		done := make(chan error)
		go func() {
			_, err := s.Token(t.Context(), "g")
			done <- err
		}()
		time.Sleep(500 * time.Millisecond)
		rec := stored(t, s.store, "g")
		if err := s.store.Delete(t.Context(), "g", rec.Version); err != nil {
			t.Fatal(err)
		}
		if err := <-done; !errors.Is(err, tokens.ErrNotFound) {
			t.Errorf("Token = %v", err)
		}
		if _, err := s.store.Get(t.Context(), "g"); !errors.Is(err, tokens.ErrNotFound) {
			t.Error("the grant was written back")
		}
		s.wantError(t, "g", tokens.ErrNotFound)
	})
}

func TestMissingGrantThatWasInUseIsTold(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSetup(t, nil)
		s.connect(t, "g")
		rec := stored(t, s.store, "g")
		if err := s.store.Delete(t.Context(), "g", rec.Version); err != nil {
			t.Fatal(err)
		}
		time.Sleep(2 * time.Hour)
		s.wantError(t, "g", tokens.ErrNotFound)
		s.wantError(t, "unheard-of", tokens.ErrNotFound)
		if got, want := s.events.kinds(), []string{"connected", "missing"}; !slices.Equal(got, want) {
			t.Errorf("events %q, want %q", got, want)
		}
	})
}

// failing is a store whose writes fail as long as told.
type failing struct {
	*tokens.MemoryStore
	mu   sync.Mutex
	down bool
}

func (f *failing) set(down bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.down = down
}

func (f *failing) Put(ctx context.Context, rec tokens.Record, expected int64) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.down {
		return errors.New("disk full")
	}
	return f.MemoryStore.Put(ctx, rec, expected)
}

func TestSaveThatFailsIsRepeatedAndTheTokenKept(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := &failing{MemoryStore: tokens.NewMemoryStore()}
		s := newSetup(t, func(c *tokens.Config) { c.Store = store })
		s.withHistory(t, "rotates")
		s.server.delay = time.Second
		time.Sleep(2 * time.Hour)
		go func() {
			time.Sleep(500 * time.Millisecond)
			store.set(true) // after the intention, before the token
		}()
		_, err := s.Token(t.Context(), "g")
		var failure *tokens.Error
		if !errors.As(err, &failure) || failure.Reason != tokens.ReasonStore {
			t.Fatalf("Token = %v, want a failure of the store", err)
		}
		for range 60 {
			s.wantError(t, "g", tokens.ErrUnavailable)
			time.Sleep(time.Second)
		}
		store.set(false)
		time.Sleep(10 * time.Second)
		s.wantToken(t, "g", "access-2")
		if got := s.server.count(); got != 2 {
			t.Errorf("%d requests", got)
		}
		want := []string{"connected", "save_failed", "saved"}
		if got := s.events.kinds(); !slices.Equal(got, want) {
			t.Errorf("events %q, want %q", got, want)
		}
	})
}

func TestCloseWaitsForTheSaveAndThenRefuses(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSetup(t, nil)
		s.server.delay = 3 * time.Second
		s.connect(t, "g")
		time.Sleep(2 * time.Hour)
		go func() { _, _ = s.Token(t.Context(), "g") }()
		synctest.Wait()
		start := time.Now()
		if err := s.Close(t.Context()); err != nil || time.Since(start) != 3*time.Second {
			t.Errorf("Close = %v after %v", err, time.Since(start))
		}
		s.wantError(t, "g", tokens.ErrClosed)
		if status, err := s.Status(t.Context(), "g"); err != nil || status.Generation != 2 {
			t.Errorf("the token was not stored: %+v, %v", status, err)
		}
	})
}

func TestCloseGivesUpWithItsContext(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSetup(t, nil)
		s.server.delay = 10 * time.Second
		s.connect(t, "g")
		time.Sleep(2 * time.Hour)
		go func() { _, _ = s.Token(t.Context(), "g") }()
		synctest.Wait()
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := s.Close(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("Close = %v", err)
		}
	})
}

func TestInvalidatedTokenIsReplacedOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSetup(t, nil)
		s.server.delay = time.Second
		s.connect(t, "g")
		var wg sync.WaitGroup
		for range 100 {
			wg.Go(func() {
				if err := s.InvalidateToken(t.Context(), "g", "access-0"); err != nil {
					t.Error(err)
				}
				s.wantToken(t, "g", "access-1")
			})
		}
		wg.Wait()
		if err := s.InvalidateToken(t.Context(), "g", "access-0"); err != nil {
			t.Errorf("an old token: %v", err)
		}
		s.wantToken(t, "g", "access-1")
		if got := s.server.count(); got != 1 {
			t.Errorf("%d requests", got)
		}
	})
}

func TestReconnectingKeepsTheIDAndTellsLostScopes(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSetup(t, nil)
		s.server.answer = func(int) error { return errRejected }
		s.put(t, "g", &oauth.Token{
			AccessToken: "access-a", RefreshToken: "r", Expiry: time.Now().Add(time.Hour),
			Scopes: []oauth.Scope{oauth.ScopeReadProjects, "write_projects"},
		})
		time.Sleep(2 * time.Hour)
		s.wantError(t, "g", tokens.ErrReauthRequired)
		result := s.put(t, "g", &oauth.Token{
			AccessToken: "access-b", RefreshToken: "r2", Expiry: time.Now().Add(time.Hour),
			Scopes: []oauth.Scope{oauth.ScopeReadProjects},
		})
		if !result.Reconnected || fmt.Sprint(result.LostScopes) != "[write_projects]" {
			t.Errorf("result %+v", result)
		}
		s.wantToken(t, "g", "access-b")
		s.wantHealth(t, "g", tokens.Healthy, tokens.ReasonNone)
	})
}

func TestReconnectInAnotherProcessIsNoticed(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSetup(t, func(c *tokens.Config) { c.Keys = tokens.NoEncryption() })
		other := newSetup(t, func(c *tokens.Config) { c.Store, c.Keys = s.store, tokens.NoEncryption() })
		s.server.answer = func(int) error { return errRejected }
		s.connect(t, "g")
		time.Sleep(2 * time.Hour)
		s.wantError(t, "g", tokens.ErrReauthRequired)
		other.put(t, "g", &oauth.Token{AccessToken: "again", RefreshToken: "r", Expiry: time.Now().Add(time.Hour)})
		time.Sleep(11 * time.Second)
		s.wantToken(t, "g", "again")
	})
}

func TestRejectedGrantGivesOutItsTokenToTheEnd(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSetup(t, nil)
		s.server.answer = func(int) error { return errRejected }
		s.connect(t, "g")
		time.Sleep(52 * time.Minute)
		s.wantToken(t, "g", "access-0")
		synctest.Wait()
		s.wantHealth(t, "g", tokens.ReauthRequired, tokens.ReasonRejected)
		s.wantToken(t, "g", "access-0")
		time.Sleep(8 * time.Minute)
		s.wantError(t, "g", tokens.ErrReauthRequired)
		if got := s.server.count(); got != 1 {
			t.Errorf("%d requests", got)
		}
	})
}

func TestDeleteForgets(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSetup(t, nil)
		s.connect(t, "g")
		for range 2 {
			if err := s.Delete(t.Context(), "g"); err != nil {
				t.Fatal(err)
			}
		}
		s.wantError(t, "g", tokens.ErrNotFound)
		s.connect(t, "g")
		s.wantToken(t, "g", "access-0")
		want := []string{"connected", "deleted", "connected"}
		if got := s.events.kinds(); !slices.Equal(got, want) {
			t.Errorf("events %q, want %q", got, want)
		}
	})
}

// skewed is a server as seen by a process whose clock is off: expires_in is
// counted from what that process takes for the present.
type skewed struct {
	*server
	by time.Duration
}

func (s skewed) Refresh(ctx context.Context, refreshToken string) (*oauth.Token, error) {
	token, err := s.server.Refresh(ctx, refreshToken)
	if err == nil {
		token.Expiry = token.Expiry.Add(s.by)
	}
	return token, err
}

// A process whose clock is an hour off reads another's grants.
func TestClockSkewBetweenProcessesCostsNoGrant(t *testing.T) {
	t.Parallel()
	for _, skew := range []time.Duration{-time.Hour, -time.Minute, time.Minute, time.Hour} {
		synctest.Test(t, func(t *testing.T) {
			share := func(c *tokens.Config) { c.Keys = tokens.NoEncryption() }
			right := newSetup(t, share)
			wrong := newSetup(t, func(c *tokens.Config) {
				share(c)
				c.Store, c.Clients = right.store, []tokens.Refresher{skewed{right.server, skew}}
			})
			tokens.SetClock(wrong.Manager, func() time.Time { return time.Now().Add(skew) })
			right.server.rotate, right.server.delay = true, time.Second
			right.server.current = "refresh-0"
			right.connect(t, "g")
			for range 500 {
				for _, s := range []*setup{right, wrong} {
					_, _ = s.Token(t.Context(), "g")
				}
				time.Sleep(time.Minute)
			}
			right.wantHealth(t, "g", tokens.Healthy, tokens.ReasonNone)
			if got := right.server.count(); got > 50 {
				t.Errorf("skew %v: %d requests in eight hours", skew, got)
			}
		})
	}
}

// An API that refuses every token causes three refreshes, and then one in half a
// minute, in a minute, and so on. A new connection begins anew.
func TestRejectionsInARowAreBelievedLessAndLess(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSetup(t, nil)
		s.connect(t, "g")
		reject := func() error {
			token, err := s.Token(t.Context(), "g")
			if err != nil {
				t.Fatal(err)
			}
			return s.InvalidateToken(t.Context(), "g", token)
		}
		believed := func(times int) {
			t.Helper()
			for i := range times {
				if err := reject(); err != nil {
					t.Errorf("rejection %d: %v", i+1, err)
				}
			}
			if err := reject(); !errors.Is(err, tokens.ErrRecentlyReplaced) {
				t.Errorf("one rejection more: %v", err)
			}
		}
		believed(3)
		time.Sleep(31 * time.Second)
		believed(1)
		time.Sleep(31 * time.Second)
		believed(0)
		time.Sleep(30 * time.Second)
		believed(1)
		if got := s.server.count(); got != 5 {
			t.Errorf("%d requests", got)
		}
		s.connect(t, "g")
		believed(3)
	})
}
