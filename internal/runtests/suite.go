package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"time"
)

// suite runs passes and collects their results.
type suite struct {
	out   io.Writer
	flags []string

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

// run runs one pass. Its results are added to the suite's; its packages are
// printed as they end.
func (s *suite) run(ctx context.Context, p pass) {
	if s.started.IsZero() {
		s.started = time.Now()
	}
	s.passes++
	fmt.Fprintf(s.out, "== %s\n", p)
	// The linter runs vet, and nobody debugs these programs: without both the
	// suites are built in four fifths of the time. One more package at once than
	// there are processors, since several mostly wait: for browsers, databases
	// and processes.
	args := []string{"test", "-json", "-vet=off", "-ldflags=-w", "-timeout=20m", "-p", strconv.Itoa(runtime.GOMAXPROCS(0) + 1)}
	if p.race {
		args = append(args, "-race")
	}
	args = append(append(args, s.flags...), p.packages...)
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir = p.dir
	cmd.Env = append(os.Environ(), p.env...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		s.failed = append(s.failed, failure{p.String(), err.Error()})
		return
	}
	if err := cmd.Start(); err != nil {
		s.failed = append(s.failed, failure{p.String(), err.Error()})
		return
	}
	before := len(s.failed)
	readErr := s.read(p, stdout)
	err = cmd.Wait()
	// A failed test has been counted. What remains is a pass that failed as a
	// whole: a broken go.mod, a killed process, output that is not JSON.
	if (err != nil && len(s.failed) == before) || readErr != nil {
		s.failed = append(s.failed, failure{p.String(), strings.TrimSpace(fmt.Sprint(stderr.String(), "\n", err, readErr))})
	}
}

// read takes in the events of one pass.
func (s *suite) read(p pass, r io.Reader) error {
	t := newTally(p, s)
	dec := json.NewDecoder(r)
	for {
		var e event
		switch err := dec.Decode(&e); err {
		case nil:
			t.add(e)
		case io.EOF:
			return nil
		default:
			// The writer must not block on a full pipe while Wait waits for it.
			_, _ = io.Copy(io.Discard, r)
			return fmt.Errorf("reading the events of go test: %w", err)
		}
	}
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
