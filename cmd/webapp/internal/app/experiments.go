package app

import (
	"errors"
	"net/http"

	"github.com/golokalise/lokalise/cmd/webapp/internal/activity"
	"github.com/golokalise/lokalise/cmd/webapp/internal/lab"
	"github.com/golokalise/lokalise/tokens"
)

// runExperiment does something to the workspace's own grant, at the sandbox.
func (a *App) runExperiment(w http.ResponseWriter, r *http.Request, ws Workspace) {
	experiment := lab.Experiment(r.PathValue("name"))
	id := ws.GrantID()
	text, err := a.cfg.Lab.Run(r.Context(), id, a.cfg.Manager.Source(id), experiment)
	switch {
	case errors.Is(err, lab.ErrUnknown):
		a.notFound(w, r)
		return
	case errors.Is(err, tokens.ErrNotFound):
		a.cfg.Log.Add(ws.ID, activity.Lab, "Nothing was done: the sandbox has no grant of this workspace.")
	case err != nil:
		a.cfg.Log.Add(ws.ID, activity.Lab, "Nothing was done. "+problemText(err))
		a.cfg.Logger.WarnContext(r.Context(), "the experiment failed", "workspace", ws.ID, "experiment", string(experiment), "error", err)
	default:
		a.cfg.Log.Add(ws.ID, activity.Lab, text)
	}
	http.Redirect(w, r, "/#experiments", http.StatusSeeOther)
}

// labView is the card with the experiments.
type labView struct {
	Rotates bool
	Spoiled int    // refreshes that are still going to fail
	Last    string // what was done last to this connection
	Ready   bool   // there is a grant to do something to
}

func (a *App) labView(ws Workspace, c connectionView, log []activity.Entry) *labView {
	if a.cfg.Lab == nil {
		return nil
	}
	v := &labView{Rotates: a.cfg.Lab.Rotates(), Spoiled: a.cfg.Lab.Spoiled(ws.GrantID()), Ready: c.Usable}
	for _, e := range log {
		if e.Turn {
			break // what was done before was done to another grant
		}
		if e.Tone == activity.Lab {
			v.Last = e.Text
			break
		}
	}
	return v
}
