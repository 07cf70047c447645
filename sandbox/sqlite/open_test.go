package sqlite_test

import (
	"bytes"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/golokalise/lokalise/sandbox/sqlite"
)

func TestFileBelongsToOneSandboxAtATime(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "box.db")
	first := at(t, path)
	for range 2 {
		_, err := sqlite.Open(path)
		if !errors.Is(err, sqlite.ErrLocked) || !strings.Contains(err.Error(), path) {
			t.Errorf("a second one: %v", err)
		}
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	at(t, path)
}

// TestForeignFilesAreLeftAlone opens files that are no sandbox's.
func TestForeignFilesAreLeftAlone(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	text := filepath.Join(dir, "notes.txt")
	if err := os.WriteFile(text, bytes.Repeat([]byte("not a database. "), 100), 0o600); err != nil {
		t.Fatal(err)
	}
	other := filepath.Join(dir, "other.db")
	change(t, other, "CREATE TABLE t (a)")
	for _, path := range []string{text, other} {
		before, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := sqlite.Open(path); !errors.Is(err, sqlite.ErrNotSandbox) {
			t.Errorf("%s: %v", path, err)
		}
		after, err := os.ReadFile(path)
		if err != nil || !bytes.Equal(before, after) {
			t.Errorf("%s was changed, %v", path, err)
		}
	}
}

func TestFileOfANewerVersionIsRefused(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "box.db")
	if err := at(t, path).Close(); err != nil {
		t.Fatal(err)
	}
	change(t, path, "PRAGMA user_version = 99")
	if _, err := sqlite.Open(path); !errors.Is(err, sqlite.ErrNewer) || !strings.Contains(err.Error(), "99") {
		t.Errorf("%v", err)
	}
}

func TestOpenSaysWhatIsWrongWithAPath(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"", t.TempDir(), filepath.Join(t.TempDir(), "missing", "box.db")} {
		if s, err := sqlite.Open(path); err == nil {
			t.Errorf("%q is opened", path)
			_ = s.Close() // the test has failed
		}
	}
}

// change does something to a database that no sandbox does.
func change(t *testing.T, path, statement string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.ExecContext(t.Context(), statement); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}
