package state

import (
	"slices"
	"time"
)

// TaskStatus is how far a task or one of its languages has come.
type TaskStatus string

// What can be the matter with a task. That there is a space in one of them is
// recorded.
const (
	TaskCreated    TaskStatus = "created"
	TaskQueued     TaskStatus = "queued" // until its parent is completed
	TaskInProgress TaskStatus = "in progress"
	TaskCompleted  TaskStatus = "completed"
)

// Kinds of tasks, as the API writes them.
const (
	TaskTranslation = "translation"
	TaskReview      = "review"
	TaskAutomatic   = "automatic_translation"
	TaskLQA         = "lqa_by_ai"
)

// Task is work on keys in some languages.
type Task struct {
	ProjectID   string
	BranchID    int64 // 0: the master branch, or none
	ID          int64
	Title       string
	Description string
	Type        string
	Status      TaskStatus
	DueDate     time.Time // zero: none
	CreatedAt   time.Time
	CreatedBy   int64 // user
	SourceID    int64 // language
	ParentID    int64 // task, or 0
	ClosingTags []string
	Languages   []TaskLanguage
	StatusIDs   []int64 // custom translation statuses that a done item gets

	AutoCloseItems     bool
	AutoCloseLanguages bool
	AutoCloseTask      bool
	LockTranslations   bool
	MarkVerified       bool // what a machine translates

	CompletedAt time.Time
	CompletedBy int64 // user
}

// TaskLanguage is the part of a task that is in one language. Its items are the
// translations of its keys.
type TaskLanguage struct {
	LanguageID  int64
	Users       []int64
	Groups      []int64
	Keys        []int64 // sorted
	Done        []int64 // sorted, those of Keys whose items are done
	Words       int     // in the source language
	Status      TaskStatus
	Leverage    *Leverage // nil: not calculated yet
	CompletedAt time.Time
	CompletedBy int64 // user
}

// Leverage counts words by how well the translation memory matches them.
type Leverage struct {
	None  int // "0%+"
	Exact int // "100%"
}

// IsOpen tells whether there is still something to do.
func (t *Task) IsOpen() bool { return t.Status != TaskCompleted }

// IsOpen tells whether there is still something to do in the language.
func (l *TaskLanguage) IsOpen() bool { return l.Status != TaskCompleted }

// Progress is how much of the language is done, in percent of its items.
func (l *TaskLanguage) Progress() int { return percent(len(l.Done), len(l.Keys)) }

// Progress is how much of the task is done, in percent of its items.
func (t *Task) Progress() int {
	done, all := 0, 0
	for i := range t.Languages {
		done, all = done+len(t.Languages[i].Done), all+len(t.Languages[i].Keys)
	}
	return percent(done, all)
}

func percent(part, whole int) int {
	if whole == 0 {
		return 0
	}
	return part * 100 / whole
}

// Words is the number of words to translate, all languages together
// (recorded).
func (t *Task) Words() int {
	n := 0
	for i := range t.Languages {
		n += t.Languages[i].Words
	}
	return n
}

// AllKeys are the different keys of the task.
func (t *Task) AllKeys() []int64 {
	var all []int64
	for i := range t.Languages {
		all = append(all, t.Languages[i].Keys...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// clone copies a task for changes.
func (t *Task) clone() *Task {
	copied := *t
	copied.Languages = slices.Clone(t.Languages)
	return &copied
}

// TaskContent is where the keys of a task are, or empty when its branch is
// gone.
func (tx *Tx) TaskContent(t *Task) string {
	if t.BranchID == 0 {
		return t.ProjectID
	}
	if b := tx.Branches.Get(t.ProjectID, t.BranchID); b != nil {
		return b.Content()
	}
	return ""
}

// openTasks are the open tasks about a content.
func (tx *Tx) openTasks(projectID, content string) []*Task {
	version := max(tx.Tasks.Version(projectID), tx.Branches.Version(projectID))
	return Memo(tx, "tasks/"+content, version, func() []*Task {
		var open []*Task
		for t := range tx.Tasks.All(projectID) {
			if t.IsOpen() && tx.TaskContent(t) == content {
				open = append(open, t)
			}
		}
		return open
	})
}

// hasID is for sorted lists.
func hasID(sorted []int64, id int64) bool {
	_, found := slices.BinarySearch(sorted, id)
	return found
}

// addID makes a sorted list with one more.
func addID(sorted []int64, id int64) []int64 {
	at, found := slices.BinarySearch(sorted, id)
	if found {
		return sorted
	}
	return slices.Insert(slices.Clone(sorted), at, id)
}

// dropID makes a sorted list with one less.
func dropID(sorted []int64, id int64) []int64 {
	at, found := slices.BinarySearch(sorted, id)
	if !found {
		return sorted
	}
	return slices.Delete(slices.Clone(sorted), at, at+1)
}

// TaskHappened is told what became of a task. The name is that of the webhook's
// event; languageID is 0 unless the event is about one.
type TaskHappened func(tx *Tx, name string, t *Task, languageID, by int64)

// Kinds of jobs that tasks make. Their argument is the project and the task.
const (
	leverageJob = "task leverage"
	machineJob  = "task machine"
)

// HandleTasks has tasks follow what happens to their keys. It is called before
// the universe is used.
func (u *Universe) HandleTasks(tell TaskHappened) {
	u.taskHappened = tell
	u.OnTranslated((*Tx).taskTranslated)
	u.OnKeyDeleted((*Tx).taskKeyDeleted)
	u.HandleJobs(leverageJob, onTask((*Tx).taskLeverage))
	u.HandleJobs(machineJob, onTask((*Tx).taskMachine))
}

func (tx *Tx) tellTask(name string, t *Task, languageID, by int64) {
	if tell := tx.world.universe.taskHappened; tell != nil {
		tell(tx, name, t, languageID, by)
	}
}

// taskTables are the rows of tasks.
type taskTables struct {
	Tasks *Table[int64, Task] // project
}

func (d *data) addTaskTables() {
	d.Tasks = newTable(d, "tasks", func(t *Task) int64 { return t.ID }, func(t *Task) string { return t.ProjectID })
	d.ofProject = append(d.ofProject, d.Tasks)
}
