package guard

import (
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
)

// command is a line that a document tells its reader to type.
type command struct {
	document string
	line     int
	words    []string
}

// commands collects the lines of the shell blocks of every document.
func commands(t *testing.T) []command {
	t.Helper()
	var all []command
	for _, name := range documents(t) {
		blocks, _ := split(read(t, name))
		for _, b := range blocks {
			if b.language != "sh" && b.language != "bash" && b.language != "console" {
				continue
			}
			for i, line := range strings.Split(b.text, "\n") {
				line, _, _ = strings.Cut(line, " #")
				words := strings.Fields(strings.TrimPrefix(strings.TrimSpace(line), "$ "))
				if len(words) > 0 {
					all = append(all, command{name, b.line + i, words})
				}
			}
		}
	}
	return all
}

// TestMakeTargetsInDocumentsExist also holds for `make target` within a
// sentence.
func TestMakeTargetsInDocumentsExist(t *testing.T) {
	t.Parallel()
	makefile := read(t, "Makefile")
	named := regexp.MustCompile("(?m)(?:^|`)make ([a-z-]+)")
	found := 0
	for _, name := range documents(t) {
		for _, m := range named.FindAllStringSubmatch(read(t, name), -1) {
			found++
			if !strings.Contains(makefile, "\n.PHONY: "+m[1]+"\n"+m[1]+":") {
				t.Errorf("%s names `make %s`, which the Makefile does not have", name, m[1])
			}
		}
	}
	if found == 0 {
		t.Error("no document names a make target; README does")
	}
}

// TestPackagesInDocumentsExist: the package of each "go run" is there.
func TestPackagesInDocumentsExist(t *testing.T) {
	t.Parallel()
	found := 0
	for _, c := range commands(t) {
		if len(c.words) < 3 || c.words[0] != "go" || c.words[1] != "run" || !strings.HasPrefix(c.words[2], "./") {
			continue
		}
		found++
		if _, err := os.Stat(filepath.Join(root(t), c.words[2])); err != nil {
			t.Errorf("%s:%d runs %s, which is not there", c.document, c.line, c.words[2])
		}
	}
	if found == 0 {
		t.Error("no document runs a program of the repository; README does")
	}
}

// build builds cmd/lokalise and returns the program's path.
func build(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "lokalise")
	if runtime.GOOS == "windows" {
		path += ".exe"
	}
	run(t, filepath.Join(root(t), "cmd"), nil, "go", "build", "-o", path, "./lokalise")
	return path
}

var noun = regexp.MustCompile(`^[a-z-]+$`)

// TestSubcommandsInDocumentsExist asks the program itself: the help of the
// subcommand is there and names each flag that the document uses.
func TestSubcommandsInDocumentsExist(t *testing.T) {
	t.Parallel()
	program := build(t)
	for _, c := range commands(t) {
		var args []string
		switch {
		case len(c.words) > 3 && strings.HasPrefix(strings.Join(c.words, " "), "go run ./cmd/lokalise "):
			args = c.words[3:]
		case c.words[0] == "lokalise":
			args = c.words[1:]
		default:
			continue
		}
		var nouns, flags []string
		for _, word := range args {
			switch {
			case strings.HasPrefix(word, "--"):
				flag, _, _ := strings.Cut(word, "=")
				flags = append(flags, flag)
			case len(flags) == 0 && noun.MatchString(word):
				nouns = append(nouns, word)
			}
		}
		help := run(t, root(t), nil, program, append(nouns, "--help")...)
		for _, noun := range nouns {
			if !strings.Contains(help, noun) {
				t.Errorf("%s:%d runs lokalise %s; its help does not know %q", c.document, c.line, strings.Join(nouns, " "), noun)
			}
		}
		for _, flag := range flags {
			if !regexp.MustCompile(regexp.QuoteMeta(flag) + `\b`).MatchString(help) {
				t.Errorf("%s:%d uses %s; the help of lokalise %s has no such flag", c.document, c.line, flag, strings.Join(nouns, " "))
			}
		}
	}
}
