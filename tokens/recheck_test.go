package tokens_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/golokalise/lokalise/internal/testutil"
	"github.com/golokalise/lokalise/oauth"
	"github.com/golokalise/lokalise/tokens"
)

// twoProcesses are managers on one store, each with the token of grant "g".
func twoProcesses(t *testing.T, life time.Duration, change func(*tokens.Config)) (s, other *setup) {
	t.Helper()
	share := func(c *tokens.Config) {
		c.Keys = tokens.NoEncryption()
		if change != nil {
			change(c)
		}
	}
	s = newSetup(t, share)
	other = newSetup(t, func(c *tokens.Config) { share(c); c.Store = s.store })
	token := &oauth.Token{AccessToken: "before", RefreshToken: "r"}
	if life > 0 {
		token.Expiry = time.Now().Add(life)
	}
	s.put(t, "g", token)
	other.wantToken(t, "g", "before")
	return s, other
}

// An account that is connected again with more scopes, or another account, is
// used by the other processes soon, although their token is still good.
func TestReconnectElsewhereIsNoticedWhileTheTokenIsGood(t *testing.T) {
	t.Parallel()
	for name, life := range map[string]time.Duration{"an hour": time.Hour, "no expiry": 0} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s, other := twoProcesses(t, life, nil)
				time.Sleep(time.Minute)
				s.put(t, "g", &oauth.Token{AccessToken: "after", RefreshToken: "r", Expiry: time.Now().Add(time.Hour)})
				other.wantToken(t, "g", "before")
				time.Sleep(6 * time.Minute)
				other.wantToken(t, "g", "before") // nobody waits for the look at the store
				synctest.Wait()
				other.wantToken(t, "g", "after")
				if got := s.server.count() + other.server.count(); got != 0 {
					t.Errorf("%d requests of the token endpoint", got)
				}
			})
		})
	}
}

func TestDisconnectElsewhereIsNoticedWhileTheTokenIsGood(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, other := twoProcesses(t, 0, nil)
		if err := s.Delete(t.Context(), "g"); err != nil {
			t.Fatal(err)
		}
		time.Sleep(6 * time.Minute)
		other.wantToken(t, "g", "before")
		synctest.Wait()
		other.wantError(t, "g", tokens.ErrNotFound)
		if got := other.events.kinds(); !slices.Contains(got, string(tokens.EventMissing)) {
			t.Errorf("events %q", got)
		}
	})
}

func TestStoreThatIsDownDuringALookCostsNoToken(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var down fault
		s, other := twoProcesses(t, 0, func(c *tokens.Config) { c.Store = &quoting{Store: c.Store, get: &down} })
		down.set("no route to host")
		for range 20 {
			time.Sleep(6 * time.Minute)
			s.wantToken(t, "g", "before")
			other.wantToken(t, "g", "before")
		}
	})
}

func TestRecheckCanBeTurnedOff(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, other := twoProcesses(t, 0, func(c *tokens.Config) { c.Recheck = -1 })
		s.put(t, "g", &oauth.Token{AccessToken: "after"})
		time.Sleep(24 * time.Hour)
		other.wantToken(t, "g", "before")
		synctest.Wait()
		other.wantToken(t, "g", "before")
	})
}

// Whichever of several Puts is the last in the store, this process gives out
// what is stored.
func TestPutsAtOnceLeaveWhatIsStored(t *testing.T) {
	t.Parallel()
	keys := mustRing(t, tokens.NewKey("k1"))
	s := newSetup(t, func(c *tokens.Config) { c.Keys = keys })
	reader := newSetup(t, func(c *tokens.Config) { c.Store, c.Keys = s.store, keys })
	for round := range 100 {
		id := fmt.Sprint("g", round)
		var wg sync.WaitGroup
		for i := range 4 {
			wg.Go(func() {
				s.put(t, id, &oauth.Token{AccessToken: fmt.Sprint("token", i), RefreshToken: "r", Expiry: time.Now().Add(time.Hour)})
			})
		}
		wg.Wait()
		want, err := reader.Token(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		s.wantToken(t, id, want)
	}
}

// A store may quote what it was given, which without encryption is readable.
func TestErrorOfAStoreThatQuotesHasNoSecret(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		heard, server := &ear{}, newServer()
		var put fault
		server.answer = func(int) error { put.set("disk full"); return nil }
		s := newSetup(t, func(c *tokens.Config) {
			c.Keys, c.Store = tokens.NoEncryption(), &quoting{Store: c.Store, put: &put}
			c.Clients = []tokens.Refresher{naming{server}}
			c.OnEvent = func(e tokens.Event) { heard.say(e) }
		})
		s.put(t, "g", &oauth.Token{AccessToken: accessSecret, RefreshToken: refreshSecret, Expiry: time.Now().Add(time.Hour)})
		heard.say(s.Refresh(t.Context(), "g")) // the answer cannot be stored
		_, err := s.Put(t.Context(), "h", &oauth.Token{AccessToken: accessSecret, RefreshToken: refreshSecret})
		heard.say(err)
		time.Sleep(2 * time.Hour)
		_, err = s.Token(t.Context(), "g")
		heard.say(err)
		put.set("")
		time.Sleep(time.Minute)
		synctest.Wait()
		heard.mu.Lock()
		defer heard.mu.Unlock()
		text := heard.text.String()
		testutil.AssertNoSecret(t, "what was heard", text, accessSecret, refreshSecret, newSecret)
		if strings.Count(text, "disk full") < 3 || !strings.Contains(text, string(tokens.EventSaveFailed)) {
			t.Error("too little was heard for this test to mean anything")
		}
	})
}

// quoting is a store that fails on demand and quotes what it was given.
type quoting struct {
	tokens.Store
	get, put *fault
}

// fault is an error that comes and goes; it has the text that was set.
type fault struct{ text atomic.Value }

func (f *fault) set(text string) { f.text.Store(text) }

func (f *fault) err() error {
	if f == nil {
		return nil
	}
	if text, _ := f.text.Load().(string); text != "" {
		return errors.New(text)
	}
	return nil
}

func (q *quoting) Get(ctx context.Context, id string) (tokens.Record, error) {
	if err := q.get.err(); err != nil {
		return tokens.Record{}, err
	}
	return q.Store.Get(ctx, id)
}

func (q *quoting) Put(ctx context.Context, rec tokens.Record, expected int64) error {
	if err := q.put.err(); err != nil {
		return fmt.Errorf("%w: VALUES (%q, %s)", err, rec.ID, rec.Data)
	}
	return q.Store.Put(ctx, rec, expected)
}

func TestListNeedsALimit(t *testing.T) {
	t.Parallel()
	s := newSetup(t, nil)
	for _, limit := range []int{0, -1} {
		if list, err := s.List(t.Context(), "", limit); err == nil {
			t.Errorf("List with limit %d = %v", limit, list)
		}
	}
}

// A store whose reads lag behind its writes is not asked without a pause.
func TestConflictsWithoutEndArePaced(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := &lagging{MemoryStore: tokens.NewMemoryStore()}
		s := newSetup(t, func(c *tokens.Config) { c.Store = store })
		s.connect(t, "g")
		old, err := store.Get(t.Context(), "g")
		if err != nil {
			t.Fatal(err)
		}
		s.connect(t, "g")
		store.old.Store(&old)
		time.Sleep(2 * time.Hour)
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		if _, err := s.Token(ctx, "g"); err == nil {
			t.Error("there is a token although nothing can be written")
		}
		if n := store.reads.Load(); n < 10 || n > 200 {
			t.Errorf("%d reads in a minute", n)
		}
		store.old.Store(nil)
	})
}

type lagging struct {
	*tokens.MemoryStore
	old   atomic.Pointer[tokens.Record] // what is read although it is no longer there
	reads atomic.Int64
}

func (l *lagging) Get(ctx context.Context, id string) (tokens.Record, error) {
	if old := l.old.Load(); old != nil {
		l.reads.Add(1)
		return *old, nil
	}
	return l.MemoryStore.Get(ctx, id)
}

func TestKeepAliveRefreshesTokensWithoutExpiry(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSetup(t, func(c *tokens.Config) { c.KeepAlive = 24 * time.Hour })
		s.put(t, "g", &oauth.Token{AccessToken: "a", RefreshToken: "r"})
		defer s.maintain(t)()
		time.Sleep(25 * time.Hour)
		if got := s.server.count(); got != 1 {
			t.Errorf("%d requests", got)
		}
	})
}

func TestRetireKeyRefusesAKeyThatIsNotThere(t *testing.T) {
	t.Parallel()
	s := newSetup(t, nil)
	if err := s.RetireKey(t.Context(), "k-1"); !errors.Is(err, tokens.ErrUnknownKey) {
		t.Errorf("RetireKey = %v", err)
	}
}

// Another secret under the same key ID is told as such, by Rekey as well.
func TestSameKeyIDWithAnotherSecret(t *testing.T) {
	t.Parallel()
	old := newSetup(t, nil)
	old.connect(t, "g")
	s := newSetup(t, func(c *tokens.Config) { c.Store, c.Keys = old.store, mustRing(t, tokens.NewKey("k1")) })
	s.wantError(t, "g", tokens.ErrUnreadable)
	report, err := s.Rekey(t.Context(), tokens.RekeyOptions{})
	if err != nil || report.Failed != 1 {
		t.Errorf("Rekey = %+v, %v", report, err)
	}
}
