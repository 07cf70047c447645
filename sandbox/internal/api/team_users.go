package api

import (
	"cmp"
	"slices"

	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// teamUserBody is a member of a team on the wire. (The official Node SDK
// declares a uuid too; no recording has one.)
type teamUserBody struct {
	UserID             int64  `json:"user_id"`
	Email              string `json:"email"`
	FullName           string `json:"fullname"`
	CreatedAt          string `json:"created_at"`
	CreatedAtTimestamp int64  `json:"created_at_timestamp"`
	Role               string `json:"role"`
}

func teamUserView(tx *state.Tx, m *state.Member) teamUserBody {
	body := teamUserBody{UserID: m.UserID, CreatedAt: apiTime(m.CreatedAt), CreatedAtTimestamp: m.CreatedAt.Unix(), Role: m.Role}
	if u := tx.Users.Get("", m.UserID); u != nil {
		body.Email, body.FullName = u.Email, u.FullName
	}
	return body
}

type teamUserAnswer struct {
	teamEnvelope
	TeamUser teamUserBody `json:"team_user"`
}

// listTeamUsers lists the latest member first, as recorded.
func listTeamUsers(c *call) (any, error) {
	p, err := c.offsetPage()
	if err != nil {
		return nil, err
	}
	return c.viewTeam(teamAdmin, func(tx *state.Tx, t *state.Team) (any, error) {
		rows := tx.Members.Rows(state.TeamKey(t.ID))
		slices.SortFunc(rows, func(a, b *state.Member) int {
			return cmp.Or(b.CreatedAt.Compare(a.CreatedAt), cmp.Compare(b.UserID, a.UserID))
		})
		return struct {
			teamEnvelope
			TeamUsers []teamUserBody `json:"team_users"`
		}{teamEnvelope{t.ID}, slicePage(c, p, rows, func(m *state.Member) teamUserBody { return teamUserView(tx, m) })}, nil
	})
}

// member finds the member of the path.
func (c *call) member(tx *state.Tx, t *state.Team) (*state.Member, error) {
	return inPath(c, "user_id", tx.Members, state.TeamKey(t.ID))
}

func getTeamUser(c *call) (any, error) {
	return c.viewTeam(teamAdmin, func(tx *state.Tx, t *state.Team) (any, error) {
		m, err := c.member(tx, t)
		if err != nil {
			return nil, err
		}
		return teamUserAnswer{teamEnvelope{t.ID}, teamUserView(tx, m)}, nil
	})
}

// teamRoles are the documented ones.
var teamRoles = []string{state.RoleOwner, state.RoleAdmin, state.RoleMember, state.RoleBiller}

// updateTeamUser changes a member's role. That only an owner may make an owner
// or take the role away, and that the last owner keeps it, is assumed.
func updateTeamUser(c *call) (any, error) {
	role, ok := c.bodyObject().text("role")
	if !ok || !slices.Contains(teamRoles, role) {
		return nil, invalidParameter("role")
	}
	return c.updateTeam(teamAdmin, func(tx *state.Tx, t *state.Team) (any, error) {
		m, err := c.member(tx, t)
		if err != nil {
			return nil, err
		}
		if m.Role != role && (m.Role == state.RoleOwner || role == state.RoleOwner) {
			if err := c.mayChangeOwner(tx, t, m); err != nil {
				return nil, err
			}
		}
		changed := *m
		changed.Role = role
		tx.Members.Put(tx, &changed)
		return teamUserAnswer{teamEnvelope{t.ID}, teamUserView(tx, &changed)}, nil
	})
}

// mayChangeOwner checks that the caller may make somebody an owner, or stop an
// owner from being one.
func (c *call) mayChangeOwner(tx *state.Tx, t *state.Team, m *state.Member) error {
	if tx.Members.Get(state.TeamKey(t.ID), c.who.userID).Role != state.RoleOwner {
		c.record.Note("Only an owner of the team may change who owns it.")
		return errForbidden
	}
	if m.Role == state.RoleOwner && tx.Owners(t.ID) == 1 {
		c.record.Note("The team would have no owner.")
		return errForbidden
	}
	return nil
}

type teamUserDeleted struct {
	teamEnvelope
	TeamUserDeleted bool `json:"team_user_deleted"`
}

// deleteTeamUser takes a member out of the team, and out of its groups and
// projects.
func deleteTeamUser(c *call) (any, error) {
	return c.updateTeam(teamAdmin, func(tx *state.Tx, t *state.Team) (any, error) {
		m, err := c.member(tx, t)
		if err != nil {
			return nil, err
		}
		if m.Role == state.RoleOwner {
			if err := c.mayChangeOwner(tx, t, m); err != nil {
				return nil, err
			}
		}
		for _, p := range tx.RemoveMember(m) {
			c.emitContributor(tx, p, "project.contributor.deleted", m.UserID)
		}
		return teamUserDeleted{teamEnvelope{t.ID}, true}, nil
	})
}
