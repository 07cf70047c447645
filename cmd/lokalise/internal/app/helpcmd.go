package app

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/golokalise/lokalise/cmd/lokalise/internal/cmdutil"
)

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
