package api

import (
	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// teamRole is the place in a team that an operation takes.
type teamRole struct {
	name string // for the journal
	has  func(*state.Member) bool
}

// Which operation takes which role: the vendor's reference names the admin
// role for users and groups. That owners may do what admins do, that money is
// the business of billers too, and that everything else is open to every member
// is assumed.
var (
	anyMember = teamRole{"a member", func(*state.Member) bool { return true }}
	teamAdmin = teamRole{"an owner or admin", (*state.Member).IsAdmin}
	teamPayer = teamRole{"an owner, admin or biller", func(m *state.Member) bool { return m.IsAdmin() || m.Role == state.RoleBiller }}
)

// team finds the team of the path and checks the caller's role in it. A team
// that the caller is not in is 404, like one that does not exist, and a lacking
// role is 403 (both assumed).
func (c *call) team(tx *state.Tx, role teamRole) (*state.Team, error) {
	id, err := c.pathID("team_id")
	if err != nil {
		return nil, err
	}
	t := tx.Teams.Get("", id)
	m := tx.Members.Get(state.TeamKey(id), c.who.userID)
	switch {
	case t == nil:
		return nil, errNotFound
	case m == nil:
		c.record.Note("The user is not in the team.")
		return nil, errNotFound
	case !role.has(m):
		c.record.Note("The user is not " + role.name + " of the team.")
		return nil, errForbidden
	}
	return t, nil
}

// viewTeam answers a read of the team of the path.
func (c *call) viewTeam(role teamRole, fn func(tx *state.Tx, t *state.Team) (any, error)) (answer any, err error) {
	err = c.who.world.View(func(tx *state.Tx) error {
		t, err := c.team(tx, role)
		if err != nil {
			return err
		}
		answer, err = fn(tx, t)
		return err
	})
	return answer, err
}

// updateTeam answers a change of the team of the path.
func (c *call) updateTeam(role teamRole, fn func(tx *state.Tx, t *state.Team) (any, error)) (answer any, err error) {
	err = c.who.world.Update(func(tx *state.Tx) error {
		t, err := c.team(tx, role)
		if err != nil {
			return err
		}
		answer, err = fn(tx, t)
		return err
	})
	return answer, err
}

// teamEnvelope stands around most answers about a team.
type teamEnvelope struct {
	TeamID int64 `json:"team_id"`
}
