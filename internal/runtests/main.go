package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
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

// pass is one "go test" over the packages of one module.
type pass struct {
	dir      string
	packages string   // pattern
	without  []string // packages below dir that are left out
	env      []string // added to the environment; also shown beside the folder
	race     bool
}

func (p pass) String() string {
	return strings.TrimSpace(p.dir + " " + strings.Join(p.env, " "))
}

// plan lists the passes over the given module folders. The two additional ones
// over the root run without the race detector: they look for what differs in
// the build, and the first pass has looked for races already.
func plan(modules []string, race bool) []pass {
	var passes []pass
	for _, dir := range modules {
		passes = append(passes, pass{dir: dir, packages: "./...", race: race})
		if dir == "." {
			passes = append(passes,
				pass{dir: dir, packages: "./...", without: onceIsEnough, env: []string{"GOWORK=off"}},
				pass{dir: dir, packages: ".", env: []string{"GOEXPERIMENT=jsonv2"}},
			)
		}
	}
	return passes
}

// onceIsEnough are packages of the root whose tests take long and would find
// nothing else: they look at files, or walk through a program that the other
// packages' tests build as well.
var onceIsEnough = []string{"internal/guard", "internal/runtests", "sandbox", "tokens"}

// raceWorks builds this program with the race detector: whether that works
// depends on cgo, the C compiler, the system and the processor, and the build
// knows them all.
func raceWorks(ctx context.Context) bool {
	cmd := exec.CommandContext(ctx, "go", "build", "-race", "-o", os.DevNull, "./internal/runtests")
	cmd.Stdout, cmd.Stderr = io.Discard, io.Discard
	return cmd.Run() == nil
}
