package api

import (
	"slices"

	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// translationChange is a translation before and after a change.
type translationChange struct {
	before, after *state.Translation
	segment       int64 // 0: the change was not made by segment
}

// emitTranslated says which texts changed, and which translations are reviewed
// now or no longer. Both are told of one translation and of several in
// different events.
func (c *call) emitTranslated(tx *state.Tx, p *state.Project, changes []translationChange) {
	updated := slices.DeleteFunc(slices.Clone(changes), func(t translationChange) bool { return t.before.Text == t.after.Text })
	proofread := slices.DeleteFunc(slices.Clone(changes), func(t translationChange) bool { return t.before.IsReviewed == t.after.IsReviewed })
	if len(updated) > 0 {
		name, payload := translationsUpdatedEvent(tx, updated, actionBulk)
		c.emit(tx, p, name, payload, isosOf(tx, updated)...)
	}
	if len(proofread) > 0 {
		name, payload := translationsProofreadEvent(tx, proofread, actionBulk)
		c.emit(tx, p, name, payload, isosOf(tx, proofread)...)
	}
}

func translationsUpdatedEvent(tx *state.Tx, changes []translationChange, action string) (name string, payload any) {
	if len(changes) == 1 {
		t := changes[0]
		return "project.translation.updated", translationUpdatedPayload{
			Translation: eventTranslationUpdated{t.after.ID, t.after.Text, t.before.Text, t.segment},
			Language:    t.language(tx), Key: t.key(tx),
		}
	}
	many := translationsUpdatedPayload{Action: action}
	for _, t := range changes {
		many.Translations = append(many.Translations, eventTranslationsUpdated{t.after.ID, t.after.Text, t.before.Text, t.language(tx), t.key(tx)})
	}
	return "project.translations.updated", many
}

func translationsProofreadEvent(tx *state.Tx, changes []translationChange, action string) (name string, payload any) {
	if len(changes) == 1 {
		t := changes[0]
		return "project.translation.proofread", translationProofreadPayload{
			Translation: eventTranslationProofread{t.after.ID, t.after.Text, t.after.IsReviewed, t.segment},
			Language:    t.language(tx), Key: t.key(tx),
		}
	}
	many := translationsProofreadPayload{Action: action}
	for _, t := range changes {
		many.Translations = append(many.Translations, eventTranslationsProofread{t.after.ID, t.after.Text, t.after.IsReviewed, t.language(tx), t.key(tx)})
	}
	return "project.translations.proofread", many
}

func (t translationChange) language(tx *state.Tx) eventLanguage {
	if l := tx.Languages.Get(t.after.Content, t.after.LanguageID); l != nil {
		return languageEvent(l)
	}
	return eventLanguage{}
}

func (t translationChange) key(tx *state.Tx) eventKey {
	if k := tx.Keys.Get(t.after.Content, t.after.KeyID); k != nil {
		return keyEvent(k)
	}
	return eventKey{}
}

// isosOf lists the languages of the changes, each once.
func isosOf(tx *state.Tx, changes []translationChange) []string {
	var isos []string
	for _, t := range changes {
		isos = append(isos, t.language(tx).ISO)
	}
	slices.Sort(isos)
	return slices.Compact(isos)
}
