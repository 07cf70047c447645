package lokalise

import "strings"

// ProjectID names a project or, when [ProjectID.Branch] made it, a branch of a
// project.
//
// A project has branches when it is of type localization_files and branching
// is switched on in its settings. Snapshots, contributors and settings belong
// to the whole project.
type ProjectID string

// Branch returns the identifier of a branch of the project, "id:branch" in the
// API's notation. The name may hold a slash or a space; it is escaped where it
// goes into a path. On the identifier of a branch it names another branch of
// the same project.
func (p ProjectID) Branch(name string) ProjectID {
	id, _ := p.Split()
	return ProjectID(id + ":" + name)
}

// Split returns the identifier of the project and the name of the branch,
// which is empty when p names the project itself.
func (p ProjectID) Split() (id, branch string) {
	id, branch, _ = strings.Cut(string(p), ":")
	return id, branch
}
