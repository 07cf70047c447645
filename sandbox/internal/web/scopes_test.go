package web_test

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/golokalise/lokalise/sandbox/internal/web"
)

// operationScopes are the scopes in the list of all API operations.
func operationScopes(t *testing.T) []string {
	t.Helper()
	raw, err := os.ReadFile("../../../operations.json")
	if err != nil {
		t.Fatal(err)
	}
	var list struct {
		Operations []struct {
			Scope string `json:"scope"`
		} `json:"operations"`
	}
	if err := json.Unmarshal(raw, &list); err != nil {
		t.Fatal(err)
	}
	var scopes []string
	for _, op := range list.Operations {
		if op.Scope != "" {
			scopes = append(scopes, op.Scope)
		}
	}
	if len(scopes) < 50 {
		t.Fatalf("only %d operations have a scope", len(scopes))
	}
	slices.Sort(scopes)
	return slices.Compact(scopes)
}

func TestEveryScopeOfAnOperationIsDescribed(t *testing.T) {
	t.Parallel()
	known := web.Scopes()
	for _, name := range operationScopes(t) {
		if !slices.Contains(known, name) {
			t.Errorf("%s has no description", name)
		}
	}
	for _, name := range known {
		title, detail, write := web.DescribeScope(name)
		if title == "" || !strings.HasSuffix(detail, ".") {
			t.Errorf("%s: title %q, detail %q", name, title, detail)
		}
		if write != strings.HasPrefix(name, "write_") {
			t.Errorf("%s: write is %v", name, write)
		}
	}
}

func TestNoTwoScopesReadTheSame(t *testing.T) {
	t.Parallel()
	seen := map[string]string{}
	for _, name := range web.Scopes() {
		title, _, _ := web.DescribeScope(name)
		if other, dup := seen[title]; dup {
			t.Errorf("%s and %s are both %q", name, other, title)
		}
		seen[title] = name
	}
}

func TestUnknownScopeIsNamedAndNotPlayedDown(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]struct {
		title string
		write bool
	}{
		"read_moon":                  {"Read moon", false},
		"write_moon":                 {"Write moon", true},
		"write_background_processes": {"Write background processes", true}, // only reading is known
		"everything":                 {"Everything", true},
		"":                           {"Unnamed scope", true},
	} {
		title, detail, write := web.DescribeScope(name)
		if title != want.title || write != want.write || detail == "" {
			t.Errorf("%q: %q, write %v, want %q, %v", name, title, write, want.title, want.write)
		}
	}
}
