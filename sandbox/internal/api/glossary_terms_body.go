package api

import (
	"fmt"

	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// termBody is a term on the wire, in camel case. A term has a translation for
// every language of the project, empty where nobody wrote one (recorded).
type termBody struct {
	ID            int64             `json:"id"`
	Term          string            `json:"term"`
	Description   string            `json:"description"`
	CaseSensitive bool              `json:"caseSensitive"`
	Translatable  bool              `json:"translatable"`
	Forbidden     bool              `json:"forbidden"`
	Translations  []termTranslation `json:"translations"`
	Tags          []string          `json:"tags"`
	ProjectID     string            `json:"projectId"`
	CreatedAt     string            `json:"createdAt"`
	UpdatedAt     *string           `json:"updatedAt"`
}

type termTranslation struct {
	LangID      int64  `json:"langId"`
	LangName    string `json:"langName"`
	LangISO     string `json:"langIso"`
	Translation string `json:"translation"`
	Description string `json:"description"`
}

func termView(tx *state.Tx, p *state.Project, t *state.Term) termBody {
	body := termBody{
		ID: t.ID, Term: t.Text, Description: t.Description, CaseSensitive: t.CaseSensitive, Translatable: t.Translatable, Forbidden: t.Forbidden,
		Translations: []termTranslation{}, Tags: append([]string{}, t.Tags...), ProjectID: p.ID, CreatedAt: apiTime(t.CreatedAt),
	}
	for l := range tx.Languages.All(p.ID) {
		translation := t.Translation(l.ID)
		body.Translations = append(body.Translations, termTranslation{l.ID, l.Name, l.ISO, translation.Text, translation.Description})
	}
	if !t.UpdatedAt.IsZero() {
		at := apiTime(t.UpdatedAt)
		body.UpdatedAt = &at
	}
	return body
}

// termProblem says which term of a request cannot be had, and why.
func termProblem(o object, why string) string {
	if text, ok := o.text("term"); ok && text != "" {
		return fmt.Sprintf("Term %q: %s", text, why)
	}
	id, _ := o.number("id")
	return fmt.Sprintf("Term %d: %s", id, why)
}

// readTerm reads an item into a term, and says what is wrong with it. Every
// member but translations and tags is required of a new one (documented by an
// official SDK). That no two terms have the same text is assumed.
func readTerm(tx *state.Tx, p *state.Project, o object, t *state.Term, isNew bool) (problem string) {
	switch lacks := func(name string) bool { return isNew && !o.has(name) }; {
	case lacks("term") || o.optionalText("term", &t.Text) != nil:
		return termProblem(o, "term must be a text")
	case lacks("description") || o.optionalText("description", &t.Description) != nil:
		return termProblem(o, "description must be a text")
	case lacks("caseSensitive") || o.optionalFlag("caseSensitive", &t.CaseSensitive) != nil:
		return termProblem(o, "caseSensitive must be true or false")
	case lacks("translatable") || o.optionalFlag("translatable", &t.Translatable) != nil:
		return termProblem(o, "translatable must be true or false")
	case lacks("forbidden") || o.optionalFlag("forbidden", &t.Forbidden) != nil:
		return termProblem(o, "forbidden must be true or false")
	}
	if t.Text == "" {
		return termProblem(o, "term must not be empty")
	}
	if other := tx.TermNamed(p.ID, t.Text); other != nil && other.ID != t.ID {
		return termProblem(o, "the glossary has this term already")
	}
	if o.optionalTexts("tags", &t.Tags) != nil {
		return termProblem(o, "tags must be a list of texts")
	}
	return readTermTranslations(tx, p, o, t)
}

// readTermTranslations changes the translations that are sent.
func readTermTranslations(tx *state.Tx, p *state.Project, o object, t *state.Term) (problem string) {
	if !o.has("translations") {
		return ""
	}
	list, ok := o.objects("translations")
	if !ok {
		return termProblem(o, "translations must be a list of objects")
	}
	for _, item := range list {
		id, ok := item.number("langId")
		if !ok || tx.Languages.Get(p.ID, id) == nil {
			return termProblem(o, "langId must be the id of a language of the project")
		}
		translation := t.Translation(id)
		if item.optionalText("translation", &translation.Text) != nil || item.optionalText("description", &translation.Description) != nil {
			return termProblem(o, "translation and description must be texts")
		}
		t.Translate(translation)
	}
	return ""
}
