// Package app puts the program together: the commands, their help, signals,
// and the way from an error to a line on the screen and an exit code.
package app

import (
	"context"
	"os"
	"os/signal"
	"path/filepath"
	"runtime/debug"
	"strings"
	"syscall"

	"github.com/golokalise/lokalise/cmd/lokalise/internal/cmd/version"
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
		Program:     program(),
		IO:          io,
		OpenBrowser: browserOpener(io),
		BuildInfo:   debug.ReadBuildInfo,
	}, os.Args[1:])
}

// program is the name of the command, or what runs it from a checkout: "go run"
// builds into a folder that is on nobody's PATH.
func program() string {
	const name = "lokalise"
	path, err := os.Executable()
	if err != nil || !strings.Contains(filepath.ToSlash(path), "/go-build") {
		return name
	}
	if version.Of(debug.ReadBuildInfo).Version != version.Unreleased {
		return name
	}
	return "go run ./cmd/" + name
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
