package sandbox

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/golokalise/lokalise/sandbox/internal/journal"
	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// credentialKinds are those that a request can be carried out with.
var credentialKinds = []string{
	journal.CredentialAPIToken, journal.CredentialReadOnly, journal.CredentialBearer,
	journal.CredentialClient, journal.CredentialBrowser,
}

// checkTarget refuses a fault for whom nobody will come: it would never hit,
// and the test that injected it would wait for it.
func (s *Server) checkTarget(f Fault) error {
	if f.Credential != "" && !slices.Contains(credentialKinds, f.Credential) {
		return fmt.Errorf("credential %.40q is not known; there are %s", s.mask().Text(f.Credential), strings.Join(credentialKinds, ", "))
	}
	worlds, where := s.universe.Worlds(), "no world has one"
	if f.World != "" {
		w := s.universe.World(f.World)
		if w == nil {
			return fmt.Errorf("world %.60q is not there; there are %s", s.mask().Text(f.World), s.worldNames())
		}
		worlds, where = []*state.World{w}, "world "+w.Name+" has none"
	}
	return s.checkParts(f, worlds, where)
}

// checkParts refuses a user, project or grant that none of the worlds has.
func (s *Server) checkParts(f Fault, worlds []*state.World, where string) error {
	in := func(has func(*state.World) bool) bool { return slices.ContainsFunc(worlds, has) }
	switch {
	case f.User != "" && !in(func(w *state.World) bool { return hasUser(w, f.User) }):
		return fmt.Errorf("user %.80q is not there: %s with this e-mail address or id; the API's GET /teams/{team_id}/users lists them", s.mask().Text(f.User), where)
	case f.Project != "" && !in(func(w *state.World) bool { return hasProject(w, f.Project) }):
		return fmt.Errorf("project %.80q is not there: %s with this id, which is written without a branch; the API's GET /projects lists them", s.mask().Text(f.Project), where)
	case f.Grant != 0 && !in(func(w *state.World) bool { return s.hasGrant(w, f.Grant) }):
		return fmt.Errorf("grant %d is not there: %s with this id; GET /_sandbox/oauth/grants lists them", f.Grant, where)
	}
	return nil
}

// hasUser tells whether a world has a user with an e-mail address or id.
func hasUser(w *state.World, user string) (found bool) {
	_ = w.View(func(tx *state.Tx) error { // the function does not fail
		for u := range tx.Users.All("") {
			found = found || strings.EqualFold(u.Email, user) || strconv.FormatInt(u.ID, 10) == user
		}
		return nil
	})
	return found
}

func hasProject(w *state.World, id string) (found bool) {
	_ = w.View(func(tx *state.Tx) error { // the function does not fail
		found = tx.Projects.Get("", id) != nil
		return nil
	})
	return found
}

func (s *Server) hasGrant(w *state.World, id int64) bool {
	return slices.ContainsFunc(s.universe.Grants(w.Name), func(g *state.Grant) bool { return g.ID == id })
}
