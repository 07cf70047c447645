// Package app puts the program together: the commands, their help, signals,
// and the way from an error to a line on the screen and an exit code.
package app

import (
	"context"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"github.com/golokalise/lokalise/cmd/lokalise/internal/exit"
	"github.com/golokalise/lokalise/cmd/lokalise/internal/factory"
	"github.com/golokalise/lokalise/cmd/lokalise/internal/iostreams"
)

// Main runs the program with the arguments and streams of the process and
// returns its exit code.
func Main() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	// The first Ctrl-C asks the command to end; without a handler the second
	// one ends the process at once.
	context.AfterFunc(ctx, stop)
	io := iostreams.System()
	return Run(ctx, &factory.Factory{
		IO:          io,
		OpenBrowser: browserOpener(io),
		BuildInfo:   debug.ReadBuildInfo,
	}, os.Args[1:])
}

// Run runs one command line and returns its exit code. A context that ends
// counts as an interruption.
func Run(ctx context.Context, f *factory.Factory, args []string) int {
	root := NewRoot(f)
	// cobra takes nil for "use os.Args".
	root.SetArgs(append([]string{}, args...))
	cmd, err := root.ExecuteContextC(ctx)
	switch {
	case err == nil:
		return exit.OK
	case ctx.Err() != nil:
		printInterrupted(f.IO, cmd)
		return exit.Interrupted
	default:
		printError(f.IO, cmd, err)
		return exit.Code(err)
	}
}
