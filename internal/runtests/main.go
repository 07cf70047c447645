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
	"runtime"
	"slices"
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
	main, others, err := plan(ctx, flag.Args(), race)
	if err != nil {
		fmt.Fprintln(os.Stderr, "runtests:", err)
		os.Exit(1)
	}
	s.runAll(ctx, main, others)
	if !s.report(*noSkip) {
		os.Exit(1)
	}
}

// pass is one "go test" in one folder.
type pass struct {
	name     string // what is printed above it, and beside its results if it has an environment
	dir      string
	packages []string // patterns
	env      []string // added to the environment
	race     bool
	slots    int // how many packages are built and run at once
}

func (p pass) String() string {
	return strings.TrimSpace(p.name + " " + strings.Join(p.env, " "))
}

// noRace are packages that have nothing to race, and in which the race detector
// makes the search through all files take a minute.
var noRace = []string{"./internal/guard"}

// plan lists the passes over the given module folders. The main one holds all
// modules of the workspace, so that tests which wait run beside tests which
// compute. The others run beside it and without the race detector: they look for
// what differs in the build, and for what takes the race detector too long or is
// hidden by it, such as long walks and allocations.
func plan(ctx context.Context, modules []string, race bool) (main pass, others []pass, err error) {
	// One more than there are processors, since several packages mostly wait: for
	// browsers, databases and processes.
	main = pass{name: "all modules", dir: ".", race: race, slots: runtime.GOMAXPROCS(0) + 1}
	if main.packages, err = racing(ctx, modules); err != nil {
		return pass{}, nil, err
	}
	others = []pass{
		{name: "without the race detector", packages: noRace},
		{name: "alone", packages: []string{".", "./internal/wire", "./sandbox", "./tokens"}, env: []string{"GOWORK=off"}},
		{name: "the other JSON library", packages: []string{"."}, env: []string{"GOEXPERIMENT=jsonv2"}},
	}
	for i := range others {
		others[i].dir, others[i].slots = ".", 1
	}
	return main, others, nil
}

// racing lists the packages of the modules in the order in which they should be
// run, but for those that are run without the race detector.
func racing(ctx context.Context, modules []string) ([]string, error) {
	args := []string{"list"}
	for _, dir := range modules {
		args = append(args, "./"+path.Join(filepath.ToSlash(dir), "..."))
	}
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	names := slices.DeleteFunc(strings.Fields(string(out)), func(name string) bool {
		return slices.ContainsFunc(noRace, func(folder string) bool { return strings.HasSuffix(name, folder[1:]) })
	})
	slices.SortStableFunc(names, func(a, b string) int { return rank(a) - rank(b) })
	return names, nil
}

// rank puts the packages that take longest, since they wait for other programs,
// before those that compute: the go command builds and runs them in this order.
func rank(name string) int {
	if strings.Contains(name, "/internal/e2e/") {
		return 0
	}
	return 1
}

// raceWorks builds this program with the race detector: whether that works
// depends on cgo, the C compiler, the system and the processor, and the build
// knows them all.
func raceWorks(ctx context.Context) bool {
	cmd := exec.CommandContext(ctx, "go", "build", "-race", "-o", os.DevNull, "./internal/runtests")
	cmd.Stdout, cmd.Stderr = io.Discard, io.Discard
	return cmd.Run() == nil
}
