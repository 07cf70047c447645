// Package topics holds the help that belongs to no single command.
package topics

import "github.com/spf13/cobra"

// Group is the group of the topics in the list of commands.
const Group = "topics"

// All returns the topics: commands that do nothing but explain.
func All() []*cobra.Command {
	return []*cobra.Command{exitCodes(), environment()}
}

func exitCodes() *cobra.Command {
	return &cobra.Command{
		Use:     "exit-codes",
		GroupID: Group,
		Short:   "What the exit codes mean",
		Long: `The exit code says how a command ended. Scripts can rely on it.

  0    it did what it should
  1    it failed
  2    the command line was wrong; nothing was done
  3    authorization failed: access denied, or credentials not accepted
  130  it was interrupted, by Ctrl-C or SIGTERM

A sandbox that is interrupted ends with 0: that is how one stops it.
With an exit code other than 0 the error output has one line that says what
happened and often a second that says what to do; with --json it is one JSON
line with "error", "hint" and "exit_code". The standard output is for data.`,
	}
}

func environment() *cobra.Command {
	return &cobra.Command{
		Use:     "environment",
		GroupID: Group,
		Short:   "Which environment variables count",
		Long: `  NO_COLOR        any value: no colors
  CLICOLOR_FORCE  not 0: colors even where no terminal is
  TERM            which colors the terminal shows; "dumb" for none

Where "lokalise auth" keeps the logins, and what seals them:

  LOKALISE_CONFIG_DIR      the folder of the logins
  LOKALISE_TOKEN_KEY_FILE  a file with the key, as --key-file names one
  LOKALISE_TOKEN_KEYS      the keys: NAME:BASE64, separated by commas
                           Without either, the OS keyring keeps the key.

"lokalise sandbox env" prints the variables that point other programs at a
sandbox. "lokalise auth login" reads them, too, except for the last two:

  LOKALISE_BASE_URL             where the API is, without /api2
  LOKALISE_OAUTH_HOST           where /oauth2/auth and /oauth2/token are
  LOKALISE_CLIENT_ID            the OAuth app
  LOKALISE_CLIENT_SECRET        its secret
  LOKALISE_REDIRECT_URI         a redirect URI that the app may use
  LOKALISE_API_TOKEN            a personal API token
  LOKALISE_READ_ONLY_API_TOKEN  one that may only read`,
	}
}
