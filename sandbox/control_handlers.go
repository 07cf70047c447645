package sandbox

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
)

func (s *Server) getHealth(w http.ResponseWriter, _ *http.Request) {
	writeControl(w, http.StatusOK, map[string]string{"status": "ok"})
}

// located are credentials with the address they are good at.
type located struct {
	URL string `json:"url"`
	Credentials
}

func (s *Server) getCredentials(w http.ResponseWriter, r *http.Request) {
	world, ok := s.worldOfQuery(w, r)
	if !ok {
		return
	}
	if world == nil {
		world = s.universe.Default()
	}
	writeControl(w, http.StatusOK, located{baseURL(r), publicCredentials(world)})
}

// postReset resets every world, or the one that the body or the query names.
func (s *Server) postReset(w http.ResponseWriter, r *http.Request) {
	var body struct {
		World    string `json:"world"`
		ClientID string `json:"client_id"`
	}
	if !readControl(w, r, &body) {
		return
	}
	inBody := body.World != "" || body.ClientID != ""
	if inBody && r.URL.RawQuery != "" {
		writeControlError(w, http.StatusBadRequest, "Name the world in the query or in the body, not in both.")
		return
	}
	world, ok := s.worldOfQuery(w, r)
	if inBody {
		world, ok = s.findWorld(w, body.World, body.ClientID)
	}
	if !ok {
		return
	}
	err := error(nil)
	if world == nil {
		err = s.Reset()
	} else {
		err = (&World{s, world}).Reset()
	}
	if err != nil {
		writeFailure(w, err)
		return
	}
	writeControl(w, http.StatusOK, map[string]bool{"reset": true})
}

func (s *Server) postAuthorize(w http.ResponseWriter, r *http.Request) {
	var body struct {
		URL   string `json:"url"`
		User  string `json:"user"`
		Allow *bool  `json:"allow"`
	}
	if !readControl(w, r, &body) {
		return
	}
	if body.URL == "" || body.Allow == nil {
		writeControlError(w, http.StatusBadRequest, `The body needs "url", the authorization URL, and "allow", true or false.`)
		return
	}
	redirectTo, err := s.authorize(body.URL, AuthorizeOptions{User: body.User, Deny: !*body.Allow}, baseURL(r))
	if err != nil {
		writeControlError(w, http.StatusBadRequest, strings.TrimPrefix(err.Error(), "sandbox: authorize: "))
		return
	}
	writeControl(w, http.StatusOK, map[string]string{"redirect_to": redirectTo})
}

// getJournal lists the entries after the number in the query's "after", of one
// world if the query names it.
func (s *Server) getJournal(w http.ResponseWriter, r *http.Request) {
	world, ok := s.worldOfQuery(w, r)
	if !ok {
		return
	}
	var after uint64
	if text := r.URL.Query().Get("after"); text != "" {
		var err error
		if after, err = strconv.ParseUint(text, 10, 64); err != nil {
			writeControlError(w, http.StatusBadRequest, `"after" is the id of an entry.`)
			return
		}
	}
	entries := s.journalAfter(after)
	if world != nil {
		entries = slices.DeleteFunc(entries, func(e Entry) bool { return e.World != world.Name })
	}
	writeControl(w, http.StatusOK, struct {
		Entries []Entry `json:"entries"`
	}{entries})
}
