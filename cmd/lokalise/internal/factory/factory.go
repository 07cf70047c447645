// Package factory holds what the commands get from outside, so that a test can
// put something else in its place.
package factory

import (
	"context"
	"runtime/debug"

	"github.com/golokalise/lokalise/cmd/lokalise/internal/iostreams"
)

// Factory is handed to the constructor of every command.
type Factory struct {
	// Program is how the person calls this program, for lines to copy.
	Program string
	// IO is where the command reads and writes.
	IO *iostreams.Streams
	// OpenBrowser opens a URL in the person's browser. It may block for as
	// long as the browser runs, so call it in a goroutine.
	OpenBrowser func(ctx context.Context, url string) error
	// BuildInfo tells what the program was built from.
	BuildInfo func() (*debug.BuildInfo, bool)
}
