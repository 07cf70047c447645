package format

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"
)

// Apple's .strings: "key" = "value"; with comments. It is read by hand since
// libraries for property lists drop comments and the order. The last comment
// before a key is its description. Plurals are in .stringsdict files, which are
// not modeled: in a .strings file they are one text, an ICU message by default.

type stringsReader struct {
	data []byte
	at   int
}

func (r *stringsReader) errorf(reason string, args ...any) error {
	return ErrorAt(r.data, r.at, reason, args...)
}

func readStrings(data []byte, _ ReadOptions) (File, error) {
	r := stringsReader{data: data}
	var f File
	for {
		comment, err := r.space()
		if err != nil || r.at == len(data) {
			return f, err
		}
		e := Entry{Description: comment}
		if e.Key, err = r.token(); err != nil {
			return File{}, err
		}
		e.Text = e.Key // "key"; alone is short for "key" = "key";
		if r.is('=') {
			if _, err := r.space(); err != nil {
				return File{}, err
			}
			if e.Text, err = r.token(); err != nil {
				return File{}, err
			}
		}
		if !r.is(';') {
			return File{}, r.errorf("a ; is missing after the value of %q", e.Key)
		}
		f.Entries = append(f.Entries, e)
	}
}

// is passes over white space and comments and then over the character, if it is
// there.
func (r *stringsReader) is(char byte) bool {
	if _, err := r.space(); err != nil || r.at == len(r.data) || r.data[r.at] != char {
		return false
	}
	r.at++
	return true
}

// space passes over white space and comments; it returns the last comment.
func (r *stringsReader) space() (comment string, err error) {
	for r.at < len(r.data) {
		rest := r.data[r.at:]
		switch {
		case strings.IndexByte(" \t\r\n\f\v", rest[0]) >= 0:
			r.at++
		case bytes.HasPrefix(rest, []byte("//")):
			end := bytes.IndexAny(rest, "\r\n")
			if end < 0 {
				end = len(rest)
			}
			comment = strings.TrimSpace(string(rest[2:end]))
			r.at += end
		case bytes.HasPrefix(rest, []byte("/*")):
			end := bytes.Index(rest[2:], []byte("*/"))
			if end < 0 {
				return "", r.errorf("the comment is not closed by */")
			}
			comment = strings.TrimSpace(string(rest[2 : 2+end]))
			r.at += end + 4
		default:
			return comment, nil
		}
	}
	return comment, nil
}

// token reads a text in quotes, or a word without.
func (r *stringsReader) token() (string, error) {
	if r.at == len(r.data) {
		return "", r.errorf("the file ends where a text is expected")
	}
	if r.data[r.at] == '"' {
		return r.quoted()
	}
	start := r.at
	for r.at < len(r.data) && isWord(r.data[r.at]) {
		r.at++
	}
	if r.at == start {
		return "", r.errorf("a text in quotes is expected, not %q", firstRune(r.data[r.at:]))
	}
	return string(r.data[start:r.at]), nil
}

func firstRune(text []byte) string {
	_, size := utf8.DecodeRune(text)
	return string(text[:size])
}

// isWord says whether a character can be in a text without quotes.
func isWord(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("_.$:-", c) >= 0
}

func (r *stringsReader) quoted() (string, error) {
	var b strings.Builder
	open := r.at
	for r.at++; r.at < len(r.data); r.at++ {
		switch c := r.data[r.at]; c {
		case '"':
			r.at++
			return b.String(), nil
		case '\\':
			char, size := stringsEscape(string(r.data[r.at+1 : min(r.at+13, len(r.data))]))
			if size == 0 {
				return "", r.errorf(`the escape is not complete; write \\ for a backslash`)
			}
			b.WriteString(char)
			r.at += size
		default:
			b.WriteByte(c)
		}
	}
	r.at = open
	return "", r.errorf("the text is not closed by a quote")
}

// stringsEscape reads what follows a backslash: \U with four digits, \n and the like, octal
// digits, or a character that stands for itself.
func stringsEscape(text string) (char string, size int) {
	if text == "" {
		return "", 0
	}
	if text[0] == 'U' || text[0] == 'u' {
		r, digits := utf16Escape(strings.ReplaceAll(text[1:], `\U`, `\u`))
		if digits == 0 {
			return "", 0
		}
		return string(r), 1 + digits
	}
	if r, digits := cEscape(text); digits > 0 {
		return string(r), digits
	}
	_, size = utf8.DecodeRuneInString(text)
	return text[:size], size
}

// stringsQuoted escapes what must not be as it is between quotes, and what
// would be hard to see.
var stringsQuoted = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\t", `\t`, "\r", `\r`, "\x00", `\U0000`)

func writeStrings(f File, o WriteOptions) ([]byte, error) {
	var b bytes.Buffer
	for i := range f.Entries {
		e := &f.Entries[i]
		if e.Description != "" {
			b.WriteString("/* " + strings.ReplaceAll(e.Description, "*/", "* /") + " */\n")
		}
		fmt.Fprintf(&b, "\"%s\" = \"%s\";\n", stringsQuoted.Replace(e.Key), stringsQuoted.Replace(o.OneText(*e)))
	}
	return b.Bytes(), nil
}
