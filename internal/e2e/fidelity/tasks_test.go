package fidelity_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"
)

func TestTasksHaveTheRecordedShape(t *testing.T) {
	t.Parallel()
	c := newContent(t, map[string]any{"name": "x", "languages": []any{map[string]any{"lang_iso": "en"}, map[string]any{"lang_iso": "fr"}}})
	body := map[string]any{
		"title": "x", "keys": []int64{c.key}, "closing_tags": []string{"x"},
		"languages": []any{map[string]any{"language_iso": "fr", "users": []int64{320181}}},
	}
	var made struct {
		Task struct {
			ID int64 `json:"task_id"`
		}
	}
	c.post("/tasks", body, &made)
	one := fmt.Sprintf("/tasks/%d", made.Task.ID)
	c.box.Clock().Advance(time.Minute)
	c.same("tasks/update.json", http.MethodPut, one, map[string]any{"title": "x"}, noBranch)
	c.same("tasks/delete.json", http.MethodDelete, one, nil, noBranch)
}
