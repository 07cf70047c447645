package cmdutil

import (
	"github.com/spf13/cobra"

	"github.com/golokalise/lokalise/cmd/lokalise/internal/account"
)

// Account is which login a command uses, and the file with its key.
type Account struct{ Name, KeyFile string }

// AddAccountFlags gives a command the flags that choose a login. The name that
// is chosen without has to be given.
func AddAccountFlags(cmd *cobra.Command, target *Account, name, usage string) {
	cmd.Flags().StringVar(&target.Name, "account", name, usage)
	cmd.Flags().StringVar(&target.KeyFile, "key-file", "", "The `file` with the key, instead of the OS keyring")
}

// Check refuses a name that no account can have.
func (a Account) Check(cmd *cobra.Command) error { return account.CheckName(a.Name, SeeHelp(cmd)) }
