package nodesdk_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"

	"github.com/golokalise/lokalise/internal/e2e/jsontest"
)

// picture is a PNG of one pixel.
const picture = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="

func driveComments(s *sdk, api object) {
	key := someKey(api, websiteID, "commented")
	of := func() params { return params{"project_id": websiteID, "key_id": key} }
	made := api.call("comments.create", list{params{"comment": "First"}, params{"comment": "Second"}}, of())
	made.has("#", "2", "0.comment", `"First"`, "1.added_by", fmt.Sprint(ownerID))
	id := made.at("1.comment_id")
	api.call("comments.list", secondOfTwo(of())).paged("Comment").has("items.0.comment", `"Second"`)
	api.call("comments.get", id, of()).has("comment", `"Second"`, "key_id", string(key))
	api.call("comments.list_project_comments", in(websiteID)).lists("PaginatedResult", "Comment", 3)
	api.call("comments.delete", id, of()).has("comment_deleted", "true")
	api.call("comments.get", id, of()).missing()
	api.call("comments.list_project_comments", in(websiteID)).has("items.#", "2")
}

func driveScreenshots(s *sdk, api object) {
	key := someKey(api, websiteID, "pictured")
	made := api.call("screenshots.create", list{
		params{"data": picture, "title": "One", "key_ids": list{key}, "tags": list{"tiny"}},
		params{"data": picture, "title": "Two"},
		params{"data": "data:image/png;base64,bm9uZQ==", "title": "Broken"},
	}, in(websiteID))
	made.has("items.#", "2", "items.0.title", `"One"`, "items.0.width", "1", "items.0.key_ids", "["+string(key)+"]", "errors.#", "1")
	id := made.at("items.0.screenshot_id")
	api.call("screenshots.list", secondOfTwo(in(websiteID))).paged("Screenshot").has("items.0.title", `"Two"`)
	api.call("screenshots.update", id, params{"title": "Uno", "key_ids": list{}, "tags": list{"large"}}, in(websiteID)).has("title", `"Uno"`)
	api.call("screenshots.get", id, in(websiteID)).has("title", `"Uno"`, "key_ids", "[]", "screenshot_tags", `["large"]`)
	api.call("screenshots.delete", id, in(websiteID)).has("screenshot_deleted", "true")
	api.call("screenshots.get", id, in(websiteID)).missing()
}

func driveGlossary(s *sdk, api object) {
	term := func(text string) params {
		return params{
			"term": text, "description": "A word", "caseSensitive": true, "translatable": true, "forbidden": false,
			"translations": list{params{"langId": 20018, "translation": "Wort"}}, "tags": list{"x"},
		}
	}
	made := api.call("glossaryTerms.create", params{"terms": list{term("word")}}, in(mobileID))
	made.has("items.#", "1", "items.0.term", `"word"`, "items.0.translations.2.translation", `"Wort"`, "errors", "[]")
	id := made.at("items.0.id")
	api.call("glossaryTerms.update", params{"terms": list{params{"id": id, "term": "words", "forbidden": true}}}, in(mobileID)).
		has("items.0.term", `"words"`, "items.0.forbidden", "true")
	api.call("glossaryTerms.get", id, in(mobileID)).has("term", `"words"`, "description", `"A word"`)
	first := api.call("glossaryTerms.list", params{"project_id": mobileID, "limit": 5}).lists("CursorPaginatedResult", "GlossaryTerm", 5)
	jsontest.AssertMatch(s, first.Questions, `{"hasNextCursor": true}`)
	api.call("glossaryTerms.list", params{"project_id": mobileID, "limit": 5, "cursor": first.at("nextCursor")}).
		lists("CursorPaginatedResult", "GlossaryTerm", 1).has("items.0.term", `"words"`)
	api.call("glossaryTerms.delete", list{id, 1}, in(mobileID)).has("deleted.ids", "["+string(id)+"]", "failed.#", "1")
	api.call("glossaryTerms.get", id, in(mobileID)).missing()
}

func driveTasks(s *sdk, api object) {
	key := someKey(api, websiteID, "work")
	body := func(title string) params {
		return params{
			"title": title, "description": "All", "due_date": "2040-01-02 03:04:05", "keys": list{key}, "auto_close_items": true,
			"languages": list{params{"language_iso": "es", "users": list{ownerID}}},
		}
	}
	api.call("tasks.create", body("First"), in(websiteID))
	made := api.call("tasks.create", body("Work"), in(websiteID))
	made.has("title", `"Work"`, "status", `"created"`, "due_date", `"~2040-01-02 03:04:05.*"`, "languages.0.users.0.user_id", fmt.Sprint(ownerID), "keys_count", "1")
	id := made.at("task_id")
	api.call("tasks.list", secondOfTwo(in(websiteID))).paged("Task").has("items.0.title", `"Work"`)
	api.call("tasks.list", params{"project_id": websiteID, "filter_title": "Wor"}).lists("PaginatedResult", "Task", 1)
	api.call("tasks.update", id, params{"title": "Finished", "close_task": true}, in(websiteID)).has("title", `"Finished"`, "status", `"completed"`)
	api.call("tasks.get", id, in(websiteID)).has("completed_by", fmt.Sprint(ownerID), "progress", anyNumber)
	api.call("tasks.list", params{"project_id": websiteID, "filter_statuses": "completed"}).lists("PaginatedResult", "Task", 1)
	api.call("tasks.delete", id, in(websiteID)).has("task_deleted", "true")
	api.call("tasks.get", id, in(websiteID)).missing()
}

func driveFiles(s *sdk, api object) {
	project := api.call("projects.create", params{
		"name": "Pages", "project_type": "paged_documents", "languages": list{params{"lang_iso": "en"}, params{"lang_iso": "de"}},
	}).at("project_id")
	upload := func(name, content string) json.RawMessage {
		data := base64.StdEncoding.EncodeToString([]byte(content))
		return api.call("files.upload", project, params{"data": data, "filename": name, "lang_iso": "en", "tags": list{"loaded"}}).
			has("status", `"queued"`, "type", `"file-import"`).at("process_id")
	}
	upload("a.json", `{"a":"A"}`)
	process := upload("b.json", `{"b":"B","c":"C"}`)
	s.box.Clock().Advance(long)
	of := func() params { return params{"project_id": project} }
	api.call("queuedProcesses.get", process, of()).
		has("status", `"finished"`, "details.files.0.key_count_inserted", "2", "details.files.0.name_original", `"b.json"`)
	api.call("queuedProcesses.list", secondOfTwo(of())).paged("QueuedProcess")
	api.call("keys.list", params{"project_id": project, "filter_tags": "loaded"}).has("items.#", "3")
	id := api.call("files.list", secondOfTwo(of())).paged("File").has("items.0.filename", `"b.json"`, "items.0.key_count", "2").at("items.0.file_id")

	api.call("files.download", project, params{"format": "json", "original_filenames": false}).
		has("bundle_url", `"~http.*\\.zip.*"`, "responseTooBig", "false")
	process = api.call("files.async_download", project, params{"format": "json"}).at("process_id")
	s.box.Clock().Advance(long)
	api.call("queuedProcesses.get", process, of()).
		has("status", `"finished"`, "details.download_url", `"~http.*"`, "details.total_number_of_keys", "3")

	api.call("files.delete", id, of()).has("file_deleted", "true")
	api.call("files.list", of()).lists("PaginatedResult", "File", 1).has("items.0.filename", `"a.json"`)
	api.call("keys.list", of()).has("items.#", "1")
	// Only an assistant of Lokalise can fill the file storage.
	api.call("files.uploadFromFss", project, params{"fss_file_id": "none", "filename": "c.json", "lang_iso": "en"}).
		fails("ApiError", apiError(400, "Invalid `fss_file_id` parameter"))
}
