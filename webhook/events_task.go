package webhook

import (
	"encoding/json"

	"github.com/golokalise/lokalise"
)

// TaskCreated is the event project.task.created: a task was made.
type TaskCreated struct {
	Common
	Task Task `json:"task"`
	User User `json:"user"`
}

// Name returns the event's name.
func (TaskCreated) Name() lokalise.WebhookEvent { return lokalise.EventTaskCreated }

// TaskQueued is the event project.task.queued: a task waits for another one.
type TaskQueued struct {
	Common
	Task Task `json:"task"`
	User User `json:"user"`
}

// Name returns the event's name.
func (TaskQueued) Name() lokalise.WebhookEvent { return lokalise.EventTaskQueued }

// TaskClosed is the event project.task.closed: a task was closed.
type TaskClosed struct {
	Common
	Task Task `json:"task"`
	User User `json:"user"`
}

// Name returns the event's name.
func (TaskClosed) Name() lokalise.WebhookEvent { return lokalise.EventTaskClosed }

// TaskDeleted is the event project.task.deleted: a task was deleted.
type TaskDeleted struct {
	Common
	Task Task `json:"task"`
	User User `json:"user"`
}

// Name returns the event's name.
func (TaskDeleted) Name() lokalise.WebhookEvent { return lokalise.EventTaskDeleted }

// TaskLanguageClosed is the event project.task.language.closed: a language of a task was
// closed.
type TaskLanguageClosed struct {
	Common
	Task     Task     `json:"task"`
	Language Language `json:"language"`
	User     User     `json:"user"`
}

// Name returns the event's name.
func (TaskLanguageClosed) Name() lokalise.WebhookEvent {
	return lokalise.EventTaskLanguageClosed
}

// TaskInitialTMLeverageCalculated is the event project.task.initial_tm_leverage.calculated: the leverage of a task
// was calculated. Nobody caused it, so there is no user.
type TaskInitialTMLeverageCalculated struct {
	Common
	Task TaskLeverage `json:"task"`
}

// Name returns the event's name.
func (TaskInitialTMLeverageCalculated) Name() lokalise.WebhookEvent {
	return lokalise.EventTaskInitialTMLeverageCalculated
}

// TaskLeverage is a task with how much of it the translation memory covers.
type TaskLeverage struct {
	ID          int64  `json:"id"`
	Title       string `json:"title"`
	Description string `json:"description"`
	// InitialTMLeverage has an element for each language.
	InitialTMLeverage Leverage `json:"initial_tm_leverage"`
}

// Leverage counts, for each language, the words by how well the translation
// memory matches them, as in {"fr": {"0%+": 12, "100%": 3}}.
type Leverage map[string]map[string]int64

// UnmarshalJSON also reads [], which PHP writes for an object without members.
func (l *Leverage) UnmarshalJSON(data []byte) error {
	var languages map[string]json.RawMessage
	*l = Leverage{}
	if isEmptyList(data) {
		return nil
	}
	if err := json.Unmarshal(data, &languages); err != nil {
		return err
	}
	for name, text := range languages {
		var counts map[string]int64
		if !isEmptyList(text) {
			if err := json.Unmarshal(text, &counts); err != nil {
				return err
			}
		}
		(*l)[name] = counts
	}
	return nil
}
