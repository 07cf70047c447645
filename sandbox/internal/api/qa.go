package api

import (
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// The checks of qaIssues are simple ones, made to react to what they are named
// for; what exactly the real service looks at is not known. Spelling is not
// checked, and what a special placeholder is, is not known.

// checkText counts what is wrong with a translation, all plural forms on their
// own. A form that the base text does not have is compared with its "other".
func (q *qaIssues) checkText(text, base string, isBase bool) {
	forms, plural := state.Plurals(text)
	if !plural {
		q.checkOne(text, base, isBase)
		return
	}
	baseForms, basePlural := state.Plurals(base)
	for _, name := range slices.Sorted(maps.Keys(forms)) {
		if forms[name] == "" {
			continue
		}
		compare := base
		if basePlural {
			var there bool
			if compare, there = baseForms[name]; !there {
				compare = baseForms["other"]
			}
		}
		q.checkOne(forms[name], compare, isBase)
	}
}

func (q *qaIssues) checkOne(text, base string, isBase bool) {
	have := classesOf(text)
	if have&hasDoubleSpace != 0 {
		q.DoubleSpace++
	}
	if have&hasBracket != 0 && unbalanced(text) {
		q.UnbalancedBrackets++
	}
	if isBase || base == "" {
		return
	}
	if leading(text) != leading(base) {
		q.LeadingWhitespace++
	}
	if trailing(text) != trailing(base) {
		q.TrailingWhitespace++
	}
	q.compare(text, base, have|classesOf(base))
}

// compare counts what a text and the one it translates do not have in common.
// Only what one of them can have is looked for.
func (q *qaIssues) compare(text, base string, have classes) {
	for _, c := range []struct {
		needs classes
		find  func(string) []string
		count func(same, sameNumber bool)
	}{
		{hasPlaceholder, placeholders, func(same, _ bool) { add(&q.InconsistentPlaceholders, !same) }},
		{hasTag, tags, func(same, _ bool) { add(&q.InconsistentHTML, !same) }},
		{hasDigit, numbersIn, func(same, _ bool) { add(&q.DifferentNumbers, !same) }},
		{hasBracket, brackets, func(same, _ bool) { add(&q.DifferentBrackets, !same) }},
		{hasColon, urls, func(same, sameNumber bool) {
			add(&q.DifferentNumberOfURLs, !sameNumber)
			add(&q.DifferentURLs, sameNumber && !same)
		}},
		{hasAt, emails, func(same, sameNumber bool) {
			add(&q.DifferentNumberOfEmailAddress, !sameNumber)
			add(&q.DifferentEmailAddress, sameNumber && !same)
		}},
	} {
		if have&c.needs == 0 {
			continue
		}
		a, b := c.find(text), c.find(base)
		slices.Sort(a)
		slices.Sort(b)
		c.count(slices.Equal(a, b), len(a) == len(b))
	}
}

func add(to *int, one bool) {
	if one {
		*to++
	}
}

// total is the sum of all issues, as qa_issues_total has it in recordings.
func (q *qaIssues) total() int {
	return q.NotReviewed + q.Unverified + q.SpellingGrammar + q.InconsistentPlaceholders + q.InconsistentHTML +
		q.DifferentNumberOfURLs + q.DifferentURLs + q.LeadingWhitespace + q.TrailingWhitespace +
		q.DifferentNumberOfEmailAddress + q.DifferentEmailAddress + q.DifferentBrackets + q.DifferentNumbers +
		q.DoubleSpace + q.SpecialPlaceholder + q.UnbalancedBrackets
}

// classes are the kinds of characters in a text that decide which checks it
// needs: most texts need none.
type classes uint8

const (
	hasPlaceholder classes = 1 << iota
	hasTag
	hasDigit
	hasBracket
	hasColon
	hasAt
	hasDoubleSpace
)

func classesOf(text string) classes {
	var found classes
	for i := range len(text) {
		switch c := text[i]; c {
		case '%':
			found |= hasPlaceholder
		case '{', '}':
			found |= hasPlaceholder | hasBracket
		case '(', ')', '[', ']':
			found |= hasBracket
		case '<':
			found |= hasTag
		case ':':
			found |= hasColon
		case '@':
			found |= hasAt
		case ' ':
			if i > 0 && text[i-1] == ' ' {
				found |= hasDoubleSpace
			}
		default:
			if isDigit(c) {
				found |= hasDigit
			}
		}
	}
	return found
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// leading is the white space that a text begins with, trailing what it ends
// with.
func leading(text string) string {
	return text[:len(text)-len(strings.TrimLeftFunc(text, unicode.IsSpace))]
}

func trailing(text string) string {
	return text[len(strings.TrimRightFunc(text, unicode.IsSpace)):]
}

// unbalanced tells whether a bracket has no partner.
func unbalanced(text string) bool {
	var open []byte
	for i := range len(text) {
		switch c := text[i]; c {
		case '(':
			open = append(open, ')')
		case '[', '{':
			open = append(open, c+2)
		case ')', ']', '}':
			if len(open) == 0 || open[len(open)-1] != c {
				return true
			}
			open = open[:len(open)-1]
		}
	}
	return len(open) > 0
}

func brackets(text string) []string {
	var found []string
	for i := range len(text) {
		if strings.IndexByte("()[]{}", text[i]) >= 0 {
			found = append(found, text[i:i+1])
		}
	}
	return found
}

func numbersIn(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r >= utf8.RuneSelf || !isDigit(byte(r)) }) //nolint:gosec // it is below RuneSelf
}

// words are the parts of a text between white space and quotes, without the
// punctuation of a sentence around them.
func words(text string) []string {
	parts := strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(`"'<>`, r) })
	for i, part := range parts {
		parts[i] = strings.Trim(part, ".,;:!?()[]{}")
	}
	return parts
}

func urls(text string) []string {
	return slices.DeleteFunc(words(text), func(w string) bool {
		return !strings.HasPrefix(w, "http://") && !strings.HasPrefix(w, "https://")
	})
}

func emails(text string) []string {
	return slices.DeleteFunc(words(text), func(w string) bool {
		name, domain, found := strings.Cut(w, "@")
		return !found || name == "" || !strings.Contains(domain, ".") || strings.Contains(name, "/")
	})
}

// tags are the names of the HTML tags of a text, with the slash of one that
// ends an element.
func tags(text string) []string {
	var found []string
	for {
		_, after, there := strings.Cut(text, "<")
		if !there {
			return found
		}
		end := 0
		for end < len(after) && (isLetter(after[end]) || isDigit(after[end]) || end == 0 && after[0] == '/') {
			end++
		}
		if strings.Trim(after[:end], "/") != "" && strings.IndexByte(after, '>') >= 0 {
			found = append(found, strings.ToLower(after[:end]))
		}
		text = after
	}
}

// placeholders are those of printf, such as %1$s and %@, and names in braces.
func placeholders(text string) []string {
	var found []string
	for i := 0; i < len(text); i++ {
		n := 0
		switch text[i] {
		case '%':
			n = printfLen(text[i:])
		case '{':
			n = bracedLen(text[i:])
		}
		if n > 0 {
			found = append(found, text[i:i+n])
			i += n - 1
		}
	}
	return found
}

// printfLen is the length of the directive that a text begins with, or 0.
func printfLen(text string) int {
	for i := 1; i < len(text); i++ {
		c := text[i]
		switch {
		case isLetter(c) && !strings.ContainsRune("lhqzL", rune(c)), c == '@':
			return i + 1
		case isDigit(c), isLetter(c), strings.IndexByte("$.-+#*", c) >= 0:
		default:
			return 0
		}
	}
	return 0
}

// bracedLen is the length of the name in braces that a text begins with, or 0.
func bracedLen(text string) int {
	end := strings.IndexByte(text, '}')
	if end < 2 || strings.ContainsAny(text[1:end], "{ ") {
		return 0
	}
	return end + 1
}
