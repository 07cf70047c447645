package filestore_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
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

// folder is a directory that nobody else may write in, whatever the umask is.
func folder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestStoreKeepsTheContract(t *testing.T) {
	t.Parallel()
	paths := map[tokens.Store]string{}
	storetest.Run(t, func(t *testing.T) tokens.Store {
		path := filepath.Join(folder(t), "grants")
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
	dir := folder(t)
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
			path := filepath.Join(folder(t), "grants")
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
			path := filepath.Join(folder(t), "grants")
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

// TestDirectoryThatCannotBeUsedIsReportedAtOnce: the first write stores what a
// person has consented to, and is too late to find out.
func TestDirectoryThatCannotBeUsedIsReportedAtOnce(t *testing.T) {
	t.Parallel()
	file := filepath.Join(folder(t), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		dir    string
		is     error
		advice string
	}{
		"missing":      {filepath.Join(folder(t), "missing"), fs.ErrNotExist, "os.MkdirAll"},
		"no directory": {file, nil, "is no directory"},
	} {
		_, err := filestore.Open(filepath.Join(test.dir, "grants"))
		if err == nil || test.is != nil && !errors.Is(err, test.is) || !strings.Contains(err.Error(), test.advice) {
			t.Errorf("%s: Open = %v, want %v and %q", name, err, test.is, test.advice)
		}
	}
}

func TestDirectoryOfOthersIsRefused(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("Windows has access lists instead of modes")
	}
	for mode, is := range map[fs.FileMode]error{
		0o700:                 nil,
		0o755:                 nil,
		0o777 | fs.ModeSticky: nil, // as /tmp is
		0o777:                 filestore.ErrInsecure,
		0o702:                 filestore.ErrInsecure,
		0o770:                 filestore.ErrInsecure,
		0o500:                 fs.ErrPermission,
		0o600:                 fs.ErrPermission,
	} {
		if errors.Is(is, fs.ErrPermission) && os.Geteuid() == 0 {
			continue // root may do everything
		}
		dir := folder(t)
		if err := os.Chmod(dir, mode); err != nil {
			t.Fatal(err)
		}
		_, err := filestore.Open(filepath.Join(dir, "grants"))
		if !errors.Is(err, is) || err != nil && !strings.Contains(err.Error(), "chmod") {
			t.Errorf("mode %v: Open = %v, want %v and what to do", mode, err, is)
		}
		if err := os.Chmod(dir, 0o700); err != nil { // so that it can be removed
			t.Fatal(err)
		}
	}
}
