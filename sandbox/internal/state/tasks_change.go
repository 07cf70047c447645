package state

import (
	"slices"
	"strings"
	"time"
)

// AddTask puts a task in. The caller has filled in what somebody asked for; the
// id, the times, the status and the counts are set here. A task whose parent is
// not completed waits for it.
func (tx *Tx) AddTask(t Task) *Task {
	t.ID, t.CreatedAt, t.Status = tx.NextID("tasks"), tx.Now(), TaskCreated
	parent := tx.Tasks.Get(t.ProjectID, t.ParentID)
	if parent != nil && parent.IsOpen() {
		t.Status = TaskQueued
	}
	content := tx.TaskContent(&t)
	for i := range t.Languages {
		l := &t.Languages[i]
		slices.Sort(l.Keys)
		l.Keys, l.Status = slices.Compact(l.Keys), TaskCreated
		for _, id := range l.Keys {
			l.Words += tx.wordsOf(content, id, t.SourceID)
			tx.markTask(content, id, l.LanguageID, 0, t.ID)
		}
	}
	tx.Tasks.Put(tx, &t)
	tx.tellTask("project.task.created", &t, 0, t.CreatedBy)
	if t.Status == TaskQueued {
		tx.tellTask("project.task.queued", &t, 0, t.CreatedBy)
	}
	tx.Schedule(leverageJob, taskArg(&t), leverageAfter)
	tx.startMachine(&t)
	return &t
}

// wordsOf counts the words of a key in a language.
func (tx *Tx) wordsOf(content string, keyID, languageID int64) int {
	k := tx.Keys.Get(content, keyID)
	if k == nil {
		return 0
	}
	if text := tx.TranslationOf(k, languageID); text != nil {
		return Words(text.Text)
	}
	return 0
}

// markTask writes into a translation which task it is in, if it is in the one
// that is to be replaced.
func (tx *Tx) markTask(content string, keyID, languageID, from, to int64) {
	k := tx.Keys.Get(content, keyID)
	if k == nil {
		return
	}
	old := tx.TranslationOf(k, languageID)
	if old == nil || from != 0 && old.TaskID != from {
		return
	}
	t := *old
	t.TaskID = to
	tx.Translations.Put(tx, &t)
}

// taskTranslated is what a changed translation means for tasks.
func (tx *Tx) taskTranslated(changed *Translation) {
	projectID, _, _ := strings.Cut(changed.Content, ":")
	for _, t := range tx.openTasks(projectID, changed.Content) {
		at := slices.IndexFunc(t.Languages, func(l TaskLanguage) bool {
			return l.LanguageID == changed.LanguageID && l.IsOpen() && hasID(l.Keys, changed.KeyID)
		})
		if at >= 0 && t.Status != TaskQueued && t.AutoCloseItems && isDone(t, changed) {
			tx.finishItem(t, at, changed)
		}
	}
}

// isDone tells whether a translation is what the task is for.
func isDone(t *Task, changed *Translation) bool {
	if t.Type == TaskReview {
		return changed.IsReviewed
	}
	return !changed.IsEmpty()
}

// finishItem marks an item as done, and closes what that completes. An item
// that is done stays so (assumed).
func (tx *Tx) finishItem(old *Task, at int, changed *Translation) {
	t := old.clone()
	l := &t.Languages[at]
	l.Done, l.Status = addID(l.Done, changed.KeyID), TaskInProgress
	t.Status = TaskInProgress
	tx.Tasks.Put(tx, t)
	if len(t.StatusIDs) > 0 {
		marked := *changed
		marked.StatusIDs = slices.Clone(changed.StatusIDs)
		for _, id := range t.StatusIDs {
			if !slices.Contains(marked.StatusIDs, id) {
				marked.StatusIDs = append(marked.StatusIDs, id)
			}
		}
		tx.Translations.Put(tx, &marked)
	}
	if len(l.Done) == len(l.Keys) && t.AutoCloseLanguages {
		tx.CloseTaskLanguage(t, l.LanguageID, changed.ModifiedBy)
	}
}

// CloseTaskLanguage closes a language of a task, and the task with its last
// one, if it closes by itself. It returns the task as it is then.
func (tx *Tx) CloseTaskLanguage(old *Task, languageID, by int64) *Task {
	t := old.clone()
	open := 0
	for i := range t.Languages {
		l := &t.Languages[i]
		if l.LanguageID == languageID && l.IsOpen() {
			l.Status, l.CompletedAt, l.CompletedBy = TaskCompleted, tx.Now(), by
			tx.unmark(t, l)
		}
		if l.IsOpen() {
			open++
		}
	}
	tx.Tasks.Put(tx, t)
	tx.tellTask("project.task.language.closed", t, languageID, by)
	if open == 0 && t.AutoCloseTask {
		return tx.CloseTask(t, by)
	}
	return t
}

// CloseTask closes a task for good. Languages that are open stay as they are
// (recorded). What waits for the task begins.
func (tx *Tx) CloseTask(old *Task, by int64) *Task {
	t := old.clone()
	t.Status, t.CompletedAt, t.CompletedBy = TaskCompleted, tx.Now(), by
	for i := range t.Languages {
		tx.unmark(t, &t.Languages[i])
	}
	tx.Tasks.Put(tx, t)
	tx.tagKeys(t)
	tx.tellTask("project.task.closed", t, 0, by)
	tx.startChildren(t)
	return t
}

func (tx *Tx) startChildren(parent *Task) {
	for _, waiting := range tx.Tasks.Rows(parent.ProjectID) {
		if waiting.ParentID == parent.ID && waiting.Status == TaskQueued {
			t := waiting.clone()
			t.Status = TaskCreated
			tx.Tasks.Put(tx, t)
			tx.startMachine(t)
		}
	}
}

// unmark takes the translations of a language out of a task.
func (tx *Tx) unmark(t *Task, l *TaskLanguage) {
	content := tx.TaskContent(t)
	for _, id := range l.Keys {
		tx.markTask(content, id, l.LanguageID, t.ID, 0)
	}
}

func (tx *Tx) tagKeys(t *Task) {
	if len(t.ClosingTags) == 0 {
		return
	}
	content := tx.TaskContent(t)
	for _, id := range t.AllKeys() {
		old := tx.Keys.Get(content, id)
		if old == nil {
			continue
		}
		k := *old
		k.Tags, k.ModifiedAt = slices.Clone(old.Tags), tx.Now()
		for _, tag := range t.ClosingTags {
			if !slices.Contains(k.Tags, tag) {
				k.Tags = append(k.Tags, tag)
			}
		}
		tx.Keys.Put(tx, &k)
	}
}

// DeleteTask deletes a task. What waits for it begins (assumed).
func (tx *Tx) DeleteTask(t *Task, by int64) {
	if t.IsOpen() {
		for i := range t.Languages {
			tx.unmark(t, &t.Languages[i])
		}
	}
	tx.tellTask("project.task.deleted", t, 0, by)
	tx.Tasks.Delete(tx, t.ProjectID, t.ID)
	tx.startChildren(t)
}

// taskKeyDeleted takes a key that goes out of the open tasks that it is in.
func (tx *Tx) taskKeyDeleted(k *Key) {
	projectID, _, _ := strings.Cut(k.Content, ":")
	for _, old := range tx.openTasks(projectID, k.Content) {
		var t *Task
		for i := range old.Languages {
			if !hasID(old.Languages[i].Keys, k.ID) {
				continue
			}
			if t == nil {
				t = old.clone()
			}
			l := &t.Languages[i]
			l.Keys, l.Done = dropID(l.Keys, k.ID), dropID(l.Done, k.ID)
			l.Words -= tx.wordsOf(k.Content, k.ID, t.SourceID)
		}
		if t != nil {
			tx.Tasks.Put(tx, t)
		}
	}
}

// leverageAfter and machineAfter are how long the background takes, on the
// sandbox's clock (both assumed).
const (
	leverageAfter = 5 * time.Second
	machineAfter  = 10 * time.Second
)
