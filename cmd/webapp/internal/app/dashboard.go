package app

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/golokalise/lokalise/cmd/webapp/internal/activity"
	"github.com/golokalise/lokalise/tokens"
)

// dashboard is the page of a workspace.
type dashboard struct {
	page
	Connection connectionView
	Board      boardView
	Log        []entryView
	Lab        *labView // nil: it is Lokalise
}

// connectionView is how the workspace's grant is doing. No token is in it.
type connectionView struct {
	State  string // none, healthy, degraded, reauth_required, unknown
	Label  string
	Text   string
	Exists bool // there is a grant
	Usable bool // it gives tokens, or may soon

	Connected  moment
	Refreshed  moment
	Expiry     moment
	RetryAt    moment
	Life, Left int64 // of the access token, in seconds; 0: not known
	Refused    bool  // the API refused the access token, whatever is left of its life
	Generation int64
	Failures   int
	Scopes     []string
	Rotates    bool
}

type boardView struct {
	Loaded   bool
	At       moment
	Projects []project
	More     bool
	Problem  string
}

type entryView struct {
	ID   int
	Time moment
	Tone activity.Tone
	Text string
}

// moment is a time as a page needs it: a script counts on from Milli.
type moment struct {
	Milli int64
	ISO   string
	Clock string
	Text  string // how far away it is
}

func at(t, now time.Time) moment {
	if t.IsZero() {
		return moment{}
	}
	return moment{
		Milli: t.UnixMilli(), ISO: t.UTC().Format(time.RFC3339),
		Clock: t.Local().Format(time.TimeOnly), Text: span(now.Sub(t).Abs()),
	}
}

// span is a duration in the unit that a person would use. The script has the
// same rules.
func span(d time.Duration) string {
	const day = 24 * time.Hour
	switch {
	case d < time.Minute:
		return fmt.Sprintf("%d s", int(d.Seconds()))
	case d < time.Hour:
		return fmt.Sprintf("%d min", int(d.Minutes()))
	case d < 2*day:
		return fmt.Sprintf("%d h", int(d.Hours()))
	default:
		return fmt.Sprintf("%d days", int(d/day))
	}
}

func (a *App) showDashboard(w http.ResponseWriter, r *http.Request, ws Workspace) {
	status, err := a.cfg.Manager.Status(r.Context(), ws.GrantID())
	if _, loaded := a.boardOf(ws, status.Connected); err == nil && !loaded && status.Health == tokens.Healthy {
		a.load(r.Context(), ws) // the first look at a new connection
	}
	a.write(w, r, http.StatusOK, "dashboard", a.dashboard(r.Context(), a.page(r, ws.Name), ws))
}

// dashboard gathers what the page shows, from the store and from memory. It asks
// Lokalise nothing.
func (a *App) dashboard(ctx context.Context, p page, ws Workspace) dashboard {
	now := a.cfg.Now()
	status, err := a.cfg.Manager.Status(ctx, ws.GrantID())
	if err == nil && a.cfg.Log.Generation(ws.ID, status.Connected, status.Generation) {
		// Renewed ahead of need, in the background.
		a.cfg.Log.Add(ws.ID, activity.Good, fmt.Sprintf("A new access token is stored: number %d of this connection.", status.Generation))
	}
	log := a.cfg.Log.Recent(ws.ID)
	d := dashboard{page: p, Connection: connection(status, err, now)}
	d.Connection.Refused = err == nil && a.wasRefused(ws, status)
	d.Lab = a.labView(ws, d.Connection, log)
	if b, ok := a.boardOf(ws, status.Connected); ok && d.Connection.Exists {
		d.Board = boardView{Loaded: true, At: at(b.At, now), Projects: b.Projects, More: b.More, Problem: b.Problem}
	}
	for _, e := range log {
		d.Log = append(d.Log, entryView{ID: e.ID, Time: at(e.Time, now), Tone: e.Tone, Text: e.Text})
	}
	return d
}

// connection turns a status into words.
func connection(s tokens.Status, err error, now time.Time) connectionView {
	if err != nil {
		return noConnection(err)
	}
	v := connectionView{
		State: string(s.Health), Exists: true, Usable: s.Health != tokens.ReauthRequired,
		Connected: at(s.Connected, now), Refreshed: at(s.Refreshed, now), Expiry: at(s.Expiry, now), RetryAt: at(s.RetryAt, now),
		Generation: s.Generation, Failures: s.Failures, Rotates: s.Rotates,
	}
	for _, scope := range s.Scopes {
		v.Scopes = append(v.Scopes, string(scope))
	}
	if !s.Expiry.IsZero() {
		v.Life = int64(s.Expiry.Sub(s.Refreshed).Seconds())
		v.Left = max(0, int64(s.Expiry.Sub(now).Seconds()))
	}
	switch s.Health {
	case tokens.Healthy:
		v.Label, v.Text = "Healthy", "The last thing tried worked."
	case tokens.Degraded:
		v.Label, v.Text = "Degraded", reasonTexts[s.Reason]+" That may pass; the app goes on trying by itself."
	default:
		v.Label, v.Text = "Connect again", reasonTexts[s.Reason]
	}
	return v
}

// noConnection is a grant that is not there, or not to be read.
func noConnection(err error) connectionView {
	switch {
	case errors.Is(err, tokens.ErrNotFound):
		return connectionView{State: "none", Label: "Not connected", Text: "Connect a Lokalise account, and its projects appear here."}
	case errors.Is(err, tokens.ErrUnreadable):
		return connectionView{State: "reauth_required", Label: "Connect again", Text: reasonTexts[tokens.ReasonUnreadable], Exists: true}
	default:
		return connectionView{State: "unknown", Label: "Not known", Text: "The database cannot be asked at the moment."}
	}
}
