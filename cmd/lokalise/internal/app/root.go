package app

import (
	"github.com/spf13/cobra"

	"github.com/golokalise/lokalise/cmd/lokalise/internal/cmd/auth"
	"github.com/golokalise/lokalise/cmd/lokalise/internal/cmd/demo"
	"github.com/golokalise/lokalise/cmd/lokalise/internal/cmd/projects"
	"github.com/golokalise/lokalise/cmd/lokalise/internal/cmd/sandbox"
	"github.com/golokalise/lokalise/cmd/lokalise/internal/cmd/version"
	"github.com/golokalise/lokalise/cmd/lokalise/internal/cmdutil"
	"github.com/golokalise/lokalise/cmd/lokalise/internal/factory"
	"github.com/golokalise/lokalise/cmd/lokalise/internal/topics"
)

// NewRoot builds the whole command tree.
func NewRoot(f *factory.Factory) *cobra.Command {
	root := &cobra.Command{
		Use:   "lokalise",
		Short: "Act on Lokalise on a user's behalf",
		Long: `Lokalise on the command line. Start with "lokalise demo": it shows the whole
OAuth 2 flow against a Lokalise that runs on this machine, no account needed.
"lokalise sandbox" keeps that Lokalise running for your own programs.`,
		Example: `# Watch the OAuth 2 flow, with yourself as the user
lokalise demo

# Run a Lokalise for tests and for any SDK
lokalise sandbox --addr 127.0.0.1:8484`,
		Args:          cmdutil.NoArgs,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
		Version:       version.Of(f.BuildInfo).Version,
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.SetIn(f.IO.In)
	root.SetOut(f.IO.Out)
	root.SetErr(f.IO.Err)
	root.SetFlagErrorFunc(cmdutil.FlagError)
	root.PersistentFlags().BoolP("help", "h", false, "Explain this command")
	root.Flags().Bool("version", false, "Print the version")
	root.SetVersionTemplate("{{.Name}} {{.Version}}\n")
	root.AddGroup(&cobra.Group{ID: topics.Group, Title: "help topics"})
	root.AddCommand(auth.NewCmd(f), projects.NewCmd(f), demo.NewCmd(f, nil), sandbox.NewCmd(f, nil), version.NewCmd(f))
	root.AddCommand(topics.All()...)
	root.SetHelpCommand(newHelpCmd())
	setCompletion(root)
	root.SetHelpFunc(helpFunc(f))
	return root
}

// setCompletion adds cobra's completion command now, not when the program
// runs, to give it a text that fits a line.
func setCompletion(root *cobra.Command) {
	root.InitDefaultCompletionCmd()
	for _, cmd := range root.Commands() {
		if cmd.Name() != "completion" {
			continue
		}
		cmd.Short = "Print a script that completes commands"
		cmd.Long = `Print the script that lets a shell complete commands and flags. The help of
each shell says where the script goes.`
		cmd.Example = "source <(lokalise completion bash)\nlokalise completion zsh --help"
		cmd.Args, cmd.ValidArgsFunction = cmdutil.NoArgs, nil
		cmd.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
	}
}
