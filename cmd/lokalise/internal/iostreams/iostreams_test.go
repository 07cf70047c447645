package iostreams_test

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"charm.land/lipgloss/v2"

	"github.com/golokalise/lokalise/cmd/lokalise/internal/iostreams"
)

func TestStylesReachOnlyTerminalsThatWantThem(t *testing.T) {
	t.Parallel()
	const color, bold = "color", "bold"
	tests := []struct {
		name    string
		tty     bool
		environ []string
		want    []string
	}{
		{"terminal with 256 colors", true, []string{"TERM=xterm-256color"}, []string{color, bold}},
		{"pipe", false, []string{"TERM=xterm-256color"}, nil},
		{"dumb terminal", true, []string{"TERM=dumb"}, nil},
		{"NO_COLOR=1", true, []string{"TERM=xterm-256color", "NO_COLOR=1"}, []string{bold}},
		{"NO_COLOR with any value", true, []string{"TERM=xterm-256color", "NO_COLOR=please"}, []string{bold}},
		{"empty NO_COLOR does not count", true, []string{"TERM=xterm-256color", "NO_COLOR="}, []string{color, bold}},
		{"forced into a pipe", false, []string{"TERM=xterm-256color", "CLICOLOR_FORCE=1"}, []string{color, bold}},
		{"NO_COLOR beats force", false, []string{"TERM=xterm-256color", "CLICOLOR_FORCE=1", "NO_COLOR=1"}, []string{bold}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s, out, _ := iostreams.Test(strings.NewReader(""), iostreams.Terminal{Out: tt.tty, Environ: tt.environ})
			if _, err := io.WriteString(s.Styled(), lipgloss.NewStyle().Bold(true).Render("b")+lipgloss.NewStyle().Foreground(lipgloss.Red).Render("c")); err != nil {
				t.Fatal(err)
			}
			var got []string
			if strings.Contains(out.String(), "\x1b[31m") {
				got = append(got, color)
			}
			if strings.Contains(out.String(), "\x1b[1m") {
				got = append(got, bold)
			}
			if fmt.Sprint(got) != fmt.Sprint(tt.want) {
				t.Errorf("got %v in %q, want %v", got, out, tt.want)
			}
		})
	}
}

func TestCanAskNeedsATerminalOnBothSides(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ in, out, want bool }{
		{true, true, true}, {true, false, false}, {false, true, false}, {false, false, false},
	} {
		s, _, _ := iostreams.Test(strings.NewReader(""), iostreams.Terminal{In: tt.in, Out: tt.out})
		if s.CanAsk() != tt.want {
			t.Errorf("input terminal %v, output terminal %v: CanAsk() = %v", tt.in, tt.out, !tt.want)
		}
	}
}

func TestPipeHasNoWidth(t *testing.T) {
	t.Parallel()
	pipe, _, _ := iostreams.Test(strings.NewReader(""), iostreams.Terminal{Width: 80})
	terminal, _, _ := iostreams.Test(strings.NewReader(""), iostreams.Terminal{Out: true, Width: 80})
	if pipe.Width() != 0 || terminal.Width() != 80 {
		t.Errorf("pipe %d, terminal %d; want 0 and 80", pipe.Width(), terminal.Width())
	}
}
