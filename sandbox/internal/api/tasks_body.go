package api

import (
	"time"

	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// taskBody is a task on the wire, its members in the recorded order.
type taskBody struct {
	TaskID                     int64              `json:"task_id"`
	Title                      string             `json:"title"`
	CanBeParent                bool               `json:"can_be_parent"`
	TaskType                   string             `json:"task_type"`
	ParentTaskID               *int64             `json:"parent_task_id"`
	ClosingTags                []string           `json:"closing_tags"`
	Description                string             `json:"description"`
	Status                     string             `json:"status"`
	Progress                   int                `json:"progress"` // percent
	DueDate                    *string            `json:"due_date"`
	DueDateTimestamp           *int64             `json:"due_date_timestamp"`
	KeysCount                  int                `json:"keys_count"`
	WordsCount                 int                `json:"words_count"`
	CreatedAt                  string             `json:"created_at"`
	CreatedAtTimestamp         int64              `json:"created_at_timestamp"`
	CreatedBy                  int64              `json:"created_by"`
	CreatedByEmail             string             `json:"created_by_email"`
	SourceLanguageISO          string             `json:"source_language_iso"`
	Languages                  []taskLanguageBody `json:"languages"`
	AutoCloseItems             bool               `json:"auto_close_items"`
	AutoCloseLanguages         bool               `json:"auto_close_languages"`
	AutoCloseTask              bool               `json:"auto_close_task"`
	completion                 `json:",inline"`
	DoLockTranslations         bool    `json:"do_lock_translations"`
	CustomTranslationStatusIDs []int64 `json:"custom_translation_status_ids"`
}

type taskLanguageBody struct {
	LanguageISO       *string     `json:"language_iso"` // null: not in the project any more (assumed to be why it was recorded)
	Users             []taskUser  `json:"users"`
	Groups            []taskGroup `json:"groups"`
	Keys              []int64     `json:"keys"` // none once nothing is to be done (recorded)
	Status            string      `json:"status"`
	Progress          int         `json:"progress"` // percent
	InitialTMLeverage any         `json:"initial_tm_leverage"`
	KeysCount         int         `json:"keys_count"`
	WordsCount        int         `json:"words_count"`
	completion        `json:",inline"`
}

type taskUser struct {
	UserID   int64  `json:"user_id"`
	Email    string `json:"email"`
	Fullname string `json:"fullname"`
}

type taskGroup struct {
	ID   int64  `json:"id"`
	Name string `json:"name"`
}

// leverageBody counts words by how well they match.
type leverageBody struct {
	From0   int `json:"0%+"`
	From60  int `json:"60%+"`
	From75  int `json:"75%+"`
	From95  int `json:"95%+"`
	Exactly int `json:"100%"`
}

// completion says when something was completed and by whom; null until then.
type completion struct {
	CompletedAt          *string `json:"completed_at"`
	CompletedAtTimestamp *int64  `json:"completed_at_timestamp"`
	CompletedBy          *int64  `json:"completed_by"`
	CompletedByEmail     *string `json:"completed_by_email"`
}

func completionView(tx *state.Tx, at time.Time, by int64) (c completion) {
	if at.IsZero() {
		return c
	}
	email := emailOf(tx, by)
	c.CompletedAt, c.CompletedAtTimestamp = optionalTime(at)
	c.CompletedBy, c.CompletedByEmail = &by, &email
	return c
}

// optionalTime is a time that is null when it is zero, with its twin.
func optionalTime(t time.Time) (text *string, timestamp *int64) {
	if t.IsZero() {
		return nil, nil
	}
	written, seconds := apiTime(t), t.Unix()
	return &written, &seconds
}

func taskView(tx *state.Tx, t *state.Task) taskBody {
	content := tx.TaskContent(t)
	body := taskBody{
		TaskID: t.ID, Title: t.Title, TaskType: t.Type, Description: t.Description,
		// Recorded: tasks for translation that are open, and no others.
		CanBeParent: t.Type == state.TaskTranslation && t.IsOpen(),
		ClosingTags: list(t.ClosingTags), Status: string(t.Status), Progress: t.Progress(),
		KeysCount: len(t.AllKeys()), WordsCount: t.Words(),
		CreatedAt: apiTime(t.CreatedAt), CreatedAtTimestamp: t.CreatedAt.Unix(), CreatedBy: t.CreatedBy, CreatedByEmail: emailOf(tx, t.CreatedBy),
		Languages:      make([]taskLanguageBody, len(t.Languages)),
		AutoCloseItems: t.AutoCloseItems, AutoCloseLanguages: t.AutoCloseLanguages, AutoCloseTask: t.AutoCloseTask,
		completion:         completionView(tx, t.CompletedAt, t.CompletedBy),
		DoLockTranslations: t.LockTranslations, CustomTranslationStatusIDs: list(t.StatusIDs),
	}
	body.DueDate, body.DueDateTimestamp = optionalTime(t.DueDate)
	if t.ParentID != 0 {
		body.ParentTaskID = &t.ParentID
	}
	if l := tx.Languages.Get(content, t.SourceID); l != nil {
		body.SourceLanguageISO = l.ISO
	}
	for i := range t.Languages {
		body.Languages[i] = taskLanguageView(tx, t, &t.Languages[i], content)
	}
	return body
}

func taskLanguageView(tx *state.Tx, t *state.Task, l *state.TaskLanguage, content string) taskLanguageBody {
	body := taskLanguageBody{
		Users: []taskUser{}, Groups: []taskGroup{}, Keys: []int64{},
		Status: string(l.Status), Progress: l.Progress(), InitialTMLeverage: leverageView(l.Leverage),
		KeysCount: len(l.Keys), WordsCount: l.Words, completion: completionView(tx, l.CompletedAt, l.CompletedBy),
	}
	if language := tx.Languages.Get(content, l.LanguageID); language != nil {
		body.LanguageISO = &language.ISO
	}
	if t.IsOpen() && l.IsOpen() {
		body.Keys = list(l.Keys)
	}
	for _, id := range l.Users {
		if u := tx.Users.Get("", id); u != nil {
			body.Users = append(body.Users, taskUser{UserID: u.ID, Email: u.Email, Fullname: u.FullName})
		}
	}
	p := tx.Projects.Get("", t.ProjectID)
	for _, id := range l.Groups {
		if g := tx.Groups.Get(state.TeamKey(p.TeamID), id); g != nil {
			body.Groups = append(body.Groups, taskGroup{ID: g.ID, Name: g.Name})
		}
	}
	return body
}

// leverageView is an empty list until it is calculated, as PHP writes an empty
// map (recorded).
func leverageView(l *state.Leverage) any {
	if l == nil {
		return []int{}
	}
	return leverageBody{From0: l.None, Exactly: l.Exact}
}

// list is a list that is [] rather than null on the wire.
func list[T any](items []T) []T {
	if items == nil {
		return []T{}
	}
	return items
}

// taskEvent is what webhooks are told of a task.
type taskEvent struct {
	Task     taskEventPart  `json:"task"`
	Language *eventLanguage `json:"language,omitzero"`
}

type taskEventPart struct {
	ID          int64   `json:"id"`
	Type        string  `json:"type"`
	Title       string  `json:"title"`
	DueDate     *string `json:"due_date"`
	Description string  `json:"description"`
}

// taskLeverageEvent is what webhooks are told of a task's leverage, by the codes
// of its languages (assumed: the official Node SDK says "string or number").
type taskLeverageEvent struct {
	Task struct {
		ID                int64                   `json:"id"`
		Title             string                  `json:"title"`
		Description       string                  `json:"description"`
		InitialTMLeverage map[string]leverageBody `json:"initial_tm_leverage"`
	} `json:"task"`
}

// tellOfTask has webhooks told what became of a task.
func tellOfTask(tx *state.Tx, name string, t *state.Task, languageID, by int64) {
	e := state.Event{Name: name, ProjectID: t.ProjectID, UserID: by, Branch: taskBranch(tx, t)}
	if p := tx.Projects.Get("", t.ProjectID); p != nil {
		e.TeamID = p.TeamID
	}
	if name == "project.task.initial_tm_leverage.calculated" {
		e.Payload = leverageEvent(tx, t)
		tx.Emit(e)
		return
	}
	payload := taskEvent{Task: taskEventPart{ID: t.ID, Type: t.Type, Title: t.Title, Description: t.Description}}
	payload.Task.DueDate, _ = optionalTime(t.DueDate)
	if l := tx.Languages.Get(tx.TaskContent(t), languageID); l != nil {
		language := languageEvent(l)
		payload.Language = &language
		e.Languages = []string{l.ISO}
	}
	e.Payload = payload
	tx.EmitAfterwards(e)
}

func leverageEvent(tx *state.Tx, t *state.Task) taskLeverageEvent {
	var e taskLeverageEvent
	e.Task.ID, e.Task.Title, e.Task.Description = t.ID, t.Title, t.Description
	e.Task.InitialTMLeverage = map[string]leverageBody{}
	content := tx.TaskContent(t)
	for i := range t.Languages {
		l := tx.Languages.Get(content, t.Languages[i].LanguageID)
		if counted, ok := leverageView(t.Languages[i].Leverage).(leverageBody); ok && l != nil {
			e.Task.InitialTMLeverage[l.ISO] = counted
		}
	}
	return e
}

// taskBranch is the name of the branch that a task is in, or empty where there
// are none.
func taskBranch(tx *state.Tx, t *state.Task) string {
	if b := tx.Branches.Get(t.ProjectID, t.BranchID); b != nil {
		return b.Name
	}
	if p := tx.Projects.Get("", t.ProjectID); p != nil && p.Settings.Branching {
		return state.MasterBranch
	}
	return ""
}
