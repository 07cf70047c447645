package sandbox

import (
	"context"
	"fmt"
	"io"
	"net/url"
	"strings"

	"github.com/spf13/cobra"

	"github.com/golokalise/lokalise/cmd/lokalise/internal/cmdutil"
	"github.com/golokalise/lokalise/cmd/lokalise/internal/exit"
	"github.com/golokalise/lokalise/cmd/lokalise/internal/factory"
	"github.com/golokalise/lokalise/sandbox"
)

// scopesOptions are the settings of "sandbox scopes".
type scopesOptions struct {
	addr     string
	clientID string
	world    string
	letter   bool
	json     bool
}

func newScopesCmd(f *factory.Factory) *cobra.Command {
	opts := &scopesOptions{}
	cmd := &cobra.Command{
		Use:   "scopes",
		Short: "Say which scopes a program needed",
		Long: `Look at the requests that came to a running sandbox since it was started or
reset, and say which OAuth scopes they needed, which ones the tokens hold and
nobody used, and which operations no OAuth token opens. Let your program do
everything it can do first, with a personal token or with OAuth.

--letter writes the text to send to Lokalise's support, who register apps.`,
		Example: `lokalise sandbox scopes
lokalise sandbox scopes --letter > letter.txt
lokalise sandbox scopes --world staging --json`,
		Args: cmdutil.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return runScopes(cmd.Context(), f.IO.Out, opts, cmdutil.SeeHelp(cmd))
		},
	}
	cmd.Flags().StringVar(&opts.addr, "addr", DefaultAddr, "The `host:port` of the sandbox")
	cmd.Flags().StringVar(&opts.clientID, "client-id", "", "Look at the world that this client `id` leads into")
	cmd.Flags().StringVar(&opts.world, "world", "", "Look at the world with this `name`")
	cmd.Flags().BoolVar(&opts.letter, "letter", false, "Write the letter to Lokalise's support")
	cmdutil.AddJSONFlag(cmd, &opts.json, "Print the report as one line of JSON")
	return cmd
}

func runScopes(ctx context.Context, w io.Writer, opts *scopesOptions, hint string) error {
	if opts.letter && opts.json {
		return exit.Usagef(hint, "--letter and --json exclude each other")
	}
	if opts.world != "" && opts.clientID != "" {
		return exit.Usagef(hint, "--world and --client-id exclude each other")
	}
	c, err := reachControl(opts.addr, hint)
	if err != nil {
		return err
	}
	var report sandbox.ScopeReport
	if err := c.get(ctx, opts.path(), &report); err != nil {
		return err
	}
	switch {
	case opts.json:
		return cmdutil.WriteJSON(w, report)
	case opts.letter:
		_, err = io.WriteString(w, report.Letter())
	default:
		_, err = io.WriteString(w, scopesText(report))
	}
	return err
}

// path is what the control plane is asked for.
func (o *scopesOptions) path() string {
	switch {
	case o.world != "":
		return "scopes?world=" + url.QueryEscape(o.world)
	case o.clientID != "":
		return "scopes?client_id=" + url.QueryEscape(o.clientID)
	}
	return "scopes"
}

// scopesText is the report for a person.
func scopesText(r sandbox.ScopeReport) string {
	var b strings.Builder
	if r.Requests == 0 {
		return "No request with a good credential has come in yet. Run your program against the\nsandbox, then ask again.\n"
	}
	fmt.Fprintf(&b, "%d requests were looked at.\n", r.Requests)
	b.WriteString("\nNeeded scopes\n")
	if len(r.Needed) == 0 {
		b.WriteString("  none\n")
	}
	for _, n := range r.Needed {
		missing := ""
		if n.Missing {
			missing = "  (missing: requests were refused)"
		}
		fmt.Fprintf(&b, "  %s%s\n", n.Scope, missing)
		writeUses(&b, "    ", n.Operations)
	}
	if len(r.Unused) > 0 {
		b.WriteString("\nHeld and never used\n")
		for _, scope := range r.Unused {
			fmt.Fprintf(&b, "  %s\n", scope)
		}
	}
	if len(r.Unknown) > 0 {
		b.WriteString("\nUsed, but nobody has written down which scope they take\n")
		writeUses(&b, "  ", r.Unknown)
	}
	if len(r.Closed) > 0 {
		b.WriteString("\nUsed, but closed to OAuth tokens\n")
		writeUses(&b, "  ", r.Closed)
	}
	if len(r.Needed) > 0 {
		fmt.Fprintf(&b, "\nFor oauth.Config: %s\n", strings.Join(r.Names(), " "))
	}
	return b.String()
}

func writeUses(b *strings.Builder, indent string, uses []sandbox.ScopeUse) {
	for _, u := range uses {
		fmt.Fprintf(b, "%s%-34s %6d×  %s\n", indent, u.Operation, u.Requests, strings.ReplaceAll(u.Basis, "_", " "))
	}
}
