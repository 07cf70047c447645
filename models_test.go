package lokalise_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
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

// recordedEnv names the folder of the recorded responses, where there is one.
const recordedEnv = "LOKALISE_RECORDED"

// TestRecordedProjects decodes what the real service sent and encodes it again.
func TestRecordedProjects(t *testing.T) {
	t.Parallel()
	files := map[string]func() any{
		"create.json":          func() any { return new(lokalise.Project) },
		"delete.json":          func() any { return new(lokalise.ProjectDeleted) },
		"empty.json":           func() any { return new(lokalise.ProjectEmptied) },
		"list.json":            func() any { return new(projectList) },
		"list_pagination.json": func() any { return new(projectList) },
		"retrieve.json":        func() any { return new(lokalise.Project) },
		"update.json":          func() any { return new(lokalise.Project) },
	}
	dir := recordedDir(t)
	for name, model := range files {
		text, err := os.ReadFile(filepath.Join(dir, "projects", name))
		if err != nil {
			t.Fatal(err)
		}
		v := model()
		if err := json.Unmarshal(text, v); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if bytes.Contains(must(json.Marshal(extras(v))), []byte(":")) {
			t.Errorf("%s: left over: %s", name, must(json.Marshal(extras(v))))
		}
		if out := must(json.Marshal(v)); !sameJSON(t, string(out), string(text)) {
			t.Errorf("%s: written as %s", name, out)
		}
	}
}

type projectList struct {
	Projects []lokalise.Project `json:"projects"`
}

// extras collects what no field of a model took.
func extras(v any) []map[string]json.RawMessage {
	var all []map[string]json.RawMessage
	switch v := v.(type) {
	case *projectList:
		for i := range v.Projects {
			all = append(all, extras(&v.Projects[i])...)
		}
	case *lokalise.ProjectDeleted:
		all = append(all, v.Extra)
	case *lokalise.ProjectEmptied:
		all = append(all, v.Extra)
	case *lokalise.Project:
		settings, _ := v.Settings.Get()
		statistics, _ := v.Statistics.Get()
		all = append(all, v.Extra, settings.Extra, statistics.Extra, statistics.QAIssues.Extra)
		for _, l := range statistics.Languages {
			all = append(all, l.Extra)
		}
	}
	return all
}

func must(text []byte, err error) []byte {
	if err != nil {
		panic(err)
	}
	return text
}

// recordedDir returns the folder of the responses that were recorded from the
// real service, which are not part of this repository.
func recordedDir(t *testing.T) string {
	t.Helper()
	dir := os.Getenv(recordedEnv)
	if dir == "" {
		t.Skipf("%s does not name the folder of the recorded responses", recordedEnv)
	}
	return dir
}
