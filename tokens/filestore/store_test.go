package filestore_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/golokalise/lokalise/tokens"
	"github.com/golokalise/lokalise/tokens/filestore"
	"github.com/golokalise/lokalise/tokens/storetest"
)

func open(t *testing.T, path string) *filestore.Store {
	t.Helper()
	s, err := filestore.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestStoreKeepsTheContract(t *testing.T) {
	t.Parallel()
	paths := map[tokens.Store]string{}
	storetest.Run(t, func(t *testing.T) tokens.Store {
		path := filepath.Join(t.TempDir(), "grants")
		s := open(t, path)
		paths[s] = path
		return s
	}, storetest.Options{
		Records: 200, // each write writes the whole file
		Reopen: func(t *testing.T, s tokens.Store) tokens.Store {
			t.Helper()
			return open(t, paths[s])
		},
	})
}

func put(t *testing.T, s *filestore.Store, id string) {
	t.Helper()
	if err := s.Put(t.Context(), tokens.Record{ID: id, Version: 1, Data: []byte("sealed")}, 0); err != nil {
		t.Fatal(err)
	}
}

func TestFileBelongsToItsOwnerAlone(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("Windows has access lists instead of modes")
	}
	dir := t.TempDir()
	path := filepath.Join(dir, "grants")
	s := open(t, path)
	put(t, s, "a")
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		info, err := entry.Info()
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %#o", entry.Name(), info.Mode().Perm())
		}
	}
	if len(entries) != 2 {
		t.Errorf("%d files, want the store and its lock", len(entries))
	}
}

func TestOpenRefusesWhatIsNotSafe(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("Windows has access lists instead of modes")
	}
	for name, spoil := range map[string]func(t *testing.T, path string) error{
		"readable by the group":   func(_ *testing.T, path string) error { return os.Chmod(path, 0o640) },
		"writable by everybody":   func(_ *testing.T, path string) error { return os.Chmod(path, 0o602) },
		"lock file open to all":   func(_ *testing.T, path string) error { return os.Chmod(path+".lock", 0o666) },
		"a symbolic link":         func(t *testing.T, path string) error { return link(t, path) },
		"a symbolic link as lock": func(t *testing.T, path string) error { return link(t, path+".lock") },
		"a directory": func(_ *testing.T, path string) error {
			return errors.Join(os.Remove(path), os.Mkdir(path, 0o700))
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "grants")
			s := open(t, path)
			put(t, s, "a")
			if err := spoil(t, path); err != nil {
				t.Fatal(err)
			}
			err := s.Put(t.Context(), tokens.Record{ID: "b", Version: 1}, 0)
			if !errors.Is(err, filestore.ErrInsecure) {
				t.Errorf("Put = %v, want ErrInsecure", err)
			}
		})
	}
}

// link moves a file away and puts a symbolic link in its place.
func link(t *testing.T, path string) error {
	t.Helper()
	elsewhere := filepath.Join(t.TempDir(), "elsewhere")
	return errors.Join(os.Rename(path, elsewhere), os.Symlink(elsewhere, path))
}

func TestDamagedFileIsRefusedAndKept(t *testing.T) {
	t.Parallel()
	for name, damage := range map[string]func([]byte) []byte{
		"truncated": func(b []byte) []byte { return b[:len(b)/2] },
		"empty":     func([]byte) []byte { return nil },
		"one byte":  func(b []byte) []byte { b[len(b)/2] ^= 1; return b },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "grants")
			s := open(t, path)
			put(t, s, "a")
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			data = damage(data)
			if err := os.WriteFile(path, data, 0o600); err != nil {
				t.Fatal(err)
			}
			if err := s.Put(t.Context(), tokens.Record{ID: "b", Version: 1}, 0); !errors.Is(err, filestore.ErrDamaged) {
				t.Errorf("Put = %v, want ErrDamaged", err)
			}
			if _, err := filestore.Open(path); !errors.Is(err, filestore.ErrDamaged) {
				t.Errorf("Open = %v, want ErrDamaged", err)
			}
			after, err := os.ReadFile(path)
			if err != nil || string(after) != string(data) {
				t.Errorf("the damaged file was changed: %v", err)
			}
		})
	}
}

func TestMissingDirectoryIsReportedOnTheFirstWrite(t *testing.T) {
	t.Parallel()
	s := open(t, filepath.Join(t.TempDir(), "missing", "grants"))
	err := s.Put(t.Context(), tokens.Record{ID: "a", Version: 1}, 0)
	if !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Put = %v, want that the directory does not exist", err)
	}
}
