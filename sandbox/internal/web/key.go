package web

import (
	"net/http"
	"strconv"
	"time"
)

// KeyView is a key with its translations, all in one form.
type KeyView struct {
	Chrome      Chrome
	Project     ProjectHead
	ID          int64
	Name        string
	Names       []PlatformName // one for each platform, when they differ; empty: Name is that of all
	Description string
	Context     string
	Tags        string // with commas between
	CharLimit   int64  // 0: none
	Platforms   []PlatformChoice
	Plural      bool
	Hidden      bool
	Archived    bool
	Files       []string // that it comes from
	Created     time.Time
	Modified    time.Time
	Seen        string // what the form was made from, in short; it comes back in FieldSeen
	Languages   []TranslationForm
	Comments    []CommentLine
	Locked      bool // a task keeps it from being deleted
}

// Names of fields of the form, to which the id of a language is added where
// there is one for each.
const (
	FieldSeen       = "seen"
	FieldText       = "text-"       // and of a plural key, after the language, a hyphen and the form
	FieldReviewed   = "reviewed-"   // on: "1"
	FieldUnverified = "unverified-" // on: "1"
	FieldKeyName    = "name-"       // and the platform
)

// PlatformName is the key's name on a platform.
type PlatformName struct{ Platform, Name string }

// PlatformChoice is a platform that the key can be for.
type PlatformChoice struct {
	Platform string
	On       bool
}

// TranslationForm is the part of the form about one language.
type TranslationForm struct {
	LanguageID  int64
	ISO, Name   string
	RTL, IsBase bool
	Texts       []TextField // one, or one for each plural form
	Reviewed    bool
	Unverified  bool
	Statuses    []string // titles of custom statuses
	Modified    time.Time
	ModifiedBy  string // e-mail address; empty: nobody
}

// TextField is one text of a translation.
type TextField struct {
	Form string // plural form; empty: the key has none
	Text string
}

// CommentLine is a comment on a key.
type CommentLine struct {
	Text, By string
	At       time.Time
}

// Key writes the page of a key.
func Key(w http.ResponseWriter, v KeyView) {
	renderProject(w, v.Chrome, v.Project, "key", "", shorten(v.Name, 60), v)
}

// Path is what comes after the project's path for the key's own page.
func (v KeyView) Path() string { return keyTail(v.ID) }

// Field is the name of the text's field.
func (t TranslationForm) Field(form string) string { return TextFieldName(t.LanguageID, form) }

// TextFieldName is the name of the field for a text of a translation.
func TextFieldName(languageID int64, form string) string {
	name := FieldText + strconv.FormatInt(languageID, 10)
	if form != "" {
		name += "-" + form
	}
	return name
}

// Mark is the name of the check box for a mark, FieldReviewed or
// FieldUnverified.
func (t TranslationForm) Mark(field string) string {
	return field + strconv.FormatInt(t.LanguageID, 10)
}

// Lang is the language's code as HTML has them.
func (t TranslationForm) Lang() string { return langTag(t.ISO) }

// Rows is how high the field is, so that most texts are seen whole.
func (t TextField) Rows() int {
	const perLine, most = 70, 8
	rows := 1
	column := 0
	for _, r := range t.Text {
		if column++; r == '\n' || column > perLine {
			rows, column = rows+1, 0
		}
	}
	return min(rows, most)
}
