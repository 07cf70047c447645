package guard

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// word is something that no file may contain. The patterns are written so that
// they do not match themselves.
type word struct {
	pattern *regexp.Regexp
	why     string
	except  []string // files that may
}

var words = []word{
	{
		pattern: regexp.MustCompile(`\b(prox[y]|su[m])\.golang\.org|registr[y]\.(npmjs\.org|yarnpkg\.com)|\bde[b]\.debian\.org`),
		why:     "everybody has a package registry of their own; the clients know it",
	},
	{
		pattern: regexp.MustCompile(`(^|[\s"'=(:])/(wor[k]|roo[t]|hom[e]/[a-z]+)/`),
		why:     "this is a path of somebody's machine",
	},
	{
		pattern: regexp.MustCompile(`\b(TOD[O]|FIXM[E]|XX[X])\b`),
		why:     "what is not finished is an issue, not a comment",
	},
	{
		pattern: regexp.MustCompile(`\.\./share[d]\b`),
		why:     "nothing outside the checkout is part of the project",
		except:  []string{".ci/run"}, // it looks for optional recordings there
	},
}

func TestNoFileContainsWhatDoesNotBelong(t *testing.T) {
	t.Parallel()
	for _, name := range files(t) {
		if path.Base(name) == "go.sum" || path.Base(name) == "go.work.sum" {
			continue // checksums may spell anything
		}
		text := read(t, name)
		if strings.ContainsRune(text, 0) {
			continue // pictures and other binary files
		}
		for number, line := range strings.Split(text, "\n") {
			for _, w := range words {
				if found := w.pattern.FindString(line); found != "" && !slices.Contains(w.except, name) {
					t.Errorf("%s:%d contains %q: %s", name, number+1, found, w.why)
				}
			}
		}
	}
}

func TestWordsAreFound(t *testing.T) {
	t.Parallel()
	for _, line := range []string{
		"GOPROXY=https://prox" + "y.golang.org",
		`"resolved": "https://registr` + `y.npmjs.org/x/-/x-1.0.0.tgz"`,
		"see /wor" + "k/main",
		"dir := \"/hom" + "e/someone/src\"",
		"// TOD" + "O: later",
		"../share" + "d/notes.md",
	} {
		if !slices.ContainsFunc(words, func(w word) bool { return w.pattern.MatchString(line) }) {
			t.Errorf("no word is found in %q", line)
		}
	}
}
