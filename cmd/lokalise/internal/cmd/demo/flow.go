package demo

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/golokalise/lokalise"
	"github.com/golokalise/lokalise/cmd/lokalise/internal/exit"
	"github.com/golokalise/lokalise/cmd/lokalise/internal/loopback"
	"github.com/golokalise/lokalise/cmd/lokalise/internal/trace"
	"github.com/golokalise/lokalise/oauth"
	"github.com/golokalise/lokalise/sandbox"
)

// closeGrace is how long the last page may take to reach the browser.
const closeGrace = 2 * time.Second

// flow is one run of the demo: its two servers, the clients, and what one step
// leaves for the next.
type flow struct {
	opts     *Options
	sandbox  *sandbox.Server
	callback *loopback.Server
	recorder *trace.Recorder
	http     *http.Client
	oauth    *oauth.Client

	state    string
	authURL  string
	code     string
	token    *oauth.Token
	renewed  *oauth.Token
	projects []lokalise.ProjectID
}

func newFlow(ctx context.Context, opts *Options) (*flow, error) {
	f := &flow{opts: opts, state: oauth.NewState()}
	if err := f.startServers(ctx); err != nil {
		return nil, errors.Join(err, f.close(ctx))
	}
	transport := opts.transport
	if transport == nil {
		transport = http.DefaultTransport
	}
	f.recorder = trace.NewRecorder(transport)
	f.http = &http.Client{Transport: f.recorder, Timeout: 30 * time.Second}
	creds := f.sandbox.Credentials()
	client, err := oauth.New(oauth.Config{
		ClientID:     creds.ClientID,
		ClientSecret: creds.ClientSecret,
		RedirectURL:  f.callback.RedirectURL(),
		Host:         f.sandbox.URL(),
		HTTPClient:   f.http,
		Now:          f.sandbox.Clock().Now,
	})
	if err != nil {
		return nil, errors.Join(err, f.close(ctx))
	}
	f.oauth = client
	return f, nil
}

func (f *flow) startServers(ctx context.Context) (err error) {
	if f.sandbox, err = sandbox.New(); err != nil {
		return err
	}
	if err := f.sandbox.Listen("127.0.0.1:0"); err != nil {
		return err
	}
	f.callback, err = loopback.Listen(ctx, f.state)
	return err
}

// close ends both servers. It runs after an interruption too, so it takes
// nothing from the context but its values.
func (f *flow) close(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), closeGrace)
	defer cancel()
	var errs []error
	if f.callback != nil {
		errs = append(errs, f.callback.Close(ctx))
	}
	if f.sandbox != nil {
		errs = append(errs, f.sandbox.Close())
	}
	return errors.Join(errs...)
}

// run goes through the steps and stops at the first that does not do what it
// should.
func (f *flow) run(ctx context.Context, out printer) error {
	if err := out.start(f.sandbox.URL()); err != nil {
		return err
	}
	steps := f.steps(out)
	for i, s := range steps {
		var shown trace.Exchange
		result, failure := s.run(ctx, &shown)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err := out.step(i+1, newRecord(s, shown, f.recorder.Take(), result, failure)); err != nil {
			return err
		}
		if failure != nil {
			return &exit.Error{
				Code:    exit.Code(failure),
				Message: fmt.Sprintf("the demo stopped at step %d, %q", i+1, s.title),
				Hint:    exit.Hint(failure),
				Err:     failure,
			}
		}
	}
	return out.end(len(steps))
}

// steps is the plan.
func (f *flow) steps(out printer) []step {
	return []step{
		{"authorization", "Authorization URL", "The app sends its user to this address at Lokalise. It says who asks, for which scopes, and where to come back to.", f.authorization},
		{"code", "Permission", "The user allows access on the consent page, and Lokalise sends the browser back with a code that works once.", f.permission(out)},
		{"token_exchange", "Code for token", "The app's server trades the code for a token; its client secret goes along.", f.exchange},
		{"token", "The token", "The access token acts for the user; the refresh token gets the next one without asking the user again.", f.showToken},
		{"projects", "An API call on the user's behalf", "The access token goes along as a bearer token.", f.listProjects},
		{"clock", "An hour passes", "The sandbox has a clock of its own, so nobody has to wait.", f.passAnHour},
		{"expired", "The token has expired", "The same call as before is refused now.", f.expired},
		{"refresh", "Refresh", "The refresh token brings a new access token. Lokalise sends no new refresh token: the old one stays good.", f.refresh},
		{"projects_again", "The same call again", "With the new token everything is as before.", f.listAgain},
		{"denial", "What a denial looks like", "A user who says no comes back with an error in place of a code.", f.denial},
	}
}
