// Package cmdutil holds what the commands share: checks of their arguments and
// JSON output.
package cmdutil

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/golokalise/lokalise/cmd/lokalise/internal/exit"
)

// typos is how many letters may differ between a word and the command that it
// was meant to be.
const typos = 2

// NoArgs refuses arguments. On a command with subcommands an argument is a
// subcommand that does not exist, and the hint names the nearest ones.
func NoArgs(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	if !cmd.HasAvailableSubCommands() {
		return exit.Usagef(SeeHelp(cmd), "%q takes no argument, but got %q", cmd.CommandPath(), args[0])
	}
	return UnknownCommand(cmd, args[0])
}

// UnknownCommand says that a command has no such subcommand.
func UnknownCommand(cmd *cobra.Command, name string) error {
	return exit.Usagef(suggest(cmd, name), "%q has no command %q", cmd.CommandPath(), name)
}

func suggest(cmd *cobra.Command, name string) string {
	cmd.SuggestionsMinimumDistance = typos
	near := cmd.SuggestionsFor(name)
	if len(near) == 0 {
		return SeeHelp(cmd)
	}
	for i, n := range near {
		near[i] = cmd.CommandPath() + " " + n
	}
	return "did you mean " + strings.Join(near, " or ") + "?"
}

// SeeHelp is the hint that points at a command's help.
func SeeHelp(cmd *cobra.Command) string { return "see " + cmd.CommandPath() + " --help" }

// FlagError turns a mistake in the flags into a usage error.
func FlagError(cmd *cobra.Command, err error) error {
	return &exit.Error{Code: exit.Usage, Hint: SeeHelp(cmd), Err: err}
}
