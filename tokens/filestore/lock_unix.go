//go:build unix

package filestore

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// noFollow makes opening a symbolic link fail.
const noFollow = unix.O_NOFOLLOW

// readersBlockRename: an open file may be renamed over.
const readersBlockRename = false

// tryLock takes the advisory lock if it is free.
func tryLock(file *os.File) (got bool, err error) {
	err = unix.Flock(int(file.Fd()), unix.LOCK_EX|unix.LOCK_NB)
	if errors.Is(err, unix.EWOULDBLOCK) || errors.Is(err, unix.EINTR) {
		return false, nil
	}
	return err == nil, err
}

// syncDir makes a rename in the directory last through a crash.
func syncDir(path string) error {
	dir, err := os.Open(path) //nolint:gosec // the directory of the app's own file
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}

// checkWritable tells whether files can be made in the directory.
func checkWritable(dir string) error { return unix.Access(dir, unix.W_OK|unix.X_OK) }
