package format

import (
	"bytes"
	"encoding/hex"
	"strings"
	"unicode/utf16"
)

// lines walks through a text file line by line.
type lines struct {
	data []byte
	next int // where the next line begins
	at   int // where the current one begins
}

// line returns the next line without its line break.
func (l *lines) line() (string, bool) {
	if l.next >= len(l.data) {
		return "", false
	}
	l.at = l.next
	rest := l.data[l.at:]
	n := bytes.IndexAny(rest, "\r\n")
	if n < 0 {
		n = len(rest)
	}
	l.next = l.at + n + 1
	if n+1 < len(rest) && rest[n] == '\r' && rest[n+1] == '\n' {
		l.next++
	}
	return string(rest[:n]), true
}

// errorf is an error in the current line, after so many bytes.
func (l *lines) errorf(column int, reason string, args ...any) error {
	return ErrorAt(l.data, l.at+column, reason, args...)
}

// utf16Escape reads the four digits after \u, of two if they are a
// surrogate pair, from behind the first \u. It returns how long they are, 0 if
// they are none.
func utf16Escape(text string) (r rune, size int) {
	unit := func(text string) (rune, bool) {
		var code [2]byte
		if len(text) < 4 {
			return 0, false
		}
		_, err := hex.Decode(code[:], []byte(text[:4]))
		return rune(code[0])<<8 | rune(code[1]), err == nil
	}
	r, ok := unit(text)
	if !ok {
		return 0, 0
	}
	if rest, escaped := strings.CutPrefix(text[4:], `\u`); escaped && utf16.IsSurrogate(r) {
		if low, ok := unit(rest); ok && utf16.DecodeRune(r, low) != '\uFFFD' {
			return utf16.DecodeRune(r, low), 10
		}
	}
	return r, 4
}
