package sandbox

import (
	"net/http"

	"github.com/golokalise/lokalise/sandbox/internal/fidelity"
	"github.com/golokalise/lokalise/sandbox/internal/web"
)

// addFidelityPage mounts the page that says how sure each field is.
func (s *Server) addFidelityPage(mux *http.ServeMux) {
	mux.HandleFunc("GET "+web.FidelityPath, s.ui(fidelityPage))
}

func fidelityPage(p *uiPage) {
	view := web.FidelityView{Chrome: p.chrome, Filter: web.ParseFidelityFilter(p.r.URL.Query())}
	for _, o := range fidelity.Operations() {
		shown := &web.OperationFidelity{
			ID: o.ID, Answer: o.Note.Answer, Note: o.Note.Assumed, Recordings: o.Recordings,
			Recorded: o.Recorded, Documented: o.Documented, Assumed: o.Assumed,
			Modeled: o.Modeled, Accepted: o.Accepted, Ignored: o.Ignored,
		}
		for _, reason := range o.ByReason() {
			shown.Differences = append(shown.Differences, web.FidelityDifference(reason))
		}
		view.Operations = append(view.Operations, shown)
	}
	web.Fidelity(p.w, view)
}
