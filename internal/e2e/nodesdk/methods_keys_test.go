package nodesdk_test

import (
	"encoding/json"
	"fmt"

	"github.com/golokalise/lokalise/internal/e2e/jsontest"
)

// someKey makes a key with an English text of two sentences.
func someKey(api object, project any, name string) json.RawMessage {
	api.sdk.Helper()
	return api.call("keys.create", params{"keys": list{params{
		"key_name": name, "platforms": list{"web"}, "translations": list{params{"language_iso": "en", "translation": "One. Two."}},
	}}}, in(project)).at("items.0.key_id")
}

func driveKeys(s *sdk, api object) {
	made := api.call("keys.create", params{"keys": list{
		params{
			"key_name": params{"ios": "i", "android": "a", "web": "w", "other": "o"}, "platforms": list{"web", "ios"}, "tags": list{"ours"},
			"description": "A key", "translations": list{params{"language_iso": "de", "translation": "Schlüssel"}},
		},
		params{"key_name": "welcome.title", "platforms": list{"ios"}, "filenames": params{"ios": "app.json"}},
	}}, in(mobileID))
	// A name that is taken refuses its key alone.
	made.has("items.#", "1", "items.0.key_name.web", `"w"`, "items.0.description", `"A key"`, "errors.#", "1", "errors.0.key_name.ios", `"welcome.title"`)
	id := made.at("items.0.key_id")
	api.call("keys.get", id, params{"project_id": mobileID, "disable_references": 1}).has("tags", `["ours"]`, "translations.#", "4")
	api.call("keys.list", params{"project_id": mobileID, "filter_tags": "ours", "include_translations": 1}).
		lists("CursorPaginatedResult", "Key", 1).has("items.0.key_id", string(id), "items.0.translations.#", "4", "totalResults", "1")
	api.call("keys.update", id, params{"description": "", "tags": list{"theirs"}, "merge_tags": true}, in(mobileID)).
		has("description", `""`, "tags", `["ours", "theirs"]`)
	walkKeys(s, api)
	api.call("keys.delete", id, in(mobileID)).has("key_removed", "true")
	api.call("keys.get", id, in(mobileID)).missing()
}

// walkKeys goes through all keys, page by page, as the SDK's cursors say.
func walkKeys(s *sdk, api object) {
	s.Helper()
	page := api.call("keys.list", params{"project_id": mobileID, "pagination": "cursor", "limit": 5})
	seen := map[string]bool{}
	for n := 0; ; n++ {
		page.succeeded()
		var got struct {
			Items []struct {
				ID json.Number `json:"key_id"`
			}
			NextCursor string `json:"nextCursor"`
		}
		page.decode(&got)
		for _, k := range got.Items {
			seen[k.ID.String()] = true
		}
		var asked struct {
			HasNextCursor bool `json:"hasNextCursor"`
		}
		if err := json.Unmarshal(page.Questions, &asked); err != nil {
			s.Fatal(err)
		}
		if !asked.HasNextCursor || n > len(seen) {
			break
		}
		page = api.call("keys.list", params{"project_id": mobileID, "pagination": "cursor", "limit": 5, "cursor": got.NextCursor})
	}
	if len(seen) != 13 {
		s.Errorf("cursors led to %d keys, want those of the seed and one more", len(seen))
	}
}

func driveKeysInBulk(s *sdk, api object) {
	one, two := someKey(api, websiteID, "bulk.one"), someKey(api, websiteID, "bulk.two")
	api.call("keys.bulk_update", params{"keys": list{
		params{"key_id": one, "description": "Both", "translations": list{params{"language_iso": "es", "translation": "Uno"}}},
		params{"key_id": two, "is_hidden": true},
		params{"key_id": 1, "description": "Nobody"},
	}}, in(websiteID)).has("items.#", "2", "items.0.description", `"Both"`, "items.1.is_hidden", "true", "errors.#", "1")
	api.call("keys.list", params{"project_id": websiteID, "filter_keys": "bulk.one,bulk.two"}).has("items.#", "2")
	api.call("keys.bulk_delete", list{one, two}, in(websiteID)).has("keys_removed", "true", "keys_locked", "0")
	api.call("keys.get", one, in(websiteID)).missing()
	api.call("keys.list", params{"project_id": websiteID, "filter_keys": "bulk.one,bulk.two"}).has("items.#", "0")
}

func driveTranslations(s *sdk, api object) {
	german := params{"project_id": mobileID, "filter_lang_id": 20018, "filter_is_reviewed": 0, "limit": 1}
	listed := api.call("translations.list", german).lists("CursorPaginatedResult", "Translation", 1).
		has("items.0.language_iso", `"de"`, "items.0.is_reviewed", "false")
	id := listed.at("items.0.translation_id")
	api.call("translations.update", id, params{"translation": "Neu", "is_reviewed": true}, in(mobileID)).
		has("translation", `"Neu"`, "is_reviewed", "true", "modified_by", fmt.Sprint(ownerID), "reviewed_by", fmt.Sprint(ownerID))
	api.call("translations.get", id, params{"project_id": mobileID, "disable_references": 1}).has("translation", `"Neu"`, "words", "1")
	first := api.call("translations.list", params{"project_id": mobileID, "pagination": "cursor", "limit": 47})
	jsontest.AssertMatch(s, first.Questions, `{"hasNextCursor": true}`)
	api.call("translations.list", params{"project_id": mobileID, "pagination": "cursor", "cursor": first.at("nextCursor"), "limit": 47}).
		lists("CursorPaginatedResult", "Translation", 1).has("nextCursor", "null")
}

func driveStatuses(s *sdk, api object) {
	api.call("translationStatuses.available_colors", in(mobileID)).has("colors.0", `"~#[0-9a-f]{6}"`)
	api.call("translationStatuses.create", params{"title": "Another", "color": "#61bd4f"}, in(mobileID))
	id := api.call("translationStatuses.create", params{"title": "Checked", "color": "#61bd4f"}, in(mobileID)).
		has("title", `"Checked"`, "color", `"#61bd4f"`).at("status_id")
	api.call("translationStatuses.list", secondOfTwo(in(mobileID))).paged("TranslationStatus").has("items.0.title", `"Checked"`)
	api.call("translationStatuses.update", id, params{"title": "Proofread", "color": "#f2d600"}, in(mobileID)).has("title", `"Proofread"`)
	api.call("translationStatuses.get", id, in(mobileID)).has("title", `"Proofread"`, "color", `"#f2d600"`)
	translation := api.call("translations.list", params{"project_id": mobileID, "limit": 1}).at("items.0.translation_id")
	api.call("translations.update", translation, params{"translation": "x", "custom_translation_status_ids": list{id}}, in(mobileID)).
		has("custom_translation_statuses.0.title", `"Proofread"`)
	api.call("translationStatuses.delete", id, in(mobileID)).has("custom_translation_status_deleted", "true")
	api.call("translationStatuses.get", id, in(mobileID)).missing()
	api.call("translations.get", translation, in(mobileID)).has("custom_translation_statuses", "[]")
}

func driveSegments(s *sdk, api object) {
	project := api.call("projects.create", params{"name": "Parts", "is_segmentation_enabled": true, "languages": list{params{"lang_iso": "en"}}}).at("project_id")
	key := someKey(api, project, "parts")
	of := func() params { return params{"project_id": project, "key_id": key, "language_iso": "en"} }
	api.call("segments.list", of()).has("0.value", `"~One\\. ?"`, "#", "2", "0.segment_number", "1")
	api.call("segments.update", 2, params{"value": "Three.", "is_reviewed": true}, of()).has("value", `"Three."`, "is_reviewed", "true")
	api.call("segments.get", 2, of()).has("value", `"Three."`, "segment_number", "2")
	reviewed := of()
	reviewed["filter_is_reviewed"] = 1
	api.call("segments.list", reviewed).has("#", "1", "0.segment_number", "2")
	api.call("translations.list", in(project)).has("items.0.translation", `"One. Three."`)
}
