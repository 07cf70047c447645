package guard

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestGoCodeInDocumentsCompiles vets each Go block that is a whole file as if
// it lay in a package of its own in this module. In README every block is one.
func TestGoCodeInDocumentsCompiles(t *testing.T) {
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
				vet(t, b.text)
			})
		}
	}
	if found == 0 {
		t.Error("no document has a Go file; README does")
	}
}

// vet compiles and vets a Go file in the root module without writing it there.
func vet(t *testing.T, text string) {
	t.Helper()
	dir := root(t)
	file := "main.go"
	if strings.Contains(text, "*testing.T)") {
		file = "main_test.go"
	}
	written := filepath.Join(t.TempDir(), file)
	if err := os.WriteFile(written, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	overlay, err := json.Marshal(map[string]map[string]string{
		"Replace": {filepath.Join(dir, "internal", "guard", "document", file): written},
	})
	if err != nil {
		t.Fatal(err)
	}
	list := filepath.Join(t.TempDir(), "overlay.json")
	if err := os.WriteFile(list, overlay, 0o600); err != nil {
		t.Fatal(err)
	}
	run(t, dir, nil, "go", "vet", "-overlay", list, "./internal/guard/document")
}
