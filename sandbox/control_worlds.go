package sandbox

import (
	"errors"
	"net/http"
	"strings"
)

// addWorldControl mounts the part of the control plane that is about worlds.
func (s *Server) addWorldControl(p *controlPlane) {
	p.handle("GET /_sandbox/worlds", s.getWorlds)
	p.handle("POST /_sandbox/worlds", s.postWorlds)
	p.handle("PUT /_sandbox/worlds/{name}/snapshot", s.putSnapshot)
	for pattern, handle := range map[string]func(*World, http.ResponseWriter, *http.Request){
		"GET /_sandbox/worlds/{name}":          (*World).get,
		"DELETE /_sandbox/worlds/{name}":       (*World).delete,
		"POST /_sandbox/worlds/{name}/reset":   (*World).postReset,
		"POST /_sandbox/worlds/{name}/seed":    (*World).postSeed,
		"GET /_sandbox/worlds/{name}/snapshot": (*World).getSnapshot,
	} {
		p.handle(pattern, func(w http.ResponseWriter, r *http.Request) {
			if world := s.worldOfRequest(w, r); world != nil {
				handle(world, w, r)
			}
		})
	}
}

// worldOfRequest finds the world that the path names, or answers the request.
func (s *Server) worldOfRequest(w http.ResponseWriter, r *http.Request) *World {
	world, found := s.World(r.PathValue("name"))
	if !found {
		writeControlError(w, http.StatusNotFound, "No world has this name; GET /_sandbox/worlds lists them.")
		return nil
	}
	return world
}

// worldBody is a world in the control plane's words.
type worldBody struct {
	Name string `json:"name"`
	located
}

func (w *World) body(r *http.Request) worldBody {
	return worldBody{w.Name(), located{baseURL(r), w.Credentials()}}
}

func (s *Server) getWorlds(w http.ResponseWriter, r *http.Request) {
	list := []worldBody{}
	for _, world := range s.Worlds() {
		list = append(list, world.body(r))
	}
	writeControl(w, http.StatusOK, map[string]any{"worlds": list})
}

func (s *Server) postWorlds(w http.ResponseWriter, r *http.Request) {
	var body struct {
		Name string `json:"name"`
	}
	if !readControl(w, r, &body) {
		return
	}
	world, err := s.AddWorld(body.Name)
	if err != nil {
		writeFailure(w, err)
		return
	}
	writeControl(w, http.StatusCreated, world.body(r))
}

func (w *World) get(rw http.ResponseWriter, r *http.Request) {
	writeControl(rw, http.StatusOK, w.body(r))
}

func (w *World) delete(rw http.ResponseWriter, _ *http.Request) {
	w.done(rw, "deleted", w.Delete())
}

func (w *World) postReset(rw http.ResponseWriter, _ *http.Request) {
	w.done(rw, "reset", w.Reset())
}

// done answers what was done, or why it was not.
func (w *World) done(rw http.ResponseWriter, what string, err error) {
	if err != nil {
		writeFailure(rw, err)
		return
	}
	writeControl(rw, http.StatusOK, map[string]bool{what: true})
}

// writeFailure answers with an error about a world.
func writeFailure(w http.ResponseWriter, err error) {
	status := http.StatusBadRequest
	switch {
	case errors.Is(err, ErrStorage):
		status = http.StatusInternalServerError
	case errors.Is(err, ErrWorldExists), errors.Is(err, ErrDefaultWorld):
		status = http.StatusConflict
	case errors.Is(err, ErrWorldGone):
		status = http.StatusNotFound
	}
	text := strings.TrimPrefix(err.Error(), "sandbox: ")
	writeControlError(w, status, strings.ToUpper(text[:1])+text[1:]+".")
}
