package api

import (
	"net/http"
	"slices"
	"strings"

	"github.com/golokalise/lokalise/sandbox/internal/state"
)

type tasksAnswer struct {
	projectEnvelope `json:",inline"`
	Tasks           []taskBody `json:"tasks"`
}

type taskAnswer struct {
	projectEnvelope `json:",inline"`
	Task            taskBody `json:"task"`
}

type taskDeleted struct {
	projectEnvelope `json:",inline"`
	TaskDeleted     bool `json:"task_deleted"`
}

// errTaskCompleted refuses to change what cannot be undone (documented for
// close_task; the text is assumed).
var errTaskCompleted = failure(http.StatusBadRequest, "Task is already completed")

// listTasks lists the tasks of the branch that the path names (assumed).
func listTasks(c *call) (any, error) {
	p, err := c.offsetPage()
	if err != nil {
		return nil, err
	}
	title := c.query().Get("filter_title")
	statuses, err := c.taskStatuses()
	if err != nil {
		return nil, err
	}
	return c.view(func(tx *state.Tx, project *state.Project) (any, error) {
		var found []*state.Task
		for t := range tx.Tasks.All(project.ID) {
			if tx.TaskContent(t) == c.content() && matchesTask(t, title, statuses) {
				found = append(found, t)
			}
		}
		tasks := slicePage(c, p, found, func(t *state.Task) taskBody { return taskView(tx, t) })
		return tasksAnswer{c.envelope(project), tasks}, nil
	})
}

// matchesTask compares titles as a part, regardless of case (assumed).
func matchesTask(t *state.Task, title string, statuses []string) bool {
	if title != "" && !strings.Contains(strings.ToLower(t.Title), strings.ToLower(title)) {
		return false
	}
	return statuses == nil || slices.Contains(statuses, strings.ReplaceAll(string(t.Status), " ", "_"))
}

// taskStatuses reads the filter by status, in which there is an underscore
// where answers have a space (documented). An unknown one is 400 (assumed).
func (c *call) taskStatuses() ([]string, error) {
	statuses := c.queryList("filter_statuses")
	for _, s := range statuses {
		switch s {
		case "created", "queued", "in_progress", "completed":
		default:
			return nil, invalidParameter("filter_statuses")
		}
	}
	return statuses, nil
}

func createTask(c *call) (any, error) {
	input, _ := c.input.(*taskInput)
	return c.update(func(tx *state.Tx, p *state.Project) (any, error) {
		t, err := input.task(c, tx, p)
		if err != nil {
			return nil, err
		}
		made := tx.AddTask(*t)
		return taskAnswer{c.envelope(p), taskView(tx, made)}, nil
	})
}

func getTask(c *call) (any, error) {
	return c.view(func(tx *state.Tx, p *state.Project) (any, error) {
		t, err := c.task(tx)
		if err != nil {
			return nil, err
		}
		return taskAnswer{c.envelope(p), taskView(tx, t)}, nil
	})
}

// task finds the task of the path.
func (c *call) task(tx *state.Tx) (*state.Task, error) {
	t, err := inPath(c, "task_id", tx.Tasks, c.project.id)
	if err != nil || tx.TaskContent(t) != c.content() {
		return nil, errNotFound
	}
	return t, nil
}

func updateTask(c *call) (any, error) {
	input, _ := c.input.(*taskInput)
	return c.update(func(tx *state.Tx, p *state.Project) (any, error) {
		old, err := c.task(tx)
		if err != nil {
			return nil, err
		}
		if !old.IsOpen() {
			return nil, errTaskCompleted
		}
		t, err := input.change(c, tx, p, old)
		if err != nil {
			return nil, err
		}
		tx.Tasks.Put(tx, t)
		for _, l := range input.languages {
			if language := languageOf(tx, c.content(), l.iso); l.close && language != nil && t.IsOpen() {
				t = tx.CloseTaskLanguage(t, language.ID, c.who.userID)
			}
		}
		if input.close && t.IsOpen() {
			t = tx.CloseTask(t, c.who.userID)
		}
		return taskAnswer{c.envelope(p), taskView(tx, t)}, nil
	})
}

func deleteTask(c *call) (any, error) {
	return c.update(func(tx *state.Tx, p *state.Project) (any, error) {
		t, err := c.task(tx)
		if err != nil {
			return nil, err
		}
		tx.DeleteTask(t, c.who.userID)
		return taskDeleted{c.envelope(p), true}, nil
	})
}
