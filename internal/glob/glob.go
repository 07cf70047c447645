// Package glob finds files by masks such as locales/**/%LANG_ISO%.json, and
// reads the language out of their paths.
//
// A mask is a path with slashes. In each of its elements * stands for any number
// of characters, ? for one, [a-z] for one of several and [^a-z] for one of all
// others; an element that is ** stands for any number of folders, none
// included. %LANG_ISO% stands for a language code: letters, digits, _, - and @.
// As in a shell, a name that begins with a dot is found only by an element that
// begins with one. Where a mask leaves open what belongs to the language and
// what to a *, the * gets more.
package glob

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
)

// Language is the placeholder of the language code in a mask.
const Language = "%LANG_ISO%"

// Match is a file that a mask found.
type Match struct {
	// Path is the file, as the system writes paths.
	Path string
	// Language is what stands in the place of the placeholder; empty where the
	// mask has none.
	Language string
	// Name is the path below the folder of the search, with slashes, and with
	// the placeholder in the place of the language where the mask has it.
	Name string
}

// Mask is a mask that was understood.
type Mask struct {
	text     string
	fixed    []string // the elements before the first with a wildcard
	elements []element
}

// element is one element of a mask.
type element struct {
	any     bool // it is **
	text    string
	pattern *regexp.Regexp // nil when it is just text
	dot     bool           // it begins with a dot
}

// Parse reads a mask.
func Parse(text string) (Mask, error) {
	m := Mask{text: text}
	clean := path.Clean(filepath.ToSlash(text))
	if text == "" || clean == "." {
		return m, errors.New("the mask is empty")
	}
	for _, part := range strings.Split(clean, "/") {
		e, err := parseElement(part)
		if err != nil {
			return m, fmt.Errorf("mask %s: %w", text, err)
		}
		if len(m.elements) == 0 && !e.any && e.pattern == nil {
			m.fixed = append(m.fixed, part)
			continue
		}
		m.elements = append(m.elements, e)
	}
	return m, nil
}

func parseElement(text string) (element, error) {
	e := element{text: text, any: text == "**", dot: strings.HasPrefix(text, ".")}
	if e.any || !strings.Contains(text, Language) && !strings.ContainsAny(text, "*?[") {
		return e, nil
	}
	expression, err := translate(text)
	if err != nil {
		return e, err
	}
	e.pattern, err = regexp.Compile(expression)
	return e, err
}

// translate turns an element into a regular expression.
func translate(text string) (string, error) {
	var b strings.Builder
	b.WriteString(`\A`)
	for text != "" {
		rest, isLanguage := strings.CutPrefix(text, Language)
		switch {
		case isLanguage:
			b.WriteString(`([0-9A-Za-z_@-]+)`)
		case text[0] == '*':
			rest = text[1:]
			b.WriteString(`.*`)
		case text[0] == '?':
			rest = text[1:]
			b.WriteString(`.`)
		case text[0] == '[':
			class, after, closed := strings.Cut(text[1:], "]")
			if !closed || class == "" || class == "^" {
				return "", fmt.Errorf("%q has no end", text)
			}
			rest = after
			b.WriteString("[" + strings.NewReplacer(`\`, `\\`, `[`, `\[`).Replace(class) + "]")
		default:
			n := len(text)
			if i := strings.IndexAny(text[1:], "*?[%"); i >= 0 {
				n = i + 1
			}
			rest = text[n:]
			b.WriteString(regexp.QuoteMeta(text[:n]))
		}
		text = rest
	}
	b.WriteString(`\z`)
	return "(?s)" + b.String(), nil
}

// String returns the mask as it was written.
func (m Mask) String() string { return m.text }

// HasLanguage reports whether the mask has the placeholder.
func (m Mask) HasLanguage() bool { return strings.Contains(m.text, Language) }

// Find returns the files below a folder that the mask finds, in the order of
// their paths. The folder is not searched when the mask is an absolute path.
// Links to files are found, links to folders are not followed.
func (m Mask) Find(dir string) ([]Match, error) {
	fixed := filepath.FromSlash(strings.Join(m.fixed, "/"))
	if fixed == "" && len(m.fixed) > 0 {
		fixed = string(filepath.Separator)
	}
	if len(m.elements) == 0 {
		return one(dir, fixed)
	}
	s := search{mask: m, base: fixed, root: below(dir, fixed)}
	err := filepath.WalkDir(s.root, s.visit)
	return s.found, err
}

// below joins a folder and a path below it, unless that is absolute.
func below(dir, name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(dir, name)
}

// one finds the file of a mask without wildcards.
func one(dir, name string) ([]Match, error) {
	info, err := os.Stat(below(dir, name))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, nil
	}
	return []Match{{Path: below(dir, name), Name: filepath.ToSlash(name)}}, nil
}

// search is one walk through the folders.
type search struct {
	mask  Mask
	base  string // as it stands in the mask
	root  string // where that is
	found []Match
}

func (s *search) visit(name string, entry fs.DirEntry, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil // nothing is found in what is not there, or not anymore
	}
	if err != nil {
		return err
	}
	rel, err := filepath.Rel(s.root, name)
	if err != nil || rel == "." {
		return err
	}
	parts := strings.Split(filepath.ToSlash(rel), "/")
	if entry.IsDir() {
		if !mayHold(s.mask.elements, parts) {
			return fs.SkipDir
		}
		return nil
	}
	language, template, ok := match(s.mask.elements, parts)
	if !ok || !isFile(name, entry) {
		return nil
	}
	s.found = append(s.found, Match{
		Path:     name,
		Language: language,
		Name:     path.Join(filepath.ToSlash(s.base), template),
	})
	return nil
}

func isFile(name string, entry fs.DirEntry) bool {
	if entry.Type()&fs.ModeSymlink == 0 {
		return entry.Type().IsRegular()
	}
	info, err := os.Stat(name)
	return err == nil && info.Mode().IsRegular()
}

// mayHold reports whether a folder may hold files that the elements find.
func mayHold(elements []element, parts []string) bool {
	for i, part := range parts {
		switch {
		case i >= len(elements):
			return false
		case elements[i].any:
			return !hidden(parts[i:]) || wantsHidden(elements[i:])
		}
		if _, ok := elements[i].find(part); !ok {
			return false
		}
	}
	return len(parts) < len(elements)
}

func hidden(parts []string) bool {
	for _, part := range parts {
		if strings.HasPrefix(part, ".") {
			return true
		}
	}
	return false
}

func wantsHidden(elements []element) bool {
	for _, e := range elements {
		if e.dot {
			return true
		}
	}
	return false
}

// match reports whether the elements find a path, and returns its language and
// the path with the placeholder in its place. A language that stands in several
// places must be the same one in all of them.
func match(elements []element, parts []string) (language, template string, ok bool) {
	if len(elements) == 0 {
		return "", "", len(parts) == 0
	}
	e := elements[0]
	if e.any {
		for n := 0; n <= len(parts); n++ {
			if n > 0 && strings.HasPrefix(parts[n-1], ".") {
				break
			}
			if language, template, ok = match(elements[1:], parts[n:]); ok {
				return language, path.Join(path.Join(parts[:n]...), template), true
			}
		}
		return "", "", false
	}
	if len(parts) == 0 {
		return "", "", false
	}
	at, found := e.find(parts[0])
	if !found {
		return "", "", false
	}
	language, template, ok = match(elements[1:], parts[1:])
	mine, named, same := at.language(parts[0])
	if !ok || !same || mine != "" && language != "" && mine != language {
		return "", "", false
	}
	if mine != "" {
		language = mine
	}
	return language, path.Join(named, template), true
}

// places are where the groups of a regular expression stand in a name.
type places []int

// find reports whether the element finds a name.
func (e element) find(name string) (places, bool) {
	switch {
	case e.any, strings.HasPrefix(name, ".") && !e.dot:
		return nil, false
	case e.pattern == nil:
		return nil, name == e.text
	}
	at := e.pattern.FindStringSubmatchIndex(name)
	return at, at != nil
}

// language returns the language in a name, and the name with the placeholder
// in its place; false when the name has several languages.
func (p places) language(name string) (language, template string, same bool) {
	var b strings.Builder
	end := 0
	for i := 2; i+1 < len(p); i += 2 {
		found := name[p[i]:p[i+1]]
		if language != "" && found != language {
			return "", "", false
		}
		language = found
		b.WriteString(name[end:p[i]])
		b.WriteString(Language)
		end = p[i+1]
	}
	b.WriteString(name[end:])
	return language, b.String(), true
}
