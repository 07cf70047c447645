//go:build unix

package main

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"testing"
)

// writer is a client that notes what it was answered. It alone changes its
// project.
type writer struct {
	t     *testing.T
	rnd   *rand.Rand
	name  string
	box   *box
	token string

	project string
	title   string   // of the project, as it was last answered
	titles  []string // those whose answer did not come; any of them may be the title
	keys    map[int64]*wanted
	lost    int // keys whose creation was sent and not answered
	count   int // of names
	written int // answers
}

// wanted is a key as it was last answered, and what may have become of it.
type wanted struct {
	text    string
	maybe   string // an update whose answer did not come; empty: none
	deleted bool   // answered
	leaving bool   // a deletion whose answer did not come
}

// seenKey is a key as the API shows it.
type seenKey struct {
	KeyID        int64  `json:"key_id"`
	Description  string `json:"description"`
	Translations []struct {
		Translation string `json:"translation"`
	} `json:"translations"`
}

func (w *writer) path(more string) string { return "/api2/projects/" + w.project + more }

func (w *writer) createProject() {
	w.t.Helper()
	var answer struct {
		ProjectID string `json:"project_id"`
	}
	w.title = w.name
	body := fmt.Sprintf(`{"name":%q,"languages":[{"lang_iso":"en"},{"lang_iso":"de"}]}`, w.name)
	if err := w.box.do(w.token, http.MethodPost, "/api2/projects", body, &answer); err != nil {
		w.t.Fatal(err)
	}
	w.project = answer.ProjectID
}

// step makes one change. It fails when the answer does not come.
func (w *writer) step() error {
	var err error
	const few, many = 4, 40
	alive := w.alive()
	switch n := w.rnd.IntN(10); {
	case alive > many:
		err = w.remove()
	case n < 5 || alive < few:
		err = w.create()
	case n < 8:
		err = w.update()
	case n < 9:
		err = w.remove()
	default:
		err = w.rename()
	}
	var refused *refusal
	if errors.As(err, &refused) {
		w.t.Errorf("%s: %v", w.name, err)
	}
	if err == nil {
		w.written++
	}
	return err
}

// create makes two keys in one request. Each has its name twice, in the
// description and in a translation, so that a half is seen.
func (w *writer) create() error {
	w.lost += 2
	var names, bodies []string
	for range 2 {
		w.count++
		name := fmt.Sprintf("%s %d", w.name, w.count)
		names = append(names, name)
		bodies = append(bodies, fmt.Sprintf(`{"key_name":%q,"platforms":["web"],"description":%q,"translations":[{"language_iso":"en","translation":%q}]}`, name, name, name))
	}
	var answer struct {
		Keys []seenKey `json:"keys"`
	}
	if err := w.box.do(w.token, http.MethodPost, w.path("/keys"), `{"keys":[`+strings.Join(bodies, ",")+`]}`, &answer); err != nil {
		return err
	}
	if len(answer.Keys) != 2 {
		w.t.Errorf("%s: %d keys were made", w.name, len(answer.Keys))
	}
	for i, k := range answer.Keys {
		w.keys[k.KeyID] = &wanted{text: names[i]}
	}
	w.lost -= 2
	return nil
}

// alive counts the keys that are there for sure.
func (w *writer) alive() int {
	n := 0
	for _, k := range w.keys {
		if !k.deleted && !k.leaving {
			n++
		}
	}
	return n
}

// pick chooses a key that is there for sure.
func (w *writer) pick() (int64, *wanted) {
	for id, k := range w.keys {
		if !k.deleted && !k.leaving {
			return id, k
		}
	}
	return 0, nil
}

func (w *writer) update() error {
	id, k := w.pick()
	if k == nil {
		return nil
	}
	w.count++
	text := fmt.Sprintf("%s %d", w.name, w.count)
	k.maybe = text
	if err := w.box.do(w.token, http.MethodPut, w.path(fmt.Sprintf("/keys/%d", id)), fmt.Sprintf(`{"description":%q}`, text), nil); err != nil {
		return err
	}
	k.text, k.maybe = text, ""
	return nil
}

func (w *writer) remove() error {
	id, k := w.pick()
	if k == nil {
		return nil
	}
	k.leaving = true
	if err := w.box.do(w.token, http.MethodDelete, w.path(fmt.Sprintf("/keys/%d", id)), "", nil); err != nil {
		return err
	}
	k.deleted = true
	return nil
}

func (w *writer) rename() error {
	w.count++
	title := fmt.Sprintf("%s %d", w.name, w.count)
	w.titles = append(w.titles, title)
	if err := w.box.do(w.token, http.MethodPut, w.path(""), fmt.Sprintf(`{"name":%q}`, title), nil); err != nil {
		return err
	}
	w.title, w.titles = title, nil
	return nil
}

// check compares what is there with what was answered. known are the ids of all
// keys that were ever seen, with whose they are.
func (w *writer) check(known map[int64]string) {
	w.t.Helper()
	if w.project == "" {
		return
	}
	w.checkTitle()
	there := w.list()
	unexpected := 0
	for id, seen := range there {
		k := w.keys[id]
		if k == nil {
			// A creation whose answer did not come, as a whole.
			if len(seen.Translations) != 2 || seen.Description == "" || seen.Translations[0].Translation+seen.Translations[1].Translation != seen.Description {
				w.t.Errorf("%s: key %d is half there: %+v", w.name, id, seen)
			}
			unexpected++
			k = &wanted{text: seen.Description}
			w.keys[id] = k
		}
		k.settle(w.t, id, seen)
		if of, used := known[id]; used && of != w.name {
			w.t.Errorf("%s: the id %d was one of %s", w.name, id, of)
		}
		known[id] = w.name
	}
	for id, k := range w.keys {
		if _, found := there[id]; !found && !k.deleted && !k.leaving {
			w.t.Errorf("%s: key %d was answered and is not there", w.name, id)
		} else if !found {
			k.deleted = true
		}
	}
	if unexpected > w.lost || unexpected%2 != 0 {
		w.t.Errorf("%s: %d keys are there that nobody asked for, or half a request", w.name, unexpected)
	}
	w.lost = 0
}

// settle makes up for what was not answered.
func (k *wanted) settle(t *testing.T, id int64, seen seenKey) {
	t.Helper()
	switch {
	case k.deleted:
		t.Errorf("key %d is there again, or its id was used again", id)
	case seen.Description != k.text && (k.maybe == "" || seen.Description != k.maybe):
		t.Errorf("key %d says %q, not %q (or %q)", id, seen.Description, k.text, k.maybe)
	}
	k.text, k.maybe, k.leaving = seen.Description, "", false
}

func (w *writer) checkTitle() {
	w.t.Helper()
	var project struct {
		Name string `json:"name"`
	}
	if err := w.box.do(w.token, http.MethodGet, w.path(""), "", &project); err != nil {
		w.t.Fatalf("%s: its project: %v", w.name, err)
	}
	for _, title := range append(w.titles, w.title) {
		if project.Name == title {
			w.title, w.titles = title, nil
			return
		}
	}
	w.t.Errorf("%s: the project is called %q, not %q", w.name, project.Name, w.title)
}

// list reads all keys of the project.
func (w *writer) list() map[int64]seenKey {
	w.t.Helper()
	const limit = 500
	all := map[int64]seenKey{}
	for page := 1; ; page++ {
		var answer struct {
			Keys []seenKey `json:"keys"`
		}
		if err := w.box.do(w.token, http.MethodGet, w.path(fmt.Sprintf("/keys?include_translations=1&limit=%d&page=%d", limit, page)), "", &answer); err != nil {
			w.t.Fatalf("%s: its keys: %v", w.name, err)
		}
		for _, k := range answer.Keys {
			all[k.KeyID] = k
		}
		if len(answer.Keys) < limit {
			return all
		}
	}
}
