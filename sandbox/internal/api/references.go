package api

import (
	"strings"

	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// A text can name another key, whose text in the same language then stands in
// its place: [%key:name%]
// (https://docs.lokalise.com/en/articles/1400528-key-referencing).
const (
	referenceStart = "[%key:"
	referenceEnd   = "%]"
)

// mostReferences is how many references of one text are followed, so that
// keys that name each other come to an end.
const mostReferences = 100

// readReferences tells whether references are to be resolved, which they are
// unless the query says otherwise (documented).
func (c *call) readReferences() (resolve bool, err error) {
	disabled, err := c.queryFlagOr("disable_references", false)
	return !disabled, err
}

// text is a translation's text, its references resolved if they are to be.
func (v *contentView) text(t *state.Translation) string {
	if !v.resolve || !strings.Contains(t.Text, referenceStart) {
		return t.Text
	}
	left := mostReferences
	forms, plural := state.Plurals(t.Text)
	l := v.tx.Languages.Get(t.Content, t.LanguageID)
	if !plural || l == nil {
		return v.follow(t.Text, t.LanguageID, &left)
	}
	for form, text := range forms {
		forms[form] = v.follow(text, t.LanguageID, &left)
	}
	return state.PluralText(l.PluralForms, forms)
}

func (v *contentView) follow(text string, languageID int64, left *int) string {
	var out strings.Builder
	for {
		before, after, found := strings.Cut(text, referenceStart)
		name, rest, closed := strings.Cut(after, referenceEnd)
		if !found || !closed || *left == 0 {
			out.WriteString(text)
			return out.String()
		}
		*left--
		out.WriteString(before)
		if target, there := v.referenced(name, languageID); there {
			out.WriteString(v.follow(target, languageID, left))
		} else {
			out.WriteString(referenceStart + name + referenceEnd)
		}
		text = rest
	}
}

// referenced is the text of a key that goes by the name. A plural key has no
// one text and stays a reference (assumed).
func (v *contentView) referenced(name string, languageID int64) (text string, there bool) {
	for _, k := range v.tx.Keys.Named(v.content, name) {
		if t := v.tx.TranslationOf(k, languageID); t != nil && !k.IsPlural {
			return t.Text, true
		}
	}
	return "", false
}
