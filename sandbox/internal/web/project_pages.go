package web

import (
	"net/http"
	"strings"
	"time"
)

// LanguagesView lists the languages of a project.
type LanguagesView struct {
	Chrome  Chrome
	Project ProjectHead
	Rows    []LanguageRow
	Counted bool     // false: there are too many translations to count them without being asked
	Others  []Option // that can be added
}

// LanguageRow is a language of a project.
type LanguageRow struct {
	ID        int64
	ISO, Name string
	RTL, Base bool
	Forms     []string // plural forms
	Progress  Progress
	WordsToDo int
}

// Languages writes the page.
func Languages(w http.ResponseWriter, v LanguagesView) {
	renderProject(w, v.Chrome, v.Project, "languages", "/languages", "Languages of "+shorten(v.Project.Name, 60), v)
}

// WorkView shows what else is in a project: files, tasks and snapshots.
type WorkView struct {
	Chrome    Chrome
	Project   ProjectHead
	Files     []FileRow
	MoreFiles int  // that are not shown
	Counted   bool // false: there are too many keys to count them without being asked
	Tasks     []TaskRow
	MoreTasks int
	Snapshots []SnapshotRow
	MoreSnaps int
}

// FileRow is a file that keys come from.
type FileRow struct {
	Name string
	Keys int // below 0: not counted
}

// TaskRow is a task.
type TaskRow struct {
	ID                  int64
	Title, Type, Status string
	Languages           []string
	Keys                int
	Progress            Progress
	Due                 time.Time // zero: none
}

// SnapshotRow is a snapshot.
type SnapshotRow struct {
	ID      int64
	Title   string
	Keys    int
	Created time.Time
	By      string // e-mail address
}

// Work writes the page.
func Work(w http.ResponseWriter, v WorkView) {
	renderProject(w, v.Chrome, v.Project, "work", "/work", "Files, tasks and snapshots of "+shorten(v.Project.Name, 60), v)
}

// SettingsView is where a project is renamed and deleted.
type SettingsView struct {
	Chrome  Chrome
	Project ProjectHead
	Type    string
	Team    string
	Created time.Time
}

// Settings writes the page.
func Settings(w http.ResponseWriter, v SettingsView) {
	renderProject(w, v.Chrome, v.Project, "settings", "/settings", "Settings of "+shorten(v.Project.Name, 60), v)
}

// ConfirmView asks before something is gone for good. It is a page of its own,
// so that it works without a script.
type ConfirmView struct {
	Chrome Chrome
	Nav    string // path of the page in the navigation that it belongs to
	Title  string // a question
	Text   string // what is lost
	Action string // address that the form is sent to; its name is FormConfirm
	Button string // what happens: "Delete the project"
	Back   string // address of the page to go back to
}

// Confirm writes the page.
func Confirm(w http.ResponseWriter, v ConfirmView) {
	render(w, v.Chrome.status(), "confirm", frame{Title: v.Title, Nav: v.Nav, Chrome: v.Chrome, View: v})
}

// langTag turns a language's code into the form that HTML takes, for screen
// readers and hyphenation.
func langTag(iso string) string { return strings.ReplaceAll(iso, "_", "-") }
