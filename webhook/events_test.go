package webhook_test

import (
	"context"
	"encoding/json"
	"net/http"
	"reflect"
	"strings"
	"testing"

	"github.com/golokalise/lokalise"
	"github.com/golokalise/lokalise/webhook"
)

// eventCase is one event with the members that its payload has.
type eventCase struct {
	name    lokalise.WebhookEvent
	target  webhook.Event
	members string
}

const (
	userJSON     = `"user": {"email": "ada@example.com", "full_name": "Ada"}`
	branchJSON   = `"branch": {"id": 5, "name": "feature/x"}`
	languageJSON = `"language": {"id": 640, "iso": "en", "name": "English"}`
	keyJSON      = `{"id": 7, "name": "title", "previous_name": null, "base_value": "Hello", "tags": ["a"], "filenames": {"ios": "a.strings"}, "hidden": true, "screenshots": ["3", 4]}`
	taskJSON     = `"task": {"id": 9, "type": "review", "title": "T", "due_date": null, "description": "D"}`
	changeJSON   = `{"id": 8, "value": "new", "previous_value": "old", "is_proofread": true, "segment": 2}`
)

// allEvents lists every event of the documentation with all of its members.
func allEvents() []eventCase {
	return []eventCase{
		{lokalise.EventProjectImported, new(webhook.ProjectImported), `"import": {"filename": "en.json", "format": "json", "inserted": 1, "updated": 2, "skipped": 3}, "import_options": {"replace_line_breaks": true, "convert_placeholders": true, "replace_modified": true, "key_tags": ["t"], "tag_keys_inserted": true, "tag_keys_updated": true, "tag_keys_skipped": true, "detect_icu_plurals": true, "fill_empty_with_keys": true, "hide_from_contributors": true, "diff_by_file": true, "use_tm": true, "cleanup": true}, ` + languageJSON + `, ` + userJSON},
		{lokalise.EventProjectExported, new(webhook.ProjectExported), `"export": {"type": "json", "filename": "b.zip", "platform": "web"}, ` + userJSON},
		{lokalise.EventProjectCopied, new(webhook.ProjectCopied), `"action": "copy", "new_project": {"id": "2.0", "name": "Copy"}, ` + userJSON},
		{lokalise.EventProjectDeleted, new(webhook.ProjectDeleted), userJSON},
		{lokalise.EventSnapshotCreated, new(webhook.SnapshotCreated), userJSON},
		{lokalise.EventBranchAdded, new(webhook.BranchAdded), branchJSON + `, ` + userJSON},
		{lokalise.EventBranchDeleted, new(webhook.BranchDeleted), branchJSON + `, ` + userJSON},
		{lokalise.EventBranchMerged, new(webhook.BranchMerged), branchJSON + `, "target_branch": {"id": "6", "name": "master"}, "affected_keys": {"inserted_count": 1, "updated_count": 2}, ` + userJSON},
		{lokalise.EventLanguagesAdded, new(webhook.LanguagesAdded), `"languages": [{"id": 640, "iso": "en", "name": "English"}], ` + userJSON},
		{lokalise.EventLanguageRemoved, new(webhook.LanguageRemoved), languageJSON + `, ` + userJSON},
		{lokalise.EventLanguageSettingsChanged, new(webhook.LanguageSettingsChanged), languageJSON + `, ` + userJSON},
		{lokalise.EventContributorAdded, new(webhook.ContributorAdded), `"contributor": {"email": "bo@example.com"}, ` + userJSON},
		{lokalise.EventContributorAddedPublic, new(webhook.ContributorAddedPublic), `"contributor": {"email": "bo@example.com"}, ` + userJSON},
		{lokalise.EventContributorDeleted, new(webhook.ContributorDeleted), `"contributor": {"email": "bo@example.com"}, ` + userJSON},
		{lokalise.EventKeyAdded, new(webhook.KeyAdded), `"key": ` + keyJSON + `, ` + userJSON},
		{lokalise.EventKeysAdded, new(webhook.KeysAdded), `"action": "import.file", "keys": [` + keyJSON + `], ` + userJSON},
		{lokalise.EventKeyModified, new(webhook.KeyModified), `"key": ` + keyJSON + `, ` + userJSON},
		{lokalise.EventKeysModified, new(webhook.KeysModified), `"action": "bulk", "keys": [` + keyJSON + `], ` + userJSON},
		{lokalise.EventKeysDeleted, new(webhook.KeysDeleted), `"action": "bulk", "keys": [` + keyJSON + `], ` + userJSON},
		{lokalise.EventKeyCommentAdded, new(webhook.KeyCommentAdded), `"comment": {"value": "Why?"}, "key": ` + keyJSON + `, ` + userJSON},
		{lokalise.EventTranslationUpdated, new(webhook.TranslationUpdated), `"translation": ` + changeJSON + `, ` + languageJSON + `, "key": ` + keyJSON + `, ` + userJSON},
		{lokalise.EventTranslationsUpdated, new(webhook.TranslationsUpdated), `"action": "bulk", "translations": [` + changeJSON + `], ` + userJSON},
		{lokalise.EventTranslationProofread, new(webhook.TranslationProofread), `"translation": ` + changeJSON + `, ` + languageJSON + `, "key": ` + keyJSON + `, ` + userJSON},
		{lokalise.EventTranslationsProofread, new(webhook.TranslationsProofread), `"action": "bulk", "translations": [` + changeJSON + `], ` + userJSON},
		{lokalise.EventTaskCreated, new(webhook.TaskCreated), taskJSON + `, ` + userJSON},
		{lokalise.EventTaskQueued, new(webhook.TaskQueued), taskJSON + `, ` + userJSON},
		{lokalise.EventTaskClosed, new(webhook.TaskClosed), taskJSON + `, ` + userJSON},
		{lokalise.EventTaskDeleted, new(webhook.TaskDeleted), taskJSON + `, ` + userJSON},
		{lokalise.EventTaskLanguageClosed, new(webhook.TaskLanguageClosed), taskJSON + `, ` + languageJSON + `, ` + userJSON},
		{lokalise.EventTaskInitialTMLeverageCalculated, new(webhook.TaskInitialTMLeverageCalculated), `"task": {"id": 9, "title": "T", "description": "D", "initial_tm_leverage": {"fr": {"0%+": 4, "100%": 1}}}`},
		{lokalise.EventOrderCreated, new(webhook.OrderCreated), `"order": {"id": "20260302ABC", "provider": "gengo", "currency": "USD", "total": "4.20", "languages": [{"id": 1, "iso": "fr", "name": "French"}]}, ` + userJSON},
		{lokalise.EventOrderCompleted, new(webhook.OrderCompleted), `"order": {"id": "20260302ABC", "provider": "gengo"}`},
		{lokalise.EventOrderDeleted, new(webhook.OrderDeleted), userJSON},
	}
}

func (c eventCase) body() string {
	return `{"event": "` + string(c.name) + `", "project": {"id": "1.0", "name": "Website"}, "created_at": "2026-03-02 08:15:00", "created_at_timestamp": 1772439300, ` + c.members + `}`
}

// Every event arrives with every member in a field of its own: decoded strictly,
// none is unknown, and none of the fields that the event has stays empty.
func TestEveryEventDecodesWhole(t *testing.T) {
	t.Parallel()
	cases := allEvents()
	if len(cases) != 33 {
		t.Fatalf("%d events, the documentation and the official SDK know 33", len(cases))
	}
	for _, c := range cases {
		t.Run(string(c.name), func(t *testing.T) {
			t.Parallel()
			h := newHandler(t, webhook.Config{})
			h.OnAny(func(_ context.Context, d *webhook.Delivery) error { return d.Decode(c.target) })
			if status := deliver(t, h, secret, c.body()); status != http.StatusOK {
				t.Fatalf("status %d", status)
			}
			if c.target.Name() != c.name {
				t.Errorf("the type is for %s", c.target.Name())
			}
			assertMembers(t, c)
		})
	}
}

// assertMembers checks that each member of the payload reached a field.
func assertMembers(t *testing.T, c eventCase) {
	t.Helper()
	var members map[string]json.RawMessage
	if err := json.Unmarshal([]byte(c.body()), &members); err != nil {
		t.Fatal(err)
	}
	fields := map[string]reflect.Value{}
	collectFields(reflect.ValueOf(c.target).Elem(), fields)
	for name := range members {
		field, ok := fields[name]
		if !ok || field.IsZero() {
			t.Errorf("member %s did not reach a field", name)
		}
	}
	for name := range fields {
		if _, ok := members[name]; !ok {
			t.Errorf("field %s has no member in the test's payload", name)
		}
	}
}

func collectFields(v reflect.Value, fields map[string]reflect.Value) {
	for i := range v.NumField() {
		f := v.Type().Field(i)
		if f.Anonymous {
			collectFields(v.Field(i), fields)
			continue
		}
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		fields[name] = v.Field(i)
	}
}

func TestPHPArraysForEmptyObjects(t *testing.T) {
	t.Parallel()
	var imported webhook.ProjectImported
	if err := json.Unmarshal([]byte(`{"import_options": []}`), &imported); err != nil {
		t.Error(err)
	}
	var key webhook.KeyAdded
	if err := json.Unmarshal([]byte(`{"key": {"filenames": [] }}`), &key); err != nil {
		t.Error(err)
	}
	var task webhook.TaskInitialTMLeverageCalculated
	if err := json.Unmarshal([]byte(`{"task": {"initial_tm_leverage": {"fr": [], "de": {"0%+": 2}}}}`), &task); err != nil {
		t.Error(err)
	}
	if got := task.Task.InitialTMLeverage; len(got) != 2 || got["de"]["0%+"] != 2 {
		t.Errorf("got %v", got)
	}
	if err := json.Unmarshal([]byte(`{"task": {"initial_tm_leverage": []}}`), &task); err != nil {
		t.Error(err)
	}
}
