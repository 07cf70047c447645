package auth

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/golokalise/lokalise/cmd/lokalise/internal/account"
	"github.com/golokalise/lokalise/cmd/lokalise/internal/cmdutil"
	"github.com/golokalise/lokalise/cmd/lokalise/internal/exit"
	"github.com/golokalise/lokalise/cmd/lokalise/internal/factory"
	"github.com/golokalise/lokalise/cmd/lokalise/internal/iostreams"
)

func newLogoutCmd(f *factory.Factory) *cobra.Command {
	var (
		name string
		all  bool
	)
	cmd := &cobra.Command{
		Use:   "logout",
		Short: "Forget a login",
		Long: `Forget an account: its tokens and the app's secret are removed from this
machine. No key is needed for that, and the key itself stays.

Lokalise publishes no way to revoke a token. Whoever has a copy of the access
token can use it until it ends, an hour after it was made; to end a refresh
token or a personal API token, remove the app or the token in your account at
Lokalise.`,
		Example: `lokalise auth logout
lokalise auth logout --account work
lokalise auth logout --all`,
		Args: cmdutil.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if all && cmd.Flags().Changed("account") {
				return exit.Usagef(cmdutil.SeeHelp(cmd), "--all and --account exclude each other")
			}
			if err := account.CheckName(name, cmdutil.SeeHelp(cmd)); err != nil {
				return err
			}
			return runLogout(cmd.Context(), f.IO, name, all)
		},
	}
	cmd.Flags().StringVar(&name, "account", account.DefaultName, "The `name` of the account")
	cmd.Flags().BoolVar(&all, "all", false, "Forget every account")
	return cmd
}

func runLogout(ctx context.Context, streams *iostreams.Streams, name string, all bool) error {
	accounts, err := account.Open(ctx, streams, "")
	if err != nil {
		return err
	}
	names := []string{name}
	if all {
		if names, err = accounts.Names(ctx); err != nil {
			return err
		}
	}
	for _, name := range names {
		found, forgetErr := accounts.Forget(ctx, name)
		switch {
		case forgetErr != nil:
			err = errors.Join(err, forgetErr)
		case !found:
			fmt.Fprintf(streams.Err, "Nobody was logged in as %q.\n", name)
		default:
			fmt.Fprintf(streams.Err, "Forgot account %q. Lokalise was not told: it has no way to revoke a token.\n", name)
		}
	}
	return err
}
