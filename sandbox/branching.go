package sandbox

import (
	"fmt"
	"net/http"

	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// AllowBranching turns branching on for a project, in every world that has a
// project of that id. The API cannot do that: with Lokalise it is a switch in
// the project's settings
// (https://docs.lokalise.com/en/articles/3391861-project-branching). The
// project "Mobile app" of the seed has it on from the start.
func (s *Server) AllowBranching(projectID string) error {
	found := false
	for _, w := range s.universe.Worlds() {
		err := w.Update(func(tx *state.Tx) error {
			if p := tx.Projects.Get("", projectID); p != nil {
				found = true
				tx.AllowBranching(p)
			}
			return nil
		})
		if err != nil {
			return fmt.Errorf("sandbox: branching: %w", err)
		}
	}
	if !found {
		return fmt.Errorf("sandbox: branching: no world has a project %q", projectID)
	}
	return nil
}

// postBranching is AllowBranching.
func (s *Server) postBranching(w http.ResponseWriter, r *http.Request) {
	var body struct {
		ProjectID string `json:"project_id"`
	}
	if !readControl(w, r, &body) {
		return
	}
	if err := s.AllowBranching(body.ProjectID); err != nil {
		writeControlError(w, http.StatusNotFound, "No project has this project_id.")
		return
	}
	writeControl(w, http.StatusOK, map[string]bool{"branching": true})
}
