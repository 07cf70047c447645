package auth

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/golokalise/lokalise/cmd/lokalise/internal/account"
	"github.com/golokalise/lokalise/cmd/lokalise/internal/cmdutil"
	"github.com/golokalise/lokalise/cmd/lokalise/internal/exit"
	"github.com/golokalise/lokalise/cmd/lokalise/internal/factory"
	"github.com/golokalise/lokalise/cmd/lokalise/internal/iostreams"
	"github.com/golokalise/lokalise/oauth"
	"github.com/golokalise/lokalise/tokens"
)

// unreadable is the health of an account that could not be looked at.
const unreadable = "unreadable"

// report is an account without its secrets.
type report struct {
	Account   string        `json:"account"`
	Health    string        `json:"health"`
	Reason    tokens.Reason `json:"reason,omitempty"`
	Error     string        `json:"error,omitempty"`
	Hint      string        `json:"hint,omitempty"`
	Kind      account.Kind  `json:"kind,omitempty"`
	BaseURL   string        `json:"base_url,omitempty"`
	OAuthHost string        `json:"oauth_host,omitempty"`
	ClientID  string        `json:"client_id,omitempty"`
	Scopes    []oauth.Scope `json:"scopes,omitempty"`
	LoggedIn  time.Time     `json:"logged_in_at,omitzero"`
	Expires   time.Time     `json:"expires_at,omitzero"`
	RetryAt   time.Time     `json:"retry_at,omitzero"`
}

func newStatusCmd(f *factory.Factory) *cobra.Command {
	var (
		which  cmdutil.Account
		asJSON bool
	)
	cmd := &cobra.Command{
		Use:   "status",
		Short: "Say how the logins are doing",
		Long: `List the accounts: which server they are for, what their tokens may do, when
the access token ends, and whether somebody has to log in again. An access
token that has ended is no trouble: it is renewed when it is needed.

Nothing is asked of Lokalise, and no token is shown. The exit code is 3 when
there is no account, or one that has to be logged in again.

With --json it is one line with "accounts"; times are in UTC.`,
		Example: `lokalise auth status
lokalise auth status --account work --json`,
		Args: cmdutil.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if which.Name != "" {
				if err := which.Check(cmd); err != nil {
					return err
				}
			}
			return runStatus(cmd.Context(), f.IO, which, asJSON)
		},
	}
	cmdutil.AddAccountFlags(cmd, &which, "", "Look at the account of this `name` only")
	cmdutil.AddJSONFlag(cmd, &asJSON, "Print the accounts as one line of JSON")
	return cmd
}

func runStatus(ctx context.Context, streams *iostreams.Streams, which cmdutil.Account, asJSON bool) error {
	accounts, err := account.Open(ctx, streams, which.KeyFile)
	if err != nil {
		return err
	}
	names := []string{which.Name}
	if which.Name == "" {
		if names, err = accounts.Names(ctx); err != nil {
			return err
		}
	}
	reports := make([]report, 0, len(names))
	var failed error
	for _, name := range names {
		r, err := look(ctx, accounts, name)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		reports = append(reports, r)
		if err != nil && failed == nil {
			failed = err
		}
	}
	if len(reports) == 0 {
		failed = &exit.Error{Code: exit.Auth, Message: "nobody is logged in", Hint: fmt.Sprintf("run %q", account.LoginCommand(""))}
	}
	if asJSON {
		err = cmdutil.WriteJSON(streams.Out, map[string]any{"accounts": reports})
	} else {
		_, err = io.WriteString(streams.Out, statusText(reports))
	}
	if err != nil {
		return err
	}
	return failed
}

// look describes an account. The error is what keeps it from being used.
func look(ctx context.Context, accounts *account.Accounts, name string) (report, error) {
	broken := func(r report, err error) (report, error) {
		r.Account, r.Health, r.Error, r.Hint = name, unreadable, cmdutil.OneLine(err.Error()), exit.Hint(err)
		return r, err
	}
	a, err := accounts.Get(ctx, name)
	if err != nil {
		return broken(report{}, err)
	}
	r := report{Kind: a.Profile.Kind, BaseURL: a.Profile.BaseURL, OAuthHost: a.Profile.OAuthHost, ClientID: a.Profile.ClientID}
	st, err := a.Status(ctx)
	if closeErr := a.Close(ctx); err == nil {
		err = closeErr
	}
	if err != nil {
		return broken(r, err)
	}
	r.Account, r.Health, r.Reason = name, string(st.Health), st.Reason
	r.Scopes, r.LoggedIn, r.Expires, r.RetryAt = st.Scopes, utc(st.Connected), utc(st.Expiry), utc(st.RetryAt)
	if st.Health != tokens.ReauthRequired {
		return r, nil
	}
	failure := &exit.Error{
		Code: exit.Auth, Message: fmt.Sprintf("account %q has to be logged in again", name),
		Hint: fmt.Sprintf("run %q", account.LoginCommand(name)),
	}
	r.Hint = failure.Hint
	return r, failure
}

func utc(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return t.UTC().Truncate(time.Second)
}

// statusText is the report for a person.
func statusText(reports []report) string {
	var b strings.Builder
	for i, r := range reports {
		if i > 0 {
			b.WriteByte('\n')
		}
		fmt.Fprintln(&b, r.Account)
		row := func(name, value string) {
			if value != "" {
				fmt.Fprintf(&b, "  %-9s %s\n", name, cmdutil.OneLine(value))
			}
		}
		row("Health", strings.ReplaceAll(r.Health, "_", " "))
		row("Reason", strings.ReplaceAll(string(r.Reason), "_", " "))
		row("Error", r.Error)
		row("Way out", r.Hint)
		row("Kind", map[account.Kind]string{account.OAuth: "OAuth", account.APIToken: "personal API token"}[r.Kind])
		row("API", r.BaseURL)
		row("OAuth", r.OAuthHost)
		row("Client", r.ClientID)
		row("Scopes", joinScopes(r.Scopes, " "))
		row("Since", moment(r.LoggedIn))
		row("Token", expiry(r))
		row("Next try", moment(r.RetryAt))
	}
	return b.String()
}

func moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339)
}

// expiry says until when the token is good.
func expiry(r report) string {
	switch {
	case r.Kind == account.APIToken && r.Health == string(tokens.Healthy):
		return "does not expire"
	case r.Expires.IsZero():
		return ""
	case time.Now().After(r.Expires):
		return "ended at " + moment(r.Expires)
	default:
		return "good until " + moment(r.Expires)
	}
}
