package filestore

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"time"
)

var (
	// ErrInsecure says that the file, or its lock file, is a symbolic link, no
	// regular file, or open to other users, or that others may write in its
	// directory.
	ErrInsecure = errors.New("filestore: file is not safe to use")

	// ErrDamaged says that the file is not as it was written.
	ErrDamaged = errors.New("filestore: file is damaged")

	// errUnchanged lets a change end without writing.
	errUnchanged = errors.New("filestore: nothing to write")
)

const (
	// Only the owner may read or write: whoever reads a sealed file may still
	// learn who is connected, and whoever writes it may undo a change.
	fileMode  fs.FileMode = 0o600
	forOthers fs.FileMode = 0o077

	// formatVersion is raised when an older program would misread the file.
	formatVersion = 1
)

// content is what the file holds, as JSON.
type content struct {
	Format int              `json:"format"`
	Grants map[string]row   `json:"grants"`
	Leases map[string]lease `json:"leases"`
}

type row struct {
	Version int64     `json:"version"`
	Data    []byte    `json:"data"`
	Due     time.Time `json:"due,omitzero"`
}

type lease struct {
	Owner string    `json:"owner"`
	Until time.Time `json:"until"`
}

// envelope guards the content against truncation and stray edits. It is no
// protection against an attacker; the seals of the records are.
type envelope struct {
	SHA256  string          `json:"sha256"`
	Content json.RawMessage `json:"content"`
}

// view lets look read the present content.
func (s *Store) view(ctx context.Context, look func(*content)) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	// The file is replaced as a whole, so a reader sees one state and needs no
	// lock, except where a file that is open cannot be replaced.
	if readersBlockRename {
		unlock, err := lockFile(ctx, s.path+".lock")
		if err != nil {
			return err
		}
		defer unlock()
	}
	c, err := s.read()
	if err != nil {
		return err
	}
	look(c)
	return nil
}

// change lets alter make a change under the lock and writes the result. On an
// error of alter nothing is written; errUnchanged is no error.
func (s *Store) change(ctx context.Context, alter func(*content) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	unlock, err := lockFile(ctx, s.path+".lock")
	if err != nil {
		return err
	}
	defer unlock()
	c, err := s.read()
	if err != nil {
		return err
	}
	if err := alter(c); err != nil {
		if errors.Is(err, errUnchanged) {
			return nil
		}
		return err
	}
	// Once more, so that a canceled call leaves nothing behind.
	if err := ctx.Err(); err != nil {
		return err
	}
	return s.replace(c)
}

// read returns the present content; a file that does not exist is empty.
func (s *Store) read() (*content, error) {
	empty := &content{Format: formatVersion, Grants: map[string]row{}, Leases: map[string]lease{}}
	file, err := openSafely(s.path, os.O_RDONLY)
	if errors.Is(err, fs.ErrNotExist) {
		return empty, nil
	}
	if err != nil {
		return nil, err
	}
	defer file.Close() //nolint:errcheck // read only
	data, err := io.ReadAll(file)
	if err != nil {
		return nil, err
	}
	return decode(s.path, data, empty)
}

func decode(path string, data []byte, into *content) (*content, error) {
	var e envelope
	if err := json.Unmarshal(data, &e); err != nil {
		return nil, fmt.Errorf("%w: %s is not whole", ErrDamaged, path)
	}
	if sum := checksum(e.Content); sum != e.SHA256 {
		return nil, fmt.Errorf("%w: %s was changed by something else", ErrDamaged, path)
	}
	if err := json.Unmarshal(e.Content, into); err != nil {
		return nil, fmt.Errorf("%w: %s is not understood", ErrDamaged, path)
	}
	if into.Format != formatVersion {
		return nil, fmt.Errorf("%w: %s has format %d, this program reads %d", ErrDamaged, path, into.Format, formatVersion)
	}
	return into, nil
}

func checksum(data []byte) string { return fmt.Sprintf("%x", sha256.Sum256(data)) }

// replace writes the content to a new file and puts that in the old one's
// place: a crash at any point leaves one of the two, whole.
func (s *Store) replace(c *content) error {
	body, err := json.Marshal(c)
	if err != nil {
		return err
	}
	data, err := json.Marshal(envelope{checksum(body), body})
	if err != nil {
		return err
	}
	dir := filepath.Dir(s.path)
	file, err := os.CreateTemp(dir, filepath.Base(s.path)+".tmp-*") // mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(file.Name()) //nolint:errcheck // gone already when all went well
	if err := writeSynced(file, data); err != nil {
		return err
	}
	if err := os.Rename(file.Name(), s.path); err != nil {
		return err
	}
	return syncDir(dir)
}

// writeSynced writes and closes the file. Without the sync a crash of the
// machine may leave a renamed file without its content.
func writeSynced(file *os.File, data []byte) error {
	_, err := file.Write(data)
	if err == nil {
		err = file.Sync()
	}
	return errors.Join(err, file.Close())
}

// openSafely opens a regular file that belongs to its owner alone. A symbolic
// link is refused: in a directory that others may write to, it could point
// the program at another file.
func openSafely(path string, flags int) (*os.File, error) {
	named, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if flags&os.O_CREATE == 0 {
			return nil, err
		}
	case err != nil:
		return nil, err
	case !named.Mode().IsRegular():
		return nil, fmt.Errorf("%w: %s is not a regular file", ErrInsecure, path)
	}
	file, err := os.OpenFile(path, flags|noFollow, fileMode) //nolint:gosec // the app names its own file
	if err != nil {
		return nil, err
	}
	if err := checkOpened(file, named); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return file, nil
}

// checkOpened looks at what was really opened.
func checkOpened(file *os.File, named fs.FileInfo) error {
	info, err := file.Stat()
	if err != nil {
		return err
	}
	if mode := info.Mode().Perm(); runtime.GOOS != "windows" && mode&forOthers != 0 {
		return fmt.Errorf("%w: %s has mode %#o, want %#o", ErrInsecure, file.Name(), mode, fileMode)
	}
	// Another process may replace the file between the two looks, which is
	// harmless, unless it is replaced by something else than a file.
	if named != nil && !info.Mode().IsRegular() {
		return fmt.Errorf("%w: %s is not a regular file", ErrInsecure, file.Name())
	}
	return nil
}
