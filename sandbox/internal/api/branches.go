package api

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// branchBody is a branch on the wire, its members in the recorded order.
type branchBody struct {
	BranchID           int64  `json:"branch_id"`
	Name               string `json:"name"`
	CreatedAt          string `json:"created_at"`
	CreatedAtTimestamp int64  `json:"created_at_timestamp"`
	CreatedBy          int64  `json:"created_by"`
	CreatedByEmail     string `json:"created_by_email"`
}

func branchView(tx *state.Tx, b *state.Branch) branchBody {
	return branchBody{
		BranchID: b.ID, Name: b.Name, CreatedAt: apiTime(b.CreatedAt), CreatedAtTimestamp: b.CreatedAt.Unix(),
		CreatedBy: b.CreatedBy, CreatedByEmail: emailOf(tx, b.CreatedBy),
	}
}

// emailOf is a user's address, or empty when nobody has the id.
func emailOf(tx *state.Tx, userID int64) string {
	if u := tx.Users.Get("", userID); u != nil {
		return u.Email
	}
	return ""
}

// branchAnswer has the branch itself where other answers have its name.
type branchAnswer struct {
	ProjectID string     `json:"project_id"`
	Branch    branchBody `json:"branch"`
}

func listBranches(c *call) (any, error) {
	page, err := c.offsetPage()
	if err != nil {
		return nil, err
	}
	return c.view(func(tx *state.Tx, p *state.Project) (any, error) {
		return struct {
			projectEnvelope
			Branches []branchBody `json:"branches"`
		}{c.envelope(p), tablePage(c, page, tx.Branches, p.ID, func(b *state.Branch) branchBody { return branchView(tx, b) })}, nil
	})
}

// maxBranchName is the longest name that a branch can have, in bytes (assumed).
const maxBranchName = 255

// checkBranchName reads the name of a branch. What a name may look like is
// assumed: anything that can stand in a path after the project's id.
func checkBranchName(c *call) error {
	name, ok := c.bodyObject().text("name")
	if !ok || strings.TrimSpace(name) == "" || len(name) > maxBranchName {
		return invalidParameter("name")
	}
	c.input = name
	return nil
}

// createBranch makes a branch of the one in the path. The new branch can be
// used at once; its create-branch-reindex process, which a program is told to
// wait for, changes nothing.
func createBranch(c *call) (any, error) {
	name, _ := c.input.(string)
	return c.updateBranches(func(tx *state.Tx, p *state.Project) (any, error) {
		if err := c.freeBranchName(tx, p, name); err != nil {
			return nil, err
		}
		b := tx.AddBranch(tx.BranchNamed(p.ID, c.branchName(p)), name, c.who.userID)
		tx.StartProcess(state.Process{ProjectID: p.ID, Branch: name, Type: state.ProcessReindex, CreatedBy: c.who.userID})
		c.emit(tx, p, "project.branch.added", branchPayload{eventBranchOf(b)})
		return branchAnswer{p.ID, branchView(tx, b)}, nil
	})
}

// updateBranches is update for a change that takes branching (the answer
// otherwise is assumed).
func (c *call) updateBranches(fn func(tx *state.Tx, p *state.Project) (any, error)) (any, error) {
	return c.update(func(tx *state.Tx, p *state.Project) (any, error) {
		if !p.Settings.Branching {
			c.record.Note("Branching is off in this project. The API cannot turn it on: on the real service that is done in the project's settings, in the sandbox by POST /_sandbox/branching.")
			return nil, failure(http.StatusBadRequest, "Branching is not enabled for this project")
		}
		return fn(tx, p)
	})
}

// freeBranchName refuses a name that is taken (assumed).
func (c *call) freeBranchName(tx *state.Tx, p *state.Project, name string) error {
	if tx.BranchNamed(p.ID, name) == nil {
		return nil
	}
	c.record.Note("The project has a branch of that name.")
	return invalidParameter("name")
}

func eventBranchOf(b *state.Branch) eventBranch { return eventBranch{ID: b.ID, Name: b.Name} }

// branch finds the branch whose id is in the path.
func (c *call) branch(tx *state.Tx, p *state.Project) (*state.Branch, error) {
	return inPath(c, "branch_id", tx.Branches, p.ID)
}

func getBranch(c *call) (any, error) {
	return c.view(func(tx *state.Tx, p *state.Project) (any, error) {
		b, err := c.branch(tx, p)
		if err != nil {
			return nil, err
		}
		return branchAnswer{p.ID, branchView(tx, b)}, nil
	})
}

// otherBranch is branch for a change that cannot be made to the master branch
// (assumed).
func (c *call) otherBranch(tx *state.Tx, p *state.Project) (*state.Branch, error) {
	b, err := c.branch(tx, p)
	if err == nil && b.IsMaster() {
		return nil, failure(http.StatusBadRequest, "The master branch cannot be changed")
	}
	return b, err
}

func updateBranch(c *call) (any, error) {
	name, _ := c.input.(string)
	return c.updateBranches(func(tx *state.Tx, p *state.Project) (any, error) {
		b, err := c.otherBranch(tx, p)
		if err != nil {
			return nil, err
		}
		if name != b.Name {
			if err := c.freeBranchName(tx, p, name); err != nil {
				return nil, err
			}
			b = tx.RenameBranch(b, name)
		}
		return branchAnswer{p.ID, branchView(tx, b)}, nil
	})
}

func deleteBranch(c *call) (any, error) {
	return c.updateBranches(func(tx *state.Tx, p *state.Project) (any, error) {
		b, err := c.otherBranch(tx, p)
		if err != nil {
			return nil, err
		}
		tx.DeleteBranch(b)
		c.emit(tx, p, "project.branch.deleted", branchPayload{eventBranchOf(b)})
		return struct {
			projectEnvelope
			BranchDeleted bool `json:"branch_deleted"`
		}{c.envelope(p), true}, nil
	})
}

// branchMerge is the body of a merge, which may be empty.
type branchMerge struct {
	prefer   state.Side
	targetID int64 // 0: the master branch
}

// checkMerge reads the body. That master, as recorded in 2019, is the same as
// target is assumed.
func checkMerge(c *call) error {
	o := c.bodyObject()
	var input branchMerge
	if err := o.optionalNumber("target_branch_id", &input.targetID); err != nil {
		return err
	}
	var side string
	if err := o.optionalText("force_conflict_resolve_using", &side); err != nil {
		return err
	}
	switch side {
	case "":
	case "source":
		input.prefer = state.SideSource
	case "target", state.MasterBranch:
		input.prefer = state.SideTarget
	default:
		return invalidParameter("force_conflict_resolve_using")
	}
	c.input = input
	return nil
}

type branchMerged struct {
	ProjectID    string     `json:"project_id"`
	BranchMerged bool       `json:"branch_merged"`
	Branch       branchBody `json:"branch"`
	TargetBranch branchBody `json:"target_branch"`
}

func mergeBranch(c *call) (any, error) {
	input, _ := c.input.(branchMerge)
	return c.updateBranches(func(tx *state.Tx, p *state.Project) (any, error) {
		source, err := c.branch(tx, p)
		if err != nil {
			return nil, err
		}
		target := tx.BranchNamed(p.ID, state.MasterBranch)
		if input.targetID != 0 {
			target = tx.Branches.Get(p.ID, input.targetID)
		}
		if target == nil || target.ID == source.ID {
			return nil, invalidParameter("target_branch_id")
		}
		merged, err := tx.MergeBranch(source, target, input.prefer, c.who.userID)
		if err != nil {
			return nil, c.conflict(err)
		}
		c.emit(tx, p, "project.branch.merged", branchMergedPayload{
			Branch: eventBranchOf(source), TargetBranch: eventBranchOf(target),
			AffectedKeys: affectedKeys{Inserted: merged.Inserted, Updated: merged.Updated},
		})
		return branchMerged{p.ID, true, branchView(tx, source), branchView(tx, target)}, nil
	})
}

// conflict says that branches do not merge by themselves. Status and text are
// assumed.
func (c *call) conflict(err error) error {
	var conflict *state.ConflictError
	if !errors.As(err, &conflict) {
		return err
	}
	c.record.Note("Both branches changed the same keys. With force_conflict_resolve_using one of them wins.")
	return failure(http.StatusBadRequest, fmt.Sprintf("Branches cannot be merged: %v. Set `force_conflict_resolve_using`", conflict))
}
