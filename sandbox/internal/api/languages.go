package api

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"github.com/golokalise/lokalise/sandbox/internal/state"
)

type languageBody struct {
	LangID      int64    `json:"lang_id"`
	LangISO     string   `json:"lang_iso"`
	LangName    string   `json:"lang_name"`
	IsRTL       bool     `json:"is_rtl"`
	PluralForms []string `json:"plural_forms"`
}

func languageView(l *state.Language) languageBody {
	return languageBody{l.ID, l.ISO, l.Name, l.RTL, l.PluralForms}
}

func listSystemLanguages(c *call) (any, error) {
	page, err := c.offsetPage()
	if err != nil {
		return nil, err
	}
	return struct {
		Languages []languageBody `json:"languages"`
	}{slicePage(c, page, state.SystemLanguages(), func(l state.SystemLanguage) languageBody {
		return languageBody{l.ID, l.ISO, l.Name, l.RTL, l.PluralForms}
	})}, nil
}

// listLanguages lists by name, as recorded.
func listLanguages(c *call) (any, error) {
	page, err := c.offsetPage()
	if err != nil {
		return nil, err
	}
	return c.view(func(tx *state.Tx, p *state.Project) (any, error) {
		rows := tx.Languages.Rows(c.content())
		slices.SortStableFunc(rows, func(a, b *state.Language) int { return strings.Compare(a.Name, b.Name) })
		return struct {
			projectEnvelope
			Languages []languageBody `json:"languages"`
		}{c.envelope(p), slicePage(c, page, rows, languageView)}, nil
	})
}

// languageError is a language that was not added (recorded for one that is
// there already).
type languageError struct {
	Message string `json:"message"`
	Code    int    `json:"code"`
	LangISO string `json:"lang_iso"`
}

func createLanguages(c *call) (any, error) {
	return c.update(func(tx *state.Tx, p *state.Project) (any, error) {
		list, err := items(c.bodyObject(), "languages")
		if err != nil {
			return nil, err
		}
		answer := struct {
			projectEnvelope
			Languages []languageBody  `json:"languages"`
			Errors    []languageError `json:"errors"`
		}{projectEnvelope: c.envelope(p)}
		var added languagesAddedPayload
		var isos []string
		for _, item := range list {
			l, err := c.addLanguage(tx, item)
			refused := asItemError(err)
			switch {
			case refused != nil:
				iso, _ := item.text("lang_iso")
				answer.Errors = append(answer.Errors, languageError{refused.Message, refused.Status, iso})
				continue
			case err != nil:
				return nil, err
			}
			answer.Languages = append(answer.Languages, languageView(l))
			added.Languages, isos = append(added.Languages, languageEvent(l)), append(isos, l.ISO)
		}
		if len(isos) > 0 {
			c.emit(tx, p, "project.languages.added", added, isos...)
		}
		return answer, nil
	})
}

func (c *call) addLanguage(tx *state.Tx, o object) (*state.Language, error) {
	iso, ok := o.text("lang_iso")
	if !ok || iso == "" {
		return nil, invalidMember(o, "lang_iso")
	}
	system, known := state.LanguageByISO(iso)
	l := system.InProject(c.content(), "")
	if err := cmp.Or(
		o.optionalText("custom_iso", &l.ISO),
		o.optionalText("custom_name", &l.Name),
		readPluralForms(o, "custom_plural_forms", &l.PluralForms),
	); err != nil {
		return nil, err
	}
	l.ISO, l.Name = cmp.Or(l.ISO, system.ISO), cmp.Or(l.Name, system.Name)
	switch {
	case !known:
		return nil, refuseItem(invalidMember(o, "lang_iso"))
	case tx.Languages.Get(l.Content, l.ID) != nil:
		// The code is recorded, the text is assumed.
		return nil, refuseItem(failure(http.StatusAlreadyReported, "Language is already added"))
	case isoTaken(tx, l):
		return nil, refuseItem(invalidMember(o, "custom_iso"))
	}
	tx.AddLanguage(l)
	return l, nil
}

// isoTaken tells whether another language of the branch has the code.
func isoTaken(tx *state.Tx, l *state.Language) bool {
	for other := range tx.Languages.All(l.Content) {
		if other.ID != l.ID && strings.EqualFold(other.ISO, l.ISO) {
			return true
		}
	}
	return false
}

// pluralForms are the names that forms can have (recorded, those of Unicode).
var pluralForms = []string{"zero", "one", "two", "few", "many", "other"}

// readPluralForms reads plural forms, which come back in the order of the API.
func readPluralForms(o object, name string, to *[]string) error {
	if !o.has(name) {
		return nil
	}
	sent, ok := o.texts(name)
	if !ok || len(sent) == 0 {
		return invalidMember(o, name)
	}
	var forms []string
	for _, form := range pluralForms {
		if slices.Contains(sent, form) {
			forms = append(forms, form)
		}
	}
	for _, form := range sent {
		if !slices.Contains(forms, form) {
			return invalidMember(o, name)
		}
	}
	*to = forms
	return nil
}

type languageAnswer struct {
	projectEnvelope
	Language languageBody `json:"language"`
}

func getLanguage(c *call) (any, error) {
	return c.view(func(tx *state.Tx, p *state.Project) (any, error) {
		l, err := c.pathLanguage(tx)
		if err != nil {
			return nil, err
		}
		return languageAnswer{c.envelope(p), languageView(l)}, nil
	})
}

func updateLanguage(c *call) (any, error) {
	return c.update(func(tx *state.Tx, p *state.Project) (any, error) {
		old, err := c.pathLanguage(tx)
		if err != nil {
			return nil, err
		}
		o, l := c.bodyObject(), *old
		if err := cmp.Or(
			o.optionalText("lang_iso", &l.ISO),
			o.optionalText("lang_name", &l.Name),
			readPluralForms(o, "plural_forms", &l.PluralForms),
		); err != nil {
			return nil, err
		}
		switch {
		case l.ISO == "" || isoTaken(tx, &l):
			return nil, invalidParameter("lang_iso")
		case l.Name == "":
			return nil, invalidParameter("lang_name")
		}
		tx.ChangeLanguage(&l)
		c.emit(tx, p, "project.language.settings_changed", languagePayload{languageEvent(&l)}, l.ISO)
		return languageAnswer{c.envelope(p), languageView(&l)}, nil
	})
}

// deleteLanguage deletes a language with its translations. The base language
// has to stay (assumed: 400).
func deleteLanguage(c *call) (any, error) {
	return c.update(func(tx *state.Tx, p *state.Project) (any, error) {
		l, err := c.pathLanguage(tx)
		if err != nil {
			return nil, err
		}
		if l.ID == p.BaseID {
			return nil, failure(http.StatusBadRequest, "The base language cannot be deleted")
		}
		tx.DeleteLanguage(l.Content, l.ID)
		c.emit(tx, p, "project.language.removed", languagePayload{languageEvent(l)}, l.ISO)
		return struct {
			projectEnvelope
			Deleted bool `json:"language_deleted"`
		}{c.envelope(p), true}, nil
	})
}

func (c *call) pathLanguage(tx *state.Tx) (*state.Language, error) {
	return inPath(c, "lang_id", tx.Languages, c.content())
}
