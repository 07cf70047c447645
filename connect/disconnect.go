package connect

import "net/http"

// disconnect forgets the grant of the signed-in person. That there is none is
// no error.
func (a *app) disconnect(w http.ResponseWriter, r *http.Request) {
	session, failure := a.session(r)
	if failure != nil {
		a.refuse(w, r, failure)
		return
	}
	returnTo, failure := a.formReturnTo(w, r)
	if failure != nil {
		failure.GrantID = session
		a.refuse(w, r, failure)
		return
	}
	if err := a.cfg.Manager.Delete(r.Context(), session); err != nil {
		failure := a.wrong(r, ReasonStore, err)
		failure.GrantID = session
		a.refuse(w, r, failure)
		return
	}
	a.report(r.Context(), Outcome{Kind: KindDisconnected, GrantID: session, ReturnTo: returnTo})
	redirect(w, returnTo)
}
