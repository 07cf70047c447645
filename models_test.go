package lokalise_test

import (
	"reflect"
	"testing"

	"github.com/golokalise/lokalise"
)

// What a server adds tomorrow is kept at every level, and written back.
func TestUnknownMembersSurvive(t *testing.T) {
	t.Parallel()
	const text = `{"project_id": "p", "name": "n", "description": "", "created_at": "2026-03-02 08:15:00 (Etc/UTC)",
	 "created_by": 1, "created_by_email": "", "team_id": 2, "tomorrow": {"a": [1, 2.50, null]}, "émoji 😀": true,
	 "settings": {"per_platform_key_names": false, "reviewing": true, "auto_toggle_unverified": false,
	  "offline_translation": false, "key_editing": false, "inline_machine_translations": false, "dark_mode": "yes"},
	 "statistics": {"progress_total": 1, "keys_total": 2, "team": 3, "base_words": 4, "qa_issues_total": 5,
	  "qa_issues": {"not_reviewed": 1, "unverified": 0, "spelling_grammar": 0, "inconsistent_placeholders": 0,
	   "inconsistent_html": 0, "different_number_of_urls": 0, "different_urls": 0, "leading_whitespace": 0,
	   "trailing_whitespace": 0, "different_number_of_email_address": 0, "different_email_address": 0,
	   "different_brackets": 0, "different_numbers": 0, "double_space": 0, "special_placeholder": 0, "tone": 9},
	  "languages": [{"language_id": 1, "language_iso": "en", "progress": 2, "words_to_do": 3, "mood": "good"}]}}`
	for pkg, p := range packages {
		var project lokalise.Project
		if err := p.unmarshal([]byte(text), &project); err != nil {
			t.Fatalf("%s: %v", pkg, err)
		}
		if len(project.Extra) != 2 || string(project.Extra["tomorrow"]) != `{"a": [1, 2.50, null]}` {
			t.Errorf("%s: left over: %s", pkg, project.Extra)
		}
		for _, v := range []any{project, &project} {
			out, err := p.marshal(v)
			if err != nil || !sameJSON(t, string(out), text) {
				t.Errorf("%s: written as %s, %v", pkg, out, err)
			}
		}
		// A value is replaced, not merged.
		if err := p.unmarshal([]byte(`{"name": "m"}`), &project); err != nil || !reflect.DeepEqual(project, lokalise.Project{Name: "m"}) {
			t.Errorf("%s: %+v, %v", pkg, project, err)
		}
		if err := p.unmarshal([]byte(`{"team_id": "many"}`), &project); err == nil || project.Name != "m" {
			t.Errorf("%s: %+v, %v", pkg, project, err)
		}
	}
}
