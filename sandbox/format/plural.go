package format

import (
	"regexp"
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

// icuName is what the argument of a message may be called. It may have a number
// instead.
var icuName = regexp.MustCompile(`^([A-Za-z_][A-Za-z0-9_]*|0|[1-9][0-9]*)$`)

// WriteICUPlural writes an ICU plural with the argument of that name. It is
// called "count" if the name cannot be one of ICU, as the msgid_plural
// "%d files" of Gettext cannot. With numbers, the forms zero, one and two become
// =0, =1 and =2. Braces that have no partner are quoted, as ICU wants it.
func WriteICUPlural(name string, plural map[string]string, numbers bool) string {
	if !icuName.MatchString(name) {
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
// offset, or when its selectors are others than CLDR's forms: those for a
// number, such as =0, are not the forms that the language has for that number.
// The texts stay as they are, with # and quotes; only quotes as
// [WriteICUPlural] sets them are taken off.
func ParseICUPlural(text string) (name string, plural map[string]string, ok bool) {
	return parseICUPlural(text, func(selector string) string { return selector })
}

// parseICUPlural is [ParseICUPlural] with a function that names the form which a
// selector stands for.
func parseICUPlural(text string, form func(selector string) string) (name string, plural map[string]string, ok bool) {
	rest, open := strings.CutPrefix(strings.TrimSpace(text), "{")
	rest, closed := strings.CutSuffix(rest, "}")
	name, rest, comma := strings.Cut(rest, ",")
	kind, rest, comma2 := strings.Cut(rest, ",")
	if name = strings.TrimSpace(name); !open || !closed || !comma || !comma2 ||
		strings.TrimSpace(kind) != "plural" || !icuName.MatchString(name) {
		return "", nil, false
	}
	plural = map[string]string{}
	for rest = strings.TrimSpace(rest); rest != ""; rest = strings.TrimSpace(rest) {
		selector, body, _ := strings.Cut(rest, "{")
		end, whole := block(body)
		selector = form(strings.TrimSpace(selector))
		if _, twice := plural[selector]; !whole || twice || !IsPluralForm(selector) {
			return "", nil, false
		}
		plural[selector] = unquoteICU(body[:end])
		rest = body[end+1:]
	}
	_, other := plural["other"]
	return name, plural, other
}

// icuForms returns what the selectors of a message stand for in a language, for
// [parseICUPlural]. It knows none that the language does not have, since its
// text would be lost. A number is the form that the language has for that
// number alone: =1 is "one" in English, but not in Russian, where "one" is for
// 21 too.
func icuForms(language string, cldr []string) func(selector string) string {
	rule := gettextOf(language, cldr)
	return func(selector string) string {
		if number, exact := strings.CutPrefix(selector, "="); exact {
			selector = rule.single(number)
		}
		if cldr != nil && !slices.Contains(cldr, selector) {
			return ""
		}
		return selector
	}
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
