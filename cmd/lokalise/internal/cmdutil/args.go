// Package cmdutil holds what the commands share: checks of their arguments and
// JSON output.
package cmdutil

import (
	"errors"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

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

// valuesOf says what flags take, by the type that pflag gives them.
var valuesOf = map[string]string{
	"bool":     "true or false",
	"int":      "a whole number",
	"duration": "a time with its unit, such as 30s or 5m",
}

// FlagError turns a mistake in the flags into a usage error. What a parser of
// the standard library says of a value names functions of Go; here it says what
// the flag takes.
func FlagError(cmd *cobra.Command, err error) error {
	if invalid, ok := errors.AsType[*pflag.InvalidValueError](err); ok {
		flag := invalid.GetFlag()
		if wants, known := valuesOf[flag.Value.Type()]; known {
			return exit.Usagef(SeeHelp(cmd), "invalid argument %q for %q flag: it takes %s", invalid.GetValue(), "--"+flag.Name, wants)
		}
	}
	return &exit.Error{Code: exit.Usage, Hint: SeeHelp(cmd), Err: err}
}
