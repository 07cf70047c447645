package nodesdk_test

import (
	"fmt"
	"time"

	"github.com/golokalise/lokalise/internal/e2e/jsontest"
)

// long is more than any process takes on the sandbox's clock, and less than a
// token lives.
const long = time.Minute

// paged checks what the SDK makes of the headers of the last page of two, which
// has one item.
func (a answer) paged(items string) answer {
	a.tb.Helper()
	a.lists("PaginatedResult", items, 1).has("totalPages", "2", "resultsPerPage", "1", "currentPage", "2", "totalResults", "2")
	jsontest.AssertMatch(a.tb, a.Questions, `{
		"hasNextPage": false, "hasPrevPage": true, "isLastPage": true, "isFirstPage": false, "nextPage": 2, "prevPage": 1
	}`)
	return a
}

// secondOfTwo are the parameters of such a page.
func secondOfTwo(of params) params {
	of["limit"], of["page"] = 1, 2
	return of
}

func driveProjects(s *sdk, api object) {
	made := api.call("projects.create", params{"name": "Ours", "description": "Made", "languages": list{params{"lang_iso": "de"}}, "base_lang_iso": "de"})
	made.has("name", `"Ours"`, "base_language_iso", `"de"`, "settings.reviewing", "true")
	id := made.at("project_id")
	api.call("projects.list", params{"filter_names": "Ours", "include_statistics": 0}).
		lists("PaginatedResult", "Project", 1).has("items.0.project_id", string(id), "items.0.description", `"Made"`)
	api.call("projects.update", id, params{"name": "Theirs", "description": ""}).has("name", `"Theirs"`)
	api.call("keys.create", params{"keys": list{params{"key_name": "k", "platforms": list{"web"}}}}, in(id)).has("items.#", "1")
	api.call("projects.get", id).has("name", `"Theirs"`, "statistics.keys_total", "1")
	api.call("projects.empty", id).has("keys_deleted", "true")
	api.call("projects.get", id).has("statistics.keys_total", "0")
	api.call("projects.delete", id).has("project_deleted", "true")
	api.call("projects.get", id).missing()
}

func driveLanguages(s *sdk, api object) {
	api.call("languages.system_languages", params{"limit": 3}).lists("PaginatedResult", "Language", 3).has("items.0.plural_forms.0", `"~.+"`)
	made := api.call("languages.create", list{params{"lang_iso": "it", "custom_iso": "it-x", "custom_name": "Ours"}, params{"lang_iso": "nowhere"}}, in(websiteID))
	made.is("Object", `{
		"errors": [{"message": "~.+", "code": 400, "lang_iso": "nowhere"}],
		"items": [{"lang_id": "#", "lang_iso": "it-x", "lang_name": "Ours", "is_rtl": false, "plural_forms": ["one", "many", "other"]}]
	}`)
	id := made.at("items.0.lang_id")
	api.call("languages.list", in(websiteID)).lists("PaginatedResult", "Language", 4)
	api.call("languages.update", id, params{"lang_name": "Nostro", "plural_forms": list{"one", "other"}}, in(websiteID)).
		has("lang_name", `"Nostro"`, "plural_forms.#", "2")
	api.call("languages.get", id, in(websiteID)).has("lang_name", `"Nostro"`, "lang_iso", `"it-x"`)
	api.call("languages.delete", id, in(websiteID)).has("language_deleted", "true")
	api.call("languages.get", id, in(websiteID)).missing()
}

func driveBranches(s *sdk, api object) {
	made := api.call("branches.create", params{"name": "next"}, in(mobileID)).has("name", `"next"`, "created_by", fmt.Sprint(ownerID))
	id := made.at("branch_id")
	api.call("branches.list", secondOfTwo(in(mobileID))).paged("Branch").has("items.0.name", `"next"`)
	api.call("branches.update", id, params{"name": "soon"}, in(mobileID)).has("name", `"soon"`)
	api.call("branches.get", id, in(mobileID)).has("name", `"soon"`, "branch_id", string(id))
	key := params{"key_name": "branched", "platforms": list{"web"}}
	api.call("keys.create", params{"keys": list{key}}, in(mobileID+":soon")).has("items.#", "1")
	named := params{"project_id": mobileID, "filter_keys": "branched"}
	api.call("keys.list", named).has("items.#", "0")
	api.call("branches.merge", id, in(mobileID), params{"force_conflict_resolve_using": "target"}).
		has("branch_merged", "true", "branch.name", `"soon"`, "target_branch.name", `"master"`)
	api.call("keys.list", named).has("items.#", "1")
	api.call("branches.delete", id, in(mobileID)).has("branch_deleted", "true")
	api.call("branches.get", id, in(mobileID)).missing()
	api.call("keys.list", in(mobileID+":soon")).missing()
}

func driveSnapshots(s *sdk, api object) {
	api.call("snapshots.create", params{"title": "First"}, in(websiteID))
	id := api.call("snapshots.create", params{"title": "Before"}, in(websiteID)).has("title", `"Before"`).at("snapshot_id")
	api.call("snapshots.list", secondOfTwo(in(websiteID))).paged("Snapshot").has("items.0.title", `"Before"`)
	api.call("projects.empty", websiteID)
	restored := api.call("snapshots.restore", id, in(websiteID)).has("team_id", fmt.Sprint(teamID)).at("project_id")
	api.call("keys.list", in(restored)).lists("CursorPaginatedResult", "Key", 12)
	api.call("keys.list", in(websiteID)).has("items.#", "0")
	api.call("snapshots.delete", id, in(websiteID)).has("snapshot_deleted", "true")
	api.call("snapshots.restore", id, in(websiteID)).missing()
}

func driveWebhooks(s *sdk, api object) {
	body := params{
		"url": "http://localhost:1/hook", "events": list{"project.translation.updated", "project.key.added"}, "branch": "master",
		"event_lang_map": list{params{"event": "project.translation.updated", "lang_iso_codes": list{"de"}}},
	}
	api.call("webhooks.create", params{"url": "http://localhost:1/", "events": list{"project.key.added"}}, in(mobileID)).has("branch", "null")
	made := api.call("webhooks.create", body, in(mobileID)).
		has("url", `"http://localhost:1/hook"`, "branch", `"master"`, "events.#", "2", "event_lang_map.0.lang_iso_codes", `["de"]`)
	id, secret := made.at("webhook_id"), made.at("secret")
	api.call("webhooks.list", secondOfTwo(in(mobileID))).paged("Webhook").has("items.0.webhook_id", string(id))
	api.call("webhooks.update", id, params{"url": "http://localhost:1/moved", "events": list{"project.key.added"}}, in(mobileID)).
		has("url", `"http://localhost:1/moved"`, "events.#", "1", "secret", string(secret))
	fresh := api.call("webhooks.regenerate_secret", id, in(mobileID)).at("secret")
	if string(fresh) == string(secret) {
		s.Error("the secret of the webhook is the same as before")
	}
	api.call("webhooks.get", id, in(mobileID)).has("secret", string(fresh), "url", `"http://localhost:1/moved"`)
	api.call("webhooks.delete", id, in(mobileID)).has("webhook_deleted", "true")
	api.call("webhooks.get", id, in(mobileID)).missing()
}
