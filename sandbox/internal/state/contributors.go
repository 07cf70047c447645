package state

import (
	"slices"
	"time"
)

// Contributor is a user's place in a project.
type Contributor struct {
	ProjectID string
	UserID    int64
	CreatedAt time.Time
	GroupID   int64 // the group that brought the user in; 0: somebody's invitation
	Permissions
}

// Permissions are what a contributor, or the members of a group, may do in a
// project.
type Permissions struct {
	IsAdmin    bool
	IsReviewer bool
	RoleID     int64                 // permission template; 0: none
	Rights     []string              // what somebody who is no admin may do, see ExpandRights
	Languages  []ContributorLanguage // empty for an admin, who works in all
}

// ContributorLanguage is a language that a contributor may read or write.
type ContributorLanguage struct {
	LanguageID int64
	Writable   bool
}

// ProjectAdmin are the permissions of somebody who may do everything.
func ProjectAdmin() Permissions { return Permissions{IsAdmin: true, IsReviewer: true} }

// Group is a group of users of a team. Its members are contributors of its
// projects.
type Group struct {
	TeamID    int64
	ID        int64
	Name      string
	CreatedAt time.Time
	Permissions
	Projects []string
	Members  []int64
}

// PutGroup puts a new or changed group in. What follows for the contributors
// of its projects is assumed: a member who was not invited to a project gets in
// with the permissions of the group and leaves with it, and an invitation of
// the member's own counts for more than any group.
func (tx *Tx) PutGroup(g Group) *Group {
	old := tx.Groups.Get(TeamKey(g.TeamID), g.ID)
	tx.Groups.Put(tx, &g)
	tx.settle(old, &g)
	return &g
}

// DeleteGroup deletes a group, and with it what its members got through it.
func (tx *Tx) DeleteGroup(g *Group) {
	tx.Groups.Delete(tx, TeamKey(g.TeamID), g.ID)
	tx.settle(g, nil)
}

// settle brings the contributors up to date whom the old or the new form of a
// group is about. Either may be nil.
func (tx *Tx) settle(groups ...*Group) {
	type place struct {
		project string
		user    int64
	}
	seen := map[place]bool{}
	for _, g := range groups {
		if g == nil {
			continue
		}
		for _, project := range g.Projects {
			for _, user := range g.Members {
				if at := (place{project, user}); !seen[at] {
					seen[at] = true
					tx.settleOne(g.TeamID, project, user)
				}
			}
		}
	}
}

func (tx *Tx) settleOne(teamID int64, projectID string, userID int64) {
	old := tx.Contributors.Get(projectID, userID)
	if old != nil && old.GroupID == 0 || tx.Projects.Get("", projectID) == nil {
		return
	}
	g := tx.groupFor(teamID, projectID, userID)
	if g == nil {
		tx.Contributors.Delete(tx, projectID, userID)
		return
	}
	c := Contributor{ProjectID: projectID, UserID: userID, CreatedAt: tx.Now(), GroupID: g.ID, Permissions: g.Permissions}
	if old != nil {
		c.CreatedAt = old.CreatedAt
	}
	tx.Contributors.Put(tx, &c)
}

// groupFor is the group that lets a user into a project: one with the rights
// of an admin if there is one, otherwise the oldest.
func (tx *Tx) groupFor(teamID int64, projectID string, userID int64) *Group {
	var found *Group
	for g := range tx.Groups.All(TeamKey(teamID)) {
		in := slices.Contains(g.Projects, projectID) && slices.Contains(g.Members, userID)
		if in && (found == nil || g.IsAdmin && !found.IsAdmin) {
			found = g
		}
	}
	return found
}

// SettleContributor lets a group bring somebody back in whose own place in a
// project was taken away.
func (tx *Tx) SettleContributor(p *Project, userID int64) { tx.settleOne(p.TeamID, p.ID, userID) }
