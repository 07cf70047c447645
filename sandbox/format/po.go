package format

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"strconv"
	"strings"
	"unicode"
)

// Gettext's PO (https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html),
// read by hand since the libraries for it drop comments or the order, and say
// no position when a file is broken.
//
// The msgid is the key, and msgctxt the context (assumed). As documented
// (https://docs.lokalise.com/en/articles/1400767-gettext-po-pot), comments
// marked by #, #@ and #. are read, the first as the description, and obsolete
// entries are not. References and flags are dropped.
//
// What is read of the header is the language and the number of plural forms. It
// is in [File.Header], but a download of the sandbox gets a new one: Lokalise
// documents that it keeps the header in an archived key, which the sandbox does
// not model.

type poReader struct {
	lines
	File
	texts   [][]string // msgstr[n] of each entry that is plural
	entry   poEntry
	field   *string // what a further line continues
	escaped strings.Builder
}

// poEntry is the entry that is being read.
type poEntry struct {
	context, id, idPlural string
	hasID, hasPlural      bool
	texts                 []string
	extracted, comments   []string
}

func readPO(data []byte, o ReadOptions) (File, error) {
	r := poReader{lines: lines{data: data}}
	for {
		line, ok := r.line()
		if !ok {
			break
		}
		text := strings.TrimLeft(line, " \t")
		indent := len(line) - len(text)
		text = strings.TrimRight(text, " \t")
		var err error
		switch {
		case text == "":
		case text[0] == '#':
			err = r.comment(text)
		case text[0] == '"':
			err = r.further(text, indent)
		default:
			err = r.keyword(text, indent)
		}
		if err != nil {
			return File{}, err
		}
	}
	if err := r.end(); err != nil {
		return File{}, err
	}
	r.nameForms(o)
	return r.File, nil
}

// nameForms gives the plural texts their names. It waits for the end, since the
// header may be anywhere.
func (r *poReader) nameForms(o ReadOptions) {
	language, announced := cmp.Or(o.Language, r.Language), headerForms(r.Header)
	for i, texts := range r.texts {
		if texts == nil {
			continue
		}
		r.Entries[i].Plural = map[string]string{}
		for n, name := range numberedForms(language, o.PluralForms, max(announced, len(texts)))[:len(texts)] {
			r.Entries[i].Plural[name] = texts[n]
		}
	}
}

// comment reads a line that begins with #. It belongs to the entry below.
func (r *poReader) comment(text string) error {
	if strings.HasPrefix(text, "#~") {
		return nil
	}
	if len(r.entry.texts) > 0 {
		if err := r.end(); err != nil {
			return err
		}
	}
	switch {
	case strings.HasPrefix(text, "#."):
		r.entry.extracted = append(r.entry.extracted, strings.TrimPrefix(text[2:], " "))
	case text == "#" || text[1] == ' ' || text[1] == '@':
		r.entry.comments = append(r.entry.comments, strings.TrimPrefix(strings.TrimPrefix(text[1:], "@"), " "))
	}
	return nil
}

// keyword reads a line such as: msgid "text".
func (r *poReader) keyword(text string, indent int) error {
	word, quoted, found := strings.Cut(text, `"`)
	if !found {
		return r.errorf(indent, "a keyword and a text in quotes are expected")
	}
	column := indent + len(word)
	word = strings.TrimSpace(word)
	if (word == "msgctxt" || word == "msgid") && len(r.entry.texts) > 0 {
		if err := r.end(); err != nil {
			return err
		}
	}
	e := &r.entry
	switch {
	case word == "msgctxt":
		r.field = &e.context
	case word == "msgid" && !e.hasID:
		e.hasID, r.field = true, &e.id
	case word == "msgid_plural" && e.hasID:
		e.hasPlural, r.field = true, &e.idPlural
	case word == "msgstr" && e.hasID && !e.hasPlural && len(e.texts) == 0,
		e.hasPlural && word == "msgstr["+strconv.Itoa(len(e.texts))+"]" && len(e.texts) < len(forms):
		e.texts = append(e.texts, "")
		r.field = &e.texts[len(e.texts)-1]
	default:
		return r.errorf(indent, "%q is not expected here; an entry is msgctxt if it has one, msgid, then msgstr, or msgid_plural, msgstr[0] and so on", word)
	}
	return r.text(`"`+quoted, column)
}

// further reads a line that has only a text: it continues the one before.
func (r *poReader) further(text string, indent int) error {
	if r.field == nil {
		return r.errorf(indent, "this text belongs to no keyword")
	}
	return r.text(text, indent)
}

// text appends a quoted text to the current field.
func (r *poReader) text(quoted string, column int) error {
	if len(quoted) < 2 || quoted[len(quoted)-1] != '"' {
		return r.errorf(column+len(quoted), "the closing quote is missing")
	}
	text := quoted[1 : len(quoted)-1]
	if !strings.ContainsAny(text, `\"`) {
		*r.field += text
		return nil
	}
	r.escaped.Reset()
	for i := 0; i < len(text); i++ {
		switch c := text[i]; c {
		case '"':
			return r.errorf(column+1+i, `a quote within the text; write \"`)
		case '\\':
			char, size := cEscape(text[i+1:])
			if size == 0 {
				return r.errorf(column+1+i, `this is no escape; write \\ for a backslash`)
			}
			r.escaped.WriteRune(char)
			i += size
		default:
			r.escaped.WriteByte(c)
		}
	}
	*r.field += r.escaped.String()
	return nil
}

// cEscapes are the escapes of C that stand for a single character.
var cEscapes = map[byte]rune{
	'n': '\n', 't': '\t', 'r': '\r', 'a': '\a', 'b': '\b', 'f': '\f', 'v': '\v', '"': '"', '\'': '\'', '\\': '\\', '?': '?',
}

// cEscape reads what follows a backslash. The size is 0 if that is no escape.
func cEscape(text string) (char rune, size int) {
	if text == "" {
		return 0, 0
	}
	if char, ok := cEscapes[text[0]]; ok {
		return char, 1
	}
	for size < min(3, len(text)) && text[size] >= '0' && text[size] <= '7' {
		char = char<<3 | rune(text[size]-'0')
		size++
	}
	if char > unicode.MaxASCII {
		return 0, 0
	}
	return char, size
}

// end adds the entry that has been read.
func (r *poReader) end() error {
	e := r.entry
	r.entry, r.field = poEntry{}, nil
	switch {
	case !e.hasID && e.context == "":
		return nil // comments with nothing below
	case len(e.texts) == 0:
		return r.errorf(0, "the msgid %q has no msgstr", e.id)
	}
	entry := Entry{Key: e.id, Context: e.context, Description: strings.Join(e.extracted, "\n"), Comments: e.comments}
	if entry.Description == "" && len(e.comments) > 0 {
		entry.Description, entry.Comments = e.comments[0], e.comments[1:]
	}
	if len(entry.Comments) == 0 {
		entry.Comments = nil
	}
	switch {
	case e.id == "" && e.context == "":
		r.Header, r.Language = e.texts[0], headerField(e.texts[0], "Language")
		return nil
	case e.hasPlural:
		entry.PluralName = e.idPlural
		r.texts = append(r.texts, e.texts)
	default:
		entry.Text = e.texts[0]
		r.texts = append(r.texts, nil)
	}
	r.Entries = append(r.Entries, entry)
	return nil
}

// headerField returns a field of the header, which looks like that of an email.
func headerField(header, name string) string {
	for line := range strings.SplitSeq(header, "\n") {
		if field, value, _ := strings.Cut(line, ":"); strings.EqualFold(field, name) {
			return strings.TrimSpace(value)
		}
	}
	return ""
}

func writePO(f File, o WriteOptions) ([]byte, error) {
	var b bytes.Buffer
	rule := poRule(f, o)
	writePOText(&b, "msgid", "")
	writePOText(&b, "msgstr", poHeader(f, o, rule))
	for i := range f.Entries {
		b.WriteByte('\n')
		writePOEntry(&b, &f.Entries[i], rule)
	}
	return b.Bytes(), nil
}

// poRule returns the rule for the plural forms, which all entries share. When
// nobody says what forms the language has, it has those of the entries.
func poRule(f File, o WriteOptions) gettextRule {
	cldr := o.PluralForms
	if cldr == nil {
		all, plural := map[string]string{}, false
		for i := range f.Entries {
			maps.Copy(all, f.Entries[i].Plural)
			plural = plural || f.Entries[i].Plural != nil
		}
		if plural && len(all) == 0 {
			all["other"] = ""
		}
		cldr = SortedForms(all)
	}
	return gettextOf(cmp.Or(o.Language, f.Language), cldr)
}

// poHeader returns the header of the file, or a new one, with the number of
// forms that the entries have.
func poHeader(f File, o WriteOptions, rule gettextRule) string {
	header := f.Header
	if header == "" {
		header = "MIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\n"
		if o.Language != "" {
			header += "Language: " + o.Language + "\n"
		}
	}
	if rule == nil || headerForms(header) == len(rule) {
		return header
	}
	var kept strings.Builder
	for line := range strings.SplitSeq(strings.TrimSuffix(header, "\n"), "\n") {
		if name, _, _ := strings.Cut(line, ":"); !strings.EqualFold(name, "Plural-Forms") {
			kept.WriteString(line + "\n")
		}
	}
	return kept.String() + "Plural-Forms: " + rule.header() + "\n"
}

func writePOEntry(b *bytes.Buffer, e *Entry, rule gettextRule) {
	for _, comment := range e.Comments {
		writePOComment(b, "# ", comment)
	}
	if e.Description != "" {
		writePOComment(b, "#. ", e.Description)
	}
	if e.Context != "" {
		writePOText(b, "msgctxt", e.Context)
	}
	writePOText(b, "msgid", e.Key)
	if e.Plural == nil {
		writePOText(b, "msgstr", e.Text)
		return
	}
	plural := e.PluralName
	if plural == "" {
		plural = e.Key
	}
	writePOText(b, "msgid_plural", plural)
	for i, form := range rule {
		text, have := e.Plural[form.name]
		if !have {
			text = e.Plural["other"] // of the base language, which has fewer forms
		}
		writePOText(b, fmt.Sprintf("msgstr[%d]", i), text)
	}
}

func writePOComment(b *bytes.Buffer, mark, text string) {
	for line := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == '\n' || r == '\r' }) {
		b.WriteString(strings.TrimRight(mark+line, " ") + "\n")
	}
}

// poQuoted escapes what must not be as it is between quotes.
var poQuoted = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\t", `\t`, "\r", `\r`,
	"\x00", `\000`, "\a", `\a`, "\b", `\b`, "\f", `\f`, "\v", `\v`)

// writePOText writes a keyword and its text, which gets a line for each of its
// own, as gettext does it.
func writePOText(b *bytes.Buffer, keyword, text string) {
	b.WriteString(keyword + " ")
	if i := strings.IndexByte(text, '\n'); i >= 0 && i < len(text)-1 {
		b.WriteString("\"\"\n")
	}
	for line := range strings.SplitAfterSeq(text, "\n") {
		if line != "" || text == "" {
			b.WriteString(`"` + poQuoted.Replace(line) + "\"\n")
		}
	}
}
