package app

import (
	"bytes"
	"context"
	"strings"

	"charm.land/fang/v2"
	"charm.land/lipgloss/v2"
	"github.com/spf13/cobra"

	"github.com/golokalise/lokalise/cmd/lokalise/internal/cmdutil"
	"github.com/golokalise/lokalise/cmd/lokalise/internal/factory"
)

// helpFunc renders help through fang. fang does not run the program itself,
// because before it prints an error it asks the terminal for its background
// color, which reads the input and takes seconds where nobody answers. Its
// way in is a whole command line, so a fresh tree gets "<command> --help".
func helpFunc(f *factory.Factory) func(*cobra.Command, []string) {
	return func(cmd *cobra.Command, _ []string) {
		root := NewRoot(f)
		root.SetArgs(append(strings.Fields(cmd.CommandPath())[1:], "--help"))
		var plain bytes.Buffer
		if !f.IO.ShowsColor() {
			root.SetOut(&plain)
		}
		ctx := cmd.Context()
		if ctx == nil {
			ctx = context.Background()
		}
		if err := fang.Execute(ctx, root, fang.WithoutManpage(), fang.WithoutVersion(), fang.WithColorSchemeFunc(colors)); err != nil {
			return // fang has printed it
		}
		_, _ = f.IO.Out.Write(trimRight(plain.Bytes())) // nowhere left to report it
	}
}

// trimRight takes away the blanks with which a style fills its lines: they
// would end up in a pipe.
func trimRight(text []byte) []byte {
	lines := bytes.Split(text, []byte("\n"))
	for i := range lines {
		lines[i] = bytes.TrimRight(lines[i], " ")
	}
	return bytes.Join(lines, []byte("\n"))
}

// colors are the sixteen that every terminal has, in the person's own theme.
func colors(c lipgloss.LightDarkFunc) fang.ColorScheme {
	scheme := fang.AnsiColorScheme(c)
	scheme.Base, scheme.Description, scheme.Argument = lipgloss.NoColor{}, lipgloss.NoColor{}, lipgloss.NoColor{}
	scheme.Comment, scheme.DimmedArgument, scheme.FlagDefault = lipgloss.BrightBlack, lipgloss.BrightBlack, lipgloss.BrightBlack
	scheme.Codeblock = lipgloss.NoColor{}
	scheme.Title, scheme.Program = lipgloss.Blue, lipgloss.Cyan
	return scheme
}

// newHelpCmd is "lokalise help": cobra's own exits with 0 for a topic that
// does not exist.
func newHelpCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "help [command]",
		Short: "Explain a command or a topic",
		Example: `lokalise help demo
lokalise help sandbox env
lokalise help exit-codes`,
		ValidArgsFunction: completeHelp,
		RunE: func(cmd *cobra.Command, args []string) error {
			found, rest, err := cmd.Root().Find(args)
			if err == nil && len(rest) == 0 {
				return found.Help()
			}
			if found == nil {
				found = cmd.Root()
			}
			return cmdutil.UnknownCommand(found, unknown(args, rest))
		},
	}
}

// unknown is the first word that no command answers to.
func unknown(args, rest []string) string {
	if len(rest) > 0 {
		return rest[0]
	}
	return args[len(args)-1]
}

func completeHelp(cmd *cobra.Command, args []string, toComplete string) ([]cobra.Completion, cobra.ShellCompDirective) {
	parent, rest, err := cmd.Root().Find(args)
	if err != nil || len(rest) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var names []cobra.Completion
	for _, sub := range parent.Commands() {
		if !sub.Hidden && strings.HasPrefix(sub.Name(), toComplete) {
			names = append(names, cobra.CompletionWithDesc(sub.Name(), sub.Short))
		}
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}
