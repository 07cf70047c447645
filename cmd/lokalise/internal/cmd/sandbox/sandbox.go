// Package sandbox is "lokalise sandbox": a Lokalise that runs until it is
// interrupted.
package sandbox

import (
	"context"
	"errors"
	"log/slog"

	"github.com/spf13/cobra"

	"github.com/golokalise/lokalise/cmd/lokalise/internal/cmdutil"
	"github.com/golokalise/lokalise/cmd/lokalise/internal/exit"
	"github.com/golokalise/lokalise/cmd/lokalise/internal/factory"
	"github.com/golokalise/lokalise/cmd/lokalise/internal/iostreams"
	"github.com/golokalise/lokalise/sandbox"
	_ "github.com/golokalise/lokalise/sandbox/formats" // YAML, in uploads and downloads
	"github.com/golokalise/lokalise/sandbox/sqlite"
)

// DefaultAddr is where the sandbox listens and where "sandbox env" points.
const DefaultAddr = "127.0.0.1:8484"

// Options are the settings of one sandbox.
type Options struct {
	// Program is how the person calls this program.
	Program string
	// IO is where the command writes.
	IO *iostreams.Streams

	// Addr is the address to listen on, host and port. Port 0 is any free one.
	Addr string
	// JSON prints one line of JSON in place of text.
	JSON bool
	// Random makes credentials that no other sandbox has.
	Random bool
	// RedirectURIs are registered besides every loopback address.
	RedirectURIs []string
	// AllowHosts are the names besides loopback by which clients may call it.
	AllowHosts []string
	// WebhookHosts are the hosts besides loopback that webhooks are delivered to.
	WebhookHosts []string
	// RateLimit is how many requests a second a token and an address may send.
	RateLimit int
	// NoRateLimit turns the rate limits off.
	NoRateLimit bool
	// Data is the file that keeps the state; empty: memory.
	Data string
	// Seed is the file that says what a new state begins with; empty: built in.
	Seed string
	// Log writes a line about each request to the error output.
	Log bool
}

// NewCmd returns the command with its subcommands. Tests pass run to see the
// options it would run with; nil runs the sandbox.
func NewCmd(f *factory.Factory, run func(context.Context, *Options) error) *cobra.Command {
	if run == nil {
		run = Run
	}
	opts := &Options{Program: f.Program, IO: f.IO}
	cmd := &cobra.Command{
		Use:   "sandbox",
		Short: "Run a Lokalise on this machine",
		Long: `Serve a Lokalise until Ctrl-C: the OAuth 2 server with its consent page and
the API with state, on one address. Point any Lokalise SDK at it. A page at
that address shows what is in it, /journal every request that came in.

The credentials are fixed and work nowhere else, so a restart breaks nobody
and "lokalise sandbox env" knows them too; --random makes new ones. The state
is kept in memory and new with each start, unless --data names a file that
keeps it: what a client was answered is there after a restart, even when the
process was killed. The file has the credentials too. --seed names a JSON file
of people, teams and projects to begin with; "lokalise sandbox seed --schema"
prints its JSON Schema. It counts for a new state, and for a reset.

With --json one line is printed when the sandbox accepts connections, with
"url", "client_id", "client_secret", "api_token", "read_only_api_token" and
"redirect_uri".

It listens on loopback. For another address name with --allow-host how
clients call it: the sandbox refuses every other Host header, so that no web
page can reach it through a name of its own. Anybody who reaches it can use
it.`,
		Example: `lokalise sandbox
lokalise sandbox --addr 127.0.0.1:0 --json
lokalise sandbox --data sandbox.db
lokalise sandbox --seed shop.json
lokalise sandbox --redirect-uri https://app.test/callback
lokalise sandbox --addr 0.0.0.0:8484 --allow-host build-7.test`,
		Args: cmdutil.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := opts.check(cmd); err != nil {
				return err
			}
			return run(cmd.Context(), opts)
		},
	}
	addFlags(cmd, opts)
	cmd.AddCommand(newEnvCmd(f), newHealthCmd(f), newScopesCmd(f), newSeedCmd(f))
	return cmd
}

func addFlags(cmd *cobra.Command, opts *Options) {
	flags := cmd.Flags()
	flags.StringVar(&opts.Addr, "addr", DefaultAddr, "Listen on `host:port`; port 0 takes any free one")
	cmdutil.AddJSONFlag(cmd, &opts.JSON, "Print one JSON line when ready")
	flags.BoolVar(&opts.Random, "random", false, "Make credentials that no other sandbox has")
	flags.StringArrayVar(&opts.RedirectURIs, "redirect-uri", nil, "Register another redirect `uri`; repeatable")
	flags.StringArrayVar(&opts.AllowHosts, "allow-host", nil, "Let requests to this `host` in, too; repeatable")
	flags.StringArrayVar(&opts.WebhookHosts, "webhook-host", nil, "Deliver webhooks to this `host`, too; repeatable")
	flags.IntVar(&opts.RateLimit, "rate-limit", 0, "Take `n` requests a second of each token and each address (default 6)")
	flags.BoolVar(&opts.NoRateLimit, "no-rate-limit", false, "Turn the rate limits off: never answer 429")
	flags.StringVar(&opts.Data, "data", "", "Keep the state in this `file`, made if it is missing; default: in memory")
	_ = cmd.MarkFlagFilename("data", "db") // fails only for a flag that does not exist
	flags.StringVar(&opts.Seed, "seed", "", "Begin with what this JSON `file` describes")
	_ = cmd.MarkFlagFilename("seed", "json") // fails only for a flag that does not exist
	flags.BoolVar(&opts.Log, "log", false, "Log each request to the error output")
}

func (o *Options) check(cmd *cobra.Command) error {
	hint := cmdutil.SeeHelp(cmd)
	at, err := splitAddr(o.Addr, hint)
	if err != nil {
		return err
	}
	if err := o.checkReach(at); err != nil {
		return err
	}
	if !cmd.Flags().Changed("rate-limit") {
		return nil
	}
	if o.NoRateLimit {
		return exit.Usagef(hint, "--rate-limit and --no-rate-limit exclude each other")
	}
	if o.RateLimit < 1 {
		return exit.Usagef("--no-rate-limit turns the limit off", "--rate-limit must be at least 1, got %d", o.RateLimit)
	}
	return nil
}

// Run serves until the context ends, which is no error: that is how one stops
// a sandbox.
func Run(ctx context.Context, opts *Options) (err error) {
	srv, err := opts.newServer()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, srv.Close()) }()
	if err := srv.Listen(opts.Addr); err != nil {
		return listenError(opts, err)
	}
	if err := announce(opts, srv); err != nil {
		return err
	}
	<-ctx.Done()
	return nil
}

// newServer makes the sandbox, with the file that keeps its state.
func (o *Options) newServer() (*sandbox.Server, error) {
	options := o.sandboxOptions()
	if o.Seed != "" {
		read, err := readSeed(o.Seed)
		if err != nil {
			return nil, err
		}
		options = append(options, sandbox.WithSeedOf(read))
	}
	if o.Data != "" {
		file, err := sqlite.Open(o.Data)
		if err != nil {
			return nil, dataError(o.Data, err)
		}
		options = append(options, sandbox.WithStorage(file)) // closes it, whatever happens
	}
	srv, err := sandbox.New(options...)
	switch {
	case errors.Is(err, sandbox.ErrStorage):
		return nil, &exit.Error{Code: exit.Failure, Message: "the file of --data cannot be used", Err: err}
	case err != nil && o.Seed != "":
		return nil, seedError(o.Seed, err)
	case err != nil:
		return nil, &exit.Error{Code: exit.Usage, Err: err}
	}
	return srv, nil
}

func (o *Options) sandboxOptions() []sandbox.Option {
	options := []sandbox.Option{
		sandbox.WithRedirectURI(o.RedirectURIs...),
		sandbox.WithAllowHost(o.AllowHosts...),
		sandbox.WithWebhookHosts(o.WebhookHosts...),
	}
	if o.Random {
		options = append(options, sandbox.WithRandomCredentials())
	}
	if o.NoRateLimit {
		options = append(options, sandbox.WithoutRateLimit())
	}
	if o.RateLimit > 0 {
		options = append(options, sandbox.WithRateLimit(o.RateLimit))
	}
	if o.Log {
		options = append(options, sandbox.WithLogger(slog.New(slog.NewTextHandler(o.IO.Err, nil))))
	}
	return options
}
