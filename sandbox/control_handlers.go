package sandbox

import (
	"net/http"
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
	writeControl(w, http.StatusOK, located{baseURL(r), s.Credentials()})
}

// postReset resets every world, or the one that a client ID leads into.
func (s *Server) postReset(w http.ResponseWriter, r *http.Request) {
	var body struct {
		ClientID string `json:"client_id"`
	}
	if !readControl(w, r, &body) {
		return
	}
	err := error(nil)
	if body.ClientID == "" {
		err = s.Reset()
	} else {
		_, world, found := s.universe.Client(body.ClientID)
		if !found {
			writeControlError(w, http.StatusNotFound, "No client has this client_id.")
			return
		}
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

// getJournal lists the entries after the number in the query's "after".
func (s *Server) getJournal(w http.ResponseWriter, r *http.Request) {
	var after uint64
	if text := r.URL.Query().Get("after"); text != "" {
		var err error
		if after, err = strconv.ParseUint(text, 10, 64); err != nil {
			writeControlError(w, http.StatusBadRequest, `"after" is the id of an entry.`)
			return
		}
	}
	writeControl(w, http.StatusOK, struct {
		Entries []Entry `json:"entries"`
	}{s.journalAfter(after)})
}
