package app

import "net/http"

type signInPage struct {
	page
	Workspaces []Workspace
}

func (a *App) showSignIn(w http.ResponseWriter, r *http.Request) {
	a.write(w, r, http.StatusOK, "signin", signInPage{a.page(r, "Who are you today?"), workspaces})
}

// signIn believes whoever says to be somebody: that is what is made up.
func (a *App) signIn(w http.ResponseWriter, r *http.Request) {
	const enough = 4 << 10
	r.Body = http.MaxBytesReader(w, r.Body, enough)
	ws, ok := workspaceBy(r.PostFormValue("workspace"))
	if !ok {
		a.problem(w, r, http.StatusBadRequest, "There is no such workspace", "Choose one of those on the sign-in page.")
		return
	}
	a.sessions.Start(w, ws.ID)
	http.Redirect(w, r, "/", http.StatusSeeOther)
}

func (a *App) signOut(w http.ResponseWriter, r *http.Request) {
	a.sessions.End(w)
	http.Redirect(w, r, "/signin", http.StatusSeeOther)
}
