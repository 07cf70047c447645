package lokalise

import (
	"context"
	"encoding/json"
	"iter"
	"net/http"
	"strings"
	"time"

	"github.com/golokalise/lokalise/internal/wire"
)

// TasksService calls the operations on tasks of a project.
type TasksService struct{ service }

// TaskType is what is to be done in a task.
type TaskType string

// The documented kinds of tasks.
const (
	TaskTypeTranslation          TaskType = "translation"
	TaskTypeReview               TaskType = "review"
	TaskTypeAutomaticTranslation TaskType = "automatic_translation"
	TaskTypeLQAByAI              TaskType = "lqa_by_ai"
)

// TaskStatus is how far a task, or one of its languages, has come.
type TaskStatus string

// The documented states. The one with an underscore was recorded with a space;
// see [TaskStatus.InProgress].
const (
	TaskStatusCreated    TaskStatus = "created"
	TaskStatusQueued     TaskStatus = "queued"
	TaskStatusInProgress TaskStatus = "in_progress"
	TaskStatusCompleted  TaskStatus = "completed"
)

// InProgress reports whether work has begun and is not done, in either
// spelling: answers were recorded with "in progress", while documentation and
// filters have "in_progress".
func (s TaskStatus) InProgress() bool { return s.filter() == TaskStatusInProgress }

// filter returns the state as the filter of a list wants it.
func (s TaskStatus) filter() TaskStatus {
	return TaskStatus(strings.ReplaceAll(string(s), " ", "_"))
}

// Task is work on keys in some languages, given to people or to a machine.
type Task struct {
	TaskID      int64  `json:"task_id"`
	Title       string `json:"title"`
	Description string `json:"description"`
	// Status may be spelled in two ways; ask its method InProgress.
	Status TaskStatus `json:"status"`
	// Progress is how much is done, in percent.
	Progress int64 `json:"progress"`
	// DueDate is null where there is no deadline.
	DueDate Opt[Time] `json:"due_date"`
	// DueDateTimestamp is absent in answers recorded in 2018.
	DueDateTimestamp   Opt[Timestamp] `json:"due_date_timestamp,omitzero"`
	KeysCount          int64          `json:"keys_count"`
	WordsCount         int64          `json:"words_count"`
	CreatedAt          Time           `json:"created_at"`
	CreatedAtTimestamp Timestamp      `json:"created_at_timestamp,omitzero"`
	// CreatedBy is the identifier of a user.
	CreatedBy      int64  `json:"created_by"`
	CreatedByEmail string `json:"created_by_email"`
	// CanBeParent tells whether a review task can be made to follow this one.
	CanBeParent bool     `json:"can_be_parent"`
	TaskType    TaskType `json:"task_type"`
	// ParentTaskID is the task that a review task follows; null for others.
	ParentTaskID Opt[int64] `json:"parent_task_id"`
	// ClosingTags are put on the keys when the task is closed.
	ClosingTags []string `json:"closing_tags"`
	// DoLockTranslations is absent in answers recorded in 2018.
	DoLockTranslations Opt[bool]      `json:"do_lock_translations,omitzero"`
	Languages          []TaskLanguage `json:"languages"`
	// SourceLanguageISO is absent in answers recorded before 2021.
	SourceLanguageISO  Opt[string] `json:"source_language_iso,omitzero"`
	AutoCloseLanguages bool        `json:"auto_close_languages"`
	AutoCloseTask      bool        `json:"auto_close_task"`
	// AutoCloseItems is absent in answers recorded before 2021.
	AutoCloseItems Opt[bool] `json:"auto_close_items,omitzero"`
	// CompletedAt is null until the task is closed, as are the three below.
	CompletedAt          Opt[Time]      `json:"completed_at"`
	CompletedAtTimestamp Opt[Timestamp] `json:"completed_at_timestamp,omitzero"`
	CompletedBy          Opt[int64]     `json:"completed_by"`
	CompletedByEmail     Opt[string]    `json:"completed_by_email"`
	// CustomTranslationStatusIDs are the statuses that a translation gets when
	// it is done. They are absent in answers recorded in 2018.
	CustomTranslationStatusIDs Opt[[]int64] `json:"custom_translation_status_ids,omitzero"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// TaskLanguage is the part of a task that is in one language.
type TaskLanguage struct {
	// LanguageISO was recorded as null, presumably where the language was
	// removed from the project since.
	LanguageISO Opt[string] `json:"language_iso"`
	Users       []TaskUser  `json:"users"`
	// Groups are absent in answers recorded in 2018.
	Groups Opt[[]TaskGroup] `json:"groups,omitzero"`
	// Keys are identifiers of keys. There are none once the task is closed.
	Keys []int64 `json:"keys"`
	// Status may be spelled in two ways; ask its method InProgress.
	Status TaskStatus `json:"status"`
	// Progress is how much is done, in percent.
	Progress int64 `json:"progress"`
	// InitialTMLeverage is what translation memory knew when the task was made.
	// It is nil until that is calculated.
	InitialTMLeverage TMLeverage `json:"initial_tm_leverage"`
	// TMLeverage is declared by the official Node SDK and was never recorded.
	TMLeverage Opt[TaskTMLeverage] `json:"tm_leverage,omitzero"`
	KeysCount  int64               `json:"keys_count"`
	WordsCount int64               `json:"words_count"`
	// CompletedAt is null until the language is closed, as are the three below.
	CompletedAt          Opt[Time]      `json:"completed_at"`
	CompletedAtTimestamp Opt[Timestamp] `json:"completed_at_timestamp,omitzero"`
	CompletedBy          Opt[int64]     `json:"completed_by"`
	CompletedByEmail     Opt[string]    `json:"completed_by_email"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// TaskUser is somebody who works on a task.
type TaskUser struct {
	UserID   int64  `json:"user_id"`
	Email    string `json:"email"`
	Fullname string `json:"fullname"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// TaskGroup is a group whose members work on a task. It is declared by the
// official Node SDK; no task with a group was recorded.
type TaskGroup struct {
	ID   int64  `json:"id"`
	Name string `json:"name"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// TMLeverage counts words by how well translation memory matches them. (That it
// is words, and not keys, is inferred from recorded answers.) Its keys are the
// lower ends of the bands: "0%+", "60%+", "75%+", "95%+" and "100%" were
// recorded. It is nil while Lokalise is still counting, when the API writes an
// empty array instead of an object.
type TMLeverage map[string]int64

// MarshalJSON writes an object, or the empty array for nil.
func (l TMLeverage) MarshalJSON() ([]byte, error) {
	if l == nil {
		return []byte("[]"), nil
	}
	var e wire.Encoder
	e.Open()
	for _, band := range wire.SortedKeys(l) {
		e.Key(band)
		e.Int(l[band])
	}
	e.Close()
	return e.Bytes()
}

// UnmarshalJSON reads an object or an empty array.
func (l *TMLeverage) UnmarshalJSON(data []byte) error {
	return wire.Unmarshal(data, l, decodeTMLeverage)
}

func decodeTMLeverage(d *wire.Decoder, l *TMLeverage) {
	if d.Kind() == '{' {
		*l = TMLeverage{}
	}
	for ok := d.Object(); ok; ok = d.Next() {
		band := string(d.Name())
		(*l)[band] = d.Int()
	}
}

// TaskTMLeverage is what translation memory knows, counted in the background.
type TaskTMLeverage struct {
	// Status is how far the counting has come, such as "completed".
	Status string `json:"status"`
	// Value has more bands than the count at the beginning.
	Value TMLeverage `json:"value"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// TaskDeleted is the answer to [TasksService.Delete].
type TaskDeleted struct {
	ProjectID   ProjectID `json:"project_id"`
	TaskDeleted bool      `json:"task_deleted"`
	// Branch is absent where the project has no branches.
	Branch Opt[string] `json:"branch,omitzero"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// TaskListOptions filters and pages a list of tasks. nil and the zero value
// list everything.
type TaskListOptions struct {
	// Title lists the tasks with this title only. Defaults to all titles.
	Title string
	// Statuses list the tasks in one of these states only. Defaults to all.
	Statuses []TaskStatus
	// Page is the number of the page, from 1; All starts there. Defaults to 1.
	Page int
	// Limit is the number of tasks on a page, at most 5,000. Defaults to 100.
	Limit int
}

func (o *TaskListOptions) encode(q *query) paging {
	if o == nil {
		return paging{}
	}
	q.str("filter_title", o.Title)
	statuses := make([]TaskStatus, len(o.Statuses))
	for i, status := range o.Statuses {
		statuses[i] = status.filter()
	}
	commaList(q, "filter_statuses", statuses)
	return paging{start: position{number: o.Page, limit: o.Limit}}
}

// DueDate is a deadline in a request. It is sent in UTC, in which answers have
// it; nothing says which zone the API takes it for.
type DueDate time.Time

// MarshalJSON writes the form that the API documents for requests.
func (d DueDate) MarshalJSON() ([]byte, error) {
	return wire.Quote(time.Time(d).UTC().Format(time.DateTime)), nil
}

// TaskCreateRequest is the body of [TasksService.Create].
type TaskCreateRequest struct {
	// Title is required.
	Title string `json:"title"`
	// Description tells what to mind; for tasks done by a machine it is the
	// instruction.
	Description Opt[string]  `json:"description,omitzero"`
	DueDate     Opt[DueDate] `json:"due_date,omitzero"`
	// Keys are the identifiers of the keys.
	Keys []int64 `json:"keys,omitzero"`
	// Languages are needed unless ParentTaskID is set.
	Languages []TaskRequestLanguage `json:"languages,omitzero"`
	// SourceLanguageISO defaults to the base language of the project.
	SourceLanguageISO Opt[string] `json:"source_language_iso,omitzero"`
	// AutoCloseLanguages closes a language when everything in it is done.
	// Defaults to true.
	AutoCloseLanguages Opt[bool] `json:"auto_close_languages,omitzero"`
	// AutoCloseTask closes the task when all its languages are closed. Defaults
	// to true.
	AutoCloseTask Opt[bool] `json:"auto_close_task,omitzero"`
	// AutoCloseItems marks an item as done when it is translated. Defaults to
	// true.
	AutoCloseItems Opt[bool] `json:"auto_close_items,omitzero"`
	// TaskType defaults to [TaskTypeTranslation].
	TaskType TaskType `json:"task_type,omitzero"`
	// ParentTaskID is the task that a review task follows.
	ParentTaskID Opt[int64] `json:"parent_task_id,omitzero"`
	// ClosingTags are put on the keys when the task is closed.
	ClosingTags []string `json:"closing_tags,omitzero"`
	// DoLockTranslations keeps everybody else from translating the keys.
	// Defaults to false.
	DoLockTranslations Opt[bool] `json:"do_lock_translations,omitzero"`
	// CustomTranslationStatusIDs are the statuses that a translation gets when
	// it is done.
	CustomTranslationStatusIDs []int64 `json:"custom_translation_status_ids,omitzero"`
	// SaveAITranslationToTM matters to [TaskTypeAutomaticTranslation] only, as
	// does ApplyAITM100Matches.
	SaveAITranslationToTM Opt[bool] `json:"save_ai_translation_to_tm,omitzero"`
	ApplyAITM100Matches   Opt[bool] `json:"apply_ai_tm100_matches,omitzero"`
	// MarkVerified matters to tasks done by a machine only.
	MarkVerified Opt[bool] `json:"mark_verified,omitzero"`
}

// TaskRequestLanguage says who works on a task in one language.
type TaskRequestLanguage struct {
	// LanguageISO is required.
	LanguageISO string `json:"language_iso"`
	// Users are identifiers of users.
	Users []int64 `json:"users,omitzero"`
	// Groups are identifiers of groups, see [UserGroupsService.List].
	Groups []int64 `json:"groups,omitzero"`
	// CloseLanguage closes the language of a task. It matters to
	// [TasksService.Update] only.
	CloseLanguage Opt[bool] `json:"close_language,omitzero"`
}

// TaskUpdateRequest is the body of [TasksService.Update]. What is absent stays
// as it is.
type TaskUpdateRequest struct {
	Title       Opt[string]           `json:"title,omitzero"`
	Description Opt[string]           `json:"description,omitzero"`
	DueDate     Opt[DueDate]          `json:"due_date,omitzero"`
	Languages   []TaskRequestLanguage `json:"languages,omitzero"`
	// AutoCloseLanguages closes a language when everything in it is done.
	AutoCloseLanguages Opt[bool] `json:"auto_close_languages,omitzero"`
	// AutoCloseTask closes the task when all its languages are closed.
	AutoCloseTask Opt[bool] `json:"auto_close_task,omitzero"`
	// AutoCloseItems marks an item as done when it is translated.
	AutoCloseItems Opt[bool] `json:"auto_close_items,omitzero"`
	// CloseTask closes the task. There is no way back.
	CloseTask Opt[bool] `json:"close_task,omitzero"`
	// ClosingTags are put on the keys when the task is closed. An empty list
	// that is not nil takes them away.
	ClosingTags []string `json:"closing_tags,omitzero"`
	// DoLockTranslations keeps everybody else from translating the keys.
	DoLockTranslations Opt[bool] `json:"do_lock_translations,omitzero"`
}

// List returns one page of the tasks of a project.
//
// It needs the scope read_tasks.
// https://developers.lokalise.com/reference/list-all-tasks
//
//lokalise:op GET /projects/{project_id}/tasks
func (s *TasksService) List(ctx context.Context, project ProjectID, o *TaskListOptions, opts ...RequestOption) (*Page[Task], error) {
	r := s.tasksCall(http.MethodGet, project, "tasks", opts)
	return listPage(ctx, r, o.encode(&r.query), decodeTask)
}

// All goes through all tasks of a project, page by page.
//
// It needs the scope read_tasks.
// https://developers.lokalise.com/reference/list-all-tasks
//
//lokalise:op GET /projects/{project_id}/tasks
func (s *TasksService) All(ctx context.Context, project ProjectID, o *TaskListOptions, opts ...RequestOption) iter.Seq2[*Task, error] {
	r := s.tasksCall(http.MethodGet, project, "tasks", opts)
	return iterate(ctx, r, o.encode(&r.query), decodeTask)
}

// Get returns a task.
//
// It needs the scope read_tasks.
// https://developers.lokalise.com/reference/retrieve-a-task
//
//lokalise:op GET /projects/{project_id}/tasks/{task_id}
func (s *TasksService) Get(ctx context.Context, project ProjectID, taskID int64, opts ...RequestOption) (*Task, error) {
	return one(ctx, s.taskCall(http.MethodGet, project, taskID, "task", opts), decodeTask)
}

// Create creates a task. The user needs the right to manage tasks.
//
// It needs the scope write_tasks.
// https://developers.lokalise.com/reference/create-a-task
//
//lokalise:op POST /projects/{project_id}/tasks
func (s *TasksService) Create(ctx context.Context, project ProjectID, body *TaskCreateRequest, opts ...RequestOption) (*Task, error) {
	r := s.tasksCall(http.MethodPost, project, "task", opts)
	withBody(r, body)
	return one(ctx, r, decodeTask)
}

// Update changes a task or closes it. The user needs the right to manage tasks.
//
// It needs the scope write_tasks.
// https://developers.lokalise.com/reference/update-a-task
//
//lokalise:op PUT /projects/{project_id}/tasks/{task_id}
func (s *TasksService) Update(ctx context.Context, project ProjectID, taskID int64, body *TaskUpdateRequest, opts ...RequestOption) (*Task, error) {
	r := s.taskCall(http.MethodPut, project, taskID, "task", opts)
	withBody(r, body)
	return one(ctx, r, decodeTask)
}

// Delete deletes a task. The user needs the right to manage tasks.
//
// It needs the scope write_tasks.
// https://developers.lokalise.com/reference/delete-a-task
//
//lokalise:op DELETE /projects/{project_id}/tasks/{task_id}
func (s *TasksService) Delete(ctx context.Context, project ProjectID, taskID int64, opts ...RequestOption) (*TaskDeleted, error) {
	return one(ctx, s.taskCall(http.MethodDelete, project, taskID, "", opts), decodeTaskDeleted)
}

func (s *TasksService) tasksCall(method string, project ProjectID, result string, opts []RequestOption) *call {
	r := s.client.newCall(method, "/projects/{project_id}/tasks", opts)
	r.path.projectID(project)
	r.result = result
	return r
}

func (s *TasksService) taskCall(method string, project ProjectID, taskID int64, result string, opts []RequestOption) *call {
	r := s.client.newCall(method, "/projects/{project_id}/tasks/{task_id}", opts)
	r.path.projectID(project)
	r.path.id(taskID)
	r.result = result
	return r
}
