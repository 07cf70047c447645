package api

import (
	"slices"
	"time"

	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// taskInput is the body of tasks.create and tasks.update.
type taskInput struct {
	row       state.Task // what the body says that needs no look at the project
	source    string     // language code; empty: the base language
	languages []taskInputLanguage
	keys      []int64
	close     bool
	body      object
}

type taskInputLanguage struct {
	iso    string
	users  []int64
	groups []int64
	close  bool
}

func checkTaskCreate(c *call) error {
	in := &taskInput{body: c.bodyObject(), row: state.Task{
		Type: state.TaskTranslation, AutoCloseItems: true, AutoCloseLanguages: true, AutoCloseTask: true, // documented defaults
	}}
	if in.row.Title, _ = in.body.text("title"); in.row.Title == "" {
		return invalidParameter("title")
	}
	if err := in.readNew(); err != nil {
		return err
	}
	c.input = in
	return in.readCommon(&in.row)
}

func checkTaskUpdate(c *call) error {
	in := &taskInput{body: c.bodyObject()}
	c.input = in
	if err := in.body.optionalFlag("close_task", &in.close); err != nil {
		return err
	}
	var any state.Task // only to see that everything is of its type
	return in.readCommon(&any)
}

// readNew reads what only a new task has.
func (in *taskInput) readNew() error {
	o, t := in.body, &in.row
	for _, err := range []error{
		o.optionalText("task_type", &t.Type), o.optionalNumber("parent_task_id", &t.ParentID),
		o.optionalText("source_language_iso", &in.source), o.optionalNumbers("keys", &in.keys),
		o.optionalNumbers("custom_translation_status_ids", &t.StatusIDs), o.optionalFlag("mark_verified", &t.MarkVerified),
	} {
		if err != nil {
			return err
		}
	}
	switch t.Type {
	case state.TaskTranslation, state.TaskReview, state.TaskAutomatic, state.TaskLQA:
	default:
		return invalidParameter("task_type")
	}
	switch hasParent := t.ParentID != 0; {
	case hasParent && t.Type != state.TaskReview: // documented
		return invalidParameter("parent_task_id")
	case !hasParent && len(in.keys) == 0:
		return invalidParameter("keys")
	case !hasParent && !o.has("languages"):
		return invalidParameter("languages")
	}
	return nil
}

// readCommon reads into t what both a new and a changed task have.
func (in *taskInput) readCommon(t *state.Task) error {
	o := in.body
	for _, err := range []error{
		o.optionalText("title", &t.Title), o.optionalText("description", &t.Description),
		o.optionalFlag("auto_close_languages", &t.AutoCloseLanguages), o.optionalFlag("auto_close_task", &t.AutoCloseTask),
		o.optionalFlag("auto_close_items", &t.AutoCloseItems), o.optionalFlag("do_lock_translations", &t.LockTranslations),
		o.optionalTexts("closing_tags", &t.ClosingTags), in.readDueDate(t), in.readLanguages(),
	} {
		if err != nil {
			return err
		}
	}
	return nil
}

// readDueDate reads the documented form, "Y-m-d H:i:s" in PHP's words, in UTC
// (assumed). null takes a due date away.
func (in *taskInput) readDueDate(t *state.Task) error {
	v, sent := in.body.get("due_date")
	if !sent || v.Kind() == 'n' {
		if sent {
			t.DueDate = time.Time{}
		}
		return nil
	}
	text, _ := in.body.text("due_date")
	due, err := time.Parse(time.DateTime, text)
	if err != nil {
		return invalidParameter("due_date")
	}
	t.DueDate = due
	return nil
}

func (in *taskInput) readLanguages() error {
	if !in.body.has("languages") {
		return nil
	}
	items, ok := in.body.objects("languages")
	if !ok || len(items) == 0 {
		return invalidParameter("languages")
	}
	in.languages = make([]taskInputLanguage, len(items))
	for i, item := range items {
		l := &in.languages[i]
		if l.iso, ok = item.text("language_iso"); !ok {
			return invalidParameter("languages", "language_iso")
		}
		for _, err := range []error{
			item.optionalNumbers("users", &l.users), item.optionalNumbers("groups", &l.groups), item.optionalFlag("close_language", &l.close),
		} {
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// task is the new task that the body describes.
func (in *taskInput) task(c *call, tx *state.Tx, p *state.Project) (*state.Task, error) {
	t := in.row
	t.ProjectID, t.CreatedBy, t.SourceID = p.ID, c.who.userID, p.BaseID
	if b := tx.BranchNamed(p.ID, c.project.branch); b != nil && !b.IsMaster() {
		t.BranchID = b.ID
	}
	if in.source != "" {
		l := languageOf(tx, c.content(), in.source)
		if l == nil {
			return nil, invalidParameter("source_language_iso")
		}
		t.SourceID = l.ID
	}
	for _, id := range in.keys {
		if tx.Keys.Get(c.content(), id) == nil {
			return nil, invalidParameter("keys")
		}
	}
	for _, id := range t.StatusIDs {
		if tx.Statuses.Get(p.ID, id) == nil {
			return nil, invalidParameter("custom_translation_status_ids")
		}
	}
	if err := in.follow(c, tx, &t); err != nil {
		return nil, err
	}
	for _, given := range in.languages {
		if err := given.check(c, tx, p, &t); err != nil {
			return nil, err
		}
		l := state.TaskLanguage{LanguageID: languageOf(tx, c.content(), given.iso).ID, Users: given.users, Groups: given.groups, Keys: slices.Clone(in.keys)}
		if at := in.languageAt(&t, l.LanguageID); at >= 0 {
			t.Languages[at].Users, t.Languages[at].Groups = l.Users, l.Groups
			continue
		}
		t.Languages = append(t.Languages, l)
	}
	return &t, nil
}

func (in *taskInput) languageAt(t *state.Task, languageID int64) int {
	return slices.IndexFunc(t.Languages, func(l state.TaskLanguage) bool { return l.LanguageID == languageID })
}

// follow gives a review task the languages and keys of its parent, with the
// same people, unless the body names others (assumed).
func (in *taskInput) follow(c *call, tx *state.Tx, t *state.Task) error {
	if t.ParentID == 0 {
		return nil
	}
	parent := tx.Tasks.Get(t.ProjectID, t.ParentID)
	if parent == nil || tx.TaskContent(parent) != c.content() || parent.Type != state.TaskTranslation || !parent.IsOpen() {
		return invalidParameter("parent_task_id")
	}
	t.SourceID = parent.SourceID
	for _, of := range parent.Languages {
		t.Languages = append(t.Languages, state.TaskLanguage{LanguageID: of.LanguageID, Users: of.Users, Groups: of.Groups, Keys: slices.Clone(of.Keys)})
	}
	in.keys = parent.AllKeys()
	return nil
}

// check refuses what the project does not have. Work for people needs some
// (assumed).
func (l taskInputLanguage) check(c *call, tx *state.Tx, p *state.Project, t *state.Task) error {
	if languageOf(tx, c.content(), l.iso) == nil {
		return invalidParameter("languages", "language_iso")
	}
	people := t.Type == state.TaskTranslation || t.Type == state.TaskReview
	if people && len(l.users) == 0 && len(l.groups) == 0 {
		return invalidParameter("languages", "users")
	}
	team := state.TeamKey(p.TeamID)
	for _, id := range l.users {
		if tx.Members.Get(team, id) == nil && tx.Contributors.Get(p.ID, id) == nil {
			return invalidParameter("languages", "users")
		}
	}
	for _, id := range l.groups {
		if tx.Groups.Get(team, id) == nil {
			return invalidParameter("languages", "groups")
		}
	}
	return nil
}

// change is the task as the body wants it. A language that is named gets the
// people that are named with it; one that the task does not have is refused.
func (in *taskInput) change(c *call, tx *state.Tx, p *state.Project, old *state.Task) (*state.Task, error) {
	t := *old
	t.Languages = slices.Clone(old.Languages)
	if err := in.readCommon(&t); err != nil {
		return nil, err
	}
	for _, given := range in.languages {
		l := languageOf(tx, c.content(), given.iso)
		if l == nil {
			return nil, invalidParameter("languages", "language_iso")
		}
		at := in.languageAt(&t, l.ID)
		if at < 0 {
			return nil, invalidParameter("languages", "language_iso")
		}
		if given.users == nil && given.groups == nil {
			continue
		}
		if err := given.check(c, tx, p, &t); err != nil {
			return nil, err
		}
		t.Languages[at].Users, t.Languages[at].Groups = given.users, given.groups
	}
	return &t, nil
}
