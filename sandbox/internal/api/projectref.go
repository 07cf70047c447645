package api

import (
	"regexp"

	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// projectRef is a project id from a path, with a branch if it names one.
type projectRef struct {
	id     string
	branch string
}

// projectForm is the form of a project id: 22 hexadecimal characters, a point
// and eight digits in every recording. The real service's own rule is not
// known; this one is a little wider. A branch follows after a colon.
var projectForm = regexp.MustCompile(`^([0-9a-f]{20,25}\.[0-9]{8})(?::(.+))?$`)

// master is the branch that every project has
// (https://docs.lokalise.com/en/articles/3391861-project-branching).
const master = "master"

// readProject checks the form of a project id in the path. It comes before the
// credential (recorded).
func (c *call) readProject() error {
	id, there := c.params["project_id"]
	if !there {
		return nil
	}
	parts := projectForm.FindStringSubmatch(id)
	if parts == nil {
		return invalidParameter("project_id")
	}
	c.project = projectRef{id: parts[1], branch: parts[2]}
	return nil
}

// reach finds the project of the path and checks that the caller may reach it:
// as an admin of its team, or as an admin among its contributors (documented:
// a token needs an admin role in a project to reach it). What is refused
// otherwise looks like this: 403 to somebody who takes part in the project,
// 404 to everybody else (both assumed).
func (c *call) reach(tx *state.Tx) (*state.Project, error) {
	p := tx.Projects.Get("", c.project.id)
	if p == nil {
		return nil, errNotFound
	}
	if c.project.branch != "" && c.project.branch != master {
		c.record.Note("The sandbox does not model branches yet; only " + master + " is there.")
		return nil, errNotFound
	}
	switch {
	case canReach(tx, p, c.who.userID):
		return p, nil
	case tx.Contributors.Get(p.ID, c.who.userID) != nil, tx.Members.Get(state.TeamKey(p.TeamID), c.who.userID) != nil:
		c.record.Note("The user is no admin of the project.")
		return nil, errForbidden
	}
	c.record.Note("The user has nothing to do with the project.")
	return nil, errNotFound
}

func canReach(tx *state.Tx, p *state.Project, userID int64) bool {
	if tx.Members.Get(state.TeamKey(p.TeamID), userID).IsAdmin() {
		return true
	}
	contributor := tx.Contributors.Get(p.ID, userID)
	return contributor != nil && contributor.IsAdmin
}
