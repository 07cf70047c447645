// Package demo is "lokalise demo": the whole OAuth 2 flow against a sandbox in
// the same process, step by step, with everything that goes over the wire.
package demo

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/spf13/cobra"

	"github.com/golokalise/lokalise/cmd/lokalise/internal/cmdutil"
	"github.com/golokalise/lokalise/cmd/lokalise/internal/exit"
	"github.com/golokalise/lokalise/cmd/lokalise/internal/factory"
	"github.com/golokalise/lokalise/cmd/lokalise/internal/iostreams"
)

// defaultTimeout is how long the demo waits for a person: time enough to find
// the browser, and an end for a terminal that somebody left.
const defaultTimeout = 10 * time.Minute

// Options are the settings of one run.
type Options struct {
	// Program is how the person calls this program.
	Program string
	// IO is where the demo reads and writes.
	IO *iostreams.Streams
	// OpenBrowser opens the authorization URL for --browser.
	OpenBrowser func(ctx context.Context, url string) error

	// Browser opens the authorization URL besides printing it.
	Browser bool
	// Yes allows access without asking a person.
	Yes bool
	// JSON prints each step as a line of JSON.
	JSON bool
	// Timeout is how long to wait for a person.
	Timeout time.Duration

	// transport sends what the demo sends. Tests put answers of their own in
	// its place. Defaults to http.DefaultTransport.
	transport http.RoundTripper
}

// NewCmd returns the command. Tests pass run to see the options it would run
// with; nil runs the demo.
func NewCmd(f *factory.Factory, run func(context.Context, *Options) error) *cobra.Command {
	if run == nil {
		run = Run
	}
	opts := &Options{Program: f.Program, IO: f.IO, OpenBrowser: f.OpenBrowser}
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Watch the whole OAuth 2 flow, no account needed",
		Long: `Start a sandbox of Lokalise in this process and go through the OAuth 2 flow:
authorization URL, permission, code, token, an API call with it, its expiry
an hour later, the refresh, and what a denial looks like. Each step shows
what was sent and what came back, with every secret masked.

On a terminal you are the user: open the address that is printed first and
allow access, or press Enter to let the demo allow it. Without a terminal, or
with --yes, the demo allows by itself.

With --json each step is one line of JSON with "step", "title", "ok",
"request", "response" and, for a step that failed, "error". The "request" of
the first step has the authorization URL whole: it is there to be opened.

The exit code is 0 only if every step did what it should.`,
		Example: `lokalise demo
lokalise demo --browser
lokalise demo --yes --json`,
		Args: cmdutil.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := opts.check(cmdutil.SeeHelp(cmd)); err != nil {
				return err
			}
			return run(cmd.Context(), opts)
		},
	}
	flags := cmd.Flags()
	flags.BoolVar(&opts.Browser, "browser", false, "Open the address in the browser, too")
	flags.BoolVarP(&opts.Yes, "yes", "y", false, "Allow access without asking")
	flags.DurationVar(&opts.Timeout, "timeout", defaultTimeout, "How long to wait for you, such as 90s")
	cmdutil.AddJSONFlag(cmd, &opts.JSON, "Print each step as a line of JSON")
	return cmd
}

func (o *Options) check(hint string) error {
	if o.Browser && o.Yes {
		return exit.Usagef(hint, "--browser and --yes exclude each other: one asks you, the other does not")
	}
	if o.Timeout <= 0 {
		return exit.Usagef(hint, "--timeout must be longer than 0, got %s", o.Timeout)
	}
	return nil
}

// asks tells whether a person is to allow access.
func (o *Options) asks() bool { return o.IO.CanAsk() && !o.Yes }

// Run runs the demo.
func Run(ctx context.Context, opts *Options) (err error) {
	if opts.Browser && !opts.asks() {
		if _, err := fmt.Fprintln(opts.IO.Err, "There is no terminal to ask at, so the demo allows access without a browser."); err != nil {
			return err
		}
	}
	f, err := newFlow(ctx, opts)
	if err != nil {
		return err
	}
	defer func() {
		if closeErr := f.close(ctx); err == nil {
			err = closeErr
		}
	}()
	return f.run(ctx, newPrinter(opts))
}
