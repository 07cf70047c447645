package sandbox_test

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

func (w *walk) compareAll() {
	w.Helper()
	for _, id := range slices.Sorted(maps.Keys(w.projects)) {
		w.compare(w.projects[id])
	}
}

// compare reads everything in a project, and finds what the model has.
func (w *walk) compare(p *modelProject) {
	w.Helper()
	if got, want := w.readProject(p).describe(), p.describe(); got != want {
		w.fatal("project %s is\n%s\nand should be\n%s", p.id, got, want)
	}
	for _, name := range slices.Sorted(maps.Keys(p.contents)) {
		path := "/projects/" + p.id
		if name != "master" {
			path += ":" + name
		}
		if got, want := w.readContent(path).describe(), p.contents[name].describe(); got != want {
			w.fatal("%s is\n%s\nand should be\n%s", path, got, want)
		}
	}
}

// list reads all pages of a list, a few items at a time, and checks that the
// total is their number.
func list[T any](w *walk, path, member string) []T {
	w.Helper()
	var all []T
	for page := 1; ; page++ {
		a := w.api("GET", fmt.Sprintf("%s?limit=7&page=%d", path, page), "")
		if a.status != http.StatusOK {
			w.fatal("%s: %d %s", path, a.status, a.body)
		}
		var body map[string]any
		a.decode(w, &body)
		var items struct{ List []T }
		answer{body: `{"list":` + jsonText(w, body[member]) + `}`}.decode(w, &items)
		all = append(all, items.List...)
		if page >= number(a, "X-Pagination-Page-Count") {
			if total := number(a, "X-Pagination-Total-Count"); total != len(all) {
				w.fatal("%s has %d items and says %d", path, len(all), total)
			}
			return all
		}
	}
}

func number(a answer, header string) int {
	n, _ := strconv.Atoi(a.header.Get(header))
	return n
}

func (w *walk) readProject(p *modelProject) *modelProject {
	w.Helper()
	path := "/projects/" + p.id
	got := &modelProject{id: p.id, branches: map[string]int64{}, snapshots: map[int64]modelSnapshot{}, webhooks: map[string]string{}, tasks: map[int64]string{}, contributors: map[int64]string{}}
	var whole struct{ Name string }
	w.ok("GET", path, "", &whole)
	got.name = whole.Name
	type item struct {
		BranchID   int64 `json:"branch_id"`
		SnapshotID int64 `json:"snapshot_id"`
		TaskID     int64 `json:"task_id"`
		UserID     int64 `json:"user_id"`
		Name       string
		Title      string
		Email      string
		WebhookID  string `json:"webhook_id"`
		URL        string
	}
	for _, b := range list[item](w, path+"/branches", "branches") {
		if b.Name != "master" {
			got.branches[b.Name] = b.BranchID
		}
	}
	for _, s := range list[item](w, path+"/snapshots", "snapshots") {
		got.snapshots[s.SnapshotID] = modelSnapshot{title: s.Title}
	}
	for _, h := range list[item](w, path+"/webhooks", "webhooks") {
		got.webhooks[h.WebhookID] = h.URL
	}
	for _, t := range list[item](w, path+"/tasks", "tasks") {
		got.tasks[t.TaskID] = t.Title
	}
	for _, c := range list[item](w, path+"/contributors", "contributors") {
		got.contributors[c.UserID] = c.Email
	}
	return got
}

// readContent reads a branch by every list that shows it, which must agree.
func (w *walk) readContent(path string) *modelContent {
	w.Helper()
	got := newModelContent()
	for _, l := range list[struct {
		ID  int64  `json:"lang_id"`
		ISO string `json:"lang_iso"`
	}](w, path+"/languages", "languages") {
		got.languages[l.ISO] = l.ID
	}
	for _, f := range list[struct{ Filename string }](w, path+"/files", "files") {
		if f.Filename != "__unassigned__" { // keys that belong to no file
			got.files[f.Filename] = true
		}
	}
	var keys keysAnswer
	w.ok("GET", path+"/keys?limit=500&include_translations=1&include_comments=1", "", &keys)
	translations := map[int64]string{}
	for _, k := range keys.Keys {
		one := &modelKey{name: k.Name.Web, description: k.Description, texts: map[string]string{}, comments: map[int64]string{}}
		for _, t := range k.Translations {
			one.texts[t.ISO], translations[t.ID] = t.Text, t.Text
		}
		for _, c := range k.Comments {
			one.comments[c.ID] = c.Comment
		}
		if got.keys[k.ID] != nil || len(k.Translations) != len(got.languages) {
			w.fatal("%s: key %d is there twice, or has %d translations into %d languages", path, k.ID, len(k.Translations), len(got.languages))
		}
		got.keys[k.ID] = one
	}
	w.agree(path, got, translations)
	return got
}

// agree checks the other lists of what the keys have.
func (w *walk) agree(path string, c *modelContent, translations map[int64]string) {
	w.Helper()
	want := map[int64]string{}
	comments := 0
	for id, k := range c.keys {
		want[id] = k.name
		comments += len(k.comments)
	}
	if got := listKeys(w.box, path, "?limit=4&pagination=cursor"); !maps.Equal(got, want) {
		w.fatal("%s: keys by cursor %v, by page %v", path, got, want)
	}
	all := list[translation](w, path+"/translations", "translations")
	listed := map[int64]string{}
	for _, t := range all {
		listed[t.ID] = t.Text
	}
	if !maps.Equal(listed, translations) || len(all) != len(translations) {
		w.fatal("%s: translations %v, of the keys %v", path, listed, translations)
	}
	for _, one := range list[comment](w, path+"/comments", "comments") {
		if k := c.keys[one.KeyID]; k == nil || k.comments[one.ID] != one.Comment {
			w.fatal("%s: comment %d of key %d is a ghost", path, one.ID, one.KeyID)
		}
		comments--
	}
	if comments != 0 {
		w.fatal("%s: %d comments of keys are not in the list", path, comments)
	}
}

// listKeys lists the names of all keys, page by page.
func listKeys(b *box, path, query string) map[int64]string {
	b.Helper()
	found := map[int64]string{}
	next := ""
	for page := 1; ; page++ {
		more := "&page=" + strconv.Itoa(page)
		if strings.Contains(query, "cursor") {
			more = next
		}
		a := b.api("GET", path+"/keys"+query+more, "")
		var body keysAnswer
		a.decode(b, &body)
		for _, k := range body.Keys {
			if _, twice := found[k.ID]; twice {
				b.Errorf("%s: key %d comes twice", path, k.ID)
			}
			found[k.ID] = k.Name.Web
		}
		cursor := a.header.Get("X-Pagination-Next-Cursor")
		if cursor == "" && page >= number(a, "X-Pagination-Page-Count") {
			return found
		}
		next = "&cursor=" + url.QueryEscape(cursor)
	}
}
