package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"time"
)

// suite runs passes and collects their results.
type suite struct {
	out   io.Writer
	flags []string

	mu       sync.Mutex // passes run side by side
	passes   int
	packages int
	passed   int
	failed   []failure
	skipped  []skip
	started  time.Time
}

// failure is a test, a package or a whole pass that failed, with its output.
type failure struct{ where, output string }

// skip is a test that did not run, with the reason that it gave.
type skip struct{ where, reason string }

// runAll runs one pass, and beside it the others one after another.
func (s *suite) runAll(ctx context.Context, main pass, others []pass) {
	var side sync.WaitGroup
	side.Go(func() {
		for _, p := range others {
			s.run(ctx, p)
		}
	})
	s.run(ctx, main)
	side.Wait()
}

// run runs one pass. Its results are added to the suite's; its packages are
// printed as they end.
func (s *suite) run(ctx context.Context, p pass) {
	s.begin(p)
	cmd := exec.CommandContext(ctx, "go", s.args(p)...)
	cmd.Dir = p.dir
	cmd.Env = environment(p)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		s.fail(p.String(), err.Error())
		return
	}
	if err := cmd.Start(); err != nil {
		s.fail(p.String(), err.Error())
		return
	}
	t := newTally(p, s)
	readErr := t.read(stdout)
	err = cmd.Wait()
	// A failed test has been counted. What remains is a pass that failed as a
	// whole: a broken go.mod, a killed process, output that is not JSON.
	if (err != nil && !t.hasFailed) || readErr != nil {
		s.fail(p.String(), strings.TrimSpace(fmt.Sprint(stderr.String(), "\n", err, readErr)))
	}
}

func (s *suite) begin(p pass) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.started.IsZero() {
		s.started = time.Now()
	}
	s.passes++
	fmt.Fprintf(s.out, "== %s\n", p)
}

func (s *suite) fail(where, output string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.failed = append(s.failed, failure{where, output})
}

// args are those of the go command. The linter runs vet, and nobody debugs these
// programs: without both the suites are built in four fifths of the time.
func (s *suite) args(p pass) []string {
	args := []string{"test", "-json", "-vet=off", "-ldflags=-w", "-timeout=20m", "-p", strconv.Itoa(max(p.slots, 1))}
	if p.race {
		args = append(args, "-race")
	}
	return append(append(args, s.flags...), p.packages...)
}

// environment is that of the go command and its tests. With the race detector
// each process waits by default for a second at its end, in case that a goroutine
// still races then; some tests run a hundred processes.
func environment(p pass) []string {
	env := append(os.Environ(), p.env...)
	if p.race {
		env = append(env, "GORACE="+strings.TrimSpace("atexit_sleep_ms=0 "+os.Getenv("GORACE")))
	}
	return env
}

// report prints the summary and says whether the run is a success.
func (s *suite) report(noSkip bool) bool {
	fmt.Fprintln(s.out)
	for _, f := range s.failed {
		fmt.Fprintf(s.out, "--- FAIL: %s\n%s\n\n", f.where, strings.TrimRight(f.output, "\n"))
	}
	if len(s.skipped) > 0 {
		fmt.Fprintln(s.out, "Skipped:")
	}
	for _, k := range s.skipped {
		fmt.Fprintf(s.out, "    %s: %s\n", k.where, k.reason)
	}
	if len(s.failed) > 0 {
		fmt.Fprintln(s.out, "Failed:")
	}
	for _, f := range s.failed {
		fmt.Fprintf(s.out, "    %s\n", f.where)
	}
	if noSkip && len(s.skipped) > 0 {
		fmt.Fprintln(s.out, "Nothing may be skipped here: CI is true, or -no-skip was given.")
	}
	if s.passed == 0 {
		fmt.Fprintln(s.out, "No test ran.")
	}
	fmt.Fprintf(s.out, "%d packages in %d passes, %s\n", s.packages, s.passes, time.Since(s.started).Round(time.Second))
	fmt.Fprintf(s.out, "%d passed, %d failed", s.passed, len(s.failed))
	if len(s.skipped) > 0 {
		fmt.Fprintf(s.out, ", %d skipped", len(s.skipped))
	}
	fmt.Fprintln(s.out)
	return len(s.failed) == 0 && s.passed > 0 && (!noSkip || len(s.skipped) == 0)
}
