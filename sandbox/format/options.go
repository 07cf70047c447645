package format

import (
	"fmt"
	"strings"
)

// ReadOptions are what a file alone does not tell. The zero value is valid.
type ReadOptions struct {
	// Language of the file, as an ISO code such as "en" or "pt_BR".
	Language string
	// PluralForms are the plural forms of the language in CLDR's order, such as
	// one, few, many, other. Formats that number their forms need them, and ICU
	// plurals with others are not taken apart. Defaults to what Language or else
	// languages with that many forms usually have, and to any form.
	PluralForms []string
	// PluralFormat is how plurals were written, see [WriteOptions]. Only
	// i18next and i18next_v4 have to be named, since "inbox_other" may be a key
	// like any other.
	PluralFormat string
	// DetectICUPlurals reads texts that are an ICU plural as one, unless they
	// say more than the forms of the language can hold.
	DetectICUPlurals bool
}

// WriteOptions are the parameters of a download that concern the content of a
// file. The zero value is valid.
type WriteOptions struct {
	// Language of the file and of the texts that it is translated from.
	Language     string
	BaseLanguage string
	// PluralForms are the plural forms of the language in CLDR's order. They
	// number the forms of formats that do; of those, Gettext gets the ones that
	// whole numbers reach. Defaults to those of the entries.
	PluralForms []string
	// PluralFormat is one of json_string, icu, array, generic, symfony, i18next
	// and i18next_v4. Formats with plurals of their own take no notice.
	// Defaults to what suits the format.
	PluralFormat string
	// ICUNumeric writes the forms zero, one and two as =0, =1 and =2.
	ICUNumeric bool
	// ExportEmptyAs is what becomes of an empty translation: empty, base, null
	// or skip. Null is empty in formats without it. Defaults to empty.
	ExportEmptyAs string
	// IncludeDescription and IncludeComments keep those in formats that have
	// them.
	IncludeDescription bool
	IncludeComments    bool
	// Indent is what one level is indented by, see [ParseIndentation]. Defaults
	// to what suits the format.
	Indent string
	// NewlineEOF ends the file with a newline. Defaults to none, as documented.
	NewlineEOF bool
	// UnescapedSlashes writes / instead of \/ in JSON.
	UnescapedSlashes bool
	// IncludeRoot puts the language above the keys of YAML.
	IncludeRoot bool
	// Compact leaves out what ARB can do without: metadata.
	Compact bool
	// Latin1 and Separator are of .properties: \u escapes, so that the file is
	// ISO 8859-1 as well, and what stands between key and value. Defaults to UTF-8 and "=".
	Latin1    bool
	Separator string
}

// ParseIndentation turns the API's name of an indentation into the text, for
// [WriteOptions.Indent]: "4sp" into four spaces. The documented names are
// default, 1sp to 8sp, and tab.
func ParseIndentation(name string) (string, error) {
	switch {
	case name == "" || name == "default":
		return "", nil
	case name == "tab":
		return "\t", nil
	case len(name) == 3 && name[0] >= '1' && name[0] <= '8' && name[1:] == "sp":
		return strings.Repeat(" ", int(name[0]-'0')), nil
	}
	return "", fmt.Errorf("format: indentation %q is none of default, 1sp to 8sp, tab", name)
}

// indent returns the indentation, or the one that suits the format.
func (o *WriteOptions) indent(width int) string {
	if o.Indent != "" {
		return o.Indent
	}
	return strings.Repeat(" ", width)
}
