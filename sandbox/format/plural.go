package format

import (
	"slices"
	"strconv"
	"strings"
)

// forms are CLDR's plural forms in its order.
var forms = []string{"zero", "one", "two", "few", "many", "other"}

// IsPluralForm says whether the name is one of CLDR's plural forms: zero, one,
// two, few, many, other.
func IsPluralForm(name string) bool { return slices.Contains(forms, name) }

// SortedForms returns the names of the forms in CLDR's order, then the rest.
func SortedForms(plural map[string]string) []string {
	names := make([]string, 0, len(plural))
	for name := range plural {
		names = append(names, name)
	}
	rank := func(name string) int {
		if i := slices.Index(forms, name); i >= 0 {
			return i
		}
		return len(forms)
	}
	slices.SortFunc(names, func(a, b string) int {
		if d := rank(a) - rank(b); d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
	return names
}

// NumberedForms returns the names of n forms that a file numbers from 0, or nil
// if there cannot be so many. Languages whose CLDR forms are more than those of
// the file lack the last: Russian's "other" is for fractions, which Gettext does
// not have. Without a language's forms it is assumed to have the usual ones.
func NumberedForms(language []string, n int) []string {
	if n <= len(language) {
		return language[:n]
	}
	switch n {
	case 1:
		return []string{"other"}
	case 2:
		return []string{"one", "other"}
	case 3:
		return []string{"one", "few", "other"}
	case 4:
		return []string{"one", "few", "many", "other"}
	case 5:
		return []string{"one", "two", "few", "many", "other"}
	case 6:
		return forms
	}
	return nil
}

// numeric are the forms that ICU can also write as a number.
var numeric = map[string]string{"=0": "zero", "=1": "one", "=2": "two"}

// WriteICUPlural writes an ICU plural with the argument of that name, "count"
// if it is empty. With numbers, the forms zero, one and two become =0, =1 and
// =2. Braces that have no partner are quoted, as ICU wants it.
func WriteICUPlural(name string, plural map[string]string, numbers bool) string {
	if name == "" {
		name = "count"
	}
	var b strings.Builder
	b.WriteString("{" + name + ", plural,")
	for _, form := range SortedForms(plural) {
		selector := form
		if i := slices.Index([]string{"zero", "one", "two"}, form); numbers && i >= 0 {
			selector = "=" + strconv.Itoa(i)
		}
		b.WriteString(" " + selector + " {" + quoteICU(plural[form]) + "}")
	}
	return b.String() + "}"
}

// ParseICUPlural takes an ICU plural apart into the name of its argument and the
// text of each form. It is none when there is text around it, when it has an
// offset, or when its selectors are others than CLDR's forms, =0, =1 and =2.
// The texts stay as they are, with # and quotes; only quotes as
// [WriteICUPlural] sets them are taken off.
func ParseICUPlural(text string) (name string, plural map[string]string, ok bool) {
	rest, open := strings.CutPrefix(strings.TrimSpace(text), "{")
	rest, closed := strings.CutSuffix(rest, "}")
	name, rest, comma := strings.Cut(rest, ",")
	kind, rest, comma2 := strings.Cut(rest, ",")
	if name = strings.TrimSpace(name); !open || !closed || !comma || !comma2 ||
		strings.TrimSpace(kind) != "plural" || name == "" || strings.ContainsAny(name, "{}' \n\t") {
		return "", nil, false
	}
	plural = map[string]string{}
	for rest = strings.TrimSpace(rest); rest != ""; rest = strings.TrimSpace(rest) {
		selector, body, _ := strings.Cut(rest, "{")
		end, whole := block(body)
		if selector = strings.TrimSpace(selector); numeric[selector] != "" {
			selector = numeric[selector]
		}
		if _, twice := plural[selector]; !whole || twice || !IsPluralForm(selector) {
			return "", nil, false
		}
		plural[selector] = unquoteICU(body[:end])
		rest = body[end+1:]
	}
	_, other := plural["other"]
	return name, plural, other
}

// block returns where the block ends that begins before the text: at the brace
// that closes it. Quoted braces do not count.
func block(text string) (end int, ok bool) {
	depth, quoted := 0, false
	for i := 0; i < len(text); i++ {
		next := byte(0)
		if i+1 < len(text) {
			next = text[i+1]
		}
		switch c := text[i]; {
		case c == '\'' && next == '\'':
			i++ // an apostrophe
		case c == '\'':
			// A single quote is an apostrophe too, unless it is before a brace.
			quoted = !quoted && (next == '{' || next == '}')
		case quoted:
		case c == '{':
			depth++
		case c == '}' && depth == 0:
			return i, true
		case c == '}':
			depth--
		}
	}
	return 0, false
}

// quoteICU quotes a text whose braces would end its block too early or never.
func quoteICU(text string) string {
	if end, ok := block(text + "}"); ok && end == len(text) {
		return text
	}
	double := strings.NewReplacer("'", "''").Replace
	i := strings.IndexAny(text, "{}")
	if i < 0 {
		return double(text)
	}
	return double(text[:i]) + "'" + double(text[i:]) + "'"
}

// unquoteICU undoes quoteICU.
func unquoteICU(text string) string {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] == '\'' {
			if i+1 == len(text) || text[i+1] != '\'' {
				continue
			}
			i++
		}
		b.WriteByte(text[i])
	}
	if plain := b.String(); quoteICU(plain) == text {
		return plain
	}
	return text
}

// one returns the plural as one text, for formats that have no other way, in
// the format that was asked for or else in the one given. It is empty when the
// format is none of those that make one text.
func (o *WriteOptions) one(e *Entry, instead string) string {
	kind := o.PluralFormat
	if kind == "" {
		kind = instead
	}
	switch kind {
	case "icu":
		return WriteICUPlural(e.PluralName, e.Plural, o.ICUNumeric)
	case "json_string":
		return jsonString(e.Plural)
	case "symfony": // assumed: the forms in their order, as Symfony counts them
		var texts []string
		for _, form := range SortedForms(e.Plural) {
			texts = append(texts, e.Plural[form])
		}
		return strings.Join(texts, "|")
	}
	return ""
}

// OneText returns the text of an entry for a format that cannot hold plurals. A
// plural becomes one text in the format that was asked for if that makes text
// of it, an ICU plural otherwise (assumed).
func (o *WriteOptions) OneText(e Entry) string {
	if e.Plural == nil {
		return e.Text
	}
	if text := o.one(&e, "icu"); text != "" {
		return text
	}
	return WriteICUPlural(e.PluralName, e.Plural, o.ICUNumeric)
}
