package format

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// String resources of Android: strings, plurals and string arrays, the items of
// which are the keys name::0 and so on. A comment before an element is its
// description. See https://developer.android.com/guide/topics/resources/string-resource.
// Other resources and strings that are not translatable are left out (assumed).

func readAndroid(data []byte, _ ReadOptions) (File, error) {
	a := androidReader{xmlReader: newXMLReader(data)}
	if _, err := a.root("resources"); err != nil {
		return File{}, err
	}
	for {
		t, err := a.next()
		if err != nil || t == nil {
			return a.File, err
		}
		switch t := t.(type) {
		case xml.Comment:
			a.comment = strings.TrimSpace(string(t))
		case xml.StartElement:
			if err := a.element(t); err != nil {
				return File{}, err
			}
			a.comment = ""
		}
	}
}

type androidReader struct {
	*xmlReader
	File
	comment string // the last one before the element
}

func (a *androidReader) element(start xml.StartElement) error {
	kind, name := start.Name.Local, attribute(start, "name")
	text := kind == "string" || kind == "plurals" || kind == "string-array"
	if !text || attribute(start, "translatable") == "false" {
		return a.skip()
	}
	if name == "" {
		return a.errorf("the <%s> has no name, which is the key", kind)
	}
	e := Entry{Key: name, Description: a.comment}
	if kind != "string" {
		return a.items(e, kind == "plurals")
	}
	var err error
	e.Text, err = a.text()
	a.Entries = append(a.Entries, e)
	return err
}

// items reads the items of plurals or of an array.
func (a *androidReader) items(e Entry, plural bool) error {
	if plural {
		e.Plural = map[string]string{}
	}
	for n := 0; ; {
		t, err := a.next()
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.EndElement:
			if plural {
				a.Entries = append(a.Entries, e)
			}
			return nil
		case xml.StartElement:
			quantity := attribute(t, "quantity")
			if plural && !IsPluralForm(quantity) {
				return a.errorf("%q is not a quantity of plurals; use zero, one, two, few, many or other", quantity)
			}
			text, err := a.text()
			if err != nil {
				return err
			}
			if plural {
				e.Plural[quantity] = text
				continue
			}
			a.Entries = append(a.Entries, Entry{Key: fmt.Sprintf("%s::%d", e.Key, n), Text: text, Description: e.Description})
			n++
		}
	}
}

// text returns the content of the element as Android understands it: white
// space collapses outside of quotes, and a backslash escapes.
func (a *androidReader) text() (string, error) {
	u := androidText{space: true}
	text, err := a.inner(u.add)
	if u.space && u.trailing {
		// The space before the end; tags after it are rare enough.
		text = strings.TrimSuffix(text, " ")
	}
	return text, err
}

// androidText unescapes the parts of a text.
type androidText struct {
	quoted   bool
	space    bool // the last character was a space that can collapse, or there is none
	trailing bool // that space has been written
}

func (u *androidText) add(part string) (string, error) {
	var b strings.Builder
	for i := 0; i < len(part); i++ {
		c := part[i]
		switch {
		case c == '\\':
			r, size, err := androidEscape(part[i:])
			if err != nil {
				return "", err
			}
			b.WriteString(r)
			i += size - 1
		case c == '"':
			u.quoted = !u.quoted
			continue
		case !u.quoted && strings.IndexByte(" \t\r\n", c) >= 0:
			if !u.space {
				b.WriteByte(' ')
				u.space, u.trailing = true, true
			}
			continue
		default:
			b.WriteByte(c)
		}
		u.space, u.trailing = false, false
	}
	return b.String(), nil
}

// androidEscape returns what the escape at the beginning means, and its length.
func androidEscape(text string) (r string, size int, err error) {
	if len(text) < 2 {
		return "", 0, errors.New(`a backslash at the end; write \\ for a backslash`)
	}
	switch text[1] {
	case 'n':
		return "\n", 2, nil
	case 't':
		return "\t", 2, nil
	case 'u':
		code, digits := utf16Escape(text[2:])
		if digits == 0 {
			return "", 0, errors.New(`\u needs four hexadecimal digits`)
		}
		return string(code), 2 + digits, nil
	}
	_, size = utf8.DecodeRuneInString(text[1:])
	return text[1 : 1+size], 1 + size, nil
}

func androidPlain(text string) string {
	var b strings.Builder
	for _, r := range text {
		switch {
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r == '\\' || r == '\'' || r == '"':
			b.WriteString(`\` + string(r))
		case r == '&':
			b.WriteString("&amp;")
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r < ' ' || r == 0xFFFE || r == 0xFFFF:
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// androidValue writes a text as the content of an element. @ and ? at the
// beginning are escaped, since they would refer to another resource.
func androidValue(text string) string {
	escaped := androidSpaces(markup(text, func(string) bool { return true }, androidPlain))
	if strings.HasPrefix(text, "@") || strings.HasPrefix(text, "?") {
		return `\` + escaped
	}
	return escaped
}

// androidSpaces escapes the spaces that Android would drop: at the beginning, at
// the end, and after others.
func androidSpaces(escaped string) string {
	const space = `\u0020`
	var b strings.Builder
	inTag, dropped := false, true
	for _, r := range escaped {
		switch {
		case r == '<' || inTag:
			inTag = r != '>'
		case r != ' ':
			dropped = false
		case dropped:
			b.WriteString(space)
			dropped = false
			continue
		default:
			dropped = true
		}
		b.WriteRune(r)
	}
	if text, ok := strings.CutSuffix(b.String(), " "); ok {
		return text + space
	}
	return b.String()
}

func writeAndroid(f File, o WriteOptions) ([]byte, error) {
	w := androidWriter{one: o.indent(4)}
	for entries := f.Entries; len(entries) > 0; {
		if err := checkXML(entries[0].Key, entries[0].Description); err != nil {
			return nil, err
		}
		n := arrayItems(entries)
		if n > 0 {
			w.array(entries[:n])
		} else {
			n = 1
			w.entry(&entries[0])
		}
		entries = entries[n:]
	}
	var out bytes.Buffer
	out.WriteString(xml.Header + "<resources")
	if bytes.Contains(w.Bytes(), []byte("<xliff:")) {
		out.WriteString(` xmlns:xliff="urn:oasis:names:tc:xliff:document:1.2"`)
	}
	out.WriteString(">\n")
	out.Write(w.Bytes())
	out.WriteString("</resources>\n")
	return out.Bytes(), nil
}

// arrayItems returns how many of the first entries are the items of one array:
// name::0, name::1 and so on.
func arrayItems(entries []Entry) int {
	name, found := strings.CutSuffix(entries[0].Key, "::0")
	for i := range entries {
		if !found || entries[i].Plural != nil || entries[i].Key != name+"::"+strconv.Itoa(i) {
			return i
		}
	}
	return len(entries)
}

type androidWriter struct {
	bytes.Buffer
	one string
}

func (w *androidWriter) comment(e *Entry) {
	if e.Description != "" {
		fmt.Fprintf(w, "%s<!-- %s -->\n", w.one, xmlComment(e.Description))
	}
}

func (w *androidWriter) array(items []Entry) {
	w.comment(&items[0])
	fmt.Fprintf(w, "%s<string-array name=\"%s\">\n", w.one, xmlAttribute(strings.TrimSuffix(items[0].Key, "::0")))
	for _, item := range items {
		fmt.Fprintf(w, "%[1]s%[1]s<item>%[2]s</item>\n", w.one, androidValue(item.Text))
	}
	fmt.Fprintf(w, "%s</string-array>\n", w.one)
}

func (w *androidWriter) entry(e *Entry) {
	w.comment(e)
	if e.Plural == nil {
		fmt.Fprintf(w, "%s<string name=\"%s\">%s</string>\n", w.one, xmlAttribute(e.Key), androidValue(e.Text))
		return
	}
	fmt.Fprintf(w, "%s<plurals name=\"%s\">\n", w.one, xmlAttribute(e.Key))
	for _, form := range SortedForms(e.Plural) {
		fmt.Fprintf(w, "%[1]s%[1]s<item quantity=\"%[2]s\">%[3]s</item>\n", w.one, xmlAttribute(form), androidValue(e.Plural[form]))
	}
	fmt.Fprintf(w, "%s</plurals>\n", w.one)
}
