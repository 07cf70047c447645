package state

// contentTables are the tables of what hangs on keys, and of what marks
// translations.
type contentTables struct {
	Comments    *Table[int64, Comment]           // content; named by key id
	Screenshots *Table[int64, Screenshot]        // content; named by the ids of their keys
	Statuses    *Table[int64, TranslationStatus] // project
}

func (d *data) addContentTables() {
	d.Comments = newContent(d, "comments", func(c *Comment) int64 { return c.ID }, func(c *Comment) *string { return &c.Content })
	d.Comments.names = func(c *Comment) []string { return []string{IDKey(c.KeyID)} }
	d.Screenshots = newContent(d, "screenshots", func(s *Screenshot) int64 { return s.ID }, func(s *Screenshot) *string { return &s.Content })
	d.Screenshots.names = keysOnScreenshot
	d.Statuses = newTable(d, "statuses", func(s *TranslationStatus) int64 { return s.ID }, func(s *TranslationStatus) string { return s.ProjectID })
	d.ofProject = append(d.ofProject, d.Statuses)
}
