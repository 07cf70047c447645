// Package iostreams is where the program reads and writes, and what it knows
// about the other end: whether a person sits at a terminal, how wide it is and
// which colors it shows.
//
// Data goes to Out and nothing else does; errors, prompts and progress go to
// Err. What is styled goes through Styled, which takes the styles out again
// where they would not be seen.
package iostreams

import (
	"bytes"
	"io"
	"os"
	"strings"

	"github.com/charmbracelet/colorprofile"
	"golang.org/x/term"
)

// Streams are the program's input and outputs.
type Streams struct {
	In  io.Reader
	Out io.Writer
	Err io.Writer

	inTTY, outTTY, errTTY bool
	environ               []string
	width                 func() int
}

// System returns the streams of the process.
func System() *Streams {
	return &Streams{
		In:      os.Stdin,
		Out:     os.Stdout,
		Err:     os.Stderr,
		inTTY:   isTerminal(os.Stdin),
		outTTY:  isTerminal(os.Stdout),
		errTTY:  isTerminal(os.Stderr),
		environ: os.Environ(),
		width:   func() int { return terminalWidth(os.Stdout) },
	}
}

// Terminal describes the other end of test streams.
type Terminal struct {
	// In, Out and Err tell which of the three is a terminal.
	In, Out, Err bool
	// Width is the number of columns, 0 for unknown.
	Width int
	// Environ is the environment, as in os.Environ: TERM, NO_COLOR and so on.
	Environ []string
}

// Test returns streams that read what the test gives and write into buffers.
func Test(in io.Reader, t Terminal) (s *Streams, out, errOut *bytes.Buffer) {
	out, errOut = new(bytes.Buffer), new(bytes.Buffer)
	return &Streams{
		In: in, Out: out, Err: errOut,
		inTTY: t.In, outTTY: t.Out, errTTY: t.Err,
		environ: t.Environ,
		width:   func() int { return t.Width },
	}, out, errOut
}

// CanAsk tells whether a person can be asked something: both the input and the
// output are a terminal.
func (s *Streams) CanAsk() bool { return s.inTTY && s.outTTY }

// InIsTerminal tells whether a person may be typing into In.
func (s *Streams) InIsTerminal() bool { return s.inTTY }

// OutIsTerminal tells whether a person reads Out.
func (s *Streams) OutIsTerminal() bool { return s.outTTY }

// Width is the number of columns of the terminal behind Out, or 0 when there
// is none: a pipe has no width, and nothing may be cut for it.
func (s *Streams) Width() int {
	if !s.outTTY {
		return 0
	}
	return s.width()
}

// Styled returns a writer to Out that shows styles as far as the terminal can,
// and takes them out when there is no terminal.
func (s *Streams) Styled() io.Writer {
	return &colorprofile.Writer{Forward: s.Out, Profile: s.profile(s.outTTY)}
}

// StyledErr is Styled for Err.
func (s *Streams) StyledErr() io.Writer {
	return &colorprofile.Writer{Forward: s.Err, Profile: s.profile(s.errTTY)}
}

// profile tells which styles to show. NO_COLOR counts when it is set to
// anything (https://no-color.org); colorprofile alone wants a boolean.
func (s *Streams) profile(tty bool) colorprofile.Profile {
	profile := colorprofile.NoTTY
	if force := s.Getenv("CLICOLOR_FORCE"); tty || (force != "" && force != "0") {
		profile = colorprofile.Env(s.environ)
	}
	if s.Getenv("NO_COLOR") != "" {
		return min(profile, colorprofile.ASCII)
	}
	return profile
}

// Getenv returns a variable of the environment, or "". The last one of a name
// wins, as it does for os/exec.
func (s *Streams) Getenv(name string) string {
	value := ""
	for _, pair := range s.environ {
		if v, ok := strings.CutPrefix(pair, name+"="); ok {
			value = v
		}
	}
	return value
}

func isTerminal(f *os.File) bool {
	return term.IsTerminal(int(f.Fd()))
}

func terminalWidth(f *os.File) int {
	width, _, err := term.GetSize(int(f.Fd()))
	if err != nil {
		return 0
	}
	return width
}
