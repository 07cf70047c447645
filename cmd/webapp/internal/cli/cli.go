// Package cli is the command line of the web app, and puts its parts together.
package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
)

// The exit codes.
const (
	exitFailure = 1
	exitUsage   = 2
)

// Main runs the program with the arguments of the process and returns its exit
// code.
func Main() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	// The first Ctrl-C asks the program to end; without a handler the second one
	// ends it at once.
	context.AfterFunc(ctx, stop)
	err := newCommand().ExecuteContext(ctx)
	if err == nil {
		return 0
	}
	_, _ = fmt.Fprintln(os.Stderr, "Error:", oneLine(err.Error())) // nowhere left to report it
	known, ok := errors.AsType[*problem](err)
	if !ok {
		return exitFailure
	}
	if known.hint != "" {
		_, _ = fmt.Fprintln(os.Stderr, "Hint:", oneLine(known.hint))
	}
	return known.code
}

// problem is an error that says what to do about it.
type problem struct {
	code          int
	message, hint string
}

func (p *problem) Error() string { return p.message }

func usage(hint, format string, args ...any) error {
	return &problem{exitUsage, fmt.Sprintf(format, args...), hint}
}

func failure(hint, format string, args ...any) error {
	return &problem{exitFailure, fmt.Sprintf(format, args...), hint}
}

// oneLine keeps a text on its line, whoever wrote it.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

const seeHelp = "see webapp --help"

func newCommand() *cobra.Command {
	o := &options{}
	cmd := &cobra.Command{
		Use:   "webapp",
		Short: "A web app whose customers connect their Lokalise accounts",
		Long: `A web app whose customers connect their Lokalise accounts, to look at and to
copy from. Sign in as one of three customers, connect, see your projects,
expire the token on the sandbox, and watch it heal.

It brings a sandbox of Lokalise along and keeps grants in SQLite, in a folder
that is deleted when it ends; --data keeps them. With --database they are in
PostgreSQL. Grants are sealed with a key that lies in the folder of --data.

With --lokalise it talks to Lokalise itself, as the app that
LOKALISE_CLIENT_ID and LOKALISE_CLIENT_SECRET name. The callback URL must be
registered for that app; it is http://ADDR/lokalise/callback, or what
--callback-url says. LOKALISE_OAUTH_HOST and LOKALISE_BASE_URL point it at
another server, such as one that "lokalise sandbox" runs.

It listens on loopback. The sign-in is made up, so whoever reaches the app can
act for all its customers: think before you say --allow-remote.`,
		Example: `  webapp
  webapp --addr 127.0.0.1:0 --data ./webapp-data
  webapp --database postgres://postgres@127.0.0.1/webapp
  webapp --lokalise --callback-url https://app.example.com/lokalise/callback`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usage(seeHelp, "webapp takes no argument, but got %q", args[0])
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := o.check(); err != nil {
				return err
			}
			return run(cmd.Context(), o, cmd.OutOrStdout())
		},
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	cmd.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usage(seeHelp, "%v", err) })
	addFlags(cmd, o)
	return cmd
}

func addFlags(cmd *cobra.Command, o *options) {
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&o.addr, "addr", "127.0.0.1:8485", "listen on `host:port`; port 0 takes any free one")
	flags.StringVar(&o.data, "data", "", "keep everything in this `folder`, made if it is missing (default: a temporary one)")
	flags.StringVar(&o.database, "database", "", "keep grants in PostgreSQL at this `url`; PGPASSWORD may have the password")
	flags.BoolVar(&o.lokalise, "lokalise", false, "talk to Lokalise itself; there are no experiments then")
	flags.StringVar(&o.callbackURL, "callback-url", "", "where Lokalise sends browsers back to, as a `url` that is registered")
	flags.BoolVar(&o.allowRemote, "allow-remote", false, "listen on an address that others reach, together with --lokalise")
	flags.BoolVar(&o.open, "open", false, "open the app in a browser")
	flags.BoolVar(&o.verbose, "log", false, "log what happens, not only what goes wrong")
	flags.BoolP("help", "h", false, "explain this program")
}
