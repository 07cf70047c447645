package web

import "net/http"

// Denied is the page for somebody who chose Deny when the authorization
// request named no redirect URI that could be told so.
func Denied(w http.ResponseWriter, app App) {
	render(w, http.StatusOK, "denied", frame{Title: "Access denied", View: newAppCard(app)})
}
