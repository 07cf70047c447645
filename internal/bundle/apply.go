package bundle

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
)

// undo is the way back from what apply has done.
type undo struct {
	root *os.Root
	// done are the changes that are in place, folders what was made for them.
	done    []change
	folders []string
}

// apply renames each file to its place, or leaves the target as it was.
func (x *extraction) apply() error {
	u := &undo{root: x.target.root}
	known := map[string]bool{".": true}
	for _, c := range x.changes {
		err := u.makeFolder(path.Dir(c.name), known)
		if err == nil {
			err = u.put(c)
		}
		if err != nil {
			return errors.Join(err, u.all())
		}
	}
	x.target.used = true
	return nil
}

// put renames one file to its place. The file that was there before gets a
// second name first, so that there is one at any moment.
func (u *undo) put(c change) error {
	if c.replace {
		if err := u.root.Link(c.name, c.backup); err != nil {
			// Not every file system has links.
			if err := u.root.Rename(c.name, c.backup); err != nil {
				return err
			}
		}
		u.done = append(u.done, c)
		return u.root.Rename(c.staged, c.name)
	}
	if err := u.root.Rename(c.staged, c.name); err != nil {
		return err
	}
	u.done = append(u.done, c)
	return nil
}

// makeFolder makes a folder of the target and those above it.
func (u *undo) makeFolder(dir string, known map[string]bool) error {
	if known[dir] {
		return nil
	}
	if err := u.makeFolder(path.Dir(dir), known); err != nil {
		return err
	}
	err := u.root.Mkdir(dir, 0o755)
	switch {
	case err == nil:
		u.folders = append(u.folders, dir)
	case !errors.Is(err, fs.ErrExist):
		return err
	}
	known[dir] = true
	return nil
}

// all puts everything back, the last first.
func (u *undo) all() error {
	var failed error
	for i := len(u.done) - 1; i >= 0; i-- {
		c := u.done[i]
		var err error
		if c.replace {
			err = u.root.Rename(c.backup, c.name)
		} else {
			err = u.root.Remove(c.name)
		}
		if err != nil {
			failed = errors.Join(failed, fmt.Errorf("putting %s back: %w", c.name, err))
		}
	}
	for i := len(u.folders) - 1; i >= 0; i-- {
		failed = errors.Join(failed, u.root.Remove(u.folders[i]))
	}
	return failed
}
