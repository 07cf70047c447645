package state

import (
	"strconv"
	"strings"
)

func taskArg(t *Task) string { return t.ProjectID + "/" + IDKey(t.ID) }

// onTask makes a job handler of what is to be done with a task. One that was
// deleted meanwhile needs nothing.
func onTask(do func(tx *Tx, t *Task)) JobHandler {
	return func(w *World, j *Job) {
		projectID, text, _ := strings.Cut(j.Arg, "/")
		id, _ := strconv.ParseInt(text, 10, 64) // written by taskArg
		_ = w.Update(func(tx *Tx) error {       // a storage that fails is logged there
			if !tx.Done(j) {
				return nil
			}
			if t := tx.Tasks.Get(projectID, id); t != nil {
				do(tx, t)
			}
			return nil
		})
	}
}

// taskLeverage calculates what the translation memory knows of a task. The
// memory is what is translated in the branch, and only whole texts match
// (both assumed: how the real service compares is not known).
func (tx *Tx) taskLeverage(old *Task) {
	t := old.clone()
	content := tx.TaskContent(t)
	for i := range t.Languages {
		l := &t.Languages[i]
		known := tx.known(content, t.SourceID, l.LanguageID)
		l.Leverage = &Leverage{}
		for _, id := range l.Keys {
			k := tx.Keys.Get(content, id)
			if k == nil {
				continue
			}
			words := tx.wordsOf(content, id, t.SourceID)
			if source := tx.TranslationOf(k, t.SourceID); source != nil && known[source.Text] {
				l.Leverage.Exact += words
			} else {
				l.Leverage.None += words
			}
		}
	}
	tx.Tasks.Put(tx, t)
	tx.tellTask("project.task.initial_tm_leverage.calculated", t, 0, 0)
}

// known are the texts of a language that are translated into another one.
func (tx *Tx) known(content string, sourceID, languageID int64) map[string]bool {
	texts := map[string]bool{}
	if sourceID == languageID {
		return texts // nothing is translated
	}
	for k := range tx.Keys.All(content) {
		source, translated := tx.TranslationOf(k, sourceID), tx.TranslationOf(k, languageID)
		if source != nil && translated != nil && !source.IsEmpty() && !translated.IsEmpty() {
			texts[source.Text] = true
		}
	}
	return texts
}

// startMachine plans the work of a task that a machine does.
func (tx *Tx) startMachine(t *Task) {
	if t.Status != TaskQueued && (t.Type == TaskAutomatic || t.Type == TaskLQA) {
		tx.Schedule(machineJob, taskArg(t), machineAfter)
	}
}

// taskMachine does the work of a machine: it translates what is empty, by
// repeating the source behind the language's code, and looks at what is not.
// The task closes with it, whatever it says of closing by itself.
func (tx *Tx) taskMachine(t *Task) {
	if !t.IsOpen() {
		return
	}
	content := tx.TaskContent(t)
	for i := range t.Languages {
		language := tx.Languages.Get(content, t.Languages[i].LanguageID)
		if language == nil || t.Type != TaskAutomatic {
			continue
		}
		for _, id := range t.Languages[i].Keys {
			tx.machineTranslate(t, language, tx.Keys.Get(content, id))
		}
	}
	if t = tx.Tasks.Get(t.ProjectID, t.ID); t.IsOpen() {
		done := t.clone()
		for i := range done.Languages {
			done.Languages[i].Done = done.Languages[i].Keys
		}
		tx.CloseTask(done, t.CreatedBy)
	}
}

func (tx *Tx) machineTranslate(t *Task, language *Language, k *Key) {
	if k == nil {
		return
	}
	source, target := tx.TranslationOf(k, t.SourceID), tx.TranslationOf(k, language.ID)
	if source == nil || target == nil || !target.IsEmpty() || source.IsEmpty() {
		return
	}
	made := *target
	made.Text, made.IsUnverified = machineText(source.Text, language, k.IsPlural), !t.MarkVerified
	tx.PutTranslation(made, t.CreatedBy)
}

// machineText is obviously no translation, and as obviously one of that text.
func machineText(source string, language *Language, plural bool) string {
	mark := "[" + language.ISO + "] "
	forms, ok := Plurals(source)
	if !plural || !ok {
		return mark + source
	}
	texts := map[string]string{}
	for _, form := range language.PluralForms {
		text := forms[form]
		if text == "" {
			text = forms["other"]
		}
		texts[form] = mark + text
	}
	return PluralText(language.PluralForms, texts)
}
