package sandbox

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"github.com/golokalise/lokalise/sandbox/internal/api"
	"github.com/golokalise/lokalise/sandbox/internal/state"
	"github.com/golokalise/lokalise/sandbox/internal/web"
)

// uiPage is a request of a person: for a page of the console, or for the change
// that a form on one asks for.
type uiPage struct {
	server *Server
	w      http.ResponseWriter
	r      *http.Request
	world  *World
	chrome web.Chrome
}

// done is what a change came to: what to say, and the page to go to.
type done struct {
	notice web.Notice
	path   string
	query  []string // names and values in turn, beside the world
}

// formError is a form that cannot be carried out as it is.
type formError struct{ problem string }

func (e *formError) Error() string { return e.problem }

// fieldError is a formError about one field, beside which it is shown. An empty
// field stands for the form as a whole.
type fieldError struct{ field, problem string }

func (e *fieldError) Error() string { return e.problem }

// ui answers a GET with a page. It changes nothing.
func (s *Server) ui(show func(p *uiPage)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if p := s.newUIPage(w, r); p != nil {
			p.chrome.Notice = p.takeNotice()
			show(p)
		}
	}
}

// form answers a POST: it lets change do what the form asks for and sends the
// browser on. A form that is refused is answered with the page that it is on,
// under its name, with what was typed.
func (s *Server) form(name string, change func(p *uiPage) (done, error), show func(p *uiPage)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		p := s.newUIPage(w, r)
		if p == nil || !p.readForm() {
			return
		}
		to, err := done{}, error(nil)
		status := http.StatusForbidden
		if !p.isOwn() {
			err = &formError{"This page was open for too long: the sandbox was restarted, or the browser forgot its cookie. Nothing was changed. Look through the form and send it again."}
		} else {
			to, err = change(p)
			status = http.StatusUnprocessableEntity
		}
		if err == nil {
			p.leaveNotice(to.notice)
			w.Header().Set("Cache-Control", "no-store")
			w.Header().Set("Location", p.chrome.Link(to.path, to.query...))
			w.WriteHeader(http.StatusSeeOther)
			return
		}
		p.refuse(name, status, err, show)
	}
}

func (p *uiPage) refuse(name string, status int, err error, show func(p *uiPage)) {
	var mistake *formError
	var misfit *fieldError
	var refused *api.Error
	problem, field := "", ""
	switch {
	case errors.As(err, &misfit):
		problem, field = misfit.problem, misfit.field
	case errors.As(err, &mistake):
		problem = mistake.problem
	case errors.As(err, &refused):
		problem, status = "The API would refuse this: "+refused.Message+".", refused.Status
	default:
		p.server.settings.logger.Error("sandbox: a page could not make a change", "error", err)
		web.Problem(p.w, http.StatusInternalServerError, web.Failed())
		return
	}
	p.chrome.Refused = &web.Refused{Form: name, Status: status, Problem: problem, Field: field, Values: p.r.PostForm}
	show(p)
}

// newUIPage finds out what a request is about, or answers it. As on the control
// plane, nothing on the web may use the sandbox through a visitor's browser; the
// Host header was looked at before.
func (s *Server) newUIPage(w http.ResponseWriter, r *http.Request) *uiPage {
	if foreignOrigin(r) || crossOrigin.Check(r) != nil {
		web.Problem(w, http.StatusForbidden, web.ForeignForm(r.Header.Get("Origin")))
		return nil
	}
	p := &uiPage{server: s, w: w, r: r}
	for _, world := range s.Worlds() {
		p.chrome.Worlds = append(p.chrome.Worlds, world.Name())
	}
	name := r.URL.Query().Get(web.FieldWorld)
	if name == "" {
		name = DefaultWorld
	}
	world, found := s.World(name)
	if !found {
		web.Problem(w, http.StatusNotFound, web.UnknownWorld(name, p.chrome.Worlds))
		return nil
	}
	if p.world = world; name != DefaultWorld {
		p.chrome.World = name
	}
	p.chrome.Token = p.token(p.session())
	return p
}

// crossOrigin refuses what another site sends, by Sec-Fetch-Site or Origin.
var crossOrigin = http.NewCrossOriginProtection()

// maxForm bounds a form, in bytes: a key's texts in every language there is.
const maxForm = 4 << 20

func (p *uiPage) readForm() bool {
	p.r.Body = http.MaxBytesReader(p.w, p.r.Body, maxForm)
	err := p.r.ParseForm()
	if err == nil {
		return true
	}
	status := http.StatusBadRequest
	var tooBig *http.MaxBytesError
	if errors.As(err, &tooBig) {
		status = http.StatusRequestEntityTooLarge
	}
	web.Problem(p.w, status, web.UnreadableForm(maxForm))
	return false
}

// A form is the sandbox's own when its token fits the browser's session: nobody
// else knows the key that the one is made of the other with. Cookies do not know
// ports, so a page of another program on this machine may see and set the
// session; it still cannot make the token.

// Cookies of the console. They are neither Secure nor __Host-, which browsers
// do not keep over the plain http of a sandbox that is not on loopback.
const (
	uiSession = "lokalise_sandbox_ui"
	uiNotice  = "lokalise_sandbox_notice"
)

// session returns the browser's, and starts one where there is none.
func (p *uiPage) session() string {
	if c, err := p.r.Cookie(uiSession); err == nil && len(c.Value) == len(state.NewSecret()) {
		return c.Value
	}
	id := state.NewSecret()
	p.setCookie(uiSession, id, 0)
	return id
}

// setCookie sets a cookie for as long as the browser runs, or deletes it when
// maxAge is negative.
func (p *uiPage) setCookie(name, value string, maxAge int) {
	http.SetCookie(p.w, &http.Cookie{ //nolint:gosec // not Secure over plain http, see uiSession
		Name: name, Value: value, Path: "/", MaxAge: maxAge,
		HttpOnly: true, Secure: p.r.TLS != nil, SameSite: http.SameSiteStrictMode,
	})
}

func (p *uiPage) token(session string) string {
	mac := hmac.New(sha256.New, p.server.uiKey)
	mac.Write([]byte(session)) // never fails
	return hex.EncodeToString(mac.Sum(nil))
}

// isOwn tells whether a form carries the token of the browser's session.
func (p *uiPage) isOwn() bool {
	return hmac.Equal([]byte(p.r.PostForm.Get(web.FieldToken)), []byte(p.chrome.Token))
}

func (p *uiPage) leaveNotice(n web.Notice) {
	if n != "" {
		p.setCookie(uiNotice, string(n), 0)
	}
}

// takeNotice is what the last form did, once.
func (p *uiPage) takeNotice() web.Notice {
	c, err := p.r.Cookie(uiNotice)
	if err != nil || p.r.Method != http.MethodGet {
		return ""
	}
	p.setCookie(uiNotice, "", -1)
	return web.Notice(c.Value)
}

// value is what was typed into a field, without the space around it.
func (p *uiPage) value(field string) string { return strings.TrimSpace(p.r.PostForm.Get(field)) }

// checked tells whether a check box was on.
func (p *uiPage) checked(field string) bool { return p.r.PostForm.Get(field) != "" }

// do performs an operation of the API in the page's world, as api.Server.Do.
func (p *uiPage) do(operation string, params map[string]string, body, answer any) error {
	return p.server.api.Do(api.Act{Request: p.r, World: p.world.inner, Operation: operation, Params: params, Body: body}, answer)
}

// view shows the page's world.
func (p *uiPage) view(fn func(tx *state.Tx)) {
	_ = p.world.inner.View(func(tx *state.Tx) error { // the function does not fail
		fn(tx)
		return nil
	})
}

// here is the page's own address, with the world and the branch.
func (p *uiPage) here() string {
	return p.chrome.Link(p.r.URL.Path, web.FieldBranch, p.r.URL.Query().Get(web.FieldBranch))
}

// pageNumber is the page of a list that the query asks for.
func (p *uiPage) pageNumber() int { return p.queryPage("page") }

// queryPage is pageNumber where a page has several lists.
func (p *uiPage) queryPage(name string) int {
	n, err := strconv.Atoi(p.r.URL.Query().Get(name))
	if err != nil {
		return 1
	}
	return n
}

// gone answers for something that is not there.
func (p *uiPage) gone(what string) {
	web.Problem(p.w, http.StatusNotFound, web.Gone(what, p.r.URL.Path))
}
