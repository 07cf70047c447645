package filestore

import (
	"errors"
	"os"

	"golang.org/x/sys/windows"
)

// noFollow is not known on Windows; Lstat alone looks for links there.
const noFollow = 0

// readersBlockRename: renaming over an open file is refused.
const readersBlockRename = true

// tryLock takes the lock if it is free.
func tryLock(file *os.File) (got bool, err error) {
	const flags = windows.LOCKFILE_EXCLUSIVE_LOCK | windows.LOCKFILE_FAIL_IMMEDIATELY
	err = windows.LockFileEx(windows.Handle(file.Fd()), flags, 0, 1, 0, new(windows.Overlapped))
	if errors.Is(err, windows.ERROR_LOCK_VIOLATION) {
		return false, nil
	}
	return err == nil, err
}

// syncDir does nothing: directories cannot be synced on Windows, and NTFS
// journals renames.
func syncDir(string) error { return nil }

// checkWritable has nothing to do: reading makes the lock file here, which fails
// where nothing can be written.
func checkWritable(string) error { return nil }
