package sandbox

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/golokalise/lokalise/sandbox/internal/api"
	"github.com/golokalise/lokalise/sandbox/internal/authserver"
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
	control := s.newControlPlane()
	mux := http.NewServeMux()
	mux.Handle(web.StaticPath, web.Static())
	mux.Handle(controlPath, control)
	mux.Handle(strings.TrimSuffix(controlPath, "/"), control)
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
	s.addJournalPages(mux)
	s.addFaultPages(mux)
	s.addClockPages(mux)
	s.addWebhookPages(mux)
	s.addProjectPages(mux)
	s.addTokenPages(mux)
	s.addScopePages(mux)
	s.addFidelityPage(mux)
}

// baseURL is the root of the sandbox as this request's sender sees it.
func baseURL(r *http.Request) string { return authserver.BaseURL(r) }

func (s *Server) home(p *uiPage) {
	c, r := p.world.Credentials(), p.r
	view := web.HomeView{
		Chrome:  p.chrome,
		BaseURL: baseURL(r),
		Credentials: web.Credentials{
			ClientID: c.ClientID, ClientSecret: c.ClientSecret, RedirectURI: c.RedirectURI,
			APIToken: c.APIToken, ReadOnlyAPIToken: c.ReadOnlyAPIToken,
		},
		Env: []web.Variable{ // as lokalise sandbox env exports them
			{Name: "LOKALISE_BASE_URL", Value: baseURL(r)},
			{Name: "LOKALISE_OAUTH_HOST", Value: baseURL(r)},
			{Name: "LOKALISE_CLIENT_ID", Value: c.ClientID},
			{Name: "LOKALISE_CLIENT_SECRET", Value: c.ClientSecret},
			{Name: "LOKALISE_REDIRECT_URI", Value: c.RedirectURI},
			{Name: "LOKALISE_API_TOKEN", Value: c.APIToken},
			{Name: "LOKALISE_READ_ONLY_API_TOKEN", Value: c.ReadOnlyAPIToken},
		},
		AuthURL:  baseURL(r) + authserver.AuthorizePath + "?" + tryQuery(c),
		Now:      s.clock.Now(),
		Ahead:    s.clock.Ahead(),
		Requests: s.ring.Len(),
		Last:     s.ring.Last(),
		Latest:   s.latestRows(web.HomeRequests),
	}
	_ = p.world.inner.View(func(tx *state.Tx) error { // the function does not fail
		view.Projects, view.Users = tx.Projects.Len(""), tx.Users.Len("")
		for d := range tx.Deliveries.All("") {
			if d.Status == state.DeliveryWaiting {
				view.Waiting++
			}
		}
		return nil
	})
	for _, t := range p.world.OAuth().AccessTokens() {
		if t.Live {
			view.LiveTokens++
		}
	}
	for _, f := range s.Faults() {
		if !f.Spent {
			view.Faults++
		}
	}
	web.Home(p.w, view)
}

// tryQuery asks for a few scopes, and for the code to be shown on a page.
func tryQuery(c Credentials) string {
	return url.Values{"client_id": {c.ClientID}, "scope": {"read_projects write_projects read_keys"}}.Encode()
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
