package sandbox

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// controlPlane is the table of the control plane: its patterns, each with the
// query parameters that it takes. A parameter that a pattern does not take is
// refused, as an unknown member of a body is: a misspelled world would
// otherwise have something done to another one.
type controlPlane struct {
	mux    *http.ServeMux
	routes []controlRoute
}

// controlRoute is a pattern of the control plane in the index's words.
type controlRoute struct {
	Path  string   `json:"path"` // with its method, as http.ServeMux writes it
	Query []string `json:"query,omitempty"`
}

// ofWorld are the parameters that name a world.
var ofWorld = []string{"world", "client_id"}

// handle adds a pattern that takes the query parameters.
func (p *controlPlane) handle(pattern string, h http.HandlerFunc, query ...string) {
	p.mux.HandleFunc(pattern, h)
	p.routes = append(p.routes, controlRoute{pattern, query})
}

// index lists the table.
func (p *controlPlane) index(w http.ResponseWriter, _ *http.Request) {
	writeControl(w, http.StatusOK, map[string]any{"paths": p.routes})
}

// sorted puts the table into the order of its paths, methods second.
func (p *controlPlane) sorted() {
	slices.SortFunc(p.routes, func(a, b controlRoute) int {
		methodA, pathA, _ := strings.Cut(a.Path, " ")
		methodB, pathB, _ := strings.Cut(b.Path, " ")
		return strings.Compare(pathA+" "+methodA, pathB+" "+methodB)
	})
}

// checkQuery says what is wrong with the parameters of a request.
func (p *controlPlane) checkQuery(r *http.Request) error {
	if r.URL.RawQuery == "" {
		return nil
	}
	_, pattern := p.mux.Handler(r)
	i := slices.IndexFunc(p.routes, func(route controlRoute) bool { return route.Path == pattern })
	if i < 0 {
		return nil // it is answered with 404
	}
	known := p.routes[i].Query
	values, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return fmt.Errorf("The query cannot be read; %s", knownParameters(known)) //nolint:staticcheck // a sentence for an answer
	}
	for name, given := range values {
		switch {
		case !slices.Contains(known, name):
			return fmt.Errorf("The query parameter %q is not known; %s", shown(name), knownParameters(known)) //nolint:staticcheck // a sentence for an answer
		case len(given) > 1 || given[0] == "":
			return fmt.Errorf("The query parameter %q is given once and has a value, or is left out", name) //nolint:staticcheck // a sentence for an answer
		}
	}
	return nil
}

func knownParameters(known []string) string {
	if len(known) == 0 {
		return "there are none here"
	}
	return "there are " + strings.Join(known, ", ")
}

// worldOfQuery finds the world that the query's world or client_id is about,
// nil when there is neither, or answers the request.
func (s *Server) worldOfQuery(w http.ResponseWriter, r *http.Request) (world *state.World, ok bool) {
	q := r.URL.Query()
	return s.findWorld(w, q.Get("world"), q.Get("client_id"))
}

// findWorld finds a world by its name, by a client ID that leads into it, or by
// both. It is nil when there is neither.
func (s *Server) findWorld(w http.ResponseWriter, name, clientID string) (world *state.World, ok bool) {
	if name == "" && clientID == "" {
		return nil, true
	}
	if clientID != "" {
		_, world, _ = s.universe.Client(clientID)
	} else {
		world = s.universe.World(name)
	}
	if world == nil || name != "" && name != world.Name {
		writeControlError(w, http.StatusNotFound, "No world has this name or client ID; there are "+s.worldNames()+".")
		return nil, false
	}
	return world, true
}

// worldNames lists the first worlds by name.
func (s *Server) worldNames() string {
	var names []string
	for _, world := range s.universe.Worlds() {
		names = append(names, world.Name)
	}
	const most = 20
	return strings.Join(names[:min(len(names), most)], ", ")
}
