package lokalise_test

import (
	"context"
	"encoding/json"
	"iter"
	"net/http"
	"testing"
	"time"

	"github.com/golokalise/lokalise"
)

const oneTask = `{"task_id": 41, "title": "Autumn", "can_be_parent": false, "task_type": "review", "parent_task_id": 40, "closing_tags": ["done"],
 "description": "Mind the tone", "status": "in progress", "progress": 50, "due_date": "2026-03-02 08:15:00 (Etc/UTC)", "due_date_timestamp": 1772439300,
 "keys_count": 2, "words_count": 9, "created_at": "2026-03-02 08:15:00 (Etc/UTC)", "created_at_timestamp": 1772439300, "created_by": 4711,
 "created_by_email": "ada@example.com", "source_language_iso": "en", "languages": [
  {"language_iso": "lv", "users": [{"user_id": 4712, "email": "bob@example.com", "fullname": "Bob"}], "groups": [{"id": 515, "name": "Translators"}],
   "keys": [11, 12], "status": "completed", "progress": 100, "initial_tm_leverage": {"0%+": 1, "60%+": 0, "75%+": 0, "95%+": 0, "100%": 8},
   "tm_leverage": {"status": "completed", "value": {"0%+": 1, "50%+": 2}}, "keys_count": 2, "words_count": 9,
   "completed_at": "2026-03-02 08:15:00 (Etc/UTC)", "completed_at_timestamp": 1772439300, "completed_by": 4712, "completed_by_email": "bob@example.com"},
  {"language_iso": null, "users": [], "groups": [], "keys": [], "status": "created", "progress": 0, "initial_tm_leverage": [], "keys_count": 0,
   "words_count": 0, "completed_at": null, "completed_at_timestamp": null, "completed_by": null, "completed_by_email": null}],
 "auto_close_items": true, "auto_close_languages": true, "auto_close_task": false, "completed_at": null, "completed_at_timestamp": null,
 "completed_by": null, "completed_by_email": null, "do_lock_translations": true, "custom_translation_status_ids": [7]}`

func wantTask() lokalise.Task {
	return lokalise.Task{
		TaskID: 41, Title: "Autumn", Description: "Mind the tone", Status: "in progress", Progress: 50,
		DueDate: lokalise.Some(march2()), DueDateTimestamp: lokalise.Some(march2Timestamp),
		KeysCount: 2, WordsCount: 9,
		CreatedAt: march2(), CreatedAtTimestamp: march2Timestamp, CreatedBy: 4711, CreatedByEmail: "ada@example.com",
		TaskType: lokalise.TaskTypeReview, ParentTaskID: lokalise.Some[int64](40), ClosingTags: []string{"done"},
		DoLockTranslations: lokalise.Some(true),
		Languages: []lokalise.TaskLanguage{
			{
				LanguageISO:       lokalise.Some("lv"),
				Users:             []lokalise.TaskUser{{UserID: 4712, Email: "bob@example.com", Fullname: "Bob"}},
				Groups:            lokalise.Some([]lokalise.TaskGroup{{ID: 515, Name: "Translators"}}),
				Keys:              []int64{11, 12},
				Status:            lokalise.TaskStatusCompleted,
				Progress:          100,
				InitialTMLeverage: lokalise.TMLeverage{"0%+": 1, "60%+": 0, "75%+": 0, "95%+": 0, "100%": 8},
				TMLeverage: lokalise.Some(lokalise.TaskTMLeverage{
					Status: "completed", Value: lokalise.TMLeverage{"0%+": 1, "50%+": 2},
				}),
				KeysCount: 2, WordsCount: 9,
				CompletedAt: lokalise.Some(march2()), CompletedAtTimestamp: lokalise.Some(march2Timestamp),
				CompletedBy: lokalise.Some[int64](4712), CompletedByEmail: lokalise.Some("bob@example.com"),
			},
			{
				LanguageISO: lokalise.Null[string](),
				Groups:      lokalise.Some[[]lokalise.TaskGroup](nil),
				Status:      lokalise.TaskStatusCreated,
				CompletedAt: lokalise.Null[lokalise.Time](), CompletedAtTimestamp: lokalise.Null[lokalise.Timestamp](),
				CompletedBy: lokalise.Null[int64](), CompletedByEmail: lokalise.Null[string](),
			},
		},
		SourceLanguageISO: lokalise.Some("en"), AutoCloseLanguages: true, AutoCloseItems: lokalise.Some(true),
		CompletedAt: lokalise.Null[lokalise.Time](), CompletedAtTimestamp: lokalise.Null[lokalise.Timestamp](),
		CompletedBy: lokalise.Null[int64](), CompletedByEmail: lokalise.Null[string](),
		CustomTranslationStatusIDs: lokalise.Some([]int64{7}),
	}
}

func TestTaskOperations(t *testing.T) {
	t.Parallel()
	task := wantTask()
	const wrapped = `{"project_id": "20008339586cded200e0d8.29879849", "branch": "main", "task": ` + oneTask + `}`
	options := &lokalise.TaskListOptions{
		Title: "Autumn", Statuses: []lokalise.TaskStatus{lokalise.TaskStatusCreated, "in progress"}, Page: 2, Limit: 10,
	}
	cases := asList(opCase{
		op:   "GET /projects/{project_id}/tasks",
		path: projectPath + "/tasks",
		// The filter wants an underscore where answers have a space.
		query:  "filter_title=Autumn&filter_statuses=created,in_progress&page=2&limit=10",
		answer: `{"project_id": "20008339586cded200e0d8.29879849", "tasks": [` + oneTask + `]}`,
		want:   []lokalise.Task{task},
	}, func(ctx context.Context, c *lokalise.Client) (*lokalise.Page[lokalise.Task], error) {
		return c.Tasks.List(ctx, projectID, options)
	}, func(ctx context.Context, c *lokalise.Client) iter.Seq2[*lokalise.Task, error] {
		return c.Tasks.All(ctx, projectID, options)
	})
	due := time.Date(2026, time.March, 2, 10, 15, 0, 0, time.FixedZone("", 2*60*60))
	cases = append(cases,
		opCase{
			op:     "GET /projects/{project_id}/tasks/{task_id}",
			path:   projectPath + ":main/tasks/41",
			answer: wrapped,
			call: func(ctx context.Context, c *lokalise.Client) (any, error) {
				return c.Tasks.Get(ctx, projectID.Branch("main"), 41)
			},
			want: &task,
		},
		opCase{
			op:   "POST /projects/{project_id}/tasks",
			path: projectPath + "/tasks",
			body: `{"title": "Autumn", "description": "", "due_date": "2026-03-02 08:15:00", "keys": [11, 12],
			 "languages": [{"language_iso": "lv", "users": [4712], "groups": [515]}], "source_language_iso": "en", "auto_close_languages": false,
			 "auto_close_task": false, "auto_close_items": false, "task_type": "review", "parent_task_id": 40, "closing_tags": ["done"],
			 "do_lock_translations": true, "custom_translation_status_ids": [7], "save_ai_translation_to_tm": true,
			 "apply_ai_tm100_matches": true, "mark_verified": false}`,
			answer: wrapped,
			call: func(ctx context.Context, c *lokalise.Client) (any, error) {
				return c.Tasks.Create(ctx, projectID, &lokalise.TaskCreateRequest{
					Title: "Autumn", Description: lokalise.Some(""), DueDate: lokalise.Some(lokalise.DueDate(due)),
					Keys:              []int64{11, 12},
					Languages:         []lokalise.TaskRequestLanguage{{LanguageISO: "lv", Users: []int64{4712}, Groups: []int64{515}}},
					SourceLanguageISO: lokalise.Some("en"), AutoCloseLanguages: lokalise.Some(false),
					AutoCloseTask: lokalise.Some(false), AutoCloseItems: lokalise.Some(false),
					TaskType: lokalise.TaskTypeReview, ParentTaskID: lokalise.Some[int64](40), ClosingTags: []string{"done"},
					DoLockTranslations: lokalise.Some(true), CustomTranslationStatusIDs: []int64{7},
					SaveAITranslationToTM: lokalise.Some(true), ApplyAITM100Matches: lokalise.Some(true), MarkVerified: lokalise.Some(false),
				})
			},
			want: &task,
		},
		opCase{
			op:   "PUT /projects/{project_id}/tasks/{task_id}",
			path: projectPath + "/tasks/41",
			body: `{"title": "Winter", "due_date": null, "languages": [{"language_iso": "lv", "close_language": true}], "close_task": true,
			 "closing_tags": []}`,
			answer: wrapped,
			call: func(ctx context.Context, c *lokalise.Client) (any, error) {
				return c.Tasks.Update(ctx, projectID, 41, &lokalise.TaskUpdateRequest{
					Title: lokalise.Some("Winter"), DueDate: lokalise.Null[lokalise.DueDate](),
					Languages: []lokalise.TaskRequestLanguage{{LanguageISO: "lv", CloseLanguage: lokalise.Some(true)}},
					CloseTask: lokalise.Some(true), ClosingTags: []string{},
				})
			},
			want: &task,
		},
		opCase{
			op:     "DELETE /projects/{project_id}/tasks/{task_id}",
			path:   projectPath + "/tasks/41",
			answer: `{"project_id": "20008339586cded200e0d8.29879849", "branch": "main", "task_deleted": true}`,
			call: func(ctx context.Context, c *lokalise.Client) (any, error) {
				return c.Tasks.Delete(ctx, projectID, 41)
			},
			want: &lokalise.TaskDeleted{ProjectID: projectID, TaskDeleted: true, Branch: lokalise.Some("main")},
		},
	)
	for _, c := range cases {
		testOperation(t, c)
	}
}

func TestTaskIsWrittenAsItWasRead(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		oneTask,
		// As in 2018.
		`{"task_id": 1, "title": "", "can_be_parent": true, "task_type": "translation", "parent_task_id": null, "closing_tags": [],
		 "description": "", "status": "created", "progress": 0, "due_date": null, "keys_count": 0, "words_count": 0,
		 "created_at": "2018-12-31 12:00:00 (Etc/UTC)", "created_by": 2, "created_by_email": "", "languages": [
		  {"language_iso": "lv", "users": [], "keys": [], "status": "created", "progress": 0, "initial_tm_leverage": {}, "keys_count": 0,
		   "words_count": 0, "completed_at": null, "completed_by": null, "completed_by_email": null}],
		 "auto_close_languages": true, "auto_close_task": true, "completed_at": null, "completed_by": null, "completed_by_email": null}`,
	} {
		assertWrittenAsRead(t, text, new(lokalise.Task))
	}
}

// PHP writes an empty array for an object that is not there yet.
func TestTMLeverageThatIsNotCalculatedYetIsNil(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]struct {
		isNil bool
		words int64
	}{
		`[]`:           {isNil: true},
		`{}`:           {},
		`{"100%": 8}`:  {words: 8},
		`{"100%":"8"}`: {words: 8},
	} {
		for pkg, p := range packages {
			var leverage lokalise.TMLeverage
			if err := p.unmarshal([]byte(text), &leverage); err != nil || (leverage == nil) != want.isNil || leverage["100%"] != want.words {
				t.Errorf("%s, %s: got %v, %v", pkg, text, leverage, err)
			}
			if out, err := p.marshal(leverage); err != nil || want.words == 0 && string(out) != text {
				t.Errorf("%s, %s: written as %s, %v", pkg, text, out, err)
			}
		}
	}
	var leverage lokalise.TMLeverage
	if err := json.Unmarshal([]byte(`[1]`), &leverage); err == nil {
		t.Error("a list of numbers was taken")
	}
}

func TestTaskStatusIsInProgressInBothSpellings(t *testing.T) {
	t.Parallel()
	for status, want := range map[lokalise.TaskStatus]bool{
		"in progress": true, lokalise.TaskStatusInProgress: true,
		lokalise.TaskStatusCreated: false, lokalise.TaskStatusQueued: false, "": false,
	} {
		if got := status.InProgress(); got != want {
			t.Errorf("%q: got %t", status, got)
		}
	}
}

func TestTaskWithNullLanguageDoesNotBreakTheList(t *testing.T) {
	t.Parallel()
	tasks, err := collect(newServer(t, answer(http.StatusOK, `{"tasks": [`+oneTask+`,`+oneTask+`]}`)).Tasks.All(t.Context(), projectID, nil))
	if err != nil || len(tasks) != 2 || !tasks[1].Languages[1].LanguageISO.IsNull() {
		t.Errorf("got %d tasks, %v", len(tasks), err)
	}
}
