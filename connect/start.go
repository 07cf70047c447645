package connect

import (
	"net/http"

	"github.com/golokalise/lokalise/oauth"
	"github.com/golokalise/lokalise/tokens"
)

// start begins an attempt.
func (a *app) start(w http.ResponseWriter, r *http.Request) {
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
	t, err := a.newAttempt(w, r, session, returnTo)
	if err != nil {
		a.refuse(w, r, a.wrong(r, ReasonMisconfigured, err))
		return
	}
	authURL, err := a.cfg.Clients[0].AuthCodeURL(oauth.AuthCodeOptions{
		Scopes: t.Scopes, State: t.State, RedirectURL: a.cfg.CallbackURL,
	})
	if err != nil {
		a.refuse(w, r, a.wrong(r, ReasonMisconfigured, err, t.State))
		return
	}
	redirect(w, authURL)
}

// session asks the app who is signed in.
func (a *app) session(r *http.Request) (string, *Error) {
	id, err := a.cfg.Session(withoutQuery(r))
	if err != nil {
		return "", a.wrong(r, ReasonNotSignedIn, err)
	}
	if err := tokens.CheckID(id); err != nil {
		return "", a.wrong(r, ReasonMisconfigured, err)
	}
	return id, nil
}

// withoutQuery is a copy of the request that does not hold the code and the
// state, for the eyes of the app: it may well log the address.
func withoutQuery(r *http.Request) *http.Request {
	clean := r.WithContext(r.Context())
	u := *r.URL
	u.RawQuery, u.ForceQuery = "", false
	clean.URL, clean.RequestURI = &u, u.RequestURI()
	if r.Method == http.MethodGet {
		clean.Form = nil // may have been made from the query already
	}
	return clean
}
