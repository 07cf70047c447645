package guard

import (
	"encoding/json"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
)

// snippet is a Go block of a document that is a whole file. It is built as if
// it lay in a package of its own in this module.
type snippet struct {
	block
	document string
	folder   string // from the root, with slashes; it is not there
}

// TestGoCodeInDocumentsWorks compiles each Go block that is a whole file, and
// runs those that are tests. In README every block is a whole file. All are
// built by one command: a command for each takes minutes.
func TestGoCodeInDocumentsWorks(t *testing.T) {
	t.Parallel()
	programs, tests := snippets(t)
	if len(programs) == 0 || len(tests) == 0 {
		t.Fatalf("the documents have %d programs and %d tests; README has both", len(programs), len(tests))
	}
	list := overlay(t, append(programs, tests...))
	// That the programs link is not asked: it takes as long as all the rest.
	run(t, root(t), nil, "go", append([]string{"list", "-export", "-overlay", list}, folders(programs)...)...)
	built := t.TempDir() + string(filepath.Separator)
	// vet would look for the folders, which are not there.
	run(t, root(t), nil, "go", append([]string{"test", "-c", "-vet=off", "-ldflags=-s -w", "-overlay", list, "-o", built}, folders(tests)...)...)
	for _, s := range tests {
		t.Run(fmt.Sprintf("%s:%d", s.document, s.line), func(t *testing.T) {
			t.Parallel()
			run(t, t.TempDir(), nil, filepath.Join(built, path.Base(s.folder)+".test"))
		})
	}
}

// snippets collects the Go files in all documents.
func snippets(t *testing.T) (programs, tests []snippet) {
	t.Helper()
	for _, name := range documents(t) {
		blocks, _ := split(read(t, name))
		for _, b := range blocks {
			if b.language != "go" {
				continue
			}
			if !strings.HasPrefix(b.text, "package ") && !strings.Contains(b.text, "\npackage ") {
				if name == "README.md" {
					t.Errorf("README.md:%d: the Go code is not a whole file, so nobody knows whether it compiles", b.line)
				}
				continue
			}
			// An error of the compiler names the folder, and so the place.
			base := strings.NewReplacer("/", "_", ".", "_").Replace(name)
			s := snippet{b, name, fmt.Sprintf("internal/guard/document/%s_line_%d", base, b.line)}
			if strings.Contains(b.text, "*testing.T)") {
				tests = append(tests, s)
			} else {
				programs = append(programs, s)
			}
		}
	}
	return programs, tests
}

func folders(all []snippet) []string {
	var names []string
	for _, s := range all {
		names = append(names, "./"+s.folder)
	}
	return names
}

// overlay writes the snippets to a temporary folder, and the file that tells the
// go command where they should seem to be.
func overlay(t *testing.T, all []snippet) string {
	t.Helper()
	tmp := t.TempDir()
	replace := map[string]string{}
	for i, s := range all {
		file := "main.go"
		if strings.Contains(s.text, "*testing.T)") {
			file = "main_test.go"
		}
		written := filepath.Join(tmp, fmt.Sprint(i, ".go"))
		if err := os.WriteFile(written, []byte(s.text), 0o600); err != nil {
			t.Fatal(err)
		}
		replace[filepath.Join(root(t), filepath.FromSlash(s.folder), file)] = written
	}
	content, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		t.Fatal(err)
	}
	list := filepath.Join(tmp, "overlay.json")
	if err := os.WriteFile(list, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return list
}
