package api

import (
	"cmp"
	"net/http"
	"slices"

	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// contributorsAnswer answers a list, and an invitation of several people. That
// the latter may have errors is documented; no recording has any.
type contributorsAnswer struct {
	projectEnvelope
	Contributors []contributorBody  `json:"contributors"`
	Errors       []contributorError `json:"errors,omitempty"`
}

// listContributors lists in the order in which people came in (recorded).
func listContributors(c *call) (any, error) {
	page, err := c.offsetPage()
	if err != nil {
		return nil, err
	}
	return c.view(func(tx *state.Tx, p *state.Project) (any, error) {
		rows := tx.Contributors.Rows(p.ID)
		slices.SortFunc(rows, func(a, b *state.Contributor) int {
			return cmp.Or(a.CreatedAt.Compare(b.CreatedAt), cmp.Compare(a.UserID, b.UserID))
		})
		view := func(row *state.Contributor) contributorBody { return contributorView(tx, p, row) }
		return contributorsAnswer{projectEnvelope: c.envelope(p), Contributors: slicePage(c, page, rows, view)}, nil
	})
}

// createContributors invites people. Who has no account gets one, and who is
// not in the team becomes a member of it (assumed, from recordings of teams in
// which invited translators are members).
func createContributors(c *call) (any, error) {
	list, ok := c.bodyObject().objects("contributors")
	if !ok || len(list) == 0 {
		return nil, invalidParameter("contributors")
	}
	return c.update(func(tx *state.Tx, p *state.Project) (any, error) {
		answer := contributorsAnswer{projectEnvelope: c.envelope(p), Contributors: []contributorBody{}}
		for _, item := range list {
			invitation, err := readInvitation(tx, p, item)
			if err != nil {
				return nil, err
			}
			row, failed := c.invite(tx, p, invitation)
			if failed != nil {
				answer.Errors = append(answer.Errors, *failed)
				continue
			}
			answer.Contributors = append(answer.Contributors, contributorView(tx, p, row))
		}
		return answer, nil
	})
}

// invite makes somebody a contributor. Whoever is one already stays as they
// are, and is named in the errors (assumed); who is there through a group gets
// a place of their own.
func (c *call) invite(tx *state.Tx, p *state.Project, i invitation) (*state.Contributor, *contributorError) {
	u := tx.Invite(p.TeamID, i.email, i.fullName)
	old := tx.Contributors.Get(p.ID, u.ID)
	if old != nil && old.GroupID == 0 {
		return nil, &contributorError{Message: "The user is a contributor of the project already", Code: http.StatusBadRequest, Email: u.Email}
	}
	row := &state.Contributor{ProjectID: p.ID, UserID: u.ID, CreatedAt: tx.Now(), Permissions: i.permissions}
	tx.Contributors.Put(tx, row)
	if old == nil {
		c.emitContributor(tx, p, "project.contributor.added", u.ID)
	}
	return row, nil
}

// contributor finds the contributor of the path.
func (c *call) contributor(tx *state.Tx, p *state.Project) (*state.Contributor, error) {
	return inPath(c, "contributor_id", tx.Contributors, p.ID)
}

// contributorAlone answers with one contributor: no branch stands beside it in
// any recording.
type contributorAlone struct {
	ProjectID   string             `json:"project_id"`
	ProjectUUID string             `json:"project_uuid,omitzero"`
	Contributor contributorDetails `json:"contributor"`
}

func getContributor(c *call) (any, error) {
	return c.view(func(tx *state.Tx, p *state.Project) (any, error) {
		row, err := c.contributor(tx, p)
		if err != nil {
			return nil, err
		}
		return contributorAlone{ProjectID: p.ID, Contributor: contributorDetailsView(tx, p, row)}, nil
	})
}

// getContributorMe is open to everybody in the project. An admin of the team
// who is no contributor is none here either: 404 (assumed).
func getContributorMe(c *call) (any, error) {
	return c.view(func(tx *state.Tx, p *state.Project) (any, error) {
		row := tx.Contributors.Get(p.ID, c.who.userID)
		if row == nil {
			c.record.Note("The user reaches the project through the team, and is no contributor of it.")
			return nil, errNotFound
		}
		return contributorAlone{p.ID, state.UUID("project", p.ID), contributorDetailsView(tx, p, row)}, nil
	})
}

// updateContributor changes what is sent. Who was there through a group has a
// place of their own from then on (assumed).
func updateContributor(c *call) (any, error) {
	o := c.bodyObject()
	return c.update(func(tx *state.Tx, p *state.Project) (any, error) {
		row, err := c.contributor(tx, p)
		if err != nil {
			return nil, err
		}
		changed := *row
		changed.GroupID = 0
		if err := readPermissions(tx, p, o, &changed.Permissions); err != nil {
			return nil, err
		}
		tx.Contributors.Put(tx, &changed)
		return struct {
			projectEnvelope
			Contributor contributorBody `json:"contributor"`
		}{c.envelope(p), contributorView(tx, p, &changed)}, nil
	})
}

type contributorDeleted struct {
	projectEnvelope
	ContributorDeleted bool `json:"contributor_deleted"`
}

// deleteContributor takes somebody out of the project; they stay in the team.
// Who is there through a group has to leave the group (assumed).
func deleteContributor(c *call) (any, error) {
	return c.update(func(tx *state.Tx, p *state.Project) (any, error) {
		row, err := c.contributor(tx, p)
		if err != nil {
			return nil, err
		}
		if row.GroupID != 0 {
			return nil, failure(http.StatusBadRequest, "The contributor has access through a user group")
		}
		tx.Contributors.Delete(tx, p.ID, row.UserID)
		c.emitContributor(tx, p, "project.contributor.deleted", row.UserID)
		tx.SettleContributor(p, row.UserID)
		return contributorDeleted{c.envelope(p), true}, nil
	})
}
