package app_test

import (
	"bytes"
	"context"
	"encoding/json"
	"runtime/debug"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/spf13/cobra"

	"github.com/golokalise/lokalise/cmd/lokalise/internal/app"
	"github.com/golokalise/lokalise/cmd/lokalise/internal/exit"
	"github.com/golokalise/lokalise/cmd/lokalise/internal/factory"
	"github.com/golokalise/lokalise/cmd/lokalise/internal/iostreams"
)

func newFactory(t iostreams.Terminal) (f *factory.Factory, out, errOut *bytes.Buffer) {
	streams, out, errOut := iostreams.Test(strings.NewReader(""), t)
	return &factory.Factory{
		Program:     "lokalise",
		IO:          streams,
		OpenBrowser: func(context.Context, string) error { return nil },
		BuildInfo: func() (*debug.BuildInfo, bool) {
			return &debug.BuildInfo{Main: debug.Module{Version: "v1.2.3"}}, true
		},
	}, out, errOut
}

// commands lists every command below and including cmd. What completes each
// shell is cobra's.
func commands(cmd *cobra.Command) []*cobra.Command {
	list := []*cobra.Command{cmd}
	if cmd.Name() == "completion" {
		return list
	}
	for _, sub := range cmd.Commands() {
		list = append(list, commands(sub)...)
	}
	return list
}

func TestEveryCommandHasHelpThatFitsATerminal(t *testing.T) {
	t.Parallel()
	f, _, _ := newFactory(iostreams.Terminal{})
	for _, cmd := range commands(app.NewRoot(f)) {
		t.Run(cmd.CommandPath(), func(t *testing.T) {
			t.Parallel()
			if cmd.Short == "" || (cmd.Runnable() && cmd.Example == "") {
				t.Errorf("short %q, example %q", cmd.Short, cmd.Example)
			}
			f, out, errOut := newFactory(iostreams.Terminal{})
			args := append(strings.Fields(cmd.CommandPath())[1:], "--help")
			if code := app.Run(t.Context(), f, args); code != exit.OK || errOut.Len() > 0 {
				t.Fatalf("exit code %d, error output %q", code, errOut)
			}
			for line := range strings.Lines(out.String()) {
				line = strings.TrimSuffix(line, "\n")
				if width := ansi.StringWidth(line); width > 80 || line != strings.TrimRight(line, " ") {
					t.Errorf("%d columns: %q", width, line)
				}
			}
		})
	}
}

func TestInterruptedCommandEndsWith130AndSaysSo(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, args := range [][]string{{"demo"}, {"demo", "--json"}} {
		f, out, errOut := newFactory(iostreams.Terminal{})
		if code := app.Run(ctx, f, args); code != exit.Interrupted {
			t.Errorf("%v: exit code %d", args, code)
		}
		if !strings.Contains(strings.ToLower(errOut.String()), "interrupted") || strings.Contains(out.String(), "interrupted") {
			t.Errorf("%v: output %q, error output %q", args, out, errOut)
		}
	}
}

func TestErrorsAreRedOnATerminalOnly(t *testing.T) {
	t.Parallel()
	for _, tty := range []bool{true, false} {
		f, out, errOut := newFactory(iostreams.Terminal{Err: tty, Environ: []string{"TERM=xterm-256color"}})
		if code := app.Run(t.Context(), f, []string{"nothing"}); code != exit.Usage {
			t.Errorf("exit code %d", code)
		}
		if strings.Contains(errOut.String(), "\x1b[") != tty || out.Len() > 0 {
			t.Errorf("terminal %v: output %q, error output %q", tty, out, errOut)
		}
	}
}

func TestErrorsAreJSONWhereDataIs(t *testing.T) {
	t.Parallel()
	f, out, errOut := newFactory(iostreams.Terminal{})
	code := app.Run(t.Context(), f, []string{"demo", "--json", "--timeout", "0s"})
	var got struct {
		Error, Hint string
		ExitCode    int `json:"exit_code"`
	}
	if err := json.Unmarshal(errOut.Bytes(), &got); err != nil {
		t.Fatalf("%v: %q", err, errOut)
	}
	if code != exit.Usage || got.ExitCode != code || got.Error == "" || got.Hint == "" || out.Len() > 0 {
		t.Errorf("code %d, output %q, error output %q", code, out, errOut)
	}
}

func TestErrorStaysOnItsLine(t *testing.T) {
	t.Parallel()
	f, _, errOut := newFactory(iostreams.Terminal{})
	app.Run(t.Context(), f, []string{"two\nlines\x1b[2J"})
	first, _, _ := strings.Cut(errOut.String(), "\n")
	if !strings.Contains(first, "lines") || strings.Contains(errOut.String(), "\x1b") {
		t.Errorf("error output %q", errOut)
	}
}
