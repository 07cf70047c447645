package oauth_test

import (
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/golokalise/lokalise/oauth"
)

func TestScopesForCollectsWhatOperationsNeed(t *testing.T) {
	t.Parallel()
	got, err := oauth.ScopesFor("projects.list", "keys.create", "projects.get", "keys.list", "translation_memories.list",
		"segments.list", "users.get", "ota.bundles.list", "files.upload_from_fss", "segments.list")
	if err != nil {
		t.Fatal(err)
	}
	want := oauth.ScopeNeeds{
		Scopes: []oauth.Scope{
			oauth.ScopeReadKeys, oauth.ScopeReadProjects, oauth.ScopeReadTranslationMemory, oauth.ScopeWriteFiles, oauth.ScopeWriteKeys,
		},
		Unsure:  []string{"files.upload_from_fss", "translation_memories.list"},
		Unknown: []string{"segments.list"},
		NoOAuth: []string{"ota.bundles.list", "users.get"},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestScopesForTellsAnOperationThatDoesNotExistFromAnUnknownScope(t *testing.T) {
	t.Parallel()
	got, err := oauth.ScopesFor("projects.lst", "projects.list", "keys", "projects.lst")
	if !errors.Is(err, oauth.ErrUnknownOperation) || err.Error() != "oauth: unknown operation: keys, projects.lst" {
		t.Errorf("err = %v", err)
	}
	if !reflect.DeepEqual(got, oauth.ScopeNeeds{Scopes: []oauth.Scope{oauth.ScopeReadProjects}}) {
		t.Errorf("needs = %+v", got)
	}
}

func TestScopesForNothingIsNothing(t *testing.T) {
	t.Parallel()
	if got, err := oauth.ScopesFor(); err != nil || !reflect.DeepEqual(got, oauth.ScopeNeeds{}) {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestScopesForAgreesWithTheOperationList(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../operations.json")
	if err != nil {
		t.Fatal(err)
	}
	var list struct {
		Operations []struct {
			ID    string
			Scope oauth.Scope
			Basis string `json:"scope_basis"`
		}
	}
	if err := json.Unmarshal(text, &list); err != nil {
		t.Fatal(err)
	}
	if len(list.Operations) < 100 {
		t.Fatalf("%d operations", len(list.Operations))
	}
	constants := scopeConstants(t)
	for _, op := range list.Operations {
		got, err := oauth.ScopesFor(op.ID)
		if err != nil {
			t.Fatal(err)
		}
		var want oauth.ScopeNeeds
		switch op.Basis {
		case "none":
			want.NoOAuth = []string{op.ID}
		case "unknown":
			want.Unknown = []string{op.ID}
		case "third_party", "inferred":
			want.Unsure = []string{op.ID}
		}
		if op.Scope != "" {
			want.Scopes = []oauth.Scope{op.Scope}
			if constants[op.Scope] == "" {
				t.Errorf("%s: scope %s has no constant", op.ID, op.Scope)
			}
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %+v, want %+v", op.ID, got, want)
		}
	}
}

// Every scope name that was found anywhere has a constant, and its comment says
// how sure the name is.
func TestEveryKnownScopeHasADocumentedConstant(t *testing.T) {
	t.Parallel()
	want := []oauth.Scope{"read_background_processes", "read_translation_memory"}
	for _, resource := range []string{
		"projects", "comments", "contributors", "files", "glossary", "keys", "languages", "payment_cards", "screenshots", "snapshots",
		"tasks", "team_groups", "team_orders", "team_users", "team_user_billing_details", "translations", "webhooks",
	} {
		want = append(want, oauth.Scope("read_"+resource), oauth.Scope("write_"+resource))
	}
	constants := scopeConstants(t)
	if len(constants) != len(want) {
		t.Errorf("%d constants, want %d", len(constants), len(want))
	}
	for _, scope := range want {
		comment := constants[scope]
		if !slices.ContainsFunc([]string{"documented", "recorded", "vendor", "third"}, func(word string) bool { return strings.Contains(comment, word) }) {
			t.Errorf("%s: the comment %q does not say how sure it is", scope, comment)
		}
		if !strings.Contains(comment, " opens ") {
			t.Errorf("%s: the comment %q does not say what it opens", scope, comment)
		}
	}
}

// scopeConstants reads the constants and their comments from the source.
func scopeConstants(t *testing.T) map[oauth.Scope]string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "scopes.go", nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	found := map[oauth.Scope]string{}
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || len(spec.Values) != 1 || !strings.HasPrefix(spec.Names[0].Name, "Scope") {
			return true
		}
		literal, ok := spec.Values[0].(*ast.BasicLit)
		if !ok {
			return true
		}
		name, err := strconv.Unquote(literal.Value)
		if err != nil {
			t.Fatal(err)
		}
		found[oauth.Scope(name)] = spec.Doc.Text()
		return true
	})
	return found
}
