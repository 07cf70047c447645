package main

import (
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"strings"
)

// event is one line of "go test -json"; "go doc test2json" documents it.
type event struct {
	Action      string
	Package     string
	ImportPath  string // of build-output, in place of Package
	Test        string // empty in events of a whole package
	Output      string
	Elapsed     float64 // seconds
	FailedBuild string  // in a package's fail event: the import path that did not build
}

// tally turns the events of one pass into results of the suite.
type tally struct {
	pass   pass
	suite  *suite
	output map[key]*strings.Builder // of tests that have not ended, and of packages
	builds map[string]*strings.Builder
	failed map[string]bool // packages in which a test has failed

	hasFailed bool // a test or a package has
}

type key struct{ pkg, test string }

func newTally(p pass, s *suite) *tally {
	return &tally{
		pass: p, suite: s,
		output: map[key]*strings.Builder{},
		builds: map[string]*strings.Builder{},
		failed: map[string]bool{},
	}
}

// read takes in the events of the pass.
func (t *tally) read(r io.Reader) error {
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

func (t *tally) add(e event) {
	t.suite.mu.Lock()
	defer t.suite.mu.Unlock()
	k := key{e.Package, e.Test}
	switch e.Action {
	case "output":
		builder(t.output, k).WriteString(e.Output)
	case "build-output":
		builder(t.builds, e.ImportPath).WriteString(e.Output)
	case "pass", "fail", "skip":
		if e.Test == "" {
			t.endPackage(e)
		} else {
			t.endTest(e, k)
		}
		delete(t.output, k)
	}
}

func (t *tally) endTest(e event, k key) {
	where := fmt.Sprintf("%s %s", t.name(e.Package), e.Test)
	switch e.Action {
	case "pass":
		t.suite.passed++
	case "skip":
		t.suite.skipped = append(t.suite.skipped, skip{where, reason(builder(t.output, k).String())})
	case "fail":
		t.failed[e.Package] = true
		t.fail(where, progress.ReplaceAllString(builder(t.output, k).String(), ""))
	}
}

// endPackage prints the package's line. A package that failed although none of
// its tests did (it did not build, panicked, ran out of time) is a failure of
// its own, with the output of the tests that were running.
func (t *tally) endPackage(e event) {
	if e.Action == "skip" { // it has no test files
		return
	}
	t.suite.packages++
	fmt.Fprintf(t.suite.out, "%-4s %s\t%.1fs\n", map[string]string{"pass": "ok", "fail": "FAIL"}[e.Action], t.name(e.Package), e.Elapsed)
	if e.Action == "pass" || t.failed[e.Package] {
		return
	}
	var all strings.Builder
	if b := t.builds[e.FailedBuild]; b != nil {
		all.WriteString(b.String())
	}
	for k, b := range t.output {
		if k.pkg == e.Package {
			all.WriteString(b.String())
		}
	}
	t.fail(t.name(e.Package), all.String())
}

func (t *tally) fail(where, output string) {
	t.hasFailed = true
	t.suite.failed = append(t.suite.failed, failure{where, output})
}

// name is the package's name in the summary: the pass beside it where the same
// package runs more than once.
func (t *tally) name(pkg string) string {
	if len(t.pass.env) == 0 {
		return pkg
	}
	return fmt.Sprintf("%s (%s)", pkg, strings.Join(t.pass.env, " "))
}

func builder[K comparable](m map[K]*strings.Builder, k K) *strings.Builder {
	if m[k] == nil {
		m[k] = &strings.Builder{}
	}
	return m[k]
}

// progress matches the lines by which the testing package says that a test
// starts, waits and goes on.
var progress = regexp.MustCompile(`(?m)^=== (RUN|PAUSE|CONT|NAME) .*\n`)

// frame matches the lines that the testing package adds around a test's own.
var frame = regexp.MustCompile(`^\s*(=== |--- )`)

// location matches the file and line that t.Skip puts before its reason.
var location = regexp.MustCompile(`^\s*\S+\.go:\d+: `)

// reason picks from a skipped test's output what t.Skip was given.
func reason(output string) string {
	var lines []string
	for line := range strings.Lines(output) {
		if !frame.MatchString(line) {
			lines = append(lines, strings.TrimSpace(location.ReplaceAllString(line, "")))
		}
	}
	if len(lines) == 0 {
		return "no reason given"
	}
	return strings.Join(lines, " ")
}
