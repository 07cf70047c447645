package auth

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/golokalise/lokalise/cmd/lokalise/internal/account"
	"github.com/golokalise/lokalise/cmd/lokalise/internal/exit"
	"github.com/golokalise/lokalise/cmd/lokalise/internal/loopback"
	"github.com/golokalise/lokalise/oauth"
)

const (
	// closeGrace is how long the last page may take to reach the browser.
	closeGrace = 2 * time.Second
	// maxSecret is more than any secret or token has, in bytes.
	maxSecret = 4 << 10
)

// fromBrowser has the person allow access, and exchanges the code.
func (o *LoginOptions) fromBrowser(ctx context.Context) (p account.Profile, token *oauth.Token, err error) {
	secret, err := o.clientSecret()
	if err != nil {
		return p, nil, err
	}
	p = account.Profile{
		Kind: account.OAuth, BaseURL: o.BaseURL,
		OAuthHost: o.OAuthHost, ClientID: o.ClientID, ClientSecret: secret,
	}
	state := oauth.NewState()
	server, err := loopback.ListenAt(ctx, state, o.RedirectURI)
	if err != nil {
		return p, nil, o.listenError(err)
	}
	defer func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), closeGrace)
		defer cancel()
		err = errors.Join(err, server.Close(ctx))
	}()
	client, err := p.Client(server.RedirectURL())
	if err != nil {
		return p, nil, configError(err)
	}
	authURL, err := client.AuthCodeURL(oauth.AuthCodeOptions{Scopes: o.scopes(), State: state})
	if err != nil {
		return p, nil, configError(err)
	}
	redirect, err := o.wait(ctx, authURL, server.Arrived())
	if err != nil {
		return p, nil, err
	}
	code, err := oauth.ParseCallback(redirect, state)
	if err != nil {
		return p, nil, o.callbackError(err)
	}
	if token, err = client.Exchange(ctx, code); err != nil {
		return p, nil, exchangeError(ctx, err)
	}
	if token.Scopes == nil { // what was asked for was granted (RFC 6749 section 5.1)
		token.Scopes = o.scopes()
	}
	return p, token, nil
}

// clientSecret is the app's secret. There is no flag for it, since every
// program on the machine can read the flags of the others.
func (o *LoginOptions) clientSecret() (string, error) {
	var in io.Reader
	switch o.SecretFile {
	case "":
		return o.IO.Getenv(clientSecretVariable), nil
	case "-":
		in = o.IO.In
	default:
		file, err := os.Open(o.SecretFile)
		if err != nil {
			return "", &exit.Error{Code: exit.Failure, Message: "the client secret cannot be read", Err: err}
		}
		defer file.Close() //nolint:errcheck // read only
		in = file
	}
	text, err := io.ReadAll(io.LimitReader(in, maxSecret))
	return strings.TrimSpace(string(text)), err
}

// wait shows the address and waits until the browser comes back.
func (o *LoginOptions) wait(ctx context.Context, authURL string, arrived <-chan *url.URL) (*url.URL, error) {
	text := "Opening the browser. If it does not open, open this address:\n"
	if o.NoBrowser {
		text = "Open this address in a browser on this machine and allow access:\n"
	}
	if _, err := fmt.Fprintf(o.IO.Err, "%s%s\n", text, authURL); err != nil {
		return nil, err
	}
	if !o.NoBrowser {
		go func() {
			// It may block for as long as the browser runs.
			if err := o.OpenBrowser(ctx, authURL); err != nil && ctx.Err() == nil {
				fmt.Fprintln(o.IO.Err, "The browser could not be opened; open the address yourself.")
			}
		}()
	}
	timeout := time.NewTimer(o.Timeout)
	defer timeout.Stop()
	select {
	case redirect := <-arrived:
		return redirect, nil
	case <-timeout.C:
		return nil, exit.Failuref(
			"if the page showed an error, check the client ID and the redirect URI "+o.RedirectURI+"; otherwise wait longer with --timeout",
			"nobody answered within %s", o.Timeout)
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (o *LoginOptions) listenError(err error) error {
	e := &exit.Error{Code: exit.Failure, Err: err, Hint: "name another redirect URI of the app with --redirect-uri"}
	switch {
	case errors.Is(err, loopback.ErrRedirectURI):
		e.Code = exit.Usage
		e.Hint = fmt.Sprintf("got %q; name another one of the app with --redirect-uri or %s", o.RedirectURI, redirectVariable)
	case loopback.PortTaken(err):
		e.Message, e.Err = fmt.Sprintf("another program waits at the redirect URI %s", o.RedirectURI), nil
		e.Hint = "it may be another login; end it, or name another redirect URI of the app with --redirect-uri"
	}
	return e
}

// configError says which flag or variable is wrong. What the reason says after
// a semicolon is advice to programmers.
func configError(err error) error {
	wrong, ok := errors.AsType[*oauth.ConfigError](err)
	if !ok {
		return err
	}
	known := map[string][2]string{
		"ClientID":     {"the client ID", "see --client-id and " + clientIDVariable},
		"ClientSecret": {"the client secret", "see --client-secret-file and " + clientSecretVariable},
		"RedirectURL":  {"the redirect URI", "see --redirect-uri and " + redirectVariable},
		"Host":         {"the OAuth server's address", "see --oauth-host and " + oauthHostVariable},
		"Scopes":       {"--scopes", "write names such as read_projects,read_keys"},
	}[wrong.Field]
	reason, _, _ := strings.Cut(wrong.Reason, ";")
	return exit.Usagef(known[1], "%s %s", cmp.Or(known[0], wrong.Field), reason)
}

func (o *LoginOptions) callbackError(err error) error {
	e := &exit.Error{Code: exit.Auth, Err: err, Hint: "run the same command again"}
	if errors.Is(err, oauth.ErrDenied) {
		e.Hint = "nothing was stored; run the same command again and allow access"
	}
	if failed, ok := errors.AsType[*oauth.CallbackError](err); ok && failed.Code == "invalid_scope" {
		e.Hint = "the app may not ask for all of " + joinScopes(o.scopes(), " ") + "; name those that it was registered with: --scopes"
	}
	return e
}

func exchangeError(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	e := &exit.Error{Message: "the login was allowed, but no token came", Err: err, Hint: "run the same command again: a code works once"}
	switch {
	case errors.Is(err, oauth.ErrMisconfigured):
		e.Hint = fmt.Sprintf("check %s, %s and the OAuth server's address", clientIDVariable, clientSecretVariable)
	case errors.Is(err, oauth.ErrTemporary):
		e.Hint = "wait a moment, then run the same command again"
	}
	return e
}
