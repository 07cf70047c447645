package sandbox

import (
	"bytes"
	"encoding/json"
	"mime"
	"net/http"
	"net/url"
	"strings"

	"github.com/golokalise/lokalise/sandbox/internal/api"
)

// controlPath is the root of the control plane.
const controlPath = "/_sandbox/"

func isControl(path string) bool { return strings.HasPrefix(path+"/", controlPath) }

// newControlPlane builds the control plane.
func (s *Server) newControlPlane() *controlPlane {
	p := &controlPlane{mux: http.NewServeMux()}
	p.handle("GET /_sandbox/health", s.getHealth)
	p.handle("GET /_sandbox/credentials", s.getCredentials, ofWorld...)
	p.handle("GET /_sandbox/clock", s.getClock)
	p.handle("POST /_sandbox/clock", s.postClock)
	p.handle("POST /_sandbox/authorize", s.postAuthorize)
	p.handle("POST /_sandbox/branching", s.postBranching)
	p.handle("GET /_sandbox/journal", s.getJournal, append([]string{"after"}, ofWorld...)...)
	p.handle("GET /_sandbox/scopes", s.getScopes, ofWorld...)
	p.handle("POST /_sandbox/reset", s.postReset, ofWorld...)
	s.addOAuthControl(p)
	s.addWebhookControl(p)
	s.addOTAControl(p)
	s.addWorldControl(p)
	s.addFaultControl(p)
	p.handle("GET /_sandbox/{$}", p.index)
	p.sorted()
	p.mux.HandleFunc("GET /_sandbox", p.index)
	p.mux.HandleFunc(controlPath, func(w http.ResponseWriter, r *http.Request) {
		writeControlError(w, http.StatusNotFound, "The control plane has no "+r.Method+" "+r.URL.Path+"; GET /_sandbox/ lists what it has.")
	})
	return p
}

// ServeHTTP lets nothing on the web use the control plane through a visitor's
// browser: no foreign Origin, and writes as application/json only, which a page
// elsewhere cannot send without asking first. A snapshot's type is no such
// type, either.
func (p *controlPlane) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	reads := r.Method == http.MethodGet || r.Method == http.MethodHead
	snapshot := r.Method == http.MethodPut && isMedia(r, snapshotType)
	switch {
	case foreignOrigin(r):
		writeControlError(w, http.StatusForbidden, "The control plane takes no requests from other sites.")
		return
	case !reads && !snapshot && !isMedia(r, "application/json"):
		writeControlError(w, http.StatusUnsupportedMediaType, "Writes to the control plane are sent as application/json.")
		return
	}
	if err := p.checkQuery(r); err != nil {
		writeControlError(w, http.StatusBadRequest, err.Error()+".")
		return
	}
	p.mux.ServeHTTP(w, r)
}

// foreignOrigin tells whether a browser sent the request for a page that is not
// the sandbox's own. Following a link is no such request.
func foreignOrigin(r *http.Request) bool {
	if origin := r.Header.Get("Origin"); origin != "" {
		u, err := url.Parse(origin)
		return err != nil || !strings.EqualFold(u.Host, r.Host)
	}
	site := r.Header.Get("Sec-Fetch-Site")
	navigation := r.Method == http.MethodGet && r.Header.Get("Sec-Fetch-Mode") == "navigate"
	return site != "" && site != "same-origin" && site != "none" && !navigation
}

func isMedia(r *http.Request, want string) bool {
	mediaType, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	return err == nil && mediaType == want
}

func writeControl(w http.ResponseWriter, status int, body any) {
	var data bytes.Buffer
	enc := json.NewEncoder(&data)
	enc.SetEscapeHTML(false) // a URL that a person copies has & in it
	if err := enc.Encode(body); err != nil {
		writeControlError(w, http.StatusInternalServerError, "The sandbox could not write its answer.")
		return
	}
	h := w.Header()
	h.Set("Content-Type", "application/json")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff") // no page elsewhere may take it for a script
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	w.WriteHeader(status)
	_, _ = w.Write(data.Bytes()) // the client went away: nobody is left to tell
}

func writeControlError(w http.ResponseWriter, status int, message string) {
	w.Header().Set("Cache-Control", "no-store")
	api.WriteError(w, status, message)
}
