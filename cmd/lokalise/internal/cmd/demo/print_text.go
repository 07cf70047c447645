package demo

import (
	"fmt"
	"io"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/golokalise/lokalise/cmd/lokalise/internal/iostreams"
)

const (
	// proseWidth is the longest line of prose; wider ones are hard to read.
	proseWidth = 80
	textIndent = "    "
	bodyIndent = "      "
)

// textPrinter shows the demo to a person. It fits its lines to a terminal; in a
// pipe nothing is cut.
type textPrinter struct {
	w                             io.Writer
	program                       string
	width                         int // of the terminal, 0: no terminal
	bold, faint, good, bad, arrow lipgloss.Style
}

func newTextPrinter(streams *iostreams.Streams, program string) *textPrinter {
	style := lipgloss.NewStyle
	return &textPrinter{
		w:       streams.Styled(),
		program: program,
		width:   streams.Width(),
		bold:    style().Bold(true),
		faint:   style().Faint(true),
		good:    style().Foreground(lipgloss.Green),
		bad:     style().Foreground(lipgloss.Red).Bold(true),
		arrow:   style().Foreground(lipgloss.Cyan),
	}
}

func (p *textPrinter) start(sandboxURL string) error {
	return p.write(p.bold.Render("OAuth 2 with Lokalise, end to end") + "\n" +
		"A sandbox of Lokalise runs at " + sandboxURL + " until the demo ends.\n")
}

func (p *textPrinter) step(number int, r record) error {
	var b strings.Builder
	fmt.Fprintf(&b, "\n%s\n", p.bold.Render(fmt.Sprintf("%2d  %s", number, r.Title)))
	b.WriteString(p.prose(r.about))
	b.WriteString(p.request(r))
	b.WriteString(p.response(r.Response))
	if r.OK {
		b.WriteString(p.outcome(p.good.Render("✓"), r.result))
	} else {
		b.WriteString(p.outcome(p.bad.Render("✗"), r.Error))
	}
	return p.write(b.String())
}

func (p *textPrinter) ask(_ string, opts *Options) error {
	text := "Open the address above in a browser and allow access."
	if opts.Browser {
		text = "Your browser opens the address above. Allow access there."
	}
	text += " No browser here? Press Enter and the demo allows it for you. Ctrl-C stops."
	return p.write("\n" + p.prose(text))
}

func (p *textPrinter) note(text string) error { return p.write(p.prose(text)) }

func (p *textPrinter) end(steps int) error {
	return p.write(fmt.Sprintf("\n%s All %d steps did what they should.\n\n%s\n%s\n%s\n",
		p.good.Render("✓"), steps,
		p.bold.Render("What next"),
		p.next("sandbox", "Keep this Lokalise running for your own program"),
		p.next("demo --yes --json", "The same with every header and whole bodies")))
}

func (p *textPrinter) next(args, why string) string {
	return "  " + p.faint.Render(why) + "\n    " + p.program + " " + args
}

func (p *textPrinter) write(s string) error {
	_, err := io.WriteString(p.w, s)
	return err
}

// prose is text to read, wrapped and indented.
func (p *textPrinter) prose(text string) string {
	return indent(ansi.Wordwrap(text, p.proseColumns(), ""), textIndent)
}

// outcome is the last line of a step.
func (p *textPrinter) outcome(mark, text string) string {
	wrapped := ansi.Wordwrap(printable(text), p.proseColumns()-2, "")
	return textIndent + mark + " " + strings.TrimLeft(indent(wrapped, textIndent+"  "), " ")
}

func (p *textPrinter) proseColumns() int {
	width := proseWidth
	if p.width > 0 {
		width = min(width, p.width)
	}
	return max(width-len(textIndent), 20)
}
