package sandbox_test

import (
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/golokalise/lokalise/sandbox"
	"github.com/golokalise/lokalise/sandbox/internal/state"
)

type taskLanguage struct {
	ISO   *string `json:"language_iso"`
	Users []struct {
		ID       int64  `json:"user_id"`
		Email    string `json:"email"`
		Fullname string `json:"fullname"`
	} `json:"users"`
	Groups      []any   `json:"groups"`
	Keys        []int64 `json:"keys"`
	Status      string  `json:"status"`
	Progress    int     `json:"progress"`
	Leverage    any     `json:"initial_tm_leverage"`
	KeysCount   int     `json:"keys_count"`
	WordsCount  int     `json:"words_count"`
	CompletedBy *int64  `json:"completed_by"`
}

type task struct {
	ID          int64          `json:"task_id"`
	Title       string         `json:"title"`
	CanBeParent bool           `json:"can_be_parent"`
	Type        string         `json:"task_type"`
	ParentID    *int64         `json:"parent_task_id"`
	Status      string         `json:"status"`
	Progress    int            `json:"progress"`
	DueDate     *string        `json:"due_date"`
	KeysCount   int            `json:"keys_count"`
	WordsCount  int            `json:"words_count"`
	Source      string         `json:"source_language_iso"`
	Languages   []taskLanguage `json:"languages"`
	CompletedBy *int64         `json:"completed_by"`
}

const tasksPath = "/projects/" + mobileApp + "/tasks"

// tasked starts a sandbox with two keys of five words, and a receiver of
// everything that happens to tasks.
func tasked(tb testing.TB) (b *box, r *receiver, keys []int64) {
	tb.Helper()
	b, r, _ = hooked(tb, `{"url":"http://a.test/h","events":["project.task.created","project.task.queued","project.task.closed","project.task.deleted",
		"project.task.language.closed","project.task.initial_tm_leverage.calculated"]}`)
	keys = []int64{
		sandbox.AddKey(b.Server, mobileApp, "hello", map[string]string{"en": "Hello, dear world"}),
		sandbox.AddKey(b.Server, mobileApp, "bye", map[string]string{"en": "Good bye"}),
	}
	return b, r, keys
}

// happened are the events of a receiver after the ping.
func (r *receiver) happened() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	var names []string
	for _, body := range r.bodies[1:] {
		_, rest, _ := strings.Cut(body, `"event":"project.task.`)
		name, _, _ := strings.Cut(rest, `"`)
		names = append(names, name)
	}
	return names
}

func (b *box) task(method, path, body string) task {
	b.Helper()
	a := b.api(method, tasksPath+path, body)
	if a.status != http.StatusOK {
		b.Fatalf("%s %s: %d %s", method, path, a.status, a.body)
	}
	var answer struct{ Task task }
	a.decode(b, &answer)
	b.Clock().Settle()
	return answer.Task
}

// newTask makes a task in German and French for the keys.
func (b *box) newTask(keys []int64, more string) task {
	b.Helper()
	return b.task("POST", "", fmt.Sprintf(`{"title":"Summer","keys":%s,"languages":[{"language_iso":"de","users":[320181]},{"language_iso":"fr","users":["320183"]}]%s}`, jsonText(b, keys), more))
}

func TestTaskIsMadeAsRecorded(t *testing.T) {
	t.Parallel()
	b, _, keys := tasked(t)
	a := b.api("POST", tasksPath, fmt.Sprintf(`{"title":"Summer","due_date":"2030-05-01 12:00:00","keys":[%d],"languages":[{"language_iso":"de","users":[320181]}]}`, keys[0]))
	want := []string{
		"task_id", "title", "can_be_parent", "task_type", "parent_task_id", "closing_tags", "description", "status", "progress", "due_date", "due_date_timestamp",
		"keys_count", "words_count", "created_at", "created_at_timestamp", "created_by", "created_by_email", "source_language_iso", "languages",
		"auto_close_items", "auto_close_languages", "auto_close_task", "completed_at", "completed_at_timestamp", "completed_by", "completed_by_email",
		"do_lock_translations", "custom_translation_status_ids",
	}
	_, inner, _ := strings.Cut(a.body, `"task":`)
	if got := members(t, strings.TrimSuffix(inner, "}")); !slices.Equal(got, want) {
		t.Errorf("members\n%v\nwant\n%v", got, want)
	}
	for _, part := range []string{
		`"status":"created"`, `"due_date":"2030-05-01 12:00:00 (Etc/UTC)","due_date_timestamp":1903867200`, `"source_language_iso":"en"`, `"initial_tm_leverage":[]`,
		`"users":[{"user_id":320181,"email":"mara.lind@example.com","fullname":"Mara Lind"}],"groups":[]`, `"words_count":3`, `"completed_by":null`, `"can_be_parent":true`,
		`"auto_close_items":true,"auto_close_languages":true,"auto_close_task":true`,
	} {
		if !strings.Contains(a.body, part) {
			t.Errorf("%s is not in\n%s", part, a.body)
		}
	}
}

func TestTaskCountsKeysOnceAndWordsPerLanguage(t *testing.T) {
	t.Parallel()
	b, _, keys := tasked(t)
	made := b.newTask(append(keys, keys[0]), "")
	if made.KeysCount != 2 || made.WordsCount != 10 || made.Languages[0].KeysCount != 2 || made.Languages[0].WordsCount != 5 {
		t.Errorf("made %+v", made)
	}
}

func TestTaskClosesWhenEverythingIsTranslated(t *testing.T) {
	t.Parallel()
	b, r, keys := tasked(t)
	made := b.newTask(keys, `,"closing_tags":["done"]`)
	path := fmt.Sprintf("/%d", made.ID)
	translate := func(key int64, iso string) {
		t.Helper()
		sandbox.Translate(b.Server, mobileApp, key, iso, 320183, func(tr *state.Translation) { tr.Text = "x" })
	}
	if tr := sandbox.Translate(b.Server, mobileApp, keys[0], "de", 0, nil); tr.TaskID != made.ID {
		t.Errorf("the translation is in task %d", tr.TaskID)
	}
	translate(keys[0], "de")
	translate(keys[0], "ja") // not in the task
	if got := b.task("GET", path, ""); got.Status != "in progress" || got.Progress != 25 || got.Languages[0].Status != "in progress" || got.Languages[0].Progress != 50 || got.Languages[1].Status != "created" {
		t.Errorf("after one item: %+v", got)
	}
	translate(keys[1], "de")
	if got := b.task("GET", path, "").Languages[0]; got.Status != "completed" || got.CompletedBy == nil || *got.CompletedBy != 320183 || len(got.Keys) != 0 || got.KeysCount != 2 {
		t.Errorf("after a language: %+v", got)
	}
	if tr := sandbox.Translate(b.Server, mobileApp, keys[0], "de", 0, nil); tr.TaskID != 0 {
		t.Errorf("the translation is still in task %d", tr.TaskID)
	}
	translate(keys[0], "fr")
	translate(keys[1], "fr")
	if got := b.task("GET", path, ""); got.Status != "completed" || got.Progress != 100 || *got.CompletedBy != 320183 || got.CanBeParent {
		t.Errorf("at the end: %+v", got)
	}
	if k, _ := sandbox.Key(b.Server, mobileApp, keys[0]); !slices.Equal(k.Tags, []string{"done"}) {
		t.Errorf("tags %v", k.Tags)
	}
	b.Clock().Settle()
	if got, want := r.happened(), []string{"created", "language.closed", "language.closed", "closed"}; !slices.Equal(got, want) {
		t.Errorf("happened %v, want %v", got, want)
	}
	if !strings.Contains(r.bodies[2], `"language":{"id":20018,"iso":"de","name":"German"}`) || !strings.Contains(r.bodies[2], "yuki.tanaka@example.com") {
		t.Errorf("language closed: %s", r.bodies[2])
	}
}

// A receiver hears of the text before it hears of the task that the text closed.
func TestTaskIsClosedAfterTheTextThatClosedIt(t *testing.T) {
	t.Parallel()
	b, r, _ := hooked(t, `{"url":"http://a.test/h","events":["project.translation.updated","project.task.language.closed","project.task.closed"]}`)
	key := sandbox.AddKey(b.Server, mobileApp, "hello", map[string]string{"en": "Hello"})
	b.task("POST", "", fmt.Sprintf(`{"title":"Short","keys":[%d],"languages":[{"language_iso":"de","users":[320181]}]}`, key))
	tr := sandbox.Translate(b.Server, mobileApp, key, "de", 0, nil)
	if a := b.api("PUT", fmt.Sprintf("/projects/%s/translations/%d", mobileApp, tr.ID), `{"translation":"Hallo"}`); a.status != http.StatusOK {
		t.Fatalf("%d %s", a.status, a.body)
	}
	b.Clock().Settle()
	var names []string
	for _, body := range r.bodies[1:] {
		_, rest, _ := strings.Cut(body, `"event":"project.`)
		name, _, _ := strings.Cut(rest, `"`)
		names = append(names, name)
	}
	if want := []string{"translation.updated", "task.language.closed", "task.closed"}; !slices.Equal(names, want) {
		t.Errorf("happened %q, want %q", names, want)
	}
}

func TestTaskThatDoesNotCloseByItselfIsClosed(t *testing.T) {
	t.Parallel()
	b, _, keys := tasked(t)
	made := b.newTask(keys, `,"auto_close_languages":false,"auto_close_task":false`)
	path := fmt.Sprintf("/%d", made.ID)
	for _, key := range keys {
		sandbox.Translate(b.Server, mobileApp, key, "de", 1, func(tr *state.Translation) { tr.Text = "x" })
	}
	if got := b.task("GET", path, ""); got.Languages[0].Status != "in progress" || got.Languages[0].Progress != 100 {
		t.Errorf("after a language: %+v", got)
	}
	if got := b.task("PUT", path, `{"languages":[{"language_iso":"de","close_language":true}]}`); got.Languages[0].Status != "completed" || got.Status != "in progress" {
		t.Errorf("language closed: %+v", got)
	}
	got := b.task("PUT", path, `{"close_task":true}`)
	if got.Status != "completed" || got.Languages[1].Status != "created" || len(got.Languages[1].Keys) != 0 {
		t.Errorf("closed: %+v", got)
	}
	if a := b.api("PUT", tasksPath+path, `{"title":"x"}`); a.status != http.StatusBadRequest {
		t.Errorf("a completed task was changed: %d", a.status)
	}
}

func TestTaskIsChanged(t *testing.T) {
	t.Parallel()
	b, _, keys := tasked(t)
	made := b.newTask(keys, `,"due_date":"2030-05-01 12:00:00"`)
	path := fmt.Sprintf("/%d", made.ID)
	got := b.task("PUT", path, `{"title":"Winter","due_date":null,"languages":[{"language_iso":"fr","users":[320182]}]}`)
	if got.Title != "Winter" || got.DueDate != nil || got.Languages[1].Users[0].ID != 320182 || got.Languages[0].Users[0].ID != 320181 {
		t.Errorf("changed: %+v", got)
	}
	if again := b.task("GET", path, ""); !reflect.DeepEqual(again, got) {
		t.Errorf("read %+v", again)
	}
}

func TestReviewWaitsForItsParent(t *testing.T) {
	t.Parallel()
	b, r, keys := tasked(t)
	parent := b.newTask(keys, "")
	review := b.task("POST", "", fmt.Sprintf(`{"title":"Review","task_type":"review","parent_task_id":%d}`, parent.ID))
	if review.Status != "queued" || *review.ParentID != parent.ID || review.Languages[1].KeysCount != 2 || review.CanBeParent {
		t.Errorf("made %+v", review)
	}
	b.task("PUT", fmt.Sprintf("/%d", parent.ID), `{"close_task":true}`)
	path := fmt.Sprintf("/%d", review.ID)
	if got := b.task("GET", path, ""); got.Status != "created" {
		t.Errorf("after the parent: %+v", got)
	}
	for _, iso := range []string{"de", "fr"} {
		for _, key := range keys {
			sandbox.Translate(b.Server, mobileApp, key, iso, 1, func(tr *state.Translation) { tr.Text = "x" })
			if got := b.task("GET", path, ""); got.Status == "completed" {
				t.Fatal("a translation is no review")
			}
		}
	}
	for _, iso := range []string{"de", "fr"} {
		for _, key := range keys {
			sandbox.Translate(b.Server, mobileApp, key, iso, 1, func(tr *state.Translation) { tr.IsReviewed = true })
		}
	}
	if got := b.task("GET", path, ""); got.Status != "completed" {
		t.Errorf("after all reviews: %+v", got)
	}
	b.Clock().Settle()
	if got := strings.Join(r.happened(), " "); !strings.HasPrefix(got, "created created queued closed ") {
		t.Errorf("happened %v", got)
	}
}

func TestLeverageIsCalculatedLater(t *testing.T) {
	t.Parallel()
	b, r, keys := tasked(t)
	sandbox.AddKey(b.Server, mobileApp, "hello again", map[string]string{"en": "Hello, dear world", "de": "Hallo, liebe Welt"})
	made := b.newTask(keys, "")
	b.Clock().Advance(10 * time.Second)
	got := b.task("GET", fmt.Sprintf("/%d", made.ID), "")
	for i, want := range []map[string]any{
		{"0%+": 2.0, "60%+": 0.0, "75%+": 0.0, "95%+": 0.0, "100%": 3.0},
		{"0%+": 5.0, "60%+": 0.0, "75%+": 0.0, "95%+": 0.0, "100%": 0.0},
	} {
		if !reflect.DeepEqual(got.Languages[i].Leverage, want) {
			t.Errorf("leverage %v, want %v", got.Languages[i].Leverage, want)
		}
	}
	last := r.bodies[len(r.bodies)-1]
	if !strings.Contains(last, `"initial_tm_leverage":{"de":{"0%+":2,`) || strings.Contains(last, `"user"`) {
		t.Errorf("told %s", last)
	}
}

func TestMachineDoesItsTasks(t *testing.T) {
	t.Parallel()
	b, _, keys := tasked(t)
	plural := sandbox.AddKey(b.Server, mobileApp, "cars", map[string]string{"en": "Cars"})
	made := b.task("POST", "", fmt.Sprintf(`{"title":"AI","task_type":"automatic_translation","keys":[%d,%d],"languages":[{"language_iso":"de"}]}`, keys[0], plural))
	b.Clock().Advance(time.Minute)
	if got := b.task("GET", fmt.Sprintf("/%d", made.ID), ""); got.Status != "completed" || got.Progress != 100 {
		t.Errorf("got %+v", got)
	}
	if tr := sandbox.Translate(b.Server, mobileApp, keys[0], "de", 0, nil); tr.Text != "[de] Hello, dear world" || !tr.IsUnverified {
		t.Errorf("translated %+v", tr)
	}
	lqa := b.task("POST", "", fmt.Sprintf(`{"title":"AI","task_type":"lqa_by_ai","keys":[%d],"languages":[{"language_iso":"de"}]}`, keys[0]))
	b.Clock().Advance(time.Minute)
	if got := b.task("GET", fmt.Sprintf("/%d", lqa.ID), ""); got.Status != "completed" || got.Progress != 100 {
		t.Errorf("got %+v", got)
	}
}

func TestDeletedKeyLeavesItsTasks(t *testing.T) {
	t.Parallel()
	b, _, keys := tasked(t)
	made := b.newTask(keys, `,"do_lock_translations":true`)
	if _, locked := sandbox.Key(b.Server, mobileApp, keys[0]); !locked {
		t.Error("the key is not locked")
	}
	sandbox.DeleteKey(b.Server, mobileApp, keys[0])
	if got := b.task("GET", fmt.Sprintf("/%d", made.ID), ""); got.KeysCount != 1 || got.WordsCount != 4 || !slices.Equal(got.Languages[0].Keys, keys[1:]) {
		t.Errorf("got %+v", got)
	}
}

func TestDeletedTaskIsGone(t *testing.T) {
	t.Parallel()
	b, r, keys := tasked(t)
	made := b.newTask(keys, "")
	path := fmt.Sprintf("%s/%d", tasksPath, made.ID)
	if a := b.api("DELETE", path, ""); !strings.HasPrefix(a.body, `{"project_id":"`+mobileApp) || !strings.HasSuffix(a.body, `"task_deleted":true}`) {
		t.Errorf("deleted: %s", a.body)
	}
	if a := b.api("GET", path, ""); a.status != http.StatusNotFound {
		t.Errorf("after that: %d", a.status)
	}
	b.Clock().Advance(time.Hour) // its jobs find nothing
	if got := r.happened(); !slices.Equal(got, []string{"created", "deleted"}) {
		t.Errorf("happened %v", got)
	}
	if tr := sandbox.Translate(b.Server, mobileApp, keys[0], "de", 0, nil); tr.TaskID != 0 {
		t.Errorf("the translation is still in task %d", tr.TaskID)
	}
}

func TestTasksAreFiltered(t *testing.T) {
	t.Parallel()
	b, _, keys := tasked(t)
	first := b.newTask(keys, "")
	b.task("PUT", fmt.Sprintf("/%d", b.newTask(keys, "").ID), `{"title":"Winter"}`)
	b.task("PUT", fmt.Sprintf("/%d", b.newTask(keys, "").ID), `{"close_task":true}`)
	sandbox.Translate(b.Server, mobileApp, keys[0], "de", 1, func(tr *state.Translation) { tr.Text = "x" })
	for query, want := range map[string]string{
		"":                                     "3",
		"?filter_title=summ":                   "2",
		"?filter_statuses=completed":           "1",
		"?filter_statuses=in_progress":         "2",
		"?filter_statuses=in_progress,created": "2",
		"?filter_statuses=queued":              "0",
		"?limit=1&page=3":                      "3",
	} {
		if a := b.api("GET", tasksPath+query, ""); a.header.Get("X-Pagination-Total-Count") != want {
			t.Errorf("%s: %s tasks, want %s", query, a.header.Get("X-Pagination-Total-Count"), want)
		}
	}
	if a := b.api("GET", tasksPath+"?filter_statuses=in+progress", ""); a.status != http.StatusBadRequest {
		t.Errorf("unknown status: %d", a.status)
	}
	if a := b.api("GET", fmt.Sprintf("/projects/%s/tasks/%d", backOffice, first.ID), ""); a.status != http.StatusNotFound {
		t.Errorf("another project: %d", a.status)
	}
}

func TestTaskThatCannotBeIsRefused(t *testing.T) {
	t.Parallel()
	b, _, keys := tasked(t)
	parent := b.newTask(keys, "")
	german := `"languages":[{"language_iso":"de","users":[320181]}]`
	for body, want := range map[string]string{
		`{}`:            "Invalid `title` parameter",
		`{"title":"x"}`: "Invalid `keys` parameter",
		fmt.Sprintf(`{"title":"x","keys":[%d]}`, keys[0]):                                                       "Invalid `languages` parameter",
		`{"title":"x","keys":[1],` + german + `}`:                                                               "Invalid `keys` parameter",
		`{"title":"x","keys":["a"],` + german + `}`:                                                             "Invalid `keys` parameter",
		`{"title":"x","task_type":"holiday"}`:                                                                   "Invalid `task_type` parameter",
		`{"title":"x","parent_task_id":7}`:                                                                      "Invalid `parent_task_id` parameter",
		`{"title":"x","task_type":"review","parent_task_id":7}`:                                                 "Invalid `parent_task_id` parameter",
		fmt.Sprintf(`{"title":"x","keys":[%d],"due_date":"tomorrow",%s}`, keys[0], german):                      "Invalid `due_date` parameter",
		fmt.Sprintf(`{"title":"x","keys":[%d],"source_language_iso":"tlh",%s}`, keys[0], german):                "Invalid `source_language_iso` parameter",
		fmt.Sprintf(`{"title":"x","keys":[%d],"custom_translation_status_ids":[4],%s}`, keys[0], german):        "Invalid `custom_translation_status_ids` parameter",
		fmt.Sprintf(`{"title":"x","keys":[%d],"languages":[{"language_iso":"tlh","users":[320181]}]}`, keys[0]): "Invalid `languages`.`language_iso` parameter",
		fmt.Sprintf(`{"title":"x","keys":[%d],"languages":[{"language_iso":"de"}]}`, keys[0]):                   "Invalid `languages`.`users` parameter",
		fmt.Sprintf(`{"title":"x","keys":[%d],"languages":[{"language_iso":"de","users":[5]}]}`, keys[0]):       "Invalid `languages`.`users` parameter",
		fmt.Sprintf(`{"title":"x","keys":[%d],"languages":[{"language_iso":"de","groups":[5]}]}`, keys[0]):      "Invalid `languages`.`groups` parameter",
		fmt.Sprintf(`{"title":"x","task_type":"translation","parent_task_id":%d}`, parent.ID):                   "Invalid `parent_task_id` parameter",
	} {
		if a := b.api("POST", tasksPath, body); a.status != http.StatusBadRequest || a.message(t) != want {
			t.Errorf("%s: %d %s", body, a.status, a.body)
		}
	}
	if a := b.api("PUT", fmt.Sprintf("%s/%d", tasksPath, parent.ID), `{"languages":[{"language_iso":"ja"}]}`); a.status != http.StatusBadRequest {
		t.Errorf("a language that the task does not have: %d", a.status)
	}
}
