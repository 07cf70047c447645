package app

// Workspace is a customer of the app, with the one person of it that there is.
type Workspace struct {
	ID     string
	Name   string
	Trade  string // what the customer does
	Person string
	Tone   string // of the picture: a class of the style sheet
}

// workspaces are the customers. They are examples, as is everybody in them.
var workspaces = []Workspace{
	{ID: "harbor", Name: "Harbor Coffee", Trade: "Roasts and ships beans", Person: "Ada Brook", Tone: "tone-0"},
	{ID: "pine", Name: "Pine & Paper", Trade: "Makes notebooks", Person: "Jonas Falk", Tone: "tone-1"},
	{ID: "orbit", Name: "Orbit Travel", Trade: "Books slow journeys", Person: "Leila Nasser", Tone: "tone-2"},
}

// workspaceBy finds a workspace by its ID.
func workspaceBy(id string) (Workspace, bool) {
	for _, w := range workspaces {
		if w.ID == id {
			return w, true
		}
	}
	return Workspace{}, false
}

// GrantID is under which name the workspace's grant is stored. The prefix leaves
// room for other kinds of grants, one for each person for example.
func (w Workspace) GrantID() string { return grantPrefix + w.ID }

const grantPrefix = "workspace/"

// Initials stand in for a picture of the person.
func (w Workspace) Initials() string {
	initials := ""
	start := true
	for _, r := range w.Person {
		if start {
			initials += string(r)
		}
		start = r == ' '
	}
	return initials
}
