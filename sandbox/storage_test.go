package sandbox_test

import (
	"context"
	"errors"
	"iter"
	"maps"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/golokalise/lokalise/sandbox"
)

// shelf is a storage in memory. It outlives the sandboxes that use it, and can
// be told to fail.
type shelf struct {
	mu     sync.Mutex
	rows   map[[4]string]string
	broken error
	closed int
}

func newShelf() *shelf { return &shelf{rows: map[[4]string]string{}} }

func (s *shelf) breakDown(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.broken = err
}

func (s *shelf) Load(_ context.Context, row func(sandbox.Change) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for name, data := range s.rows {
		c := sandbox.Change{World: name[0], Table: name[1], Parent: name[2], Key: name[3], Data: []byte(data)}
		if err := row(c); err != nil {
			return err
		}
	}
	return nil
}

func (s *shelf) Save(_ context.Context, changes iter.Seq2[sandbox.Change, error]) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	after := maps.Clone(s.rows)
	for c, err := range changes {
		if err != nil {
			return err
		}
		same := func(n int) func([4]string, string) bool {
			want := [4]string{c.World, c.Table, c.Parent, c.Key}
			return func(name [4]string, _ string) bool {
				for i := range n {
					if name[i] != want[i] {
						return false
					}
				}
				return true
			}
		}
		switch c.Op {
		case sandbox.OpPut:
			after[[4]string{c.World, c.Table, c.Parent, c.Key}] = string(c.Data)
		case sandbox.OpDelete:
			maps.DeleteFunc(after, same(4))
		case sandbox.OpDeleteAll:
			maps.DeleteFunc(after, same(3))
		case sandbox.OpDropWorld:
			maps.DeleteFunc(after, same(1))
		}
	}
	if s.broken != nil {
		return s.broken
	}
	s.rows = after
	return nil
}

func (s *shelf) Close() error {
	s.closed++
	return nil
}

// on starts a sandbox on the shelf.
func (s *shelf) on(tb testing.TB, opts ...sandbox.Option) *box {
	tb.Helper()
	return start(tb, append(opts, sandbox.InMemory(), sandbox.WithoutRateLimit(), sandbox.WithStorage(s))...)
}

func (b *box) shut() {
	b.Helper()
	if err := b.Close(); err != nil {
		b.Fatal(err)
	}
}

// TestStoredSandboxGoesOnWhereItWas changes all kinds of things and starts anew.
func TestStoredSandboxGoesOnWhereItWas(t *testing.T) {
	t.Parallel()
	disk := newShelf()
	first := disk.on(t, sandbox.WithRandomCredentials())
	token := first.grant()
	first.create(`{"name":"Kept","languages":[{"lang_iso":"en"}]}`)
	first.api("DELETE", "/projects/"+seedProject, "")
	other, err := first.AddWorld("staging")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := first.AddWorld("gone"); err != nil {
		t.Fatal(err)
	}
	gone, _ := first.World("gone")
	if err := gone.Delete(); err != nil {
		t.Fatal(err)
	}
	if err := other.OAuth().SetPolicy(sandbox.OAuthPolicy{AccessLife: time.Minute}); err != nil {
		t.Fatal(err)
	}
	first.Clock().Freeze()
	first.Clock().Advance(30 * time.Minute)
	now := first.Clock().Now()
	projects := first.api("GET", "/projects?include_statistics=0", "").body
	first.shut()

	second := disk.on(t, sandbox.WithRandomCredentials())
	if second.Credentials() != first.creds || disk.closed != 1 {
		t.Error("the credentials are others, or the storage was not closed")
	}
	second.creds = second.Credentials()
	if got := second.api("GET", "/projects?include_statistics=0", "").body; got != projects {
		t.Errorf("the projects are\n%s\nnot\n%s", got, projects)
	}
	if !second.Clock().Frozen() || !second.Clock().Now().Equal(now) {
		t.Errorf("the clock shows %v, not %v", second.Clock().Now(), now)
	}
	if a := second.bearer(token.AccessToken, "GET", "/projects", ""); a.status != http.StatusOK {
		t.Errorf("the access token: %d", a.status)
	}
	if a := second.refresh(token.RefreshToken); a.status != http.StatusOK {
		t.Errorf("the refresh token: %d %s", a.status, a.body)
	}
	if w, found := second.World("staging"); !found || w.Credentials() != other.Credentials() || w.OAuth().Policy().AccessLife != time.Minute {
		t.Error("the other world is another one")
	}
	if _, found := second.World("gone"); found || len(second.Worlds()) != 2 {
		t.Error("a deleted world is back")
	}
	if err := second.Reset(); err != nil {
		t.Fatal(err)
	}
	second.shut()

	third := disk.on(t)
	third.creds = third.Credentials()
	if a := third.api("GET", "/projects/"+seedProject, ""); a.status != http.StatusOK {
		t.Errorf("after a reset the seed is not back: %d", a.status)
	}
	if a := third.refresh(token.RefreshToken); a.status != http.StatusBadRequest {
		t.Errorf("a refresh token survived the reset: %d", a.status)
	}
}

// TestBrokenStorageChangesNothing has every kind of write meet a storage that
// fails.
func TestBrokenStorageChangesNothing(t *testing.T) {
	t.Parallel()
	disk := newShelf()
	b := disk.on(t)
	token := b.grant()
	code := b.code()
	before := b.api("GET", "/projects", "").body
	full := errors.New("the disk is full")
	disk.breakDown(full)
	a := b.api("POST", "/projects", `{"name":"x"}`)
	if note := strings.Join(b.last().Notes, " "); a.status != http.StatusInternalServerError || !strings.Contains(note, full.Error()) {
		t.Errorf("a project: %d, %q", a.status, note)
	}
	if a := b.exchange(code); a.status != http.StatusInternalServerError {
		t.Errorf("a code: %d %s", a.status, a.body)
	}
	if a := b.refresh(token.RefreshToken); a.status != http.StatusInternalServerError {
		t.Errorf("a refresh: %d %s", a.status, a.body)
	}
	if a := b.write("worlds", `{}`); a.status != http.StatusInternalServerError {
		t.Errorf("a world: %d %s", a.status, a.body)
	}
	if err := b.Reset(); !errors.Is(err, sandbox.ErrStorage) || !errors.Is(err, full) {
		t.Errorf("a reset: %v", err)
	}
	disk.breakDown(nil)
	if got := b.api("GET", "/projects", "").body; got != before {
		t.Errorf("the projects are %s", got)
	}
	if a := b.exchange(code); a.status != http.StatusOK {
		t.Errorf("the code was used up: %d %s", a.status, a.body)
	}
	if a := b.refresh(token.RefreshToken); a.status != http.StatusOK {
		t.Errorf("the refresh token: %d %s", a.status, a.body)
	}
}

func TestStorageOfANewerVersionIsRefused(t *testing.T) {
	t.Parallel()
	disk := newShelf()
	disk.on(t).shut()
	disk.rows[[4]string{"default", "inventions", "", "1"}] = "{}"
	_, err := sandbox.New(sandbox.InMemory(), sandbox.WithStorage(disk))
	if !errors.Is(err, sandbox.ErrStorage) || !strings.Contains(err.Error(), "inventions") || disk.closed != 2 {
		t.Errorf("%v, closed %d times", err, disk.closed)
	}
}
