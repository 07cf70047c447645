package guard

import (
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"
)

// documents lists the Markdown files of the repository.
func documents(t *testing.T) []string {
	t.Helper()
	var names []string
	for _, name := range files(t) {
		if path.Ext(name) == ".md" {
			names = append(names, name)
		}
	}
	return names
}

// block is a fenced part of a document.
type block struct {
	language string
	line     int // the first line inside the fence
	text     string
}

// split returns a document's fenced blocks, and its text without them.
func split(text string) (blocks []block, prose string) {
	var open *block
	var rest strings.Builder
	for i, line := range strings.Split(text, "\n") {
		language, fence := strings.CutPrefix(strings.TrimSpace(line), "```")
		switch {
		case fence && open == nil:
			open = &block{language: language, line: i + 2}
		case fence:
			blocks = append(blocks, *open)
			open = nil
		case open != nil:
			open.text += line + "\n"
		default:
			rest.WriteString(line + "\n")
		}
	}
	return blocks, rest.String()
}

var (
	code    = regexp.MustCompile("`[^`\n]*`")
	links   = regexp.MustCompile(`\]\(([^)\s]+)(?: "[^"]*")?\)|(?m:^\[[^\]]+\]:\s+(\S+))`)
	heading = regexp.MustCompile(`(?m)^#+ +(.+)$`)
)

// targets returns what the links of a document point to.
func targets(text string) []string {
	_, prose := split(text)
	var all []string
	for _, m := range links.FindAllStringSubmatch(code.ReplaceAllString(prose, ""), -1) {
		all = append(all, m[1]+m[2])
	}
	return all
}

// anchors returns the fragments that GitHub gives a document's headings.
func anchors(text string) map[string]bool {
	_, prose := split(text)
	all := map[string]bool{}
	for _, m := range heading.FindAllStringSubmatch(prose, -1) {
		slug := strings.Map(func(r rune) rune {
			switch {
			case r == ' ':
				return '-'
			case unicode.IsLetter(r), unicode.IsDigit(r), r == '-', r == '_':
				return unicode.ToLower(r)
			}
			return -1
		}, m[1])
		all[slug] = true
	}
	return all
}

// TestLinksResolve looks at links within the repository; it asks no server.
func TestLinksResolve(t *testing.T) {
	t.Parallel()
	for _, name := range documents(t) {
		text := read(t, name)
		for _, target := range targets(text) {
			u, err := url.Parse(target)
			if err != nil {
				t.Errorf("%s: the link %q is no URL: %v", name, target, err)
				continue
			}
			if u.Scheme != "" {
				continue
			}
			to := name
			if u.Path != "" {
				to = path.Join(path.Dir(name), u.Path)
			}
			if _, err := os.Stat(filepath.Join(root(t), to)); err != nil {
				t.Errorf("%s links to %s, which is not there", name, target)
				continue
			}
			if u.Fragment != "" && path.Ext(to) == ".md" && !anchors(read(t, to))[u.Fragment] {
				t.Errorf("%s links to %s; that document has no such heading", name, target)
			}
		}
	}
}

func TestLinksAndAnchorsAreFound(t *testing.T) {
	t.Parallel()
	const text = "# Going live!\n[a](b.md#c) ![d](e.png \"f\") `[not](this)`\n```\n[nor](this)\n# nor this\n```\n\n[g]: h.md\n"
	if got, want := strings.Join(targets(text), " "), "b.md#c e.png h.md"; got != want {
		t.Errorf("targets are %q, want %q", got, want)
	}
	if got := anchors(text); len(got) != 1 || !got["going-live"] {
		t.Errorf("anchors are %v, want going-live alone", got)
	}
}
