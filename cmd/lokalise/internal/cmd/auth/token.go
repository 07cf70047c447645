package auth

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/golokalise/lokalise/cmd/lokalise/internal/account"
	"github.com/golokalise/lokalise/cmd/lokalise/internal/cmdutil"
	"github.com/golokalise/lokalise/cmd/lokalise/internal/factory"
)

func newTokenCmd(f *factory.Factory) *cobra.Command {
	var which cmdutil.Account
	cmd := &cobra.Command{
		Use:   "token",
		Short: "Print a valid token, for scripts",
		Long: `Print a token that is good for a minute at least, and renew it before if need
be. An OAuth token goes into the header "Authorization: Bearer", a personal
API token into "X-Api-Token".

WARNING: whoever has the token can act for you until it ends, and Lokalise has
no way to take it back. Hand it to a program; do not let it get into a log, a
file or the arguments of a command, which every program on the machine can
read.`,
		Example: `TOKEN=$(lokalise auth token)
printf 'header = "Authorization: Bearer %s"\n' "$(lokalise auth token)" |
  curl --config - https://api.lokalise.com/api2/projects`,
		Args: cmdutil.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := which.Check(cmd); err != nil {
				return err
			}
			return with(cmd.Context(), f.IO, which, func(a *account.Account) error {
				token, err := a.Token(cmd.Context())
				if err != nil {
					return err
				}
				_, err = fmt.Fprintln(f.IO.Out, token)
				return err
			})
		},
	}
	cmdutil.AddAccountFlags(cmd, &which, account.DefaultName, "The `name` of the account")
	return cmd
}
