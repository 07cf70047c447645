package cmdutil

import (
	"strings"
	"unicode"
)

// OneLine keeps a text on its line: what a server answered must not move the
// cursor or change the colors of the terminal.
func OneLine(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return '�'
		}
		return r
	}, s)
}
