package sandbox

import (
	"cmp"
	"maps"
	"slices"
	"strconv"

	"github.com/golokalise/lokalise/sandbox/internal/api"
	"github.com/golokalise/lokalise/sandbox/internal/state"
	"github.com/golokalise/lokalise/sandbox/internal/web"
)

// mayCount tells whether a page may look at every translation of the content.
func (p *uiPage) mayCount(tx *state.Tx, o *projectOf) bool {
	return p.r.URL.Query().Get("count") != "" || api.ProgressCost(tx, o.content) <= countedFreely
}

func languagesPage(p *uiPage) {
	view := web.LanguagesView{Chrome: p.chrome}
	if p.viewProject("project", func(tx *state.Tx, o *projectOf) bool {
		view.Project, view.Counted = o.head(tx), p.mayCount(tx, o)
		var progress api.Progress
		if view.Counted {
			progress = api.ProgressOf(tx, o.Project, o.content)
		}
		has := map[int64]bool{}
		for _, l := range o.languages(tx) {
			has[l.ID] = true
			row := web.LanguageRow{ID: l.ID, ISO: l.ISO, Name: l.Name, RTL: l.RTL, Base: l.ID == o.BaseID, Forms: l.PluralForms, Progress: web.NotCounted}
			if n, counted := progress.Languages[l.ID]; counted {
				row.Progress, row.WordsToDo = web.Progress(n.Percent), n.WordsToDo
			}
			view.Rows = append(view.Rows, row)
		}
		view.Others = systemLanguageOptions(has)
		return true
	}) {
		web.Languages(p.w, view)
	}
}

func addLanguage(p *uiPage) (done, error) {
	var answer struct {
		Errors []struct {
			Message string `json:"message"`
		} `json:"errors"`
	}
	body := map[string]any{"languages": []isoBody{{p.value("language")}}}
	if err := p.onProject("languages.create", nil, body, &answer); err != nil {
		return done{}, err
	}
	if len(answer.Errors) > 0 {
		return done{}, &formError{"The API refuses the language: " + answer.Errors[0].Message + "."}
	}
	return p.toProject(web.NoticeLanguageAdded, "/languages"), nil
}

func confirmDeleteLanguage(p *uiPage) {
	view := web.ConfirmView{Chrome: p.chrome, Nav: web.ProjectsPath, Button: "Remove the language"}
	if p.viewProject("language", func(tx *state.Tx, o *projectOf) bool {
		id, err := strconv.ParseInt(p.r.PathValue("language"), 10, 64)
		l := tx.Languages.Get(o.content, id)
		if err == nil && l != nil {
			view.Title = "Remove " + shortName(l.Name) + " from the project?"
			view.Text = "All translations into it go with it. There is no way back."
		}
		return err == nil && l != nil
	}) {
		back := p.toProject("", "/languages")
		view.Back, view.Action = p.chrome.Link(back.path, back.query...), p.here()
		web.Confirm(p.w, view)
	}
}

func deleteLanguage(p *uiPage) (done, error) {
	err := p.onProject("languages.delete", map[string]string{"lang_id": p.r.PathValue("language")}, nil, nil)
	return p.toProject(web.NoticeLanguageRemoved, "/languages"), err
}

func settingsPage(p *uiPage) {
	view := web.SettingsView{Chrome: p.chrome}
	if p.viewProject("project", func(tx *state.Tx, o *projectOf) bool {
		view.Project, view.Type, view.Team, view.Created = o.head(tx), o.Type, teamName(tx, o.Project), o.CreatedAt
		return true
	}) {
		web.Settings(p.w, view)
	}
}

func changeProject(p *uiPage) (done, error) {
	body := map[string]string{"name": p.value("name"), "description": p.text("description")}
	if body["name"] == "" {
		return done{}, &formError{"A project needs a name."}
	}
	return p.toProject(web.NoticeProjectChanged, "/settings"), p.onProject("projects.update", nil, body, nil)
}

func confirmDeleteProject(p *uiPage) {
	view := web.ConfirmView{
		Chrome: p.chrome, Nav: web.ProjectsPath, Button: "Delete the project",
		Text: "Its branches, keys, translations, files, tasks, snapshots and webhooks go with it. There is no way back but a reset of the world.",
	}
	if p.viewProject("project", func(_ *state.Tx, o *projectOf) bool {
		view.Title = "Delete the project " + shortName(o.Name) + "?"
		return true
	}) {
		back := p.toProject("", "/settings")
		view.Back, view.Action = p.chrome.Link(back.path, back.query...), p.here()
		web.Confirm(p.w, view)
	}
}

func deleteProject(p *uiPage) (done, error) {
	err := p.do("projects.delete", map[string]string{"project_id": p.r.PathValue("project")}, nil, nil)
	return done{web.NoticeProjectDeleted, web.ProjectsPath, nil}, err
}

// shownRows is how many files, tasks and snapshots of a project a page shows.
const shownRows = 100

func workPage(p *uiPage) {
	view := web.WorkView{Chrome: p.chrome}
	if p.viewProject("project", func(tx *state.Tx, o *projectOf) bool {
		view.Project, view.Counted = o.head(tx), p.mayCount(tx, o)
		view.Files, view.MoreFiles = firstOf(o.files(tx, view.Counted))
		view.Tasks, view.MoreTasks = firstOf(o.tasks(tx))
		view.Snapshots, view.MoreSnaps = firstOf(o.snapshots(tx))
		return true
	}) {
		web.Work(p.w, view)
	}
}

func firstOf[T any](rows []T) (shown []T, more int) {
	shown = rows[:min(len(rows), shownRows)]
	return shown, len(rows) - len(shown)
}

// files lists files by name, and keys without one at the end.
func (o *projectOf) files(tx *state.Tx, count bool) []web.FileRow {
	keys := map[string]int{}
	for f := range tx.Files.All(o.content) {
		keys[f.Name] = -1
	}
	if count {
		for name := range keys {
			keys[name] = 0
		}
		maps.Copy(keys, tx.KeysPerFile(o.content))
	}
	rows := make([]web.FileRow, 0, len(keys))
	for name, n := range keys {
		rows = append(rows, web.FileRow{Name: name, Keys: n})
	}
	slices.SortFunc(rows, func(a, b web.FileRow) int {
		if (a.Name == "") != (b.Name == "") {
			return -cmp.Compare(a.Name, b.Name)
		}
		return cmp.Compare(a.Name, b.Name)
	})
	return rows
}

// tasks lists the tasks of the branch, the latest first.
func (o *projectOf) tasks(tx *state.Tx) []web.TaskRow {
	var rows []web.TaskRow
	for t := range tx.Tasks.All(o.ID) {
		if tx.TaskContent(t) != o.content {
			continue
		}
		row := web.TaskRow{ID: t.ID, Title: t.Title, Type: t.Type, Status: string(t.Status), Keys: len(t.AllKeys()), Progress: web.Progress(t.Progress()), Due: t.DueDate}
		for _, l := range t.Languages {
			if language := tx.Languages.Get(o.content, l.LanguageID); language != nil {
				row.Languages = append(row.Languages, language.ISO)
			}
		}
		rows = append(rows, row)
	}
	slices.Reverse(rows)
	return rows
}

// snapshots lists the snapshots of the project, the latest first.
func (o *projectOf) snapshots(tx *state.Tx) []web.SnapshotRow {
	var rows []web.SnapshotRow
	for s := range tx.Snapshots.All(o.ID) {
		rows = append(rows, web.SnapshotRow{ID: s.ID, Title: s.Title, Keys: tx.Keys.Len(s.Content()), Created: s.CreatedAt, By: emailOf(tx, s.CreatedBy)})
	}
	slices.Reverse(rows)
	return rows
}
