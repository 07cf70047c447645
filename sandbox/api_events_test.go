package sandbox_test

import (
	"fmt"
	"slices"
	"testing"
)

// TestChangesOfContentAreEvents: each change is told under the name that fits
// the number of things it was about.
func TestChangesOfContentAreEvents(t *testing.T) {
	t.Parallel()
	b, r, _ := hooked(t, `{"url":"http://a.test/h","events":["project.key.added","project.keys.added","project.key.modified",
		"project.keys.modified","project.keys.deleted","project.key.comment.added","project.translation.updated","project.translations.updated",
		"project.translation.proofread","project.translations.proofread","project.languages.added","project.language.removed",
		"project.language.settings_changed"]}`)
	w := &work{b, "/projects/" + mobileApp}
	told := 1 // the ping
	expect := func(want ...string) {
		t.Helper()
		b.Clock().Settle()
		var got []string
		r.mu.Lock()
		for _, body := range r.bodies[told:] {
			var e struct{ Event string }
			answer{body: body}.decode(t, &e)
			got = append(got, e.Event)
		}
		told = len(r.bodies)
		r.mu.Unlock()
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("told %v, want %v", got, want)
		}
	}
	one := w.webKeys("ev.one", "One")[0]
	expect("project.key.added")
	two := w.webKeys("ev.two", "Two", "ev.three", "Three")
	expect("project.keys.added")
	w.ok("PUT", fmt.Sprintf("/keys/%d", one.ID), `{"description":"x","comments":[{"comment":"y"}]}`, nil)
	expect("project.key.comment.added", "project.key.modified")
	w.ok("PUT", "/keys", fmt.Sprintf(`{"keys":[{"key_id":%d,"tags":["a"],"translations":[{"language_iso":"de","translation":"Zwei","is_reviewed":true}]},
		{"key_id":%d,"translations":[{"language_iso":"de","translation":"Drei","is_reviewed":true}]}]}`, two[0].ID, two[1].ID), nil)
	expect("project.keys.modified", "project.translations.proofread", "project.translations.updated")
	w.ok("PUT", fmt.Sprintf("/translations/%d", one.in("de").ID), `{"translation":"Eins","is_reviewed":true}`, nil)
	expect("project.translation.proofread", "project.translation.updated")
	w.ok("PUT", fmt.Sprintf("/translations/%d", one.in("de").ID), `{"translation":"Eins"}`, nil)
	expect()
	w.ok("DELETE", fmt.Sprintf("/keys/%d", one.ID), "", nil)
	expect("project.keys.deleted")
	w.ok("POST", "/languages", `{"languages":[{"lang_iso":"it"},{"lang_iso":"de"}]}`, nil)
	expect("project.languages.added")
	w.ok("PUT", "/languages/734", `{"lang_name":"Italiano"}`, nil)
	expect("project.language.settings_changed")
	w.ok("DELETE", "/languages/734", "", nil)
	expect("project.language.removed")
}
