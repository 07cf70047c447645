package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/golokalise/lokalise/cmd/lokalise/internal/app"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"lokalise": func() { os.Exit(app.Main()) },
	})
}

// TestScripts runs testdata/script, the specification of the command line as
// its users see it.
func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "script"),
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("GORACE", os.Getenv("GORACE")) // options of the race detector
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"waitline": waitLine,
			"exitcode": exitCode,
		},
	})
}

// waitLine waits until a file that another program writes has a whole line:
// waitline FILE.
func waitLine(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: waitline FILE")
	}
	deadline := time.NewTimer(30 * time.Second)
	defer deadline.Stop()
	look := time.NewTicker(10 * time.Millisecond)
	defer look.Stop()
	for {
		content, err := os.ReadFile(ts.MkAbs(args[0]))
		if err == nil && len(content) > 0 && content[len(content)-1] == '\n' {
			return
		}
		select {
		case <-look.C:
		case <-deadline.C:
			ts.Fatalf("no whole line in %s after 30 s (%v): %q", args[0], err, content)
		}
	}
}

// exitCode runs a command that must end with the code: exitcode CODE COMMAND…
func exitCode(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exitcode CODE COMMAND [ARGS…]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		exited, ok := errors.AsType[*exec.ExitError](err)
		if !ok {
			ts.Fatalf("running %s: %v", args[1], err)
		}
		got = exited.ExitCode()
	}
	if got != want {
		ts.Fatalf("%s ended with code %d, not %d", args[1], got, want)
	}
}
