package sandbox

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/golokalise/lokalise/sandbox/internal/api"
	"github.com/golokalise/lokalise/sandbox/internal/state"
	"github.com/golokalise/lokalise/sandbox/internal/web"
)

// addProjectPages mounts the pages of projects.
func (s *Server) addProjectPages(mux *http.ServeMux) {
	const project = web.ProjectsPath + "/{project}"
	mux.HandleFunc("GET "+web.ProjectsPath, s.ui(projectsPage))
	mux.HandleFunc("POST "+web.ProjectsPath, s.form(web.FormAddProject, addProject, projectsPage))
	mux.HandleFunc("GET "+project, s.ui(keysPage))
	mux.HandleFunc("POST "+project+"/keys", s.form(web.FormAddKey, addKey, keysPage))
	mux.HandleFunc("GET "+project+"/keys/{key}", s.ui(keyPage))
	mux.HandleFunc("POST "+project+"/keys/{key}", s.form(web.FormKey, saveKey, keyPage))
	mux.HandleFunc("GET "+project+"/keys/{key}/delete", s.ui(confirmDeleteKey))
	mux.HandleFunc("POST "+project+"/keys/{key}/delete", s.form(web.FormConfirm, deleteKey, confirmDeleteKey))
	mux.HandleFunc("GET "+project+"/languages", s.ui(languagesPage))
	mux.HandleFunc("POST "+project+"/languages", s.form(web.FormAddLanguage, addLanguage, languagesPage))
	mux.HandleFunc("GET "+project+"/languages/{language}/delete", s.ui(confirmDeleteLanguage))
	mux.HandleFunc("POST "+project+"/languages/{language}/delete", s.form(web.FormConfirm, deleteLanguage, confirmDeleteLanguage))
	mux.HandleFunc("GET "+project+"/work", s.ui(workPage))
	mux.HandleFunc("GET "+project+"/settings", s.ui(settingsPage))
	mux.HandleFunc("POST "+project+"/settings", s.form(web.FormProject, changeProject, settingsPage))
	mux.HandleFunc("GET "+project+"/delete", s.ui(confirmDeleteProject))
	mux.HandleFunc("POST "+project+"/delete", s.form(web.FormConfirm, deleteProject, confirmDeleteProject))
}

const (
	projectsPerPage = 50
	// countedFreely is how many translations a page looks at to show how far
	// projects have come, without being asked to count.
	countedFreely = 300_000
)

func projectsPage(p *uiPage) {
	search := strings.TrimSpace(p.r.URL.Query().Get("search"))
	view := web.ProjectsView{Chrome: p.chrome, Search: search, Languages: systemLanguageOptions(nil)}
	p.view(func(tx *state.Tx) {
		found := findProjects(tx, search)
		view.Total = tx.Projects.Len("")
		view.Window = web.NewWindow(p.pageNumber(), projectsPerPage, len(found))
		start, end := view.Window.Bounds()
		free := countedFreely
		for _, project := range found[start:end] {
			view.Rows = append(view.Rows, projectRow(tx, project, &free))
		}
	})
	web.Projects(p.w, view)
}

// findProjects lists the projects whose name contains the text or whose id is
// the text, by name.
func findProjects(tx *state.Tx, search string) []*state.Project {
	var found []*state.Project
	text := strings.ToLower(search)
	for p := range tx.Projects.All("") {
		if p.ID == search || strings.Contains(strings.ToLower(p.Name), text) {
			found = append(found, p)
		}
	}
	slices.SortFunc(found, func(a, b *state.Project) int {
		return cmp.Or(strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)), strings.Compare(a.ID, b.ID))
	})
	return found
}

func projectRow(tx *state.Tx, p *state.Project, free *int) web.ProjectRow {
	row := web.ProjectRow{
		ID: p.ID, Name: p.Name, Description: p.Description, Team: teamName(tx, p),
		Keys: tx.Keys.Len(p.ID), Progress: web.NotCounted,
	}
	for l := range tx.Languages.All(p.ID) {
		row.Languages = append(row.Languages, l.ISO)
	}
	if cost := api.ProgressCost(tx, p.ID); cost <= *free {
		*free -= cost
		row.Progress = web.Progress(api.ProgressOf(tx, p, p.ID).Percent)
	}
	return row
}

func teamName(tx *state.Tx, p *state.Project) string {
	if t := tx.Teams.Get("", p.TeamID); t != nil {
		return t.Name
	}
	return strconv.FormatInt(p.TeamID, 10)
}

// systemLanguageOptions are the languages that projects can have, without those
// that one has.
func systemLanguageOptions(has map[int64]bool) []web.Option {
	var options []web.Option
	for _, l := range state.SystemLanguages() {
		if !has[l.ID] {
			options = append(options, web.Option{Value: l.ISO, Label: l.Name + " (" + l.ISO + ")"})
		}
	}
	return options
}

// isoBody is a language in the bodies of the API.
type isoBody struct {
	ISO string `json:"lang_iso"`
}

func addProject(p *uiPage) (done, error) {
	body := struct {
		Name        string    `json:"name"`
		Description string    `json:"description"`
		Languages   []isoBody `json:"languages"`
		Base        string    `json:"base_lang_iso"`
	}{Name: p.value("name"), Description: p.text("description"), Base: p.value("base")}
	if body.Name == "" {
		return done{}, &formError{"A project needs a name."}
	}
	for _, iso := range append([]string{body.Base}, commaList(p.value("languages"))...) {
		if _, known := state.LanguageByISO(iso); !known {
			return done{}, &formError{fmt.Sprintf("%.40q is no code of a language that the sandbox knows. Codes look like fr and pt_BR.", iso)}
		}
		body.Languages = append(body.Languages, isoBody{iso})
	}
	var made struct {
		ID string `json:"project_id"`
	}
	if err := p.do("projects.create", nil, body, &made); err != nil {
		return done{}, err
	}
	return done{web.NoticeProjectAdded, web.ProjectsPath + "/" + made.ID, nil}, nil
}

// commaList takes a text with commas apart, without empty parts.
func commaList(text string) []string {
	list := []string{}
	for part := range strings.SplitSeq(text, ",") {
		if part = strings.TrimSpace(part); part != "" {
			list = append(list, part)
		}
	}
	return list
}
