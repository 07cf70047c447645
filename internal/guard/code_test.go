package guard

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestGoCodeInDocumentsWorks builds each Go block that is a whole file as if it
// lay in a package of its own in this module, and runs those that are tests. In
// README every block is a whole file.
func TestGoCodeInDocumentsWorks(t *testing.T) {
	t.Parallel()
	found := 0
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
			found++
			t.Run(fmt.Sprintf("%s:%d", name, b.line), func(t *testing.T) {
				t.Parallel()
				program := compile(t, b.text)
				if isTest(b.text) {
					run(t, t.TempDir(), nil, program)
				}
			})
		}
	}
	if found == 0 {
		t.Error("no document has a Go file; README does")
	}
}

func isTest(text string) bool { return strings.Contains(text, "*testing.T)") }

// compile builds a Go file in the root module without writing it there, and
// returns the path of what it built.
func compile(t *testing.T, text string) string {
	t.Helper()
	dir, tmp := root(t), t.TempDir()
	file, args := "main.go", []string{"build"}
	if isTest(text) {
		// vet would look for the folder, which is not there.
		file, args = "main_test.go", []string{"test", "-c", "-vet=off"}
	}
	written := filepath.Join(tmp, file)
	if err := os.WriteFile(written, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	overlay, err := json.Marshal(map[string]map[string]string{
		"Replace": {filepath.Join(dir, "internal", "guard", "document", file): written},
	})
	if err != nil {
		t.Fatal(err)
	}
	list := filepath.Join(tmp, "overlay.json")
	if err := os.WriteFile(list, overlay, 0o600); err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(tmp, "program.exe")
	args = append(args, "-overlay", list, "-o", program, "./internal/guard/document")
	run(t, dir, nil, "go", args...)
	return program
}
