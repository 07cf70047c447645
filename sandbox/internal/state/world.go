// Package state holds what the sandbox knows: worlds, each with its users,
// teams and projects, and the OAuth clients, codes and tokens that lead into
// them. It knows nothing of HTTP or JSON.
package state

import "sync"

// World is one Lokalise of its own: nothing in it can be reached with the
// credentials of another. Credentials select the world.
type World struct {
	Name string // "default", "world-2" …

	universe    *Universe
	credentials Credentials

	mu   sync.RWMutex
	data *data
}

// data is everything in a world that a reset makes anew.
type data struct {
	Users        Table[int64, User]
	Teams        Table[int64, Team]
	Members      Table[int64, Member] // parent: team, key: user
	Projects     Table[string, Project]
	Contributors Table[int64, Contributor] // parent: project, key: user
	Languages    Table[int64, Language]    // parent: project, key: language id

	ids ids
}

func newData() *data {
	return &data{
		Users:        newTable(func(u *User) int64 { return u.ID }, noParent[User]),
		Teams:        newTable(func(t *Team) int64 { return t.ID }, noParent[Team]),
		Members:      newTable(func(m *Member) int64 { return m.UserID }, func(m *Member) string { return TeamKey(m.TeamID) }),
		Projects:     newTable(func(p *Project) string { return p.ID }, noParent[Project]),
		Contributors: newTable(func(c *Contributor) int64 { return c.UserID }, func(c *Contributor) string { return c.ProjectID }),
		Languages:    newTable(func(l *Language) int64 { return l.ID }, func(l *Language) string { return l.ProjectID }),
	}
}

// Credentials returns the world's own credentials.
func (w *World) Credentials() Credentials { return w.credentials }

// reset puts the world back to its seed.
func (w *World) reset() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.data = newData()
	seed(&Tx{data: w.data, world: w, writable: true})
}
