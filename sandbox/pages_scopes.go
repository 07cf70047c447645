package sandbox

import (
	"net/http"

	"github.com/golokalise/lokalise/sandbox/internal/web"
)

// addScopePages mounts the page of scopes.
func (s *Server) addScopePages(mux *http.ServeMux) {
	mux.HandleFunc("GET "+web.ScopesPath, s.ui(scopesPage))
}

func scopesPage(p *uiPage) {
	report := p.server.scopesOf(p.world.Name())
	view := web.ScopesView{
		Chrome: p.chrome, Requests: report.Requests, Unused: report.Unused,
		Unknown: usedOperations(report.Unknown), Closed: usedOperations(report.Closed), Letter: report.Letter(),
	}
	for _, n := range report.Needed {
		view.Needed = append(view.Needed, web.NeededScope{Scope: n.Scope, Missing: n.Missing, Operations: usedOperations(n.Operations)})
	}
	web.ScopeReport(p.w, view)
}

func usedOperations(uses []ScopeUse) []web.UsedOperation {
	list := make([]web.UsedOperation, len(uses))
	for i, u := range uses {
		list[i] = web.UsedOperation{ID: u.Operation, Requests: u.Requests, Basis: u.Basis}
	}
	return list
}
