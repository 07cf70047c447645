package state

import (
	"slices"
	"strings"
	"time"
	"unicode/utf16"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// Translation is a key's text in one language.
type Translation struct {
	Content      string
	ID           int64
	KeyID        int64
	LanguageID   int64
	Text         string // of a plural key: JSON, see PluralText
	ModifiedAt   time.Time
	ModifiedBy   int64 // user
	IsReviewed   bool
	ReviewedBy   int64 // user
	IsUnverified bool
	StatusIDs    []int64 // custom translation statuses
	TaskID       int64   // 0: in no task
	Segments     []Segment
}

// Segment is a part of a translation in a project that splits texts.
type Segment struct {
	Number       int64
	Text         string
	ModifiedAt   time.Time
	ModifiedBy   int64
	IsReviewed   bool
	ReviewedBy   int64
	IsUnverified bool
	StatusIDs    []int64
}

// IsEmpty tells whether nobody has translated the key yet.
func (t *Translation) IsEmpty() bool {
	if t.Text == "" {
		return true
	}
	forms, ok := Plurals(t.Text)
	if !ok {
		return false
	}
	for _, text := range forms {
		if text != "" {
			return false
		}
	}
	return true
}

// emptyTranslation is what a key starts with in a language. That it is
// unverified is recorded.
func emptyTranslation(k *Key, l *Language, id int64) *Translation {
	t := &Translation{Content: k.Content, ID: id, KeyID: k.ID, LanguageID: l.ID, ModifiedAt: k.CreatedAt, ModifiedBy: k.CreatedBy, IsUnverified: true}
	if k.IsPlural {
		t.Text = PluralText(l.PluralForms, nil)
	}
	return t
}

// PluralText writes plural forms as the API does: a JSON object in a string,
// the forms in the order of the language, whatever is beyond ASCII escaped
// (recorded). Forms that the language does not have are left out.
func PluralText(forms []string, texts map[string]string) string {
	var b strings.Builder
	b.WriteByte('{')
	for i, form := range forms {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(asciiJSON(form))
		b.WriteByte(':')
		b.WriteString(asciiJSON(texts[form]))
	}
	b.WriteByte('}')
	return b.String()
}

func asciiJSON(s string) string {
	quoted, err := jsontext.AppendQuote(nil, strings.ToValidUTF8(s, "\uFFFD"))
	if err != nil {
		return `""` // cannot be: the text is valid UTF-8
	}
	const hex = "0123456789abcdef"
	var b strings.Builder
	for _, r := range string(quoted) {
		if r < 0x80 {
			b.WriteRune(r)
			continue
		}
		units := utf16.AppendRune(nil, r)
		for _, u := range units {
			b.WriteString(`\u`)
			for shift := 12; shift >= 0; shift -= 4 {
				b.WriteByte(hex[u>>shift&0xf])
			}
		}
	}
	return b.String()
}

// Plurals reads plural forms from a text. ok is false when it holds none.
func Plurals(text string) (forms map[string]string, ok bool) {
	if !strings.HasPrefix(text, "{") {
		return nil, false
	}
	if err := json.Unmarshal([]byte(text), &forms, permissive, jsontext.AllowDuplicateNames(true)); err != nil {
		return nil, false
	}
	return forms, true
}

// Words counts the words of a text, all plural forms together. How the real
// service counts is not known; here a word is what stands between spaces.
func Words(text string) int {
	forms, ok := Plurals(text)
	if !ok {
		return len(strings.Fields(text))
	}
	n := 0
	for _, form := range forms {
		n += len(strings.Fields(form))
	}
	return n
}

// PutTranslation puts a changed translation in, dates it, and dates its key. A
// new text is no longer reviewed unless by is the one who reviews it: the
// caller decides about the flags before.
func (tx *Tx) PutTranslation(t Translation, by int64) *Translation {
	t.ModifiedAt, t.ModifiedBy = tx.Now(), by
	t.StatusIDs = slices.Clone(t.StatusIDs)
	tx.Translations.Put(tx, &t)
	if old := tx.Keys.Get(t.Content, t.KeyID); old != nil {
		k := *old
		k.TranslationsModified = t.ModifiedAt
		tx.Keys.Put(tx, &k)
	}
	for _, follow := range tx.world.universe.translated {
		follow(tx, &t)
	}
	return &t
}

// OnTranslated adds what else has to happen when a translation changes: a task
// may be complete. It is called before the universe is used.
func (u *Universe) OnTranslated(follow func(tx *Tx, t *Translation)) {
	u.translated = append(u.translated, follow)
}
