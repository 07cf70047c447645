package sqlite

import (
	"errors"
	"fmt"

	driver "modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// Errors that Open wraps. The text of the whole error says which file it is and
// what to do.
var (
	// ErrLocked is in the chain when another sandbox has the file open.
	ErrLocked = errors.New("another sandbox has the file open; end that one, or use another file")
	// ErrNotSandbox is in the chain when the file is something else.
	ErrNotSandbox = errors.New("the file is no sandbox's; use another name, and nothing happens to this one")
	// ErrNewer is in the chain when a newer version of this module wrote the
	// file.
	ErrNewer = errors.New("a newer version wrote the file; update the program, or use another file")
)

// explained puts the error in front that says what to do about what SQLite
// answered.
func explained(path string, err error) error {
	var failed *driver.Error
	if errors.As(err, &failed) {
		const primary = 0xff // the rest of a code says more than is needed
		switch failed.Code() & primary {
		case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
			return fmt.Errorf("sqlite: open %s: %w: %w", path, ErrLocked, err)
		case sqlite3.SQLITE_NOTADB:
			return fmt.Errorf("sqlite: open %s: %w: %w", path, ErrNotSandbox, err)
		}
	}
	return fmt.Errorf("sqlite: open %s: %w", path, err)
}
