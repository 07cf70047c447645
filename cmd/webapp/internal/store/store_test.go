package store_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/golokalise/lokalise/cmd/webapp/internal/store"
	"github.com/golokalise/lokalise/tokens"
)

func open(t *testing.T, dir string) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), "", dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// TestWhatIsStoredIsThereAgain opens the same folder twice, as a restart does,
// and one whose name has what means something in an address.
func TestWhatIsStoredIsThereAgain(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "100% mine? #1")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	record := tokens.Record{ID: "a", Version: 1, Data: []byte("sealed")}
	if err := open(t, dir).Grants.Put(t.Context(), record, 0); err != nil {
		t.Fatal(err)
	}
	again := open(t, dir)
	if got, err := again.Grants.Get(t.Context(), "a"); err != nil || string(got.Data) != "sealed" {
		t.Errorf("it is %+v, %v", got, err)
	}
	if again.Kind() != "SQLite" {
		t.Errorf("it is %s", again.Kind())
	}
	if _, err := os.Stat(filepath.Join(dir, store.FileName)); err != nil {
		t.Error(err)
	}
}

// TestOnceForAllProcesses: however many ask at once, in two processes, one
// attempt is seen for the first time once.
func TestOnceForAllProcesses(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	both := []*store.Store{open(t, dir), open(t, dir)}
	var mu sync.Mutex
	firsts := 0
	var all sync.WaitGroup
	for i := range 16 {
		all.Go(func() {
			first, err := both[i%2].Once(t.Context(), "attempt")
			if err != nil {
				t.Error(err)
			}
			mu.Lock()
			defer mu.Unlock()
			if first {
				firsts++
			}
		})
	}
	all.Wait()
	if firsts != 1 {
		t.Errorf("it was the first time %d times", firsts)
	}
	if first, err := both[0].Once(t.Context(), "another"); err != nil || !first {
		t.Errorf("another attempt: %t, %v", first, err)
	}
}

func TestAddressIsCheckedAndNotRepeated(t *testing.T) {
	t.Parallel()
	for _, address := range []string{"mysql://u:hunter2hunter2@h/db", "hunter2hunter2", "postgres://u:hunter2hunter2@h:port/db", "postgres://u:hunter2hunter2@%zz/"} {
		_, err := store.Open(t.Context(), address, "")
		if !errors.Is(err, store.ErrAddress) || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: %v", address, err)
		}
	}
}

func TestDatabaseThatDoesNotAnswer(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	_, err := store.Open(ctx, "postgres://u:hunter2hunter2@127.0.0.1:1/db", "")
	if err == nil || !strings.Contains(err.Error(), "does not answer") || strings.Contains(err.Error(), "hunter2") {
		t.Errorf("the error is %v", err)
	}
}

func TestKeysAreMadeOnce(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	first, err := store.LoadKeys(dir)
	if err != nil {
		t.Fatal(err)
	}
	again, err := store.LoadKeys(dir)
	if err != nil {
		t.Fatal(err)
	}
	if string(first.Cookie) != string(again.Cookie) || len(first.Cookie) != 32 {
		t.Error("the cookie key is another one")
	}
	want, err := first.Grants.WriteKey(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	got, err := again.Grants.ReadKey(t.Context(), want.ID)
	if err != nil || string(got) != string(want.Secret) {
		t.Errorf("the key of the grants is another one, %v", err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 2 {
		t.Fatalf("in the folder are %v, %v", entries, err)
	}
	for _, e := range entries {
		if info, err := e.Info(); err != nil || info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has mode %v, %v", e.Name(), info.Mode(), err)
		}
	}
}

// TestEachFolderHasAKeyOfItsOwn: with one database behind two folders, a record
// of the other one is reported as sealed with an unknown key, not as forged.
func TestEachFolderHasAKeyOfItsOwn(t *testing.T) {
	t.Parallel()
	ids := map[string]bool{}
	for range 3 {
		keys, err := store.LoadKeys(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range keys.Grants.IDs() {
			if !strings.HasPrefix(id, "webapp-") || ids[id] {
				t.Errorf("the key %q has no ID of its own", id)
			}
			ids[id] = true
		}
	}
}

func TestDamagedKeysAreNamed(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "cookie-key"), []byte("c2hvcnQ="), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := store.LoadKeys(dir); err == nil || !strings.Contains(err.Error(), "cookie-key") || strings.Contains(err.Error(), "c2hvcnQ") {
		t.Errorf("the error is %v", err)
	}
}
