package sandbox

import (
	"fmt"
	"strings"

	"charm.land/lipgloss/v2"

	"github.com/golokalise/lokalise/cmd/lokalise/internal/cmdutil"
	"github.com/golokalise/lokalise/sandbox"
)

// ready is the line that --json prints.
type ready struct {
	URL              string `json:"url"`
	ClientID         string `json:"client_id"`
	ClientSecret     string `json:"client_secret"`
	APIToken         string `json:"api_token"`
	ReadOnlyAPIToken string `json:"read_only_api_token"`
	RedirectURI      string `json:"redirect_uri"`
}

// announce says that the sandbox accepts connections, and with what. It shows
// the credentials whole: they are made up, work nowhere else, and are what one
// starts a sandbox for.
func announce(opts *Options, srv *sandbox.Server) error {
	c := srv.Credentials()
	line := ready{
		URL: srv.URL(), ClientID: c.ClientID, ClientSecret: c.ClientSecret,
		APIToken: c.APIToken, ReadOnlyAPIToken: c.ReadOnlyAPIToken, RedirectURI: c.RedirectURI,
	}
	if opts.JSON {
		return cmdutil.WriteJSON(opts.IO.Out, line)
	}
	_, err := fmt.Fprint(opts.IO.Styled(), text(opts, line))
	return err
}

func text(opts *Options, r ready) string {
	bold, faint := lipgloss.NewStyle().Bold(true), lipgloss.NewStyle().Faint(true)
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s\n\n", bold.Render("A sandbox of Lokalise runs at"), r.URL)
	for _, row := range [][2]string{
		{"Client ID", r.ClientID},
		{"Client secret", r.ClientSecret},
		{"Redirect URI", r.RedirectURI + faint.Render(" or any on loopback")},
		{"API token", r.APIToken},
	} {
		fmt.Fprintf(&b, "  %-14s %s\n", row[0], row[1])
	}
	fmt.Fprintf(&b, "\n%s\n", bold.Render("What next"))
	for _, row := range next(opts, r) {
		fmt.Fprintf(&b, "  %s\n    %s\n", faint.Render(row[0]), row[1])
	}
	fmt.Fprintf(&b, "\nCtrl-C stops it.\n")
	return b.String()
}

// next are things to try, each an explanation and a line to copy.
func next(opts *Options, r ready) [][2]string {
	rows := [][2]string{
		{"Look at it in a browser", r.URL},
		{"List the projects", fmt.Sprintf("curl -H 'X-Api-Token: %s' \\\n      %s/api2/projects", r.APIToken, r.URL)},
	}
	if !isFixed(r.ClientID) {
		return rows
	}
	env := opts.Program + " sandbox env"
	if opts.Addr != DefaultAddr {
		env += " --addr " + strings.TrimPrefix(r.URL, "http://")
	}
	return append(rows, [2]string{"Set the variables for your program, in its shell", `eval "$(` + env + `)"`})
}
