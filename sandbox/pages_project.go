package sandbox

import (
	"slices"
	"strconv"
	"strings"

	"github.com/golokalise/lokalise/sandbox/internal/api"
	"github.com/golokalise/lokalise/sandbox/internal/state"
	"github.com/golokalise/lokalise/sandbox/internal/web"
)

// projectOf is the project that the page's path names, on the branch that its
// query names.
type projectOf struct {
	*state.Project
	content string
	branch  string // empty: the master branch, or none
}

// project finds the project, or nothing.
func (p *uiPage) project(tx *state.Tx) *projectOf {
	found := tx.Projects.Get("", p.r.PathValue("project"))
	if found == nil {
		return nil
	}
	branch := p.branch()
	if branch != "" && tx.BranchNamed(found.ID, branch) == nil {
		return nil
	}
	return &projectOf{found, state.BranchContent(found.ID, branch), branch}
}

// branch is the one that the query names, empty for the master branch.
func (p *uiPage) branch() string {
	if branch := p.r.URL.Query().Get(web.FieldBranch); branch != state.MasterBranch {
		return branch
	}
	return ""
}

// viewProject shows the project of the page, or says that there is none. fn
// tells whether what it shows is there too.
func (p *uiPage) viewProject(what string, fn func(tx *state.Tx, o *projectOf) bool) bool {
	found := false
	p.view(func(tx *state.Tx) {
		o := p.project(tx)
		if o == nil {
			what = "project"
			return
		}
		found = fn(tx, o)
	})
	if !found {
		p.gone(what)
	}
	return found
}

// onProject performs an operation on the page's project.
func (p *uiPage) onProject(operation string, params map[string]string, body, answer any) error {
	all := map[string]string{"project_id": p.r.PathValue("project")}
	if branch := p.branch(); branch != "" {
		all["project_id"] += ":" + branch
	}
	for name, value := range params {
		all[name] = value
	}
	return p.do(operation, all, body, answer)
}

// toProject leads to a page of the project.
func (p *uiPage) toProject(n web.Notice, tail string) done {
	head := web.ProjectHead{ID: p.r.PathValue("project")}
	return done{n, head.Path(tail), []string{web.FieldBranch, p.branch()}}
}

func (o *projectOf) head(tx *state.Tx) web.ProjectHead {
	head := web.ProjectHead{
		ID: o.ID, Name: o.Name, Description: o.Description, Branch: o.branch,
		Keys: tx.Keys.Len(o.content), Languages: tx.Languages.Len(o.content),
	}
	if o.Settings.Branching {
		head.Branches = []string{state.MasterBranch}
		for b := range tx.Branches.All(o.ID) {
			if !b.IsMaster() {
				head.Branches = append(head.Branches, b.Name)
			}
		}
	}
	if u := tx.Users.Get("", api.Actor(tx, o.Project)); u != nil {
		head.Actor = u.Email
	}
	return head
}

const (
	keysPerPage = 50
	// searchedFreely is how many keys a search looks at one by one. In a bigger
	// project it finds what there is an index for.
	searchedFreely = 5_000
)

func keysPage(p *uiPage) {
	view := web.KeysView{Search: strings.TrimSpace(p.r.URL.Query().Get("search")), Platforms: state.Platforms, Chrome: p.chrome}
	if p.viewProject("project", func(tx *state.Tx, o *projectOf) bool {
		view.Project, view.Exact = o.head(tx), tx.Keys.Len(o.content) > searchedFreely
		if base := tx.Languages.Get(o.content, o.BaseID); base != nil {
			view.Base = base.Name
		}
		for _, k := range o.keysOf(tx, &view, p.pageNumber()) {
			view.Rows = append(view.Rows, o.keyRow(tx, k))
		}
		return true
	}) {
		web.Keys(p.w, view)
	}
}

// keysOf picks the keys of a page. Without a search it takes the same time for
// a few keys and for a million.
func (o *projectOf) keysOf(tx *state.Tx, view *web.KeysView, page int) []*state.Key {
	if view.Search != "" {
		found := o.searchKeys(tx, view.Search, view.Exact)
		view.Window = web.NewWindow(page, keysPerPage, len(found))
		start, end := view.Window.Bounds()
		return found[start:end]
	}
	view.Window = web.NewWindow(page, keysPerPage, tx.Keys.Len(o.content))
	start, end := view.Window.Bounds()
	var keys []*state.Key
	for k := range tx.Keys.Slice(o.content, start) {
		if len(keys) == end-start {
			break
		}
		keys = append(keys, k)
	}
	return keys
}

// searchKeys finds keys by their whole name or id and, unless exact, by a part
// of a name, a tag or a text, regardless of case.
func (o *projectOf) searchKeys(tx *state.Tx, search string, exact bool) []*state.Key {
	found := slices.Clone(tx.Keys.Named(o.content, search))
	if id, err := strconv.ParseInt(search, 10, 64); err == nil {
		if k := tx.Keys.Get(o.content, id); k != nil && !slices.Contains(found, k) {
			found = append(found, k)
		}
	}
	if exact {
		return found
	}
	text := strings.ToLower(search)
	for k := range tx.Keys.All(o.content) {
		if o.contains(tx, k, text) && !slices.Contains(found, k) {
			found = append(found, k)
		}
	}
	return found
}

func (o *projectOf) contains(tx *state.Tx, k *state.Key, text string) bool {
	in := func(s string) bool { return strings.Contains(strings.ToLower(s), text) }
	if slices.ContainsFunc(state.Platforms, func(platform string) bool { return in(k.Names.Of(platform)) }) || slices.ContainsFunc(k.Tags, in) {
		return true
	}
	return slices.ContainsFunc(k.Translations, func(ref state.TranslationRef) bool {
		t := tx.Translations.Get(o.content, ref.ID)
		return t != nil && in(plainText(t.Text))
	})
}

func (o *projectOf) keyRow(tx *state.Tx, k *state.Key) web.KeyRow {
	row := web.KeyRow{
		ID: k.ID, Name: k.Name(), Tags: k.Tags, Platforms: k.Platforms, Languages: len(k.Translations),
		Plural: k.IsPlural, Hidden: k.IsHidden, Archived: k.IsArchived, Modified: k.ModifiedAt,
	}
	for _, ref := range k.Translations {
		t := tx.Translations.Get(o.content, ref.ID)
		if t == nil || t.IsEmpty() {
			continue
		}
		row.Translated++
		if ref.LanguageID == o.BaseID {
			row.Text = plainText(t.Text)
		}
	}
	return row
}

// plainText is a text as a person reads it: of plural forms the general one,
// after the others.
func plainText(text string) string {
	forms, plural := state.Plurals(text)
	if !plural {
		return text
	}
	var parts []string
	for _, form := range []string{"zero", "one", "two", "few", "many", "other"} {
		if forms[form] != "" {
			parts = append(parts, forms[form])
		}
	}
	return strings.Join(parts, " / ")
}
