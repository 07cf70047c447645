package lokalise_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// pending are the resources, by the first part of their operations' names, that
// no method calls yet. A resource that gets its methods leaves this list; the
// test sees to that.
var pending []string

// operation is an entry of operations.json.
type operation struct {
	ID     string `json:"id"`
	API    string `json:"api"`
	Method string `json:"method"`
	Path   string `json:"path"`
}

func (o operation) directive() string { return o.Method + " " + o.Path }

func (o operation) resource() string {
	resource, _, _ := strings.Cut(o.ID, ".")
	return resource
}

// operations returns the operations of the APIs that this package and package
// ota call.
func operations(t *testing.T) []operation {
	t.Helper()
	text, err := os.ReadFile("operations.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Operations []operation `json:"operations"`
	}
	if err := json.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(file.Operations, func(o operation) bool { return o.API == "oauth2" })
}

// directives returns what follows //lokalise:op in the files of a pattern.
func directives(t *testing.T, patterns ...string) map[string]string {
	t.Helper()
	// The directive has to stand directly above the method.
	form := regexp.MustCompile(`(?m)^//lokalise:op (.*)\nfunc \(`)
	found := map[string]string{}
	for _, pattern := range patterns {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range files {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if n := strings.Count(string(text), "\n//lokalise:op "); n != len(form.FindAll(text, -1)) && !strings.HasSuffix(name, "_test.go") {
				t.Errorf("%s: a directive does not stand directly above its method", name)
			}
			for _, match := range form.FindAllStringSubmatch(string(text), -1) {
				found[match[1]] = name
			}
		}
	}
	return found
}

func TestEveryDirectiveNamesAnOperationAndEveryOperationHasAMethod(t *testing.T) {
	t.Parallel()
	methods := directives(t, "*.go", "ota/*.go")
	known, called := map[string]bool{}, map[string]bool{}
	for _, o := range operations(t) {
		known[o.directive()] = true
		if _, ok := methods[o.directive()]; ok {
			called[o.resource()] = true
		}
	}
	for directive, file := range methods {
		if !known[directive] {
			t.Errorf("%s: %q is in no operation", file, directive)
		}
	}
	for _, o := range operations(t) {
		waiting := slices.Contains(pending, o.resource())
		if _, ok := methods[o.directive()]; !ok && !waiting {
			t.Errorf("no method calls %s (%s)", o.ID, o.directive())
		}
	}
	for _, resource := range pending {
		if called[resource] {
			t.Errorf("%s has methods; take it off the list of pending resources", resource)
		}
		if !slices.ContainsFunc(operations(t), func(o operation) bool { return o.resource() == resource }) {
			t.Errorf("%s is pending and has no operations", resource)
		}
	}
}

// Each method is tested by an opCase, or by a test of its own that names the
// operation.
func TestEveryOperationThatHasAMethodIsTested(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("*_test.go")
	if err != nil {
		t.Fatal(err)
	}
	inOTA, err := filepath.Glob("ota/*_test.go")
	if err != nil {
		t.Fatal(err)
	}
	files = append(files, inOTA...)
	var tests strings.Builder
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		tests.Write(text)
	}
	for directive, file := range directives(t, "*.go", "ota/*.go") {
		if !strings.Contains(tests.String(), `"`+directive+`"`) {
			t.Errorf("%s: no test is named for %q", file, directive)
		}
	}
}
