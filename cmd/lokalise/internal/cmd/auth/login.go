package auth

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/golokalise/lokalise"
	"github.com/golokalise/lokalise/cmd/lokalise/internal/account"
	"github.com/golokalise/lokalise/cmd/lokalise/internal/cmdutil"
	"github.com/golokalise/lokalise/cmd/lokalise/internal/exit"
	"github.com/golokalise/lokalise/cmd/lokalise/internal/factory"
	"github.com/golokalise/lokalise/cmd/lokalise/internal/iostreams"
	"github.com/golokalise/lokalise/cmd/lokalise/internal/loopback"
	"github.com/golokalise/lokalise/oauth"
)

// defaultTimeout is how long a login waits for a person.
const defaultTimeout = 10 * time.Minute

// The variables of the OAuth app. "lokalise sandbox env" prints them.
const (
	clientIDVariable     = "LOKALISE_CLIENT_ID"
	clientSecretVariable = "LOKALISE_CLIENT_SECRET"
	redirectVariable     = "LOKALISE_REDIRECT_URI"
	oauthHostVariable    = "LOKALISE_OAUTH_HOST"
)

// defaultScopes let one look around and change nothing.
func defaultScopes() []oauth.Scope {
	return []oauth.Scope{
		oauth.ScopeReadProjects, oauth.ScopeReadLanguages, oauth.ScopeReadKeys,
		oauth.ScopeReadTranslations, oauth.ScopeReadFiles,
	}
}

// LoginOptions are the settings of one login.
type LoginOptions struct {
	// Program is how the person calls this program.
	Program string
	// IO is where the login reads and writes.
	IO *iostreams.Streams
	// OpenBrowser opens the authorization URL.
	OpenBrowser func(ctx context.Context, url string) error

	// Account says under which name the login is kept.
	Account cmdutil.Account
	// ClientID, SecretFile, RedirectURI and OAuthHost describe the OAuth app;
	// what is empty comes from the environment. SecretFile - is the input.
	ClientID, SecretFile, RedirectURI, OAuthHost string
	// BaseURL is where the API is, without /api2.
	BaseURL string
	// Scopes is what the person is asked to allow.
	Scopes []string
	// NoBrowser only prints the authorization URL.
	NoBrowser bool
	// WithToken reads a personal API token from the input instead.
	WithToken bool
	// Timeout is how long to wait for the person.
	Timeout time.Duration
}

func newLoginCmd(f *factory.Factory, run func(context.Context, *LoginOptions) error) *cobra.Command {
	if run == nil {
		run = Login
	}
	opts := &LoginOptions{Program: f.Program, IO: f.IO, OpenBrowser: f.OpenBrowser}
	cmd := &cobra.Command{
		Use:   "login",
		Short: "Log in with the browser, or with an API token",
		Long: `Log in: open Lokalise in the browser, wait until you have allowed access, and
keep the token. It is renewed by itself from then on.

It takes an OAuth app, which Lokalise's support registers. Its client ID,
secret and redirect URI come from the environment or from flags; the redirect
URI must lead to this machine, such as http://localhost:3000/callback, where
the login waits for the browser. Port 0 takes any free port; a sandbox accepts
that. The secret is kept, sealed like the token, since renewing takes it.

Without an app, --with-token keeps a personal API token, read from the
standard input.

The file is sealed with a key that the OS keyring keeps. Where there is none,
name a key file with --key-file, which is made the first time, or put a key
into LOKALISE_TOKEN_KEYS. Nothing is ever stored readable.`,
		Example: `lokalise auth login
lokalise auth login --account work --scopes read_projects,write_keys

# Against a sandbox that runs
eval "$(lokalise sandbox env)"
lokalise auth login --no-browser

# With a personal API token
lokalise auth login --with-token < token.txt`,
		Args: cmdutil.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := opts.complete(cmd); err != nil {
				return err
			}
			return run(cmd.Context(), opts)
		},
	}
	opts.addFlags(cmd)
	return cmd
}

func (o *LoginOptions) addFlags(cmd *cobra.Command) {
	cmdutil.AddAccountFlags(cmd, &o.Account, account.DefaultName, "Keep the login under this `name`")
	flags := cmd.Flags()
	flags.StringVar(&o.ClientID, "client-id", "", "The OAuth app's client `id`, instead of "+clientIDVariable)
	flags.StringVar(&o.SecretFile, "client-secret-file", "", "Read the app's secret from this `file`, - for the standard input, instead of "+clientSecretVariable)
	flags.StringVar(&o.RedirectURI, "redirect-uri", "", "The app's redirect `uri`, instead of "+redirectVariable)
	flags.StringVar(&o.OAuthHost, "oauth-host", "", "The OAuth server's `url`, instead of "+oauthHostVariable)
	flags.StringVar(&o.BaseURL, "base-url", "", "The API's `url` without /api2, instead of "+account.BaseURLVariable)
	flags.StringSliceVar(&o.Scopes, "scopes", nil, "The `scopes` to ask for, separated by commas (default "+joinScopes(defaultScopes(), ", ")+")")
	flags.BoolVar(&o.NoBrowser, "no-browser", false, "Print the address and do not open it")
	flags.BoolVar(&o.WithToken, "with-token", false, "Read a personal API token from the standard input")
	flags.DurationVar(&o.Timeout, "timeout", defaultTimeout, "How long to wait for you, such as 90s")
}

// complete fills in what the environment says and checks what there is.
func (o *LoginOptions) complete(cmd *cobra.Command) error {
	if err := o.Account.Check(cmd); err != nil {
		return err
	}
	hint := cmdutil.SeeHelp(cmd)
	if o.Timeout <= 0 {
		return exit.Usagef(hint, "--timeout must be longer than 0, got %s", o.Timeout)
	}
	o.BaseURL = cmp.Or(o.BaseURL, o.IO.Getenv(account.BaseURLVariable), lokalise.DefaultBaseURL)
	if o.WithToken {
		for _, name := range []string{"client-id", "client-secret-file", "redirect-uri", "oauth-host", "scopes", "no-browser"} {
			if cmd.Flags().Changed(name) {
				return exit.Usagef(hint, "--%s is for a login in the browser, and --with-token needs none", name)
			}
		}
		return nil
	}
	return o.completeApp()
}

func (o *LoginOptions) completeApp() error {
	o.ClientID = cmp.Or(o.ClientID, o.IO.Getenv(clientIDVariable))
	o.RedirectURI = cmp.Or(o.RedirectURI, o.IO.Getenv(redirectVariable), loopback.AnyPort)
	o.OAuthHost = cmp.Or(o.OAuthHost, o.IO.Getenv(oauthHostVariable), oauth.DefaultHost)
	if o.ClientID == "" || o.SecretFile == "" && o.IO.Getenv(clientSecretVariable) == "" {
		return exit.Usagef(
			fmt.Sprintf(`Lokalise's support registers apps; for a sandbox: eval "$(%s sandbox env)"; without an app: --with-token`, o.Program),
			"an OAuth app is needed: set %s and %s", clientIDVariable, clientSecretVariable)
	}
	// One of the two alone would send a sandbox's token to Lokalise, or the
	// other way round.
	if host, api := account.IsLokalise(o.OAuthHost, o.BaseURL); host != api {
		return exit.Usagef(
			fmt.Sprintf("set both %s and %s, or neither", oauthHostVariable, account.BaseURLVariable),
			"the OAuth server %s and the API %s do not belong together", o.OAuthHost, o.BaseURL)
	}
	return nil
}

// scopes are those to ask for.
func (o *LoginOptions) scopes() []oauth.Scope {
	var list []oauth.Scope
	for _, text := range o.Scopes {
		for _, name := range strings.Fields(text) {
			list = append(list, oauth.Scope(name))
		}
	}
	if list == nil {
		return defaultScopes()
	}
	return list
}

func joinScopes(scopes []oauth.Scope, separator string) string {
	names := make([]string, len(scopes))
	for i, s := range scopes {
		names[i] = string(s)
	}
	return strings.Join(names, separator)
}

// Login logs in and stores the login.
func Login(ctx context.Context, opts *LoginOptions) error {
	accounts, err := account.Open(ctx, opts.IO, opts.Account.KeyFile)
	if err != nil {
		return err
	}
	if err := accounts.Prepare(ctx); err != nil {
		return err
	}
	obtain := opts.fromBrowser
	if opts.WithToken {
		obtain = opts.fromInput
	}
	profile, token, err := obtain(ctx)
	if err != nil {
		return err
	}
	if err := accounts.Save(ctx, opts.Account.Name, profile, token); err != nil {
		return err
	}
	_, err = fmt.Fprintf(opts.IO.Err, "Logged in as %q for %s. The login is sealed in %s.\n", opts.Account.Name, profile.BaseURL, accounts.Path())
	return err
}
