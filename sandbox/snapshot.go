package sandbox

import (
	"fmt"
	"io"

	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// ErrSnapshot is in the chain when a file cannot be restored. The text says why.
var ErrSnapshot = state.ErrSnapshot

// Snapshot writes everything that is in the world at one moment into a file of
// its own format. Changes that come while it writes are not in it, and nobody
// waits for it.
//
// The world's credentials, codes and tokens are not in it, so that it can be
// restored into another world and shared. Secrets that the users of the world
// made are, webhooks' above all: they are part of what was set up.
func (w *World) Snapshot(out io.Writer) error {
	if err := w.inner.Snapshot(out); err != nil {
		return fmt.Errorf("sandbox: snapshot of world %s: %w", w.Name(), err)
	}
	return nil
}

// Restore puts what a snapshot has in the place of everything in the world, be
// it the one it was taken from or another. Credentials, grants and tokens of the
// world stay good. A file that is cut off, damaged, or of a version that is not
// known is refused with ErrSnapshot in the chain; nothing is changed then.
//
// Jobs in the snapshot that have fallen due since it was taken are carried out
// at once.
func (w *World) Restore(in io.Reader) error {
	if err := w.inner.Restore(in); err != nil {
		return fmt.Errorf("sandbox: restore world %s: %w", w.Name(), err)
	}
	return nil
}
