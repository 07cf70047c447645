package sandbox

import "github.com/golokalise/lokalise/sandbox/internal/state"

// AddKey puts a key into content of the default world, with texts by language.
func AddKey(s *Server, content, name string, texts map[string]string) (id int64) {
	_ = s.universe.Default().Update(func(tx *state.Tx) error {
		k := tx.AddKey(state.Key{Content: content, Names: state.SamePerPlatform(name), Platforms: []string{"web"}})
		for iso, text := range texts {
			t := *tx.TranslationOf(k, languageID(tx, content, iso))
			t.Text = text
			tx.Translations.Put(tx, &t)
		}
		id = k.ID
		return nil
	})
	return id
}

// Translate changes a translation of the default world as a user, and returns
// it as it is then.
func Translate(s *Server, content string, keyID int64, iso string, by int64, change func(t *state.Translation)) (made state.Translation) {
	_ = s.universe.Default().Update(func(tx *state.Tx) error {
		k := tx.Keys.Get(content, keyID)
		t := *tx.TranslationOf(k, languageID(tx, content, iso))
		if change != nil {
			change(&t)
			tx.PutTranslation(t, by)
		}
		made = *tx.Translations.Get(content, t.ID)
		return nil
	})
	return made
}

// Key returns a key of the default world, and whether a task locks it.
func Key(s *Server, content string, id int64) (k state.Key, locked bool) {
	_ = s.universe.Default().View(func(tx *state.Tx) error {
		found := tx.Keys.Get(content, id)
		k, locked = *found, tx.IsLocked(found)
		return nil
	})
	return k, locked
}

// DeleteKey deletes a key of the default world.
func DeleteKey(s *Server, content string, id int64) {
	_ = s.universe.Default().Update(func(tx *state.Tx) error {
		tx.DeleteKey(content, id)
		return nil
	})
}

func languageID(tx *state.Tx, content, iso string) int64 {
	for l := range tx.Languages.All(content) {
		if l.ISO == iso {
			return l.ID
		}
	}
	return 0
}
