package fidelity_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"testing"

	"github.com/golokalise/lokalise/sandbox"
)

// noBranch is a difference of answers about a project that has branching off:
// the recordings are of one that has it on.
const noBranch = "branch is missing (recorded: string)"

// times are members that these lists of keys lack, and that every recording
// since 2020 has.
var times = []string{
	"keys[].modified_at was not recorded (string)", "keys[].modified_at_timestamp was not recorded (number)",
	"keys[].translations_modified_at was not recorded (string)", "keys[].translations_modified_at_timestamp was not recorded (number)",
}

// noPlace lists how a key differs whose place on a screenshot is not known:
// the sandbox does not read pictures.
func noPlace(screenshot string) []string {
	known := []string{noBranch, screenshot + ".keys[].coordinates is null (recorded: object)"}
	for _, member := range []string{"height", "left", "top", "width"} {
		known = append(known, screenshot+".keys[].coordinates."+member+" is missing (recorded: number)")
	}
	return known
}

// picture is a PNG of one pixel.
const picture = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="

// content is a project with a key, and ids of what hangs on it.
type content struct {
	t                                             *testing.T
	box                                           *sandbox.Server
	project                                       string // path
	key, comment, screenshot, translation, status int64
}

func newContent(t *testing.T, project map[string]any) *content {
	t.Helper()
	c := &content{t: t, box: sandbox.Start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())}
	var made struct {
		ID string `json:"project_id"`
	}
	c.project = "/api2/projects"
	c.post("", project, &made)
	c.project += "/" + made.ID
	var keys struct {
		Keys []struct {
			ID           int64 `json:"key_id"`
			Translations []struct {
				ID int64 `json:"translation_id"`
			}
			Comments []struct {
				ID int64 `json:"comment_id"`
			}
		}
	}
	c.post("/keys", map[string]any{"keys": []any{newKey("first")}}, &keys)
	k := keys.Keys[0]
	c.key, c.translation, c.comment = k.ID, k.Translations[0].ID, k.Comments[0].ID
	var shots struct {
		Screenshots []struct {
			ID int64 `json:"screenshot_id"`
		}
	}
	c.post("/screenshots", newScreenshot(c.key), &shots)
	c.screenshot = shots.Screenshots[0].ID
	var status struct {
		Status struct {
			ID int64 `json:"status_id"`
		} `json:"custom_translation_status"`
	}
	c.post("/custom_translation_statuses", newStatus, &status)
	c.status = status.Status.ID
	return c
}

var newStatus = map[string]any{"title": "x", "color": "#344563"}

func newKey(name string) map[string]any {
	return map[string]any{
		"key_name": name, "platforms": []string{"web"}, "comments": []any{map[string]any{"comment": "x"}},
		"translations": []any{map[string]any{"language_iso": "en", "translation": "One. Two."}},
	}
}

func newScreenshot(keyID int64) map[string]any {
	return map[string]any{"screenshots": []any{map[string]any{"data": picture, "tags": []string{"x"}, "key_ids": []int64{keyID}}}}
}

func (c *content) post(path string, body map[string]any, into any) {
	c.t.Helper()
	answer := send(c.t, c.box, comparison{method: http.MethodPost, path: c.project + path, body: body, status: http.StatusOK})
	if err := json.Unmarshal(answer, into); err != nil {
		c.t.Fatal(err)
	}
}

// same compares an answer with a recording. Every project of the recordings
// has branching on unless known says otherwise.
func (c *content) same(recorded, method, path string, body map[string]any, known ...string) {
	c.t.Helper()
	compare(c.t, c.box, comparison{recorded: recorded, method: method, path: c.project + path, body: body, status: http.StatusOK, known: known})
}

func TestKeysHaveTheRecordedShape(t *testing.T) {
	t.Parallel()
	c := newContent(t, map[string]any{"name": "x"})
	key := fmt.Sprintf("/keys/%d", c.key)
	c.same("keys/list.json", http.MethodGet, "/keys", nil, times...)
	c.same("keys/list_pagination.json", http.MethodGet, "/keys?limit=1", nil, times...)
	c.same("keys/list_cursor_pagination.json", http.MethodGet, "/keys?pagination=cursor", nil, times...)
	plain := newKey("second")
	delete(plain, "comments")
	// Every other recording of errors has a list.
	c.same("keys/create.json", http.MethodPost, "/keys", map[string]any{"keys": []any{plain}}, noBranch, "errors is array (recorded: string)")
	plain["key_name"] = "third"
	c.same("keys/create_errors.json", http.MethodPost, "/keys", map[string]any{"keys": []any{plain, plain}}, noBranch)
	c.same("keys/retrieve.json", http.MethodGet, key, nil, noBranch)
	c.same("keys/update.json", http.MethodPut, key, map[string]any{"description": "y"}, noBranch)
	c.same("keys/update_bulk.json", http.MethodPut, "/keys", map[string]any{"keys": []any{map[string]any{"key_id": c.key, "is_hidden": true}}}, noBranch)
	c.same("keys/delete.json", http.MethodDelete, key, nil, noBranch)
	c.same("keys/bulk_delete.json", http.MethodDelete, "/keys", map[string]any{"keys": []int64{c.key}}, noBranch)
}

func TestTranslationsHaveTheRecordedShape(t *testing.T) {
	t.Parallel()
	c := newContent(t, map[string]any{"name": "x"})
	one := fmt.Sprintf("/translations/%d", c.translation)
	c.same("translations/list.json", http.MethodGet, "/translations", nil, noBranch)
	c.same("translations/list_pagination.json", http.MethodGet, "/translations?limit=1", nil, noBranch)
	c.same("translations/list_cursor_pagination.json", http.MethodGet, "/translations?pagination=cursor", nil, noBranch)
	c.same("translations/retrieve.json", http.MethodGet, one, nil, noBranch)
	c.same("translations/update.json", http.MethodPut, one, map[string]any{"translation": "x"}, noBranch)
	status := fmt.Sprintf("/custom_translation_statuses/%d", c.status)
	c.same("translation_statuses/list.json", http.MethodGet, "/custom_translation_statuses", nil, noBranch)
	c.same("translation_statuses/colors.json", http.MethodGet, "/custom_translation_statuses/colors", nil)
	c.same("translation_statuses/create.json", http.MethodPost, "/custom_translation_statuses", newStatus, noBranch)
	c.same("translation_statuses/retrieve.json", http.MethodGet, status, nil, noBranch)
	c.same("translation_statuses/update.json", http.MethodPut, status, map[string]any{"title": "y"}, noBranch)
	c.same("translation_statuses/delete.json", http.MethodDelete, status, nil, noBranch)
}

func TestLanguagesHaveTheRecordedShape(t *testing.T) {
	t.Parallel()
	c := newContent(t, map[string]any{"name": "x"})
	// Seen in a fixture of an official SDK only.
	const noUUID = "project_language_uuid is missing (recorded: string)"
	c.same("languages/list.json", http.MethodGet, "/languages", nil, noBranch)
	c.same("languages/list_pagination.json", http.MethodGet, "/languages?limit=1", nil, noBranch, "languages[]."+noUUID)
	c.same("languages/create.json", http.MethodPost, "/languages", map[string]any{"languages": []any{map[string]any{"lang_iso": "ak"}}}, noBranch)
	c.same("languages/retrieve.json", http.MethodGet, "/languages/640", nil, noBranch, "language."+noUUID)
	c.same("languages/update.json", http.MethodPut, "/languages/910", map[string]any{"lang_name": "y"}, noBranch)
	c.same("languages/delete.json", http.MethodDelete, "/languages/910", nil, noBranch)
	compare(t, c.box, comparison{recorded: "languages/list_system.json", method: http.MethodGet, path: "/api2/system/languages", status: http.StatusOK})
}

func TestCommentsAndScreenshotsHaveTheRecordedShape(t *testing.T) {
	t.Parallel()
	c := newContent(t, map[string]any{"name": "x"})
	comments := fmt.Sprintf("/keys/%d/comments", c.key)
	c.same("comments/project_comments.json", http.MethodGet, "/comments", nil, noBranch)
	c.same("comments/key_comments.json", http.MethodGet, comments, nil, noBranch)
	c.same("comments/create_key_comment.json", http.MethodPost, comments, map[string]any{"comments": []any{map[string]any{"comment": "y"}}}, noBranch)
	c.same("comments/key_comment.json", http.MethodGet, fmt.Sprintf("%s/%d", comments, c.comment), nil, noBranch)
	c.same("comments/delete_key_comment.json", http.MethodDelete, fmt.Sprintf("%s/%d", comments, c.comment), nil, noBranch)
	screenshot := fmt.Sprintf("/screenshots/%d", c.screenshot)
	c.same("screenshots/list.json", http.MethodGet, "/screenshots", nil, noPlace("screenshots[]")...)
	c.same("screenshots/create.json", http.MethodPost, "/screenshots", newScreenshot(c.key), noBranch)
	c.same("screenshots/retrieve.json", http.MethodGet, screenshot, nil, noPlace("screenshot")...)
	c.same("screenshots/update.json", http.MethodPut, screenshot, map[string]any{"title": "y"}, noBranch)
	c.same("screenshots/delete.json", http.MethodDelete, screenshot, nil, noBranch)
}

func TestSegmentsHaveTheRecordedShape(t *testing.T) {
	t.Parallel()
	c := newContent(t, map[string]any{"name": "x", "is_segmentation_enabled": true})
	segments := fmt.Sprintf("/keys/%d/segments/en", c.key)
	c.same("segments/list.json", http.MethodGet, segments, nil)
	c.same("segments/retrieve.json", http.MethodGet, segments+"/1", nil)
	c.same("segments/update.json", http.MethodPut, segments+"/1", map[string]any{"value": "y"})
}
