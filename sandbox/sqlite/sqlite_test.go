package sqlite_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/golokalise/lokalise/sandbox"
	"github.com/golokalise/lokalise/sandbox/sqlite"
)

// at opens a file that the test closes at its end.
func at(t *testing.T, path string) sandbox.Storage {
	t.Helper()
	s, err := sqlite.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return s
}

// each hands changes out, and an error after them unless it is nil.
func each(changes []sandbox.Change, err error) iter.Seq2[sandbox.Change, error] {
	return func(yield func(sandbox.Change, error) bool) {
		for _, c := range changes {
			if !yield(c, nil) {
				return
			}
		}
		if err != nil {
			yield(sandbox.Change{}, err)
		}
	}
}

// row is what names a row.
type row struct{ world, table, parent, key string }

func load(t *testing.T, s sandbox.Storage) map[row]string {
	t.Helper()
	rows := map[row]string{}
	err := s.Load(t.Context(), func(c sandbox.Change) error {
		if c.Op != sandbox.OpPut {
			t.Errorf("a stored row comes as %d", c.Op)
		}
		rows[row{c.World, c.Table, c.Parent, c.Key}] = string(c.Data)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// apply does to a map what a storage is told to do.
func apply(rows map[row]string, c sandbox.Change) {
	switch c.Op {
	case sandbox.OpPut:
		rows[row{c.World, c.Table, c.Parent, c.Key}] = string(c.Data)
	case sandbox.OpDelete:
		delete(rows, row{c.World, c.Table, c.Parent, c.Key})
	case sandbox.OpDeleteAll:
		maps.DeleteFunc(rows, func(r row, _ string) bool {
			return r.world == c.World && r.table == c.Table && r.parent == c.Parent
		})
	case sandbox.OpDropWorld:
		maps.DeleteFunc(rows, func(r row, _ string) bool { return r.world == c.World })
	}
}

// randomChange draws from few names, so that changes meet.
func randomChange(rnd *rand.Rand) sandbox.Change {
	name := func(names ...string) string { return names[rnd.IntN(len(names))] }
	c := sandbox.Change{
		World: name("", "default", "world-2"), Table: name("keys", "key", "translations"),
		Parent: name("", "1", "12", "1:feature", "\x00", "ü"), Key: name("", "1", "2", "10", "\xff", "%", "'"),
	}
	switch n := rnd.IntN(100); {
	case n < 70:
		c.Data = fmt.Appendf(nil, `{"n":%d}`, rnd.Int())
	case n < 90:
		c.Op = sandbox.OpDelete
	case n < 98:
		c.Op = sandbox.OpDeleteAll
	default:
		c.Op = sandbox.OpDropWorld
	}
	return c
}

// TestStoredRowsAreThoseInMemory makes random changes, some of which fail, and
// opens the file anew between them.
func TestStoredRowsAreThoseInMemory(t *testing.T) {
	t.Parallel()
	rnd := rand.New(rand.NewPCG(1, 2))
	path := filepath.Join(t.TempDir(), "box.db")
	want := map[row]string{}
	broken := errors.New("broken")
	for range 20 {
		s, err := sqlite.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		for range 20 {
			batch := make([]sandbox.Change, rnd.IntN(30))
			after := maps.Clone(want)
			for i := range batch {
				batch[i] = randomChange(rnd)
				apply(after, batch[i])
			}
			if rnd.IntN(4) == 0 {
				if err := s.Save(t.Context(), each(batch, broken)); !errors.Is(err, broken) {
					t.Fatalf("a batch that fails: %v", err)
				}
				continue
			}
			if err := s.Save(t.Context(), each(batch, nil)); err != nil {
				t.Fatal(err)
			}
			want = after
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if got := load(t, at(t, path)); !maps.Equal(got, want) {
		t.Errorf("got %d rows %v\nwant %d rows %v", len(got), got, len(want), want)
	}
}

func TestLoadStopsAtTheFirstError(t *testing.T) {
	t.Parallel()
	s := at(t, filepath.Join(t.TempDir(), "box.db"))
	batch := []sandbox.Change{{Table: "a", Key: "1", Data: []byte("{}")}, {Table: "a", Key: "2", Data: []byte("{}")}}
	if err := s.Save(t.Context(), each(batch, nil)); err != nil {
		t.Fatal(err)
	}
	stop, calls := errors.New("stop"), 0
	err := s.Load(t.Context(), func(sandbox.Change) error { calls++; return stop })
	if !errors.Is(err, stop) || calls != 1 {
		t.Errorf("%d rows, %v", calls, err)
	}
	if n := len(load(t, s)); n != 2 {
		t.Errorf("%d rows after that", n)
	}
}

func TestCanceledSaveChangesNothing(t *testing.T) {
	t.Parallel()
	s := at(t, filepath.Join(t.TempDir(), "box.db"))
	ctx, cancel := context.WithCancel(t.Context())
	batch := func(yield func(sandbox.Change, error) bool) {
		for i := range 10 {
			if i == 5 {
				cancel()
			}
			if !yield(sandbox.Change{Table: "a", Key: fmt.Sprint(i), Data: []byte("{}")}, nil) {
				return
			}
		}
	}
	if err := s.Save(ctx, batch); !errors.Is(err, context.Canceled) {
		t.Errorf("canceled: %v", err)
	}
	if err := s.Save(t.Context(), each([]sandbox.Change{{Table: "b", Data: []byte("{}")}}, nil)); err != nil {
		t.Errorf("the next save: %v", err)
	}
	if got := load(t, s); len(got) != 1 {
		t.Errorf("got %v", got)
	}
}

func TestNewFileIsItsOwnersOnly(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		return // has no such permissions
	}
	dir := t.TempDir()
	s := at(t, filepath.Join(dir, "box.db"))
	if err := s.Save(t.Context(), each([]sandbox.Change{{Table: "a", Data: []byte("{}")}}, nil)); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) == 0 {
		t.Fatal(entries, err)
	}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s has %v, %v", e.Name(), info.Mode(), err)
		}
	}
}

func TestPathsMayHoldAnyCharacter(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "a b?c=d&mode=memory#e%41.db")
	s := at(t, path)
	if err := s.Save(t.Context(), each([]sandbox.Change{{Table: "a", Data: []byte("{}")}}, nil)); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Size() == 0 {
		t.Errorf("%v, %v", info, err)
	}
}

func TestClosedFileSaysSo(t *testing.T) {
	t.Parallel()
	s := at(t, filepath.Join(t.TempDir(), "box.db"))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := s.Save(t.Context(), each(nil, nil)); err == nil {
		t.Error("Save works")
	}
	if err := s.Load(t.Context(), func(sandbox.Change) error { return nil }); err == nil {
		t.Error("Load works")
	}
}
