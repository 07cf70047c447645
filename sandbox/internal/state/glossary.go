package state

import (
	"strings"
	"time"
)

// Term is a term of a project's glossary, which all branches share (assumed).
type Term struct {
	ProjectID     string
	ID            int64
	Text          string
	Description   string
	CaseSensitive bool
	Translatable  bool
	Forbidden     bool
	Translations  []TermTranslation
	Tags          []string
	CreatedAt     time.Time
	UpdatedAt     time.Time // zero: never
}

// TermTranslation is what a term is in a language of the project.
type TermTranslation struct {
	LanguageID  int64
	Text        string
	Description string
}

// Translation is the term's translation into a language; it is empty where
// nobody wrote one.
func (t *Term) Translation(languageID int64) TermTranslation {
	for _, translation := range t.Translations {
		if translation.LanguageID == languageID {
			return translation
		}
	}
	return TermTranslation{LanguageID: languageID}
}

// Translate changes the term's translation into a language. The list becomes a
// new one.
func (t *Term) Translate(translation TermTranslation) {
	list := make([]TermTranslation, 0, len(t.Translations)+1)
	for _, old := range t.Translations {
		if old.LanguageID != translation.LanguageID {
			list = append(list, old)
		}
	}
	t.Translations = append(list, translation)
}

// TermNamed returns a project's term with a text, regardless of case, or nil.
func (tx *Tx) TermNamed(projectID, text string) *Term {
	for _, t := range tx.Terms.Named(projectID, strings.ToLower(text)) {
		return t
	}
	return nil
}
