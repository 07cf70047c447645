package state

import "slices"

// ChangeLanguage puts a changed language in. When its plural forms are others
// now, the texts of plural keys are rewritten: a form that is new is empty, one
// that is gone is lost (assumed).
func (tx *Tx) ChangeLanguage(l *Language) {
	old := tx.Languages.Get(l.Content, l.ID)
	tx.Languages.Put(tx, l)
	if old == nil || slices.Equal(old.PluralForms, l.PluralForms) {
		return
	}
	for _, k := range tx.Keys.Rows(l.Content) {
		row := tx.TranslationOf(k, l.ID)
		if !k.IsPlural || row == nil {
			continue
		}
		forms, _ := Plurals(row.Text)
		t := *row
		t.Text, t.Segments = PluralText(l.PluralForms, forms), nil
		tx.Translations.Put(tx, &t)
	}
}
