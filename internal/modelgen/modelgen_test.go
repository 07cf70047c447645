package main

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden file anew")

func TestGoldenFile(t *testing.T) {
	t.Parallel()
	const golden = "testdata/good/things_gen.go"
	pkg, err := load("testdata/good")
	if err != nil {
		t.Fatal(err)
	}
	got, err := generate(pkg, pkg.files[0])
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(golden, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("the generated code has changed; go test ./internal/modelgen -update writes it anew:\n%s", got)
	}
}

// generateFrom runs the generator on a package that consists of one file.
func generateFrom(t *testing.T, source string) error {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "models.go"), []byte("package lokalise\n"+source), 0o600); err != nil {
		t.Fatal(err)
	}
	return run(dir)
}

func TestWhatCannotBeGeneratedIsNamed(t *testing.T) {
	t.Parallel()
	const extra = "\nExtra map[string]json.RawMessage `json:\",embed,inline\"`\n}\n"
	for source, want := range map[string]string{
		"type A struct {\nN int `json:\"n\"`" + extra:                             "type int is not supported",
		"type A struct {\nP *string `json:\"p\"`" + extra:                         "*string is not supported",
		"type A struct {\nB B `json:\"b\"`" + extra + "type B struct{ X string }": "struct B needs a field Extra",
		"type A struct {\nB B `json:\"b\"`" + extra + "type B uint8":              "type B rests on uint8",
		"type A struct {\nB Set[string] `json:\"b\"`" + extra:                     "Set[string] is not supported",
		"this is not Go": "expected declaration",
	} {
		if err := generateFrom(t, source); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q", source, err, want)
		}
	}
}

func TestFileWithoutModelsGivesNothing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "other.go"), []byte("package lokalise\n\ntype A struct{ X string }\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := run(dir); err != nil {
		t.Fatal(err)
	}
	if files, _ := filepath.Glob(filepath.Join(dir, "*")); len(files) != 1 {
		t.Errorf("files are %v", files)
	}
}

func TestTypesOfTheRootPackageAreKnownBelowIt(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	sub := filepath.Join(root, "ota")
	if err := os.Mkdir(sub, 0o700); err != nil {
		t.Fatal(err)
	}
	files := map[string]string{
		filepath.Join(root, "root.go"): "package lokalise\n\ntype Kind string\ntype Time struct{}\n",
		filepath.Join(sub, "models.go"): "package ota\n\ntype A struct {\nK lokalise.Kind `json:\"k\"`\nT lokalise.Time `json:\"t\"`\n" +
			"O lokalise.Opt[lokalise.Kind] `json:\"o\"`\nExtra map[string]json.RawMessage `json:\",embed,inline\"`\n}\n",
	}
	for name, text := range files {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := run(sub); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(sub, "models_gen.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`"github.com/golokalise/lokalise"`, "m.K = lokalise.Kind(d.String())", "m.T = lokalise.ParseTime(d.String())",
		"m.O = lokalise.Null[lokalise.Kind]()", "m.O = lokalise.Some(lokalise.Kind(d.String()))",
	} {
		if !strings.Contains(string(text), want) {
			t.Errorf("%s is missing in\n%s", want, text)
		}
	}
}

func TestLowerFirst(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"Key": "key", "QAIssues": "qaIssues", "ID": "id", "ProjectQAIssues": "projectQAIssues", "OTABundle": "otaBundle",
	} {
		if got := lowerFirst(name); got != want {
			t.Errorf("%s becomes %s, want %s", name, got, want)
		}
	}
}
