package lokalise

import (
	"encoding/json"
	"errors"
	"strings"
)

// TranslationText is a translation in a request: a text, made by [Text], or
// the plural forms of one, made by [Plurals]. The zero value leaves the
// translation as it is.
type TranslationText struct {
	text   string
	forms  map[string]string
	hasOne bool
}

// Text returns a translation that is one text. The empty text is one too.
func Text(text string) TranslationText { return TranslationText{text: text, hasOne: true} }

// Plurals returns the plural forms of a translation by their names: "zero",
// "one", "two", "few", "many", "other". The key must be plural.
func Plurals(forms map[string]string) TranslationText {
	if forms == nil {
		forms = map[string]string{}
	}
	return TranslationText{forms: forms, hasOne: true}
}

// IsZero reports whether there is no translation. The tag option omitzero asks
// it.
func (t TranslationText) IsZero() bool { return !t.hasOne }

// MarshalJSON writes a string, or an object of the plural forms.
func (t TranslationText) MarshalJSON() ([]byte, error) {
	if t.forms != nil {
		return json.Marshal(t.forms)
	}
	return json.Marshal(t.text)
}

// errPluralForms is a text that is a JSON object but holds something else than
// plural forms.
var errPluralForms = errors.New("lokalise: the translation is a JSON object whose members are not all texts")

// parsePlurals reads the plural forms that the API writes as JSON inside of a
// string. A text that is no JSON object has none.
func parsePlurals(text string) (forms map[string]string, ok bool, err error) {
	if !strings.HasPrefix(text, "{") || !json.Valid([]byte(text)) {
		return nil, false, nil
	}
	var members map[string]*string
	if err := json.Unmarshal([]byte(text), &members); err != nil {
		return nil, false, errPluralForms
	}
	forms = make(map[string]string, len(members))
	for name, form := range members {
		if form == nil {
			return nil, false, errPluralForms
		}
		forms[name] = *form
	}
	return forms, true, nil
}
