package sandbox

import (
	"errors"
	"io/fs"

	"github.com/golokalise/lokalise/cmd/lokalise/internal/exit"
	"github.com/golokalise/lokalise/sandbox/sqlite"
)

// dataError names the way out of what keeps a file from being used.
func dataError(path string, err error) error {
	failure := &exit.Error{Code: exit.Failure, Hint: "choose another file with --data, or leave --data out", Err: err}
	switch {
	case errors.Is(err, sqlite.ErrLocked):
		failure.Message = "another sandbox has " + path + " open"
		failure.Hint = "use that one, or stop it; two cannot share a file"
	case errors.Is(err, sqlite.ErrNotSandbox):
		failure.Message = path + " is no sandbox's file; it was not changed"
		failure.Hint = "choose another name with --data"
	case errors.Is(err, sqlite.ErrNewer):
		failure.Message = "a newer version of this program wrote " + path
		failure.Hint = "update this program, or choose another file with --data"
	case errors.Is(err, fs.ErrNotExist):
		failure.Message = "the folder of " + path + " does not exist"
		failure.Hint = "make the folder first"
	default:
		return failure
	}
	failure.Err = nil // the message says it all
	return failure
}
