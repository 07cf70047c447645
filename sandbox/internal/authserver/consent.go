package authserver

import (
	"errors"
	"net/http"
	"strconv"
	"strings"

	"github.com/golokalise/lokalise/sandbox/internal/faults"
	"github.com/golokalise/lokalise/sandbox/internal/journal"
	"github.com/golokalise/lokalise/sandbox/internal/state"
	"github.com/golokalise/lokalise/sandbox/internal/web"
)

// maxForm bounds what is read of a form, in bytes.
const maxForm = 64 << 10

// ServeAuthorize shows the consent page for a GET and takes its answer by POST.
func (s *Server) ServeAuthorize(w http.ResponseWriter, r *http.Request, rec *journal.Record) {
	rec.Operation, rec.Credential = "oauth2.authorize", journal.CredentialBrowser
	switch r.Method {
	case http.MethodGet, http.MethodHead:
		s.showConsent(w, r, rec)
	case http.MethodPost:
		rec.HoldRequest() // the one-time request id is a secret until it is used
		s.takeAnswer(w, r, rec)
	default:
		w.Header().Set("Allow", "GET, HEAD, POST")
		web.Problem(w, http.StatusMethodNotAllowed, web.ProblemView{
			Title:   "This is no way to ask for permission",
			Message: "An authorization URL is opened in a browser, which sends GET.",
		})
	}
}

func (s *Server) showConsent(w http.ResponseWriter, r *http.Request, rec *journal.Record) {
	req, refusal := s.parse(r.URL.RawQuery)
	if refusal != nil {
		showRefusal(w, rec, refusal)
		return
	}
	rec.World = req.world.Name
	hit := s.hit(faults.Call{Operations: []string{rec.Operation}, World: req.world.Name, Credential: rec.Credential}, rec)
	hit.Before(r.Context()) // there is nothing to carry out but the page
	hit.Answer(r.Context(), w, writePageFault, func(w http.ResponseWriter) { s.writeConsent(w, r, req) })
}

func (s *Server) writeConsent(w http.ResponseWriter, r *http.Request, req *authRequest) {
	session := ensureSession(w, r)
	id := ""
	if r.Method == http.MethodGet {
		id = s.pending.add(req, session, s.clock.Now())
	}
	web.Consent(w, web.ConsentView{
		App: app(req.client), Accounts: accounts(req.world), Scopes: req.scopes,
		RequestID: id, RedirectURI: req.redirectURI,
	})
}

// crossOrigin refuses a form that another site sends: by Sec-Fetch-Site, or by
// comparing Origin with Host where a browser leaves that header out, which it
// does over plain http anywhere but on loopback.
var crossOrigin = http.NewCrossOriginProtection()

func (s *Server) takeAnswer(w http.ResponseWriter, r *http.Request, rec *journal.Record) {
	if err := crossOrigin.Check(r); err != nil {
		showRefusal(w, rec, &RefusalError{Status: http.StatusForbidden, Page: web.CrossSite(r.Header.Get("Origin"))})
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	if err := r.ParseForm(); err != nil {
		showRefusal(w, rec, unreadableForm(err))
		return
	}
	req := s.pending.take(r.PostForm.Get(web.FieldRequest), session(r), s.clock.Now())
	if req == nil {
		showRefusal(w, rec, refuse(web.ExpiredRequest()))
		return
	}
	rec.World = req.world.Name
	decision := r.PostForm.Get(web.FieldDecision)
	user, err := findUser(req.world, r.PostForm.Get(web.FieldUser))
	if err != nil || decision != web.DecisionAllow && decision != web.DecisionDeny {
		showRefusal(w, rec, refuse(incompleteAnswer()))
		return
	}
	rec.User = user.Email
	rec.Note("The user's answer: " + decision + ".")
	w.Header().Set("Location", s.decide(req, user.ID, decision == web.DecisionAllow, BaseURL(r)))
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusSeeOther)
}

// BaseURL is the root of the sandbox as the client of this request sees it.
// The Host header was checked before anything else.
func BaseURL(r *http.Request) string {
	if r.TLS != nil {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

func showRefusal(w http.ResponseWriter, rec *journal.Record, refusal *RefusalError) {
	rec.Note(refusal.Page.Title + ". " + refusal.Page.Message)
	web.Problem(w, refusal.Status, refusal.Page)
}

func unreadableForm(err error) *RefusalError {
	status := http.StatusBadRequest
	var tooBig *http.MaxBytesError
	if errors.As(err, &tooBig) {
		status = http.StatusRequestEntityTooLarge
	}
	return &RefusalError{Status: status, Page: incompleteAnswer()}
}

func incompleteAnswer() web.ProblemView {
	return web.ProblemView{
		Title:   "The answer cannot be read",
		Message: "The form names no account of this sandbox, or neither Allow nor Deny.",
		Fixes:   []string{"Open the authorization URL again and answer on the page that appears."},
	}
}

func app(c state.Client) web.App {
	return web.App{Name: c.Name, Description: c.Description, LinkURL: c.Link, LogoURL: c.Logo}
}

func accounts(w *state.World) []web.Account {
	var list []web.Account
	_ = w.View(func(tx *state.Tx) error { // the function does not fail
		for u := range tx.Users.All("") {
			list = append(list, web.Account{ID: strconv.FormatInt(u.ID, 10), Name: u.FullName, Email: u.Email})
		}
		return nil
	})
	return list
}

// findUser finds a user by id or e-mail address, or the first one by nothing.
func findUser(w *state.World, who string) (*state.User, error) {
	unknown := &UnknownUserError{User: who}
	var found *state.User
	_ = w.View(func(tx *state.Tx) error { // the function does not fail
		for u := range tx.Users.All("") {
			unknown.Have = append(unknown.Have, u.Email)
			if found == nil && (who == "" || strings.EqualFold(who, u.Email) || who == strconv.FormatInt(u.ID, 10)) {
				found = u
			}
		}
		return nil
	})
	if found == nil {
		return nil, unknown
	}
	return found, nil
}
