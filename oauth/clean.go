package oauth

import (
	"strings"
	"unicode"

	"github.com/golokalise/lokalise/internal/redact"
)

// Bounds, in characters, for what a server says in an error.
const (
	maxCode        = 64
	maxDescription = 300
	maxURI         = 200
	maxProcessID   = 64
)

// clean makes a foreign text fit for an error message or a log: on one line,
// printable, without the secrets that were sent, and bounded. The order
// matters: a secret may itself hold a character that is dropped, or be broken
// up by such characters, so masking comes before and after; and cutting first
// could leave a secret's beginning.
func clean(text string, limit int, secrets []string) string {
	text = redact.Values(text, secrets...)
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case !unicode.IsPrint(r): // control and format characters, among them those that reverse text
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, ""))
	text = redact.Values(strings.TrimSpace(text), secrets...)
	runes := 0
	for i := range text {
		if runes == limit {
			return text[:i] + "…"
		}
		runes++
	}
	return text
}

// describe puts a message together from its cleaned parts.
func describe(what, description, uri string) string {
	if description != "" {
		what += ": " + description
	}
	if uri != "" {
		what += " (see " + uri + ")"
	}
	return what
}
