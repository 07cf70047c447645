package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/cli/browser"

	"github.com/golokalise/lokalise/cmd/webapp/internal/activity"
	"github.com/golokalise/lokalise/cmd/webapp/internal/app"
	"github.com/golokalise/lokalise/cmd/webapp/internal/lab"
	"github.com/golokalise/lokalise/cmd/webapp/internal/store"
	"github.com/golokalise/lokalise/oauth"
	"github.com/golokalise/lokalise/tokens"
)

const (
	// shutdownTime is how long requests may take to end.
	shutdownTime = 10 * time.Second

	// closeTime is how long the manager waits for refreshes to be stored. A
	// refresh that is cut off may cost the customer's connection.
	closeTime = 20 * time.Second
)

// run serves until the context ends, which is no error.
func run(ctx context.Context, o *options, out io.Writer) (err error) {
	var end ending
	defer func() { err = errors.Join(err, end.run()) }()
	dir, err := o.folder(&end)
	if err != nil {
		return err
	}
	listener, err := listen(ctx, o.addr)
	if err != nil {
		return err
	}
	end.add(func() error { return ignoreClosed(listener.Close()) })
	if o.callbackURL == "" {
		o.callbackURL = callbackAt(listener.Addr().String())
	}
	db, err := store.Open(ctx, o.database, dir)
	if err != nil {
		return databaseProblem(err)
	}
	end.add(db.Close)
	far, err := o.service(dir, &end) //nolint:contextcheck // a sandbox takes none; closing it ends it
	if err != nil {
		return err
	}
	web, err := o.assemble(ctx, dir, db, far, &end)
	if err != nil {
		return err
	}
	announce(out, o, db, far, dir)
	return serve(ctx, listener, web, o.logger())
}

// assemble makes the app from its parts. This is what there is to copy.
func (o *options) assemble(ctx context.Context, dir string, db *store.Store, far *service, end *ending) (*app.App, error) {
	keys, err := store.LoadKeys(dir)
	if err != nil {
		return nil, failure("look at the files in the folder of --data", "the keys cannot be read: %v", err)
	}
	client, err := oauth.New(oauth.Config{
		ClientID: far.clientID, ClientSecret: far.clientSecret,
		RedirectURL: o.callbackURL, Host: far.oauthHost, Logger: o.logger(),
	})
	if err != nil {
		return nil, err
	}
	log := activity.New(time.Now)
	experiments := far.lab()
	manager, err := tokens.New(tokens.Config{
		Clients: []tokens.Refresher{client},
		Store:   db.Grants,
		Keys:    keys.Grants,
		OnEvent: onEvent(log, experiments),
		Logger:  o.logger(),
	})
	if err != nil {
		return nil, err
	}
	end.add(closing(ctx, manager))
	maintain(ctx, manager, end)
	return app.New(app.Config{
		Client: client, Manager: manager, Log: log, Logger: o.logger(),
		CallbackURL: o.callbackURL, CookieKey: keys.Cookie, Once: db.Once,
		OAuthHost: far.oauthHost, BaseURL: far.baseURL,
		Lab: experiments, SandboxURL: far.sandboxURL(), Database: db.Kind(), Now: time.Now,
	})
}

// onEvent writes what the manager tells into the log of the workspace.
func onEvent(log *activity.Log, experiments *lab.Lab) func(tokens.Event) {
	tell := app.Tell(log)
	return func(e tokens.Event) {
		if experiments != nil && e.Kind != tokens.EventHealth {
			experiments.Forget(e.GrantID)
		}
		tell(e)
	}
}

// maintain refreshes grants ahead of need, and tries again what failed, until
// the program ends.
func maintain(ctx context.Context, manager *tokens.Manager, end *ending) {
	ctx, cancel := context.WithCancel(ctx)
	var running sync.WaitGroup
	running.Go(func() { _ = manager.Maintain(ctx) }) // it ends with the context
	end.add(func() error {
		cancel()
		running.Wait()
		return nil
	})
}

// closing closes the manager, although the program has been told to end.
func closing(ctx context.Context, manager *tokens.Manager) func() error {
	return func() error {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), closeTime)
		defer cancel()
		return manager.Close(ctx)
	}
}

// serve answers requests until the context ends, and then until those under way
// are answered.
func serve(ctx context.Context, listener net.Listener, web *app.App, logger *slog.Logger) error {
	server := &http.Server{
		Handler:           web,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       30 * time.Second, // forms are small
		IdleTimeout:       2 * time.Minute,
		ErrorLog:          slog.NewLogLogger(logger.Handler(), slog.LevelWarn),
	}
	server.RegisterOnShutdown(web.Close)
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTime)
	defer cancel()
	if err := server.Shutdown(ctx); err != nil {
		return errors.Join(err, server.Close())
	}
	return nil
}

// listen takes the port before anything else is done: another app may be
// running.
func listen(ctx context.Context, addr string) (net.Listener, error) {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", addr)
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, failure("another web app may be running; stop it, or take any free port with --addr 127.0.0.1:0", "the port of %s is taken", addr)
	}
	if err != nil {
		return nil, failure("choose another address with --addr", "%v", err)
	}
	return listener, nil
}

func databaseProblem(err error) error {
	if errors.Is(err, store.ErrAddress) {
		return usage("the URL must begin with postgres://, and special characters of a password in it are percent-encoded", "--database: %v", err)
	}
	return failure("see that it runs, and that the user may make tables in it", "%v", err)
}

func ignoreClosed(err error) error {
	if errors.Is(err, net.ErrClosed) {
		return nil
	}
	return err
}

// logger writes to the error output.
func (o *options) logger() *slog.Logger {
	level := slog.LevelWarn
	if o.verbose {
		level = slog.LevelInfo
	}
	return slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: level}))
}

// announce says where the app is. The first line is the one to rely on.
func announce(out io.Writer, o *options, db *store.Store, far *service, dir string) {
	callback, _ := url.Parse(o.callbackURL) // it was checked
	address := callback.Scheme + "://" + callback.Host
	var b strings.Builder
	fmt.Fprintf(&b, "The web app runs at %s\n\n", address)
	fmt.Fprintf(&b, "  Lokalise  %s\n", far)
	fmt.Fprintf(&b, "  Grants    in %s, sealed\n", db.Kind())
	if o.data == "" {
		fmt.Fprintf(&b, "  Folder    %s, deleted at the end\n", dir)
		fmt.Fprintf(&b, "            accounts have to be connected again after that; --data keeps them\n")
	} else {
		fmt.Fprintf(&b, "  Folder    %s\n", dir)
	}
	fmt.Fprintf(&b, "\nCtrl-C stops it.\n")
	_, _ = io.WriteString(out, b.String()) // an app without a terminal runs all the same
	if o.open {
		browser.Stdout = os.Stderr
		go func() { _ = browser.OpenURL(address) }() // it may block while the browser runs
	}
}
