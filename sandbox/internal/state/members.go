package state

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
)

// UserByEmail finds a user by the address, regardless of case, or returns nil.
func (tx *Tx) UserByEmail(email string) *User {
	for _, u := range tx.Users.Named("", strings.ToLower(email)) {
		return u
	}
	return nil
}

// Invite returns the user with the address, who is made if there is none, and
// sees to it that the user is in the team: as a member, unless there already.
func (tx *Tx) Invite(teamID int64, email, fullName string) *User {
	u := tx.UserByEmail(email)
	if u == nil {
		u = &User{ID: tx.NextID("users"), Email: email, FullName: fullName}
		tx.Users.Put(tx, u)
	}
	if tx.Members.Get(TeamKey(teamID), u.ID) == nil {
		tx.Members.Put(tx, &Member{TeamID: teamID, UserID: u.ID, Role: RoleMember, CreatedAt: tx.Now()})
	}
	return u
}

// Owners counts the owners of a team.
func (tx *Tx) Owners(teamID int64) int {
	n := 0
	for m := range tx.Members.All(TeamKey(teamID)) {
		if m.Role == RoleOwner {
			n++
		}
	}
	return n
}

// TeamProjects lists a team's projects in the order of their ids.
func (tx *Tx) TeamProjects(teamID int64) []*Project {
	var projects []*Project
	for p := range tx.Projects.All("") {
		if p.TeamID == teamID {
			projects = append(projects, p)
		}
	}
	return projects
}

// RemoveMember takes a user out of a team, its groups and its projects. It
// returns the projects that the user was a contributor of.
func (tx *Tx) RemoveMember(m *Member) []*Project {
	team := TeamKey(m.TeamID)
	for _, old := range tx.Groups.Rows(team) {
		if slices.Contains(old.Members, m.UserID) {
			g := *old
			g.Members = without(old.Members, m.UserID)
			tx.PutGroup(g)
		}
	}
	var left []*Project
	for _, p := range tx.TeamProjects(m.TeamID) {
		if tx.Contributors.Delete(tx, p.ID, m.UserID) {
			left = append(left, p)
		}
	}
	tx.Members.Delete(tx, team, m.UserID)
	return left
}

// without returns the list without some of its items; the list stays as it is.
func without[T comparable](list []T, items ...T) []T {
	return slices.DeleteFunc(slices.Clone(list), func(item T) bool { return slices.Contains(items, item) })
}

// UUID is the identifier of something that goes by other keys too. It follows
// from the keys, so that it need not be kept, and has the form of a UUID that
// somebody made up (version 8, RFC 9562).
func UUID(kind string, keys ...any) string {
	b := sha256.Sum256([]byte(fmt.Sprint(append([]any{kind}, keys...)...)))
	b[6] = b[6]&0x0f | 0x80
	b[8] = b[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[0:4], b[4:6], b[6:8], b[8:10], b[10:16])
}
