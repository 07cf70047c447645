package api

import (
	"cmp"
	"slices"

	"github.com/go-json-experiment/json"

	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// translate changes a key's translation into a language as a body says, and
// returns what changed: when it was the base text, other translations may have
// to be looked at again.
func (c *call) translate(v *contentView, k *state.Key, l *state.Language, o object) ([]translationChange, error) {
	old := v.tx.TranslationOf(k, l.ID)
	if old == nil {
		return nil, refuseItem(invalidMember(o, "language_iso"))
	}
	t := *old
	if err := readTranslation(o, k, l, &t); err != nil {
		return nil, err
	}
	if err := v.readMarks(o, old.Text != t.Text, marks{&t.IsReviewed, &t.ReviewedBy, &t.IsUnverified, &t.StatusIDs}, c.who.userID); err != nil {
		return nil, err
	}
	t.Segments = nil // the text is cut anew
	changes := []translationChange{{before: old, after: v.tx.PutTranslation(t, c.who.userID)}}
	if l.ID == v.project.BaseID && old.Text != t.Text && !old.IsEmpty() {
		v.unverify(k)
	}
	return changes, nil
}

// unverify marks the other translations of a key whose base text has changed,
// in a project that wants that (the setting is documented; that it leaves
// their dates alone is assumed).
func (v *contentView) unverify(k *state.Key) {
	if !v.project.Settings.AutoToggleUnverified {
		return
	}
	for _, ref := range k.Translations {
		old := v.tx.Translations.Get(k.Content, ref.ID)
		if ref.LanguageID == v.project.BaseID || old == nil || old.IsEmpty() || old.IsUnverified {
			continue
		}
		t := *old
		t.IsUnverified = true
		v.tx.Translations.Put(v.tx, &t)
	}
}

// readTranslation reads the text of a translation, which is required.
func readTranslation(o object, k *state.Key, l *state.Language, t *state.Translation) error {
	const member = "translation"
	value, _ := o.get(member)
	text, isText := o.text(member)
	forms, isPlural := state.Plurals(text)
	if value.Kind() == '{' {
		isPlural = json.Unmarshal(value, &forms, permissive) == nil
	}
	switch {
	case !isText && !isPlural, !k.IsPlural && !isText: // forms for a key that has none
		return invalidMember(o, member)
	case !k.IsPlural:
		t.Text = text
	case isPlural:
		t.Text = state.PluralText(l.PluralForms, forms)
	default: // one text for a plural key is its general form (assumed)
		t.Text = state.PluralText(l.PluralForms, map[string]string{"other": text})
	}
	return nil
}

// marks are the marks of a translation or of a segment.
type marks struct {
	reviewed   *bool
	reviewedBy *int64
	unverified *bool
	statusIDs  *[]int64
}

// readMarks reads marks. A new text is no longer reviewed or unverified unless
// the body says otherwise (assumed; recorded is the second).
func (v *contentView) readMarks(o object, newText bool, m marks, userID int64) error {
	wasReviewed := *m.reviewed
	if newText {
		*m.reviewed, *m.unverified = false, false
	}
	ids := slices.Clone(*m.statusIDs)
	if err := cmp.Or(
		o.optionalFlag("is_reviewed", m.reviewed),
		o.optionalFlag("is_fuzzy", m.unverified), // the former name
		o.optionalFlag("is_unverified", m.unverified),
		o.optionalNumbers("custom_translation_status_ids", &ids),
	); err != nil {
		return err
	}
	switch {
	case !*m.reviewed:
		*m.reviewedBy = 0
	case newText || !wasReviewed:
		*m.reviewedBy = userID
	}
	slices.Sort(ids)
	*m.statusIDs = slices.Compact(ids)
	for _, id := range *m.statusIDs {
		if v.tx.Statuses.Get(v.project.ID, id) == nil {
			return refuseItem(invalidMember(o, "custom_translation_status_ids"))
		}
	}
	return nil
}
