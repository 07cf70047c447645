package state

import "strings"

// teamTables are the rows of what teams and people have beside their projects.
type teamTables struct {
	Groups      *Table[int64, Group] // team
	Orders      *Table[int64, Order] // team; named by number
	Cards       *Table[int64, Card]  // user
	Terms       *Table[int64, Term]  // project; named by the text in lower case
	Audit       *Table[int64, AuditEntry]
	SigningKeys *Table[string, SigningKey]
}

func (d *data) addTeamTables() {
	d.Users.names = func(u *User) []string { return []string{strings.ToLower(u.Email)} }
	d.Groups = newTable(d, "groups", func(g *Group) int64 { return g.ID }, func(g *Group) string { return TeamKey(g.TeamID) })
	d.Orders = newTable(d, "orders", func(o *Order) int64 { return o.ID }, func(o *Order) string { return TeamKey(o.TeamID) })
	d.Orders.names = func(o *Order) []string { return []string{o.Number} }
	d.Cards = newTable(d, "cards", func(c *Card) int64 { return c.ID }, func(c *Card) string { return IDKey(c.UserID) })
	d.Terms = newTable(d, "terms", func(t *Term) int64 { return t.ID }, func(t *Term) string { return t.ProjectID })
	d.Terms.names = func(t *Term) []string { return []string{strings.ToLower(t.Text)} }
	d.ofProject = append(d.ofProject, d.Terms)
	d.Audit = newTable(d, "audit", func(e *AuditEntry) int64 { return e.ID }, noParent[AuditEntry])
	d.SigningKeys = newTable(d, "signing_keys", func(k *SigningKey) string { return k.Kind }, noParent[SigningKey])
}
