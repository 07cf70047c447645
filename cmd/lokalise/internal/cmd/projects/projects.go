// Package projects is "lokalise projects".
package projects

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/golokalise/lokalise"
	"github.com/golokalise/lokalise/cmd/lokalise/internal/account"
	"github.com/golokalise/lokalise/cmd/lokalise/internal/cmdutil"
	"github.com/golokalise/lokalise/cmd/lokalise/internal/exit"
	"github.com/golokalise/lokalise/cmd/lokalise/internal/factory"
	"github.com/golokalise/lokalise/cmd/lokalise/internal/iostreams"
)

// largestPage is the largest page of the API.
const largestPage = 5000

// NewCmd returns the command with its subcommands.
func NewCmd(f *factory.Factory) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "projects",
		Short:   "Look at your projects",
		Example: "lokalise projects list",
		Args:    cmdutil.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newListCmd(f))
	return cmd
}

// listOptions are the settings of "projects list".
type listOptions struct {
	account cmdutil.Account
	json    bool
	limit   int
}

func newListCmd(f *factory.Factory) *cobra.Command {
	opts := &listOptions{}
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List the projects that the account can see",
		Long: `List the projects that the account can see, one on a line: its ID and its
name. With --json each line is a project as the API describes it, without
settings and statistics. It needs the scope read_projects.`,
		Example: `lokalise projects list
lokalise projects list --limit 10 --json`,
		Args: cmdutil.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := opts.account.Check(cmd); err != nil {
				return err
			}
			if opts.limit < 0 {
				return exit.Usagef(cmdutil.SeeHelp(cmd), "--limit must not be negative, got %d", opts.limit)
			}
			return runList(cmd.Context(), f.IO, opts)
		},
	}
	cmdutil.AddAccountFlags(cmd, &opts.account, account.DefaultName, "The `name` of the account")
	cmdutil.AddJSONFlag(cmd, &opts.json, "Print each project as a line of JSON")
	cmd.Flags().IntVar(&opts.limit, "limit", 0, "Stop after this `number` of projects; 0 lists them all")
	return cmd
}

func runList(ctx context.Context, streams *iostreams.Streams, opts *listOptions) (err error) {
	accounts, err := account.Open(ctx, streams, opts.account.KeyFile)
	if err != nil {
		return err
	}
	a, err := accounts.Get(ctx, opts.account.Name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close(ctx)) }()
	if err := a.CheckServer(streams.Getenv); err != nil {
		return err
	}
	client, err := a.Client(ctx)
	if err != nil {
		return err
	}
	return a.Explain(list(ctx, streams, client, opts))
}

func list(ctx context.Context, streams *iostreams.Streams, client *lokalise.Client, opts *listOptions) error {
	query := &lokalise.ProjectListOptions{
		IncludeStatistics: lokalise.Some(false), IncludeSettings: lokalise.Some(false),
		Limit: largestPage,
	}
	if opts.limit > 0 {
		query.Limit = min(opts.limit, largestPage)
	}
	printed := 0
	for project, err := range client.Projects.All(ctx, query) {
		if err == nil {
			err = printProject(streams, project, opts.json)
		}
		if err != nil {
			return err
		}
		if printed++; printed == opts.limit {
			return nil
		}
	}
	if printed == 0 && streams.OutIsTerminal() {
		fmt.Fprintln(streams.Err, "The account sees no project.")
	}
	return nil
}

func printProject(streams *iostreams.Streams, project *lokalise.Project, asJSON bool) error {
	if asJSON {
		return cmdutil.WriteJSON(streams.Out, project)
	}
	_, err := fmt.Fprintf(streams.Out, "%s  %s\n", cmdutil.OneLine(string(project.ProjectID)), cmdutil.OneLine(project.Name))
	return err
}
