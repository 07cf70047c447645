package sandbox_test

import (
	"encoding/base64"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"
)

// maxProjects and maxKeys keep a walk from growing: what it makes it deletes.
const maxProjects, maxKeys = 4, 30

// steps are what a walk does, each as often as its weight says.
var steps = []struct {
	weight int
	do     func(w *walk)
}{
	{2, (*walk).makeProject},
	{1, (*walk).renameProject},
	{1, (*walk).dropProject},
	{1, (*walk).emptyProject},
	{14, (*walk).makeKeys},
	{6, (*walk).changeKey},
	{5, (*walk).changeKeys},
	{5, (*walk).dropKeys},
	{3, (*walk).dropKey},
	{12, (*walk).translate},
	{4, (*walk).addLanguage},
	{3, (*walk).dropLanguage},
	{6, (*walk).comment},
	{3, (*walk).dropComment},
	{5, (*walk).makeBranch},
	{5, (*walk).mergeBranch},
	{2, (*walk).dropBranch},
	{3, (*walk).makeSnapshot},
	{2, (*walk).restoreSnapshot},
	{2, (*walk).dropSnapshot},
	{3, (*walk).makeTask},
	{2, (*walk).dropTask},
	{3, (*walk).makeWebhook},
	{2, (*walk).dropWebhook},
	{3, (*walk).addContributor},
	{2, (*walk).dropContributor},
	{4, (*walk).upload},
}

func (w *walk) makeProject() {
	if len(w.projects) >= maxProjects {
		w.dropProject()
	}
	p := &modelProject{
		name: w.text("project"), contents: map[string]*modelContent{"master": newModelContent()}, common: map[string]*modelContent{},
		branches: map[string]int64{}, snapshots: map[int64]modelSnapshot{}, webhooks: map[string]string{}, tasks: map[int64]string{},
		contributors: map[int64]string{mara: "mara.lind@example.com"},
	}
	p.contents["master"].languages = map[string]int64{"en": 640, "de": 597}
	var made struct {
		ID string `json:"project_id"`
	}
	w.ok("POST", "/projects", fmt.Sprintf(`{"name":%q,"languages":[{"lang_iso":"en"},{"lang_iso":"de"}],"base_lang_iso":"en"}`, p.name), &made)
	p.id = made.ID
	if err := w.AllowBranching(p.id); err != nil {
		w.fatal("%v", err)
	}
	w.add(p)
}

func (w *walk) renameProject() {
	p := w.project()
	p.name = w.text("renamed")
	w.ok("PUT", "/projects/"+p.id, fmt.Sprintf(`{"name":%q}`, p.name), nil)
}

func (w *walk) dropProject() {
	if len(w.projects) < 2 {
		return
	}
	p := w.project()
	w.ok("DELETE", "/projects/"+p.id, "", nil)
	delete(w.projects, p.id)
	w.gone("/projects/" + p.id)
	w.gone("/projects/" + p.id + "/keys")
	w.touched = nil
}

func (w *walk) emptyProject() {
	p := w.project()
	w.ok("PUT", "/projects/"+p.id+"/empty", "", nil)
	clear(p.contents["master"].keys)
}

func (w *walk) makeKeys() {
	c, path := w.content()
	if len(c.keys) >= maxKeys {
		w.dropKeys()
		return
	}
	var list []string
	made := map[string]*modelKey{}
	for range 1 + w.rnd.IntN(4) {
		k := &modelKey{name: w.text("key"), texts: map[string]string{}, comments: map[int64]string{}}
		k.texts["en"] = w.text("text")
		made[k.name] = k
		list = append(list, fmt.Sprintf(`{"key_name":%q,"platforms":["web"],"translations":[{"language_iso":"en","translation":%q}]}`, k.name, k.texts["en"]))
	}
	var answer keysAnswer
	if k := w.key(c); k != nil && !strings.Contains(k.name, "imported") { // a name that is taken for the web: an error beside what succeeds
		list = append(list, fmt.Sprintf(`{"key_name":%q,"platforms":["web"]}`, k.name))
		defer func() {
			if len(answer.Errors) != 1 {
				w.fatal("a name that is taken: %+v", answer.Errors)
			}
		}()
	}
	w.ok("POST", path+"/keys", `{"keys":[`+strings.Join(list, ",")+`]}`, &answer)
	if len(answer.Keys) != len(made) {
		w.fatal("%d keys made of %d", len(answer.Keys), len(made))
	}
	for _, k := range answer.Keys {
		w.unique("key", k.ID)
		c.keys[k.ID] = made[k.Name.Web]
	}
}

func (w *walk) changeKey() {
	c, path := w.content()
	if id, k := w.pick(c); k != nil {
		k.description = w.text("description")
		w.ok("PUT", fmt.Sprintf("%s/keys/%d", path, id), fmt.Sprintf(`{"description":%q}`, k.description), nil)
	}
}

func (w *walk) changeKeys() {
	c, path := w.content()
	var list []string
	for range 3 {
		if id, k := w.pick(c); k != nil {
			k.description, k.texts["de"] = w.text("bulk"), w.text("bulk")
			list = append(list, fmt.Sprintf(`{"key_id":%d,"description":%q,"translations":[{"language_iso":"de","translation":%q}]}`, id, k.description, k.texts["de"]))
		}
	}
	if len(list) > 0 {
		w.ok("PUT", path+"/keys", `{"keys":[`+strings.Join(list, ",")+`]}`, nil)
	}
}

func (w *walk) dropKeys() {
	c, path := w.content()
	gone := map[int64]bool{}
	for range 1 + w.rnd.IntN(8) {
		if id, k := w.pick(c); k != nil {
			gone[id] = true
		}
	}
	if len(gone) == 0 {
		return
	}
	ids := strings.Trim(strings.ReplaceAll(fmt.Sprint(slices.Sorted(maps.Keys(gone))), " ", ","), "[]")
	w.ok("DELETE", path+"/keys", `{"keys":[`+ids+`]}`, nil)
	for id := range gone {
		delete(c.keys, id)
	}
}

func (w *walk) dropKey() {
	c, path := w.content()
	if id, k := w.pick(c); k != nil {
		one := fmt.Sprintf("%s/keys/%d", path, id)
		w.ok("DELETE", one, "", nil)
		delete(c.keys, id)
		w.gone(one)
		w.gone(one + "/comments")
	}
}

func (w *walk) translate() {
	c, path := w.content()
	id, k := w.pick(c)
	if k == nil {
		return
	}
	iso := w.one(slices.Sorted(maps.Keys(c.languages)))
	var got struct{ Key key }
	w.ok("GET", fmt.Sprintf("%s/keys/%d", path, id), "", &got)
	t := got.Key.in(iso)
	if t.ID == 0 {
		w.fatal("key %d has no translation into %s", id, iso)
	}
	k.texts[iso] = w.text("translated")
	w.ok("PUT", fmt.Sprintf("%s/translations/%d", path, t.ID), fmt.Sprintf(`{"translation":%q}`, k.texts[iso]), nil)
}

// walkLanguages come and go. English and German stay.
var walkLanguages = []string{"fr", "pl", "ja", "es"}

func (w *walk) addLanguage() {
	c, path := w.content()
	iso := w.one(walkLanguages)
	if _, there := c.languages[iso]; there {
		return
	}
	var made struct {
		Languages []struct {
			ID int64 `json:"lang_id"`
		}
	}
	w.ok("POST", path+"/languages", fmt.Sprintf(`{"languages":[{"lang_iso":%q}]}`, iso), &made)
	c.languages[iso] = made.Languages[0].ID
}

func (w *walk) dropLanguage() {
	c, path := w.content()
	iso := w.one(walkLanguages)
	id, there := c.languages[iso]
	if !there {
		return
	}
	one := fmt.Sprintf("%s/languages/%d", path, id)
	w.ok("DELETE", one, "", nil)
	w.gone(one)
	delete(c.languages, iso)
	for _, k := range c.keys {
		delete(k.texts, iso)
	}
}

func (w *walk) comment() {
	c, path := w.content()
	id, k := w.pick(c)
	if k == nil {
		return
	}
	text := w.text("comment")
	var made struct{ Comments []comment }
	w.ok("POST", fmt.Sprintf("%s/keys/%d/comments", path, id), fmt.Sprintf(`{"comments":[{"comment":%q}]}`, text), &made)
	for _, one := range made.Comments {
		if one.Comment == text {
			w.unique("comment", one.ID)
			k.comments[one.ID] = text
		}
	}
}

func (w *walk) dropComment() {
	c, path := w.content()
	id, k := w.pick(c)
	if k == nil || len(k.comments) == 0 {
		return
	}
	at := slices.Min(slices.Collect(maps.Keys(k.comments)))
	one := fmt.Sprintf("%s/keys/%d/comments/%d", path, id, at)
	w.ok("DELETE", one, "", nil)
	w.gone(one)
	delete(k.comments, at)
}

func (w *walk) makeBranch() {
	p := w.project()
	if len(p.branches) >= 2 {
		w.dropBranch()
		return
	}
	name := w.text("branch")
	var made struct {
		Branch struct {
			ID int64 `json:"branch_id"`
		}
	}
	w.ok("POST", "/projects/"+p.id+"/branches", fmt.Sprintf(`{"name":%q}`, name), &made)
	p.branches[name] = made.Branch.ID
	p.contents[name], p.common[name] = p.contents["master"].clone(), p.contents["master"].clone()
}

func (w *walk) branch(p *modelProject) string { return w.one(slices.Sorted(maps.Keys(p.branches))) }

func (w *walk) mergeBranch() {
	p := w.project()
	name := w.branch(p)
	if name == "" {
		return
	}
	w.ok("POST", fmt.Sprintf("/projects/%s/branches/%d/merge", p.id, p.branches[name]), `{"force_conflict_resolve_using":"source"}`, nil)
	p.merge(name)
}

func (w *walk) dropBranch() {
	p := w.project()
	name := w.branch(p)
	if name == "" {
		return
	}
	w.ok("DELETE", fmt.Sprintf("/projects/%s/branches/%d", p.id, p.branches[name]), "", nil)
	delete(p.branches, name)
	delete(p.contents, name)
	delete(p.common, name)
	w.gone("/projects/" + p.id + ":" + name + "/keys")
}

func (w *walk) makeSnapshot() {
	p := w.project()
	s := modelSnapshot{w.text("snapshot"), p.contents["master"].clone()}
	var made struct {
		Snapshot struct {
			ID int64 `json:"snapshot_id"`
		}
	}
	w.ok("POST", "/projects/"+p.id+"/snapshots", fmt.Sprintf(`{"title":%q}`, s.title), &made)
	w.unique("snapshot", made.Snapshot.ID)
	p.snapshots[made.Snapshot.ID] = s
}

func (w *walk) restoreSnapshot() {
	p := w.project()
	id, s := first(p.snapshots)
	if id == 0 || len(w.projects) >= maxProjects {
		return
	}
	var made struct {
		ID string `json:"project_id"`
	}
	w.ok("POST", fmt.Sprintf("/projects/%s/snapshots/%d", p.id, id), "", &made)
	w.add(&modelProject{
		id: made.ID, name: p.name + " copy", contents: map[string]*modelContent{"master": s.content.clone()}, common: map[string]*modelContent{},
		branches: map[string]int64{}, snapshots: map[int64]modelSnapshot{}, webhooks: map[string]string{}, tasks: map[int64]string{},
		contributors: maps.Clone(p.contributors),
	})
}

func (w *walk) dropSnapshot() {
	p := w.project()
	if id, _ := first(p.snapshots); id != 0 {
		w.ok("DELETE", fmt.Sprintf("/projects/%s/snapshots/%d", p.id, id), "", nil)
		delete(p.snapshots, id)
	}
}

func (w *walk) makeTask() {
	p := w.project()
	id, k := w.pick(p.contents["master"])
	if k == nil {
		return
	}
	title := w.text("task")
	var made struct {
		Task struct {
			ID int64 `json:"task_id"`
		}
	}
	w.ok("POST", "/projects/"+p.id+"/tasks", fmt.Sprintf(`{"title":%q,"keys":[%d],"languages":[{"language_iso":"de","users":[%d]}]}`, title, id, mara), &made)
	w.unique("task", made.Task.ID)
	p.tasks[made.Task.ID] = title
}

func (w *walk) dropTask() {
	p := w.project()
	if id, _ := first(p.tasks); id != 0 {
		one := fmt.Sprintf("/projects/%s/tasks/%d", p.id, id)
		w.ok("DELETE", one, "", nil)
		w.gone(one)
		delete(p.tasks, id)
	}
}

func (w *walk) makeWebhook() {
	p := w.project()
	url := "http://hooks.test/" + w.text("hook")
	var made struct {
		Webhook struct {
			ID string `json:"webhook_id"`
		}
	}
	w.ok("POST", "/projects/"+p.id+"/webhooks", fmt.Sprintf(`{"url":%q,"events":["team.order.created"]}`, url), &made)
	p.webhooks[made.Webhook.ID] = url
}

func (w *walk) dropWebhook() {
	p := w.project()
	if id, _ := first(p.webhooks); id != "" {
		one := "/projects/" + p.id + "/webhooks/" + id
		w.ok("DELETE", one, "", nil)
		w.gone(one)
		delete(p.webhooks, id)
	}
}

func (w *walk) addContributor() {
	p := w.project()
	email := w.text("person") + "@example.com"
	var made struct {
		Contributors []struct {
			ID int64 `json:"user_id"`
		}
	}
	w.ok("POST", "/projects/"+p.id+"/contributors", fmt.Sprintf(`{"contributors":[{"email":%q,"languages":[{"lang_iso":"de","is_writable":true}]}]}`, email), &made)
	w.unique("person", made.Contributors[0].ID)
	p.contributors[made.Contributors[0].ID] = email
}

func (w *walk) dropContributor() {
	p := w.project()
	ids := slices.DeleteFunc(slices.Sorted(maps.Keys(p.contributors)), func(id int64) bool { return id == mara })
	if len(ids) == 0 {
		return
	}
	one := fmt.Sprintf("/projects/%s/contributors/%d", p.id, ids[0])
	w.ok("DELETE", one, "", nil)
	w.gone(one)
	delete(p.contributors, ids[0])
}

// upload imports a file with one new key. Its id is known from the list only.
func (w *walk) upload() {
	c, path := w.content()
	if len(c.keys) >= maxKeys {
		return
	}
	k := &modelKey{name: w.text("imported"), texts: map[string]string{"en": w.text("text")}, comments: map[int64]string{}}
	file := w.one([]string{"a.json", "b.json", "c.json"})
	data := base64.StdEncoding.EncodeToString(fmt.Appendf(nil, `{%q:%q}`, k.name, k.texts["en"]))
	a := w.api("POST", path+"/files/upload", fmt.Sprintf(`{"data":%q,"filename":%q,"lang_iso":"en"}`, data, file))
	if a.status != http.StatusAccepted {
		w.fatal("upload: %d %s", a.status, a.body)
	}
	w.Clock().Advance(time.Second)
	var found keysAnswer
	w.ok("GET", path+"/keys?filter_keys="+k.name, "", &found)
	if len(found.Keys) != 1 {
		w.fatal("%d keys %s after the upload", len(found.Keys), k.name)
	}
	c.keys[found.Keys[0].ID], c.files[file] = k, true
}
