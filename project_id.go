package lokalise

import "strings"

// ProjectID names a project, and a branch of it when it was made by [ProjectID.Branch].
type ProjectID string

// Branch returns the identifier of a branch of the project, "id:branch" in
// the API's own notation. The name may hold a slash or a space. Called on the
// identifier of a branch it names another branch of the same project.
func (p ProjectID) Branch(name string) ProjectID {
	return ProjectID(p.base() + ":" + name)
}

func (p ProjectID) base() string {
	id, _, _ := strings.Cut(string(p), ":")
	return id
}
