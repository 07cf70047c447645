package app

import (
	"fmt"
	"io"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/golokalise/lokalise/cmd/lokalise/internal/factory"
)

// helpWidth is the widest line of a help text, and its width in a pipe.
const helpWidth = 80

// helpFunc writes the help of a command. It uses the styles that every
// terminal has, bold and faint, and asks the terminal nothing: libraries that
// want to know its background color first wait for seconds where nobody
// answers, and swallow what the person types meanwhile.
func helpFunc(f *factory.Factory) func(*cobra.Command, []string) {
	return func(cmd *cobra.Command, _ []string) {
		width := helpWidth
		if w := f.IO.Width(); w > 0 {
			width = min(width, w)
		}
		h := &help{cmd: cmd, width: width, bold: lipgloss.NewStyle().Bold(true), faint: lipgloss.NewStyle().Faint(true)}
		_, _ = io.WriteString(f.IO.Styled(), h.text()) // nowhere left to report it
	}
}

// help renders one command's help.
type help struct {
	cmd         *cobra.Command
	width       int
	bold, faint lipgloss.Style
}

// row is a name and what it stands for.
type row struct{ name, text string }

func (h *help) text() string {
	var b strings.Builder
	long := h.cmd.Long
	if long == "" {
		long = h.cmd.Short
	}
	b.WriteString(strings.TrimSpace(long) + "\n")
	if h.cmd.Runnable() {
		h.section(&b, "USAGE", "  "+h.usage()+"\n")
	}
	h.section(&b, "EXAMPLES", h.examples())
	h.section(&b, "COMMANDS", h.rows(h.subcommands("")))
	for _, group := range h.cmd.Groups() {
		h.section(&b, strings.ToUpper(group.Title), h.rows(h.subcommands(group.ID)))
	}
	if h.cmd.Runnable() {
		h.section(&b, "FLAGS", h.rows(h.flags()))
	}
	return b.String()
}

func (h *help) section(b *strings.Builder, title, text string) {
	if text != "" {
		fmt.Fprintf(b, "\n%s\n%s", h.bold.Render(title), text)
	}
}

func (h *help) usage() string {
	line := h.cmd.CommandPath()
	if _, args, ok := strings.Cut(h.cmd.Use, " "); ok {
		return line + " " + args
	}
	if h.cmd.HasAvailableSubCommands() {
		line += " [command]"
	}
	return line + " [flags]"
}

func (h *help) examples() string {
	var b strings.Builder
	for line := range strings.Lines(h.cmd.Example) {
		line = strings.TrimSuffix(line, "\n")
		switch {
		case strings.HasPrefix(line, "#"):
			b.WriteString("  " + h.faint.Render(line) + "\n")
		case line == "":
			b.WriteString("\n")
		default:
			b.WriteString("  " + line + "\n")
		}
	}
	return b.String()
}

func (h *help) subcommands(group string) []row {
	var rows []row
	for _, sub := range h.cmd.Commands() {
		if !sub.Hidden && sub.GroupID == group {
			rows = append(rows, row{sub.Name(), sub.Short})
		}
	}
	return rows
}

func (h *help) flags() []row {
	var rows []row
	h.cmd.InheritedFlags() // cobra adds them to Flags when somebody asks
	h.cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		name := "    --" + f.Name
		if f.Shorthand != "" {
			name = "-" + f.Shorthand + ", --" + f.Name
		}
		value, text := pflag.UnquoteUsage(f)
		if value != "" {
			name += " " + value
		}
		if d := f.DefValue; d != "" && d != "false" && d != "0" && d != "[]" {
			text += " (default " + d + ")"
		}
		rows = append(rows, row{name, text})
	})
	return rows
}

// rows aligns the texts in a column and wraps them inside it.
func (h *help) rows(rows []row) string {
	column := 0
	for _, r := range rows {
		column = max(column, ansi.StringWidth(r.name))
	}
	indent := strings.Repeat(" ", column+4)
	var b strings.Builder
	for _, r := range rows {
		text := ansi.Wordwrap(r.text, max(h.width-len(indent), 20), "")
		fmt.Fprintf(&b, "  %-*s  %s\n", column, r.name, strings.ReplaceAll(text, "\n", "\n"+indent))
	}
	return b.String()
}
