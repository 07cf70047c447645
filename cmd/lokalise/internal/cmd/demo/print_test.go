package demo

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/golokalise/lokalise/cmd/lokalise/internal/iostreams"
	"github.com/golokalise/lokalise/cmd/lokalise/internal/trace"
)

// sampleRecord has everything that a step can have, with lines too long for a
// terminal and more of them than are shown.
func sampleRecord() record {
	members := make([]string, 40)
	for i := range members {
		members[i] = strings.Repeat("word ", 30)
	}
	long, err := json.Marshal(members)
	if err != nil {
		panic(err) // strings always encode
	}
	return record{
		Step: "projects", Title: "A title", OK: true,
		Request: &trace.Request{
			Method:  "GET",
			URL:     "http://127.0.0.1:1/callback?code=5ec2%E2%80%A6%5Bredacted%5D&long=" + strings.Repeat("y", 100),
			Headers: map[string]string{"Authorization": "Bearer 5ec2…[redacted]", "X-Other": "not of interest"},
		},
		Response: &trace.Response{
			Status:  200,
			Headers: map[string]string{"X-Lokalise-Process-Id": "an\x1b[31mid", "Date": "not of interest"},
			Body:    long,
		},
		about:  "What this step is about, in a sentence that is longer than one line of a terminal with eighty columns.",
		result: "What came of it.",
	}
}

func printed(t *testing.T, terminal iostreams.Terminal, opts Options, show func(p printer) error) (out, errOut string) {
	t.Helper()
	streams, stdout, stderr := iostreams.Test(strings.NewReader(""), terminal)
	opts.IO = streams
	if err := show(newPrinter(&opts)); err != nil {
		t.Fatal(err)
	}
	return stdout.String(), stderr.String()
}

var (
	pipe     = iostreams.Terminal{Environ: []string{"TERM=xterm-256color"}}
	terminal = iostreams.Terminal{In: true, Out: true, Err: true, Width: 80, Environ: []string{"TERM=xterm-256color"}}
)

func showSample(p printer) error { return p.step(5, sampleRecord()) }

func TestPipeGetsNoEscapeSequencesAndNothingCut(t *testing.T) {
	t.Parallel()
	out, _ := printed(t, pipe, Options{}, showSample)
	if strings.Contains(out, "\x1b") {
		t.Errorf("escape sequences in a pipe: %q", out)
	}
	for _, want := range []string{
		" 5  A title", "What came of it.",
		"GET http://127.0.0.1:1/callback?code=5ec2…[redacted]&long=" + strings.Repeat("y", 100),
		strings.Repeat("word ", 30),
		"Authorization: Bearer 5ec2…[redacted]", "200 OK", "more lines; --json shows them",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is missing from:\n%s", want, out)
		}
	}
	if strings.Contains(out, "not of interest") {
		t.Errorf("headers that do not matter are shown:\n%s", out)
	}
}

func TestTerminalGetsStylesWithinItsWidth(t *testing.T) {
	t.Parallel()
	for _, width := range []int{40, 80, 200} {
		narrow := terminal
		narrow.Width = width
		out, _ := printed(t, narrow, Options{}, showSample)
		if !strings.Contains(out, "\x1b[1m") {
			t.Errorf("width %d: the title is not bold: %q", width, out)
		}
		for line := range strings.Lines(out) {
			if got := ansi.StringWidth(strings.TrimSuffix(line, "\n")); got > width {
				t.Errorf("width %d: a line takes %d columns: %q", width, got, line)
			}
		}
	}
}

func TestProseStaysReadableOnAWideTerminal(t *testing.T) {
	t.Parallel()
	wide := terminal
	wide.Width = 200
	out, _ := printed(t, wide, Options{}, func(p printer) error { return p.note(strings.Repeat("word ", 60)) })
	for line := range strings.Lines(out) {
		if got := ansi.StringWidth(strings.TrimSuffix(line, "\n")); got > proseWidth {
			t.Errorf("prose takes %d columns: %q", got, line)
		}
	}
}

func TestServerCannotDriveTheTerminal(t *testing.T) {
	t.Parallel()
	out, _ := printed(t, terminal, Options{}, showSample)
	if strings.Contains(out, "an\x1b[31mid") || !strings.Contains(out, "an�[31mid") {
		t.Errorf("an escape sequence from a header got through: %q", out)
	}
}

func TestAuthorizationURLStandsUnbrokenOnALineOfItsOwn(t *testing.T) {
	t.Parallel()
	address := "http://127.0.0.1:1/oauth2/auth?client_id=" + strings.Repeat("1", 120) + "&state=abc"
	out, _ := printed(t, terminal, Options{}, func(p printer) error {
		return p.step(1, record{Step: "authorization", OK: true, Request: &trace.Request{Method: "GET", URL: address}})
	})
	var found bool
	for line := range strings.Lines(out) {
		found = found || line == address+"\n"
	}
	if !found {
		t.Errorf("no line is the address alone:\n%s", out)
	}
}

func TestFailedStepShowsItsError(t *testing.T) {
	t.Parallel()
	failed := record{Step: "refresh", Title: "Refresh", Error: "it went wrong"}
	out, _ := printed(t, pipe, Options{}, func(p printer) error { return p.step(8, failed) })
	if !strings.Contains(out, "✗ it went wrong") || strings.Contains(out, "✓") {
		t.Errorf("got:\n%s", out)
	}
}

func TestJSONHasOneLineAStepAndTalksToThePersonElsewhere(t *testing.T) {
	t.Parallel()
	out, errOut := printed(t, terminal, Options{JSON: true}, func(p printer) error {
		return firstError(
			p.start("http://127.0.0.1:1"),
			p.step(1, sampleRecord()),
			p.ask("http://127.0.0.1:1/oauth2/auth?a=1&b=2", &Options{}),
			p.note("a note"),
			p.step(2, record{Step: "x", Title: "X", Error: "failed"}),
			p.end(2),
		)
	})
	lines := strings.Split(strings.TrimSuffix(out, "\n"), "\n")
	if len(lines) != 2 {
		t.Fatalf("%d lines, want 2:\n%s", len(lines), out)
	}
	for i, line := range lines {
		var got struct {
			Step, Title, Error string
			OK                 *bool
		}
		dec := json.NewDecoder(bytes.NewReader([]byte(line)))
		if err := dec.Decode(&got); err != nil || got.Step == "" || got.Title == "" || got.OK == nil {
			t.Errorf("line %d, %v: %s", i+1, err, line)
		}
	}
	if strings.Contains(out, "\x1b") {
		t.Errorf("escape sequences in JSON: %q", out)
	}
	if !strings.Contains(errOut, "http://127.0.0.1:1/oauth2/auth?a=1&b=2") || !strings.Contains(errOut, "a note") {
		t.Errorf("the person is told:\n%s", errOut)
	}
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
