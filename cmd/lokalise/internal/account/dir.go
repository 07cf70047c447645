package account

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"github.com/golokalise/lokalise/cmd/lokalise/internal/exit"
)

// DirVariable names the environment variable that says where the logins are.
const DirVariable = "LOKALISE_CONFIG_DIR"

const (
	dirMode   fs.FileMode = 0o700
	forOthers fs.FileMode = 0o022 // to write

	fileName = "tokens.json"
)

// directory returns the configuration folder and makes it if it is not there.
func directory(getenv func(string) string) (string, error) {
	dir := getenv(DirVariable)
	if dir == "" {
		parent, err := os.UserConfigDir()
		if err != nil {
			return "", &exit.Error{
				Code: exit.Failure, Message: "no folder for the logins was found", Err: err,
				Hint: "say where they are to be kept with " + DirVariable,
			}
		}
		dir = filepath.Join(parent, "lokalise")
	}
	if err := os.MkdirAll(dir, dirMode); err != nil {
		return "", &exit.Error{
			Code: exit.Failure, Message: "the folder for the logins cannot be made", Err: err,
			Hint: "choose another one with " + DirVariable,
		}
	}
	return dir, checkDirectory(dir)
}

// checkDirectory refuses a folder in which others may write: they could put
// another file in the place of this one.
func checkDirectory(dir string) error {
	info, err := os.Stat(dir)
	switch {
	case err != nil:
		return &exit.Error{Code: exit.Failure, Err: err}
	case runtime.GOOS != "windows" && info.Mode().Perm()&forOthers != 0:
		return exit.Failuref(fmt.Sprintf("chmod 700 %s", dir),
			"others than you may write in %s (mode %#o), where the logins are kept", dir, info.Mode().Perm())
	}
	return nil
}
