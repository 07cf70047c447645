package api

import (
	"cmp"
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

// reach finds the project of the path, checks that its branch is there and
// that the caller may do what the operation does: as an admin of its team or
// among its contributors (documented: a token needs an admin role in a project
// to reach it), or as a contributor with the right that the operation takes.
// What is refused otherwise looks like this: 403 to somebody who takes part in
// the project, 404 to everybody else (both assumed).
func (c *call) reach(tx *state.Tx) (*state.Project, error) {
	p := tx.Projects.Get("", c.project.id)
	if p == nil {
		return nil, errNotFound
	}
	if err := c.mayReach(tx, p); err != nil {
		return nil, err
	}
	if b := c.project.branch; b != "" && b != state.MasterBranch && tx.BranchNamed(p.ID, b) == nil {
		c.record.Note("The project has no branch of that name.")
		return nil, errNotFound
	}
	return p, nil
}

func (c *call) mayReach(tx *state.Tx, p *state.Project) error {
	contributor := tx.Contributors.Get(p.ID, c.who.userID)
	switch {
	case canReach(tx, p, c.who.userID), contributor != nil && mayDo(contributor, c.op.ID):
		return nil
	case contributor != nil, tx.Members.Get(state.TeamKey(p.TeamID), c.who.userID) != nil:
		c.record.Note("The user is no admin of the project" + orRight(c.op.ID) + ".")
		return errForbidden
	}
	c.record.Note("The user has nothing to do with the project.")
	return errNotFound
}

// content is where the rows of the branch are that the path names. It is good
// once reach was.
func (c *call) content() string { return state.BranchContent(c.project.id, c.project.branch) }

// projectEnvelope stands around most answers about a project. The name of the
// branch is there when the project has branching on (the recordings have it or
// not; that this is why is assumed).
type projectEnvelope struct {
	ProjectID string `json:"project_id"`
	Branch    string `json:"branch,omitzero"`
}

func (c *call) envelope(p *state.Project) projectEnvelope {
	return projectEnvelope{ProjectID: p.ID, Branch: c.branchName(p)}
}

// branchName is the branch that the path names, or empty when the project has
// branching off.
func (c *call) branchName(p *state.Project) string {
	if !p.Settings.Branching {
		return ""
	}
	return cmp.Or(c.project.branch, state.MasterBranch)
}

// emit says that something happened to the project of the path.
func (c *call) emit(tx *state.Tx, p *state.Project, name string, payload any, languages ...string) {
	tx.Emit(state.Event{
		Name: name, ProjectID: p.ID, TeamID: p.TeamID, Branch: c.branchName(p), UserID: c.who.userID,
		Origin: c.origin(), Payload: payload, Languages: languages,
	})
}

// view answers a read of the project of the path.
func (c *call) view(fn func(tx *state.Tx, p *state.Project) (any, error)) (answer any, err error) {
	err = c.who.world.View(func(tx *state.Tx) error {
		p, err := c.reach(tx)
		if err != nil {
			return err
		}
		answer, err = fn(tx, p)
		return err
	})
	return answer, err
}

// update answers a change of the project of the path.
func (c *call) update(fn func(tx *state.Tx, p *state.Project) (any, error)) (answer any, err error) {
	err = c.who.world.Update(func(tx *state.Tx) error {
		p, err := c.reach(tx)
		if err != nil {
			return err
		}
		answer, err = fn(tx, p)
		return err
	})
	return answer, err
}

func canReach(tx *state.Tx, p *state.Project, userID int64) bool {
	if tx.Members.Get(state.TeamKey(p.TeamID), userID).IsAdmin() {
		return true
	}
	contributor := tx.Contributors.Get(p.ID, userID)
	return contributor != nil && contributor.IsAdmin
}
