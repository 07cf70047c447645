package bundle

import (
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Target is the folder that gets the files of an archive.
type Target struct {
	root  *os.Root
	stage string // the temporary folder, inside the root
	// made are the folders that were made for the target, innermost first.
	made []string
	used bool // files were put into it
}

// stagePrefix begins the name of the temporary folder.
const stagePrefix = ".lokalise-"

// OpenTarget makes the folder if it is not there, and opens it.
func OpenTarget(dir string) (*Target, error) {
	t := &Target{}
	if err := t.open(dir); err != nil {
		return nil, errors.Join(err, t.Close())
	}
	return t, nil
}

func (t *Target) open(dir string) error {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return err
	}
	if err := t.makeFolder(dir); err != nil {
		return err
	}
	if t.root, err = os.OpenRoot(dir); err != nil {
		return err
	}
	stage := stagePrefix + strings.ToLower(rand.Text())
	if err := t.root.Mkdir(stage, 0o700); err != nil {
		return err
	}
	t.stage = stage
	return nil
}

// makeFolder makes a folder and those above it, and notes which are new.
func (t *Target) makeFolder(dir string) error {
	err := os.Mkdir(dir, 0o755) //nolint:gosec // translations are for other programs to read
	switch {
	case err == nil:
		t.made = append([]string{dir}, t.made...)
		return nil
	case errors.Is(err, fs.ErrExist):
		return nil // opening it tells whether it is a folder
	case !errors.Is(err, fs.ErrNotExist) || filepath.Dir(dir) == dir:
		return err
	}
	if err := t.makeFolder(filepath.Dir(dir)); err != nil {
		return err
	}
	return t.makeFolder(dir)
}

// Spool makes a file for the archive, which others cannot read. It is removed
// with the rest when the target is closed; close it before.
func (t *Target) Spool() (*os.File, error) {
	return t.root.OpenFile(t.stage+"/archive.zip", os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
}

// Close removes everything temporary. When nothing was extracted, it also
// removes the folders that were made for the target.
func (t *Target) Close() error {
	var err error
	if t.root != nil {
		if t.stage != "" {
			err = t.root.RemoveAll(t.stage)
		}
		err = errors.Join(err, t.root.Close())
		t.root = nil
	}
	if t.used {
		return err
	}
	for _, dir := range t.made {
		err = errors.Join(err, os.Remove(dir))
	}
	t.made = nil
	return err
}
