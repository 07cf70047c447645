package state

import "time"

// AppendKeys puts many new keys into content at once, each with a translation
// for every language, for much less than as many calls of AddKey cost. Ids are
// set here, the time is when. fill gets each translation, empty, before anybody
// sees it.
func (tx *Tx) AppendKeys(content string, keys []*Key, when time.Time, fill func(t *Translation, k *Key, l *Language)) {
	languages := tx.Languages.Rows(content)
	keyID := tx.NextIDs("keys", len(keys))
	id := tx.NextIDs("translations", len(keys)*len(languages))
	translations := make([]*Translation, 0, len(keys)*len(languages))
	refs := make([]TranslationRef, 0, len(keys)*len(languages))
	for _, k := range keys {
		k.Content, k.ID = content, keyID
		k.CreatedAt, k.ModifiedAt, k.TranslationsModified = when, when, when
		keyID++
		first := len(refs)
		for _, l := range languages {
			t := emptyTranslation(k, l, id)
			fill(t, k, l)
			translations = append(translations, t)
			refs = append(refs, TranslationRef{l.ID, id})
			id++
		}
		k.Translations = refs[first:len(refs):len(refs)]
	}
	tx.Translations.Append(tx, content, translations)
	tx.Keys.Append(tx, content, keys)
}

// ExpectKeys makes room for keys that AppendKeys will put into content that has
// none yet.
func (tx *Tx) ExpectKeys(content string, n int) {
	tx.Keys.expect(tx, content, n)
	tx.Translations.expect(tx, content, n*tx.Languages.Len(content))
}
