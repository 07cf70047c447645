package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path"
	"path/filepath"
	"strings"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	noSkip := flag.Bool("no-skip", false, "fail when a test was skipped")
	flags := flag.String("flags", "", "more flags for go test, separated by spaces")
	flag.Parse()

	s := suite{out: os.Stdout, flags: strings.Fields(*flags)}
	race := raceWorks(ctx)
	if !race {
		fmt.Fprintln(s.out, "The race detector is off: it needs cgo, a C compiler and a platform that has it.")
	}
	for _, p := range plan(flag.Args(), race) {
		s.run(ctx, p)
	}
	if !s.report(*noSkip) {
		os.Exit(1)
	}
}

// pass is one "go test" in one folder.
type pass struct {
	name     string // what is printed above it, and beside its failures if it has an environment
	dir      string
	packages []string // patterns
	env      []string // added to the environment
	race     bool
}

func (p pass) String() string {
	return strings.TrimSpace(p.name + " " + strings.Join(p.env, " "))
}

// plan lists the passes over the given module folders. One holds all modules of
// the workspace, so that tests which wait run beside tests which compute. The
// other two run without the race detector: they look for what differs in the
// build, and for what takes the race detector too long or is hidden by it, such
// as long walks and allocations.
func plan(modules []string, race bool) []pass {
	all := pass{name: "all modules", dir: ".", race: race}
	for _, dir := range modules {
		all.packages = append(all.packages, "./"+path.Join(filepath.ToSlash(dir), "..."))
	}
	return []pass{
		all,
		{name: ".", dir: ".", packages: []string{".", "./internal/wire", "./sandbox", "./tokens"}, env: []string{"GOWORK=off"}},
		{name: ".", dir: ".", packages: []string{"."}, env: []string{"GOEXPERIMENT=jsonv2"}},
	}
}

// raceWorks builds this program with the race detector: whether that works
// depends on cgo, the C compiler, the system and the processor, and the build
// knows them all.
func raceWorks(ctx context.Context) bool {
	cmd := exec.CommandContext(ctx, "go", "build", "-race", "-o", os.DevNull, "./internal/runtests")
	cmd.Stdout, cmd.Stderr = io.Discard, io.Discard
	return cmd.Run() == nil
}
