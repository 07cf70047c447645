package format

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// Java's .properties (https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/util/Properties.html#load(java.io.Reader)),
// read by hand since the usual library makes two broken characters of an escaped
// surrogate pair and does not say where a line is broken. Comments right before
// a key are its description. Plurals are one text, an ICU message by default.

type propertiesReader struct {
	lines
	comments []string
}

func readProperties(data []byte, _ ReadOptions) (File, error) {
	r := propertiesReader{lines: lines{data: data}}
	var f File
	for {
		line, ok := r.line()
		if !ok {
			return f, nil
		}
		text := strings.TrimLeft(line, " \t\f")
		switch {
		case text == "":
			r.comments = nil // of the file, not of a key
		case text[0] == '#' || text[0] == '!':
			r.comments = append(r.comments, strings.TrimPrefix(text[1:], " "))
		default:
			e, err := r.property(text, len(line)-len(text))
			if err != nil {
				return File{}, err
			}
			f.Entries = append(f.Entries, e)
		}
	}
}

func (r *propertiesReader) property(text string, indent int) (Entry, error) {
	i := 0
	for i < len(text) && strings.IndexByte("=: \t\f", text[i]) < 0 {
		if text[i] == '\\' {
			i++
		}
		i++
	}
	i = min(i, len(text))
	value := strings.TrimLeft(text[i:], " \t\f")
	if value != "" && (value[0] == '=' || value[0] == ':') {
		value = strings.TrimLeft(value[1:], " \t\f")
	}
	e := Entry{Description: strings.Join(r.comments, "\n")}
	r.comments = nil
	var err error
	if e.Key, err = r.unescape(text[:i], indent); err != nil {
		return e, err
	}
	e.Text, err = r.value(value, indent+len(text)-len(value))
	return e, err
}

// value reads the value and the lines that continue it, after a backslash at the
// end of a line.
func (r *propertiesReader) value(text string, column int) (string, error) {
	var b strings.Builder
	for {
		backslashes := len(text) - len(strings.TrimRight(text, `\`))
		continues := backslashes%2 == 1
		if continues {
			text = text[:len(text)-1]
		}
		part, err := r.unescape(text, column)
		if err != nil {
			return "", err
		}
		b.WriteString(part)
		line, ok := "", false
		if continues {
			line, ok = r.line()
		}
		if !ok {
			return b.String(), nil
		}
		text = strings.TrimLeft(line, " \t\f")
		column = len(line) - len(text)
	}
}

func (r *propertiesReader) unescape(text string, column int) (string, error) {
	if strings.IndexByte(text, '\\') < 0 {
		return text, nil
	}
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] != '\\' || i+1 == len(text) {
			b.WriteByte(text[i])
			continue
		}
		i++
		switch text[i] {
		case 'n':
			b.WriteByte('\n')
		case 't':
			b.WriteByte('\t')
		case 'r':
			b.WriteByte('\r')
		case 'f':
			b.WriteByte('\f')
		case 'u':
			char, digits := utf16Escape(text[i+1:])
			if digits == 0 {
				return "", r.errorf(column+i-1, `\u needs four hexadecimal digits; write \\u for a backslash and a u`)
			}
			b.WriteRune(char)
			i += digits
		default:
			b.WriteByte(text[i])
		}
	}
	return b.String(), nil
}

func writeProperties(f File, o WriteOptions) ([]byte, error) {
	separator := o.Separator
	if separator == "" {
		separator = "="
	}
	if separator != "=" && separator != ":" {
		return nil, fmt.Errorf("the separator must be an equals sign or a colon, got %q", separator)
	}
	var b bytes.Buffer
	for i := range f.Entries {
		e := &f.Entries[i]
		for line := range strings.FieldsFuncSeq(e.Description, func(r rune) bool { return r == '\n' || r == '\r' }) {
			b.WriteString("# " + line + "\n")
		}
		b.WriteString(property(e.Key, true) + separator + property(o.OneText(*e), false) + "\n")
	}
	if o.Latin1 {
		return []byte(ascii(b.String())), nil
	}
	return b.Bytes(), nil
}

// ascii writes all other characters as \u escapes, which every encoding has. It
// is what Java's native2ascii did, in comments as well.
func ascii(text string) string {
	var b strings.Builder
	for _, r := range text {
		if r < utf8.RuneSelf {
			b.WriteRune(r)
			continue
		}
		for _, unit := range utf16.AppendRune(nil, r) {
			fmt.Fprintf(&b, `\u%04X`, unit)
		}
	}
	return b.String()
}

// property escapes a key or a value.
func property(text string, key bool) string {
	var b strings.Builder
	for i, r := range text {
		switch {
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\f':
			b.WriteString(`\f`)
		case r == '\\', r == ' ' && (i == 0 || key), key && strings.ContainsRune("=:", r), key && i == 0 && strings.ContainsRune("#!", r):
			b.WriteString(`\` + string(r))
		case r < ' ':
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
