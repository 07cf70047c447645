package authserver

import (
	"net/http"

	"github.com/golokalise/lokalise/sandbox/internal/journal"
	"github.com/golokalise/lokalise/sandbox/internal/web"
)

// CodePath is the page that shows the code when the authorization request had
// no redirect URI. That there is such a page is told by the official SDKs'
// documentation; its address is the sandbox's own.
const CodePath = "/oauth2/code"

// ServeCode shows a code that was just given out, or that access was denied.
func (s *Server) ServeCode(w http.ResponseWriter, r *http.Request, rec *journal.Record) {
	rec.Credential = journal.CredentialBrowser
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		showRefusal(w, rec, &RefusalError{Status: http.StatusMethodNotAllowed, Page: web.NotFound(r.URL.Path)})
		return
	}
	q := r.URL.Query()
	client, world, found := s.universe.Client(q.Get("client_id"))
	if !found {
		showRefusal(w, rec, &RefusalError{Status: http.StatusNotFound, Page: web.NotFound(r.URL.Path)})
		return
	}
	rec.World = world.Name
	if q.Get("error") != "" {
		web.Denied(w, app(client))
		return
	}
	code := s.universe.Code(q.Get("code"))
	now := s.clock.Now()
	if code == nil || code.ClientID != client.ID || !now.Before(code.Expires) {
		showRefusal(w, rec, &RefusalError{Status: http.StatusNotFound, Page: web.ExpiredRequest()})
		return
	}
	web.Code(w, web.CodeView{
		App: app(client), Code: code.Value, State: code.State, ExpiresIn: code.Expires.Sub(now),
		BaseURL: BaseURL(r), ClientID: client.ID,
	})
}
