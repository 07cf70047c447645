package web

import (
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// ProjectsPath is the list of projects; those themselves are below it.
const ProjectsPath = ConsolePath + "projects"

// Names of the forms on the pages of projects.
const (
	FormAddProject  = "add-project"
	FormProject     = "project"
	FormAddKey      = "add-key"
	FormKey         = "key"
	FormAddLanguage = "add-language"
	FormConfirm     = "confirm"
)

// ProjectsView is the list of a world's projects.
type ProjectsView struct {
	Chrome    Chrome
	Rows      []ProjectRow // of this page
	Search    string       // that picked the projects; empty: all of them
	Window    Window       // of what was found
	Total     int          // projects in the world
	Languages []Option     // on offer for a new project
}

// ProjectRow is a project in the list.
type ProjectRow struct {
	ID, Name, Description, Team string
	Languages                   []string // codes
	Keys                        int
	Progress                    Progress
}

// Progress is how much is translated, in percent. Below 0 it was not counted.
type Progress int

// NotCounted is a progress that takes a look at too many rows to be counted
// without being asked.
const NotCounted Progress = -1

// Known tells whether the progress was counted.
func (p Progress) Known() bool { return p >= 0 }

// Option is a choice in a form.
type Option struct{ Value, Label string }

// Projects writes the list.
func Projects(w http.ResponseWriter, v ProjectsView) {
	render(w, v.Chrome.status(), "projects", frame{Title: "Projects", Nav: ProjectsPath, Chrome: v.Chrome, View: v})
}

// Path is the project's page.
func (r ProjectRow) Path() string { return projectPath(r.ID) }

// Pager leads through the list.
func (v ProjectsView) Pager() Pager {
	return v.Window.Pages("Pages of projects", func(page int) string {
		return v.Chrome.Link(ProjectsPath, "search", v.Search, "page", pageNumber(page))
	})
}

func projectPath(id string) string { return ProjectsPath + "/" + url.PathEscape(id) }

// pageNumber is a page in a query. The first one needs none.
func pageNumber(page int) string {
	if page <= 1 {
		return ""
	}
	return strconv.Itoa(page)
}

// ProjectHead is what every page of a project begins with.
type ProjectHead struct {
	ID, Name, Description string
	Branch                string   // empty: the master branch, or none
	Branches              []string // names, the master branch first; empty: branching is off
	Keys, Languages       int
	Actor                 string // e-mail address of the user on whose behalf the pages change it
}

// Path is a page of the project, given what comes after the project's own path.
func (h ProjectHead) Path(tail string) string { return projectPath(h.ID) + tail }

// link is Path with the world and the branch.
func (h ProjectHead) link(c Chrome, tail string, pairs ...string) string {
	return c.Link(h.Path(tail), append(pairs, FieldBranch, h.Branch)...)
}

// FieldBranch is the name of the query parameter that names a branch.
const FieldBranch = "branch"

// projectPage is a page of a project, prepared for the template.
type projectPage struct {
	Project ProjectHead
	Tabs    []navLink
	Here    string // what comes after the project's path
	chrome  Chrome
	View    any
}

// Link is a page of the project.
func (p projectPage) Link(tail string, pairs ...string) string {
	return p.Project.link(p.chrome, tail, pairs...)
}

// renderProject writes a page of a project. here is the tab it belongs to.
func renderProject(w http.ResponseWriter, c Chrome, h ProjectHead, page, here, title string, view any) {
	p := projectPage{Project: h, Here: here, chrome: c, View: view}
	for _, tab := range []struct{ tail, label string }{
		{"", "Keys"}, {"/languages", "Languages"}, {"/work", "Files, tasks, snapshots"}, {"/settings", "Settings"},
	} {
		p.Tabs = append(p.Tabs, navLink{p.Link(tab.tail), tab.label, tab.tail == here})
	}
	render(w, c.status(), page, frame{Title: title, Nav: ProjectsPath, Chrome: c, View: p})
}

// KeysView is a project's page: its keys.
type KeysView struct {
	Chrome  Chrome
	Project ProjectHead
	Base    string // code of the base language, whose texts are shown
	Rows    []KeyRow
	Search  string // empty: all keys
	// Exact tells that the search looked for whole names and ids only, since
	// the project has too many keys to look at each.
	Exact     bool
	Window    Window // of what was found
	Platforms []string
}

// KeyRow is a key in the list.
type KeyRow struct {
	ID         int64
	Name, Text string // the text in the base language
	Tags       []string
	Platforms  []string
	Translated int // languages
	Languages  int
	Plural     bool
	Hidden     bool
	Archived   bool
	Modified   time.Time
}

// Keys writes the project's page.
func Keys(w http.ResponseWriter, v KeysView) {
	renderProject(w, v.Chrome, v.Project, "keys", "", shorten(v.Project.Name, 60), v)
}

// Path is what comes after the project's path for the key's own page.
func (r KeyRow) Path() string { return keyTail(r.ID) }

func keyTail(id int64) string { return "/keys/" + strconv.FormatInt(id, 10) }

// Pager leads through the list.
func (v KeysView) Pager() Pager {
	return v.Window.Pages("Pages of keys", func(page int) string {
		return v.Project.link(v.Chrome, "", "search", v.Search, "page", pageNumber(page))
	})
}
