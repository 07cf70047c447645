package sandbox

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/golokalise/lokalise/sandbox/internal/api"
	"github.com/golokalise/lokalise/sandbox/internal/authserver"
	"github.com/golokalise/lokalise/sandbox/internal/journal"
	"github.com/golokalise/lokalise/sandbox/internal/state"
	"github.com/golokalise/lokalise/sandbox/internal/web"
)

// isPage tells the requests that do not go into the journal: a person's look
// at the sandbox itself, and reads of the control plane. The journal would
// otherwise be full of whoever reads it.
func isPage(r *http.Request) bool {
	path := r.URL.Path
	if strings.HasPrefix(path, web.ConsolePath) {
		return true // forms included: what they do is no request to the API
	}
	reads := r.Method == http.MethodGet || r.Method == http.MethodHead
	return reads && (web.IsConsole(path) || path == "/favicon.ico" || isControl(path))
}

// newPages builds everything beside the OAuth server and the API.
func (s *Server) newPages() http.Handler {
	control := http.NewServeMux()
	s.addControl(control)
	mux := http.NewServeMux()
	mux.Handle(web.StaticPath, web.Static())
	mux.Handle(controlPath, controlOnly(control))
	mux.HandleFunc("GET "+api.ScreenshotPath+"{world}/{content}/{id}/{file}", s.api.ServeScreenshot)
	mux.HandleFunc("GET /favicon.ico", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, web.StaticPath+"icon.svg", http.StatusFound)
	})
	s.addUI(mux)
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		web.Problem(w, http.StatusNotFound, web.NotFound(r.URL.Path))
	})
	return mux
}

// addUI mounts the pages of the console.
func (s *Server) addUI(mux *http.ServeMux) {
	mux.HandleFunc("GET "+web.HomePath+"{$}", s.ui(s.home))
	mux.HandleFunc("GET "+web.JournalPath, s.ui(s.journalPage))
	mux.HandleFunc("GET "+web.JournalPath+"/{id}", s.ui(s.entryPage))
	s.addProjectPages(mux)
	s.addTokenPages(mux)
	s.addScopePages(mux)
}

// baseURL is the root of the sandbox as this request's sender sees it.
func baseURL(r *http.Request) string { return authserver.BaseURL(r) }

func (s *Server) home(p *uiPage) {
	c, r := p.world.Credentials(), p.r
	view := web.HomeView{
		Chrome:  p.chrome,
		BaseURL: baseURL(r),
		Credentials: web.Credentials{
			ClientID: c.ClientID, ClientSecret: c.ClientSecret, RedirectURI: c.RedirectURI, APIToken: c.APIToken,
		},
		Env: []web.Variable{ // as lokalise sandbox env exports them
			{Name: "LOKALISE_BASE_URL", Value: baseURL(r)},
			{Name: "LOKALISE_OAUTH_HOST", Value: baseURL(r)},
			{Name: "LOKALISE_CLIENT_ID", Value: c.ClientID},
			{Name: "LOKALISE_CLIENT_SECRET", Value: c.ClientSecret},
			{Name: "LOKALISE_REDIRECT_URI", Value: c.RedirectURI},
			{Name: "LOKALISE_API_TOKEN", Value: c.APIToken},
		},
		AuthURL:  baseURL(r) + authserver.AuthorizePath + "?" + tryQuery(c),
		Now:      s.clock.Now(),
		Ahead:    s.clock.Ahead(),
		Requests: s.ring.Len(),
	}
	_ = p.world.inner.View(func(tx *state.Tx) error { // the function does not fail
		view.Projects, view.Users = tx.Projects.Len(""), tx.Users.Len("")
		return nil
	})
	web.Home(p.w, view)
}

// tryQuery asks for a few scopes, and for the code to be shown on a page.
func tryQuery(c Credentials) string {
	return url.Values{"client_id": {c.ClientID}, "scope": {"read_projects write_projects read_keys"}}.Encode()
}

func (s *Server) journalPage(p *uiPage) {
	view := web.JournalView{Chrome: p.chrome, Filter: web.ParseJournalFilter(p.r.URL.Query())}
	records := s.ring.Records(0)
	slices.Reverse(records)
	for _, rec := range records {
		view.Rows = append(view.Rows, s.row(rec))
	}
	web.Journal(p.w, view)
}

func (s *Server) entryPage(p *uiPage) {
	id, err := strconv.ParseUint(p.r.PathValue("id"), 10, 64)
	var rec *journal.Record
	if err == nil {
		rec = s.ring.Find(id)
	}
	if rec == nil {
		web.Problem(p.w, http.StatusNotFound, web.NotFound(p.r.URL.Path))
		return
	}
	m := s.mask().Record(rec)
	web.JournalEntry(p.w, web.JournalEntryView{
		Chrome:     p.chrome,
		JournalRow: s.row(rec),
		Query:      queryFields(m.Query),
		Request:    web.Message{Headers: headerFields(m.RequestHeader), Body: m.RequestBody, Truncated: m.RequestCut},
		Response:   web.Message{Headers: headerFields(m.ResponseHeader), Body: m.ResponseBody, Truncated: m.ResponseCut},
		Notes:      m.Notes,
		Fault:      m.Fault,
	})
}

func (s *Server) row(r *journal.Record) web.JournalRow {
	return web.JournalRow{
		ID: strconv.FormatUint(r.Seq, 10), Time: r.Time, Method: r.Method, Path: s.mask().Path(r.URL), Operation: r.Operation,
		Status: r.Status, Duration: r.Duration, Scope: r.Scope, Credential: r.Credential,
	}
}

func headerFields(h http.Header) []web.Field {
	var fields []web.Field
	for name, values := range h {
		for _, value := range values {
			fields = append(fields, web.Field{Name: name, Value: value})
		}
	}
	slices.SortStableFunc(fields, func(a, b web.Field) int { return strings.Compare(a.Name, b.Name) })
	return fields
}

// queryFields takes a masked query apart. One that was masked as a whole is
// shown as it is.
func queryFields(query string) []web.Field {
	values, err := url.ParseQuery(query)
	if err != nil {
		return []web.Field{{Name: "?", Value: query}}
	}
	return headerFields(http.Header(values))
}
