package filestore

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime"
)

// toWrite is what others must not have on the directory.
const toWrite fs.FileMode = 0o022

// checkDir refuses a directory in which the first change would fail, since that
// change stores what a person has just consented to, and one in which others
// could put another file in the place of ours. A sticky bit keeps them from that.
func checkDir(dir string) error {
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("filestore: the directory has to be made first, as by os.MkdirAll(dir, 0o700): %w", err)
	case err != nil:
		return err
	case !info.IsDir():
		return fmt.Errorf("filestore: %s is no directory; name a file in one", dir)
	}
	mode := info.Mode()
	if runtime.GOOS != "windows" && mode.Perm()&toWrite != 0 && mode&fs.ModeSticky == 0 {
		return fmt.Errorf("%w: others may write in the directory %s (mode %#o): chmod 700 %s", ErrInsecure, dir, mode.Perm(), dir)
	}
	if err := checkWritable(dir); err != nil {
		return fmt.Errorf("filestore: this program cannot write in the directory %s; name another one, or run chmod u+rwx on it as its owner: %w", dir, err)
	}
	return nil
}
