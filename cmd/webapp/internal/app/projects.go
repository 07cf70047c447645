package app

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/golokalise/lokalise"
	"github.com/golokalise/lokalise/cmd/webapp/internal/activity"
	"github.com/golokalise/lokalise/tokens"
)

// board is what was last loaded for a workspace.
type board struct {
	Connection time.Time // when the grant was connected that it was loaded with
	At         time.Time
	Projects   []project
	More       bool   // there are more than are shown
	Problem    string // why nothing could be loaded; empty: it worked
}

type project struct {
	Name      string
	Progress  int64 // percent
	Keys      int64
	Languages int
}

// shown is how many projects a board has room for.
const shown = 50

// loadTimeout bounds one load, with the wait for its turn and a refresh in it.
const loadTimeout = 20 * time.Second

// client is an API client for one credential. It costs little: connections and
// limits belong to the process.
func (a *App) client(credential lokalise.Option, more ...lokalise.Option) (*lokalise.Client, error) {
	opts := append([]lokalise.Option{credential, lokalise.WithUserAgent("golokalise-webapp"), lokalise.WithCallTimeout(loadTimeout)}, more...)
	if a.cfg.BaseURL != "" {
		opts = append(opts, lokalise.WithBaseURL(a.cfg.BaseURL))
	}
	return lokalise.New(opts...)
}

// loadProjects answers the button. What came of it is on the page that follows.
func (a *App) loadProjects(w http.ResponseWriter, r *http.Request, ws Workspace) {
	a.load(r.Context(), ws)
	http.Redirect(w, r, "/#projects", http.StatusSeeOther)
}

// load reads the projects with the workspace's grant. A token that has expired
// takes no code: the client reports the refusal to the manager, which gets another
// token, and the client repeats the request. What there is code for are refusals
// in quick succession; see tooSoon.
func (a *App) load(ctx context.Context, ws Workspace) {
	ctx, cancel := context.WithTimeout(ctx, loadTimeout)
	defer cancel()
	b := board{At: a.cfg.Now()}
	if status, err := a.cfg.Manager.Status(ctx, ws.GrantID()); err == nil {
		b.Connection = status.Connected
	}
	err := a.list(ctx, ws, &b)
	if tooSoon(err) {
		b.Projects = nil
		if err = a.cfg.Manager.Refresh(ctx, ws.GrantID()); err == nil {
			a.noteGeneration(ctx, ws)
			err = a.list(ctx, ws, &b)
		}
	}
	if err != nil {
		b.Problem = problemText(err)
		a.cfg.Log.Add(ws.ID, activity.Bad, "The projects could not be loaded. "+b.Problem)
		// Errors of this module's packages hold no secret.
		a.cfg.Logger.WarnContext(ctx, "the projects were not loaded", "workspace", ws.ID, "error", err)
	}
	a.noteGeneration(ctx, ws)
	a.keep(ws, b, err == nil)
}

// tooSoon tells of a token that the API refuses although it was replaced a moment
// ago. After several of those the manager does not replace the next one at once,
// or an API that refuses everything would be a refresh for each call
// (tokens.ErrRecentlyReplaced).
// Here a person has pressed a button, which nobody does that often.
func tooSoon(err error) bool {
	_, fromManager := errors.AsType[*tokens.Error](err)
	return errors.Is(err, lokalise.ErrUnauthorized) && !fromManager
}

// list puts the projects on the board.
func (a *App) list(ctx context.Context, ws Workspace, b *board) error {
	client, err := a.client(lokalise.WithTokenSource(a.cfg.Manager.Source(ws.GrantID())), lokalise.WithHooks(a.hooks(ws)))
	if err != nil {
		return err
	}
	for p, err := range client.Projects.All(ctx, nil) {
		if err != nil {
			return err
		}
		if len(b.Projects) == shown {
			b.More = true
			break
		}
		next := project{Name: p.Name}
		if s, ok := p.Statistics.Get(); ok {
			next.Progress, next.Keys, next.Languages = s.ProgressTotal, s.KeysTotal, len(s.Languages)
		}
		b.Projects = append(b.Projects, next)
	}
	return nil
}

// keep remembers a board. One that failed leaves the projects of the one before
// in place: a person reads an old list sooner than none.
func (a *App) keep(ws Workspace, b board, worked bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if before, ok := a.boards[ws.ID]; ok && !worked && before.Connection.Equal(b.Connection) {
		b.Projects, b.More, b.At = before.Projects, before.More, before.At
	}
	a.boards[ws.ID] = b
}

// boardOf is what was loaded with the connection that there is now.
func (a *App) boardOf(ws Workspace, connection time.Time) (board, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	b, ok := a.boards[ws.ID]
	return b, ok && b.Connection.Equal(connection)
}

// tokenOf says which access token of a workspace is meant, without having it.
type tokenOf struct {
	connection time.Time
	generation int64
}

// noteRefusal remembers whether the API refused the current access token. A
// status of tokens does not tell: the time that is left is what the token
// endpoint promised. Another process may replace the token between the request
// and this; then the page says too little about the new one until its first use.
func (a *App) noteRefusal(ctx context.Context, ws Workspace, httpStatus int) {
	if httpStatus == 0 {
		return // no answer says nothing about the token
	}
	status, err := a.cfg.Manager.Status(ctx, ws.GrantID())
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.refused, ws.ID)
	if err == nil && httpStatus == http.StatusUnauthorized {
		a.refused[ws.ID] = tokenOf{status.Connected, status.Generation}
	}
}

// wasRefused tells whether the API refused the access token that there is.
func (a *App) wasRefused(ws Workspace, s tokens.Status) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	token, ok := a.refused[ws.ID]
	return ok && token.connection.Equal(s.Connected) && token.generation == s.Generation
}

// hooks write the requests of a workspace into its log, so that one sees how a
// token that was refused is replaced in the middle of a call.
func (a *App) hooks(ws Workspace) lokalise.Hooks {
	return lokalise.Hooks{
		Start: func(ctx context.Context, attempt lokalise.Attempt) context.Context {
			if attempt.Number > 1 {
				a.noteGeneration(ctx, ws)
			}
			return ctx
		},
		Done: func(ctx context.Context, attempt lokalise.Attempt, result lokalise.AttemptResult) {
			a.noteRefusal(ctx, ws, result.Status)
			tone, answer := activity.Plain, "no answer"
			if result.Status != 0 {
				answer = fmt.Sprintf("%d %s", result.Status, http.StatusText(result.Status))
			}
			if result.Status == 0 || result.Status >= http.StatusBadRequest {
				tone = activity.Warn
			}
			a.cfg.Log.Add(ws.ID, tone, attempt.Method+" "+attempt.Route+": "+answer)
		},
	}
}

// noteGeneration writes into the log that there is a new access token.
func (a *App) noteGeneration(ctx context.Context, ws Workspace) {
	status, err := a.cfg.Manager.Status(ctx, ws.GrantID())
	if err == nil && a.cfg.Log.Generation(ws.ID, status.Connected, status.Generation) {
		a.cfg.Log.Add(ws.ID, activity.Good, fmt.Sprintf("A new access token is stored: number %d of this connection.", status.Generation))
	}
}

// problemText says to a person why there are no projects. What an error says
// itself is for the log.
func problemText(err error) string {
	switch {
	case errors.Is(err, tokens.ErrNotFound):
		return "No account is connected."
	case errors.Is(err, tokens.ErrReauthRequired):
		return "The account has to be connected again."
	case errors.Is(err, tokens.ErrMisconfigured):
		return "Lokalise does not accept this app's own credentials."
	case errors.Is(err, tokens.ErrUnavailable):
		return "There is no valid access token at the moment. The app goes on trying by itself."
	case errors.Is(err, tokens.ErrUnreadable):
		return "The stored grant cannot be opened with this app's keys. Connect the account again."
	case errors.Is(err, lokalise.ErrForbidden):
		return "The account may not list projects."
	case errors.Is(err, context.DeadlineExceeded):
		return "Lokalise took too long to answer."
	default:
		return "Lokalise could not be asked. Try again in a while."
	}
}
