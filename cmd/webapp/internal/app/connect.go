package app

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/golokalise/lokalise"
	"github.com/golokalise/lokalise/connect"
	"github.com/golokalise/lokalise/oauth"
)

const connectPrefix = "/lokalise"

// scopes are what customers are asked to allow: to list projects, and to see in
// one of them who they are.
var scopes = []oauth.Scope{oauth.ScopeReadProjects, oauth.ScopeReadContributors}

// connectHandlers are start, callback and disconnect.
func (a *App) connectHandlers() (*connect.Handlers, error) {
	return connect.New(connect.Config{
		Clients:     []*oauth.Client{a.cfg.Client},
		Manager:     a.cfg.Manager,
		CallbackURL: a.cfg.CallbackURL,
		Scopes:      scopes,
		Keys:        [][]byte{a.cfg.CookieKey},
		// The grant belongs to the workspace of the session. Whatever else the
		// request says, it cannot choose another.
		Session: func(r *http.Request) (string, error) {
			ws, err := a.workspaceOf(r)
			return ws.GrantID(), err
		},
		ReturnTo:  []string{"/"},
		Identify:  a.identify,
		Once:      a.cfg.Once,
		Connected: a.showConnected,
		Denied:    a.showDenied,
		Failed:    a.showFailed,
		Logger:    a.cfg.Logger,
		Now:       a.cfg.Now,
	})
}

// identify asks who has allowed access. The API has no address for that, but a
// project knows its contributors, and which of them asks. Who sees a project by
// other rights is no contributor of it, so a few are tried.
func (a *App) identify(ctx context.Context, token *oauth.Token) (string, error) {
	client, err := a.client(lokalise.WithBearerToken(token.AccessToken))
	if err != nil {
		return "", err
	}
	const tries = 3
	projects, err := client.Projects.List(ctx, &lokalise.ProjectListOptions{Limit: tries})
	if err != nil {
		return "", err
	}
	for _, p := range projects.Items {
		me, err := client.Contributors.Me(ctx, p.ProjectID)
		if err == nil {
			return fmt.Sprintf("%s (%s)", me.Fullname, me.Email), nil
		}
		if !errors.Is(err, lokalise.ErrNotFound) {
			return "", err
		}
	}
	return "", nil
}

func (a *App) showConnected(w http.ResponseWriter, r *http.Request, o connect.Outcome) {
	p := outcomePage{page: a.page(r, "Your Lokalise account is connected"), Tone: "good", Continue: o.ReturnTo}
	p.Text = "The grant is stored. This app can read the projects now."
	if o.Account != "" {
		p.Text = "Connected as " + o.Account + ". This app can read the projects now."
	}
	if len(o.LostScopes) > 0 {
		p.Tone, p.Intro = "warn", "These permissions were given before and are missing now:"
		for _, s := range o.LostScopes {
			p.Points = append(p.Points, string(s))
		}
	}
	a.writeOutcome(w, r, http.StatusOK, p)
}

func (a *App) showDenied(w http.ResponseWriter, r *http.Request, o connect.Outcome) {
	a.writeOutcome(w, r, http.StatusOK, outcomePage{
		page: a.page(r, "Your Lokalise account was not connected"), Tone: "warn",
		Text:     "You did not give permission. Nothing was changed.",
		Continue: o.ReturnTo, Again: true,
	})
}

// showFailed is also asked when a start or a disconnect is refused, and by
// anybody who writes an address with a reason in it: so it promises nothing.
func (a *App) showFailed(w http.ResponseWriter, r *http.Request, o connect.Outcome) {
	p := outcomePage{page: a.page(r, "That did not work"), Tone: "bad", Text: failureText(o.Reason), Continue: o.ReturnTo}
	p.Again = p.Who != nil && o.Reason.Status() < http.StatusInternalServerError
	a.writeOutcome(w, r, o.Reason.Status(), p)
}

// writeOutcome is write for an answer of package connect, which sends
// no-referrer because a code may have been in the address. None is in this one,
// and the form on the page needs an Origin.
func (a *App) writeOutcome(w http.ResponseWriter, r *http.Request, status int, p outcomePage) {
	w.Header().Set("Referrer-Policy", "same-origin")
	a.write(w, r, status, "outcome", p)
}
