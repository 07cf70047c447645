// Package state holds what the sandbox knows: worlds, each with its users,
// teams and projects, and the OAuth clients, codes and tokens that lead into
// them. It knows nothing of HTTP.
package state

import (
	"sync"
)

// World is one Lokalise of its own: nothing in it can be reached with the
// credentials of another. Credentials select the world.
type World struct {
	Name string // "default", "world-2" …

	number      int64 // the default world has 1
	universe    *Universe
	credentials Credentials

	mu   sync.RWMutex
	data *data
	gone bool // deleted, see DeleteWorld
}

// data is everything in a world that a reset makes anew. A table's parent is
// named in its comment.
type data struct {
	Counters     *Table[string, Counter]
	Jobs         *Table[int64, Job]
	Users        *Table[int64, User]
	Teams        *Table[int64, Team]
	Members      *Table[int64, Member] // team; key: user
	Projects     *Table[string, Project]
	Contributors *Table[int64, Contributor] // project; key: user
	Branches     *Table[int64, Branch]      // project
	Secrets      *Table[string, Secret]     // what must not be shown; key: itself
	Webhooks     *Table[string, Webhook]    // project
	Deliveries   *Table[int64, Delivery]    // none, since they outlive projects

	Languages    *Table[int64, Language] // content; key: language id
	Keys         *Table[int64, Key]      // content; named by each platform's name
	Translations *Table[int64, Translation]

	contentTables
	teamTables

	projectTables
	taskTables
	otaTables

	tables  map[string]storedTable // every table by name
	content []contentTable         // those that a branch consists of
	// ofProject are the tables whose parent is a project: they go with it.
	ofProject []interface {
		DeleteAll(tx *Tx, parent string) int
	}
	memos   *sync.Map // see Memo
	version uint64
}

func newData() *data {
	d := &data{tables: map[string]storedTable{}, memos: new(sync.Map)}
	d.Counters = newTable(d, "counters", func(c *Counter) string { return c.Kind }, noParent[Counter])
	d.Jobs = newTable(d, "jobs", func(j *Job) int64 { return j.ID }, noParent[Job])
	d.Users = newTable(d, "users", func(u *User) int64 { return u.ID }, noParent[User])
	d.Teams = newTable(d, "teams", func(t *Team) int64 { return t.ID }, noParent[Team])
	d.Members = newTable(d, "members", func(m *Member) int64 { return m.UserID }, func(m *Member) string { return TeamKey(m.TeamID) })
	d.Projects = newTable(d, "projects", func(p *Project) string { return p.ID }, noParent[Project])
	d.Contributors = newTable(d, "contributors", func(c *Contributor) int64 { return c.UserID }, func(c *Contributor) string { return c.ProjectID })
	d.Branches = newTable(d, "branches", func(b *Branch) int64 { return b.ID }, func(b *Branch) string { return b.ProjectID })
	d.Branches.names = func(b *Branch) []string { return []string{b.Name} }
	d.Secrets = newTable(d, "secrets", func(s *Secret) string { return s.Word }, noParent[Secret])
	d.Webhooks = newTable(d, "webhooks", func(h *Webhook) string { return h.ID }, func(h *Webhook) string { return h.ProjectID })
	d.Deliveries = newTable(d, "deliveries", func(d *Delivery) int64 { return d.ID }, noParent[Delivery])
	d.ofProject = append(d.ofProject, d.Contributors, d.Branches, d.Webhooks)

	d.Languages = newContent(d, "languages", func(l *Language) int64 { return l.ID }, func(l *Language) *string { return &l.Content })
	d.Keys = newContent(d, "keys", func(k *Key) int64 { return k.ID }, func(k *Key) *string { return &k.Content })
	d.Keys.names = func(k *Key) []string { return k.Names.unique() }
	d.Translations = newContent(d, "translations", func(t *Translation) int64 { return t.ID }, func(t *Translation) *string { return &t.Content })
	d.addContentTables()
	d.addTeamTables()
	d.addProjectTables()
	d.addTaskTables()
	d.addOTATables()
	return d
}

// nextVersion numbers a change, see Table.Version.
func (d *data) nextVersion() uint64 {
	d.version++
	return d.version
}

// Credentials returns the world's own credentials.
func (w *World) Credentials() Credentials { return w.credentials }
