// Package auth is "lokalise auth": logging in with the browser or with a
// personal API token, and what became of it.
package auth

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"github.com/golokalise/lokalise/cmd/lokalise/internal/account"
	"github.com/golokalise/lokalise/cmd/lokalise/internal/cmdutil"
	"github.com/golokalise/lokalise/cmd/lokalise/internal/factory"
	"github.com/golokalise/lokalise/cmd/lokalise/internal/iostreams"
)

// NewCmd returns the command with its subcommands.
func NewCmd(f *factory.Factory) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "auth",
		Short: "Log in, and see how the logins are doing",
		Long: `Log in to Lokalise, or to a sandbox. Logins are kept in one file in your
configuration folder, sealed with a key from the keyring of the operating
system. "lokalise help environment" lists the variables that change where.`,
		Example: `lokalise auth login
lokalise auth status`,
		Args: cmdutil.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newLoginCmd(f, nil), newStatusCmd(f), newTokenCmd(f), newLogoutCmd(f))
	return cmd
}

// with does something with an account and closes it.
func with(ctx context.Context, streams *iostreams.Streams, which cmdutil.Account, do func(*account.Account) error) error {
	accounts, err := account.Open(ctx, streams, which.KeyFile)
	if err != nil {
		return err
	}
	a, err := accounts.Get(ctx, which.Name)
	if err != nil {
		return err
	}
	err = do(a)
	return errors.Join(err, a.Close(ctx))
}
