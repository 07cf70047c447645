package state

// projectTables are the rows of what projects have beside their content.
type projectTables struct {
	Files     *Table[int64, File]     // content; named by their name
	Processes *Table[int64, Process]  // project; named by the id that clients know
	Snapshots *Table[int64, Snapshot] // project
	Bundles   *Table[int64, Bundle]   // none; named by path
}

func (d *data) addProjectTables() {
	d.Files = newContent(d, "files", func(f *File) int64 { return f.ID }, func(f *File) *string { return &f.Content })
	d.Files.names = func(f *File) []string { return []string{f.Name} }
	d.Processes = newTable(d, "processes", func(p *Process) int64 { return p.Number }, func(p *Process) string { return p.ProjectID })
	d.Processes.names = func(p *Process) []string { return []string{p.ID} }
	d.Snapshots = newTable(d, "snapshots", func(s *Snapshot) int64 { return s.ID }, func(s *Snapshot) string { return s.ProjectID })
	d.ofProject = append(d.ofProject, d.Processes, d.Snapshots)
	d.Bundles = newTable(d, "bundles", func(b *Bundle) int64 { return b.ID }, noParent[Bundle])
	d.Bundles.names = func(b *Bundle) []string { return []string{b.Path} }
}
