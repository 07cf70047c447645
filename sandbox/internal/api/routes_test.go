package api

import (
	"slices"
	"strings"
	"testing"

	"github.com/golokalise/lokalise/sandbox/internal/web"
)

// TestEveryOperationIsFoundAtItsPath fills the path of every operation with
// values that are as awkward as values of a path may be.
func TestEveryOperationIsFoundAtItsPath(t *testing.T) {
	t.Parallel()
	for _, op := range Operations() {
		base, there := basePaths[op.API]
		if !there {
			continue
		}
		path := base + op.Path
		var want []string
		for strings.Contains(path, "{") {
			from, to := strings.Index(path, "{"), strings.Index(path, "}")
			path = path[:from] + "a%2Fb%3F:" + path[to+1:]
			want = append(want, "a/b?:")
		}
		n, values := routes().find(path)
		if n == nil || !slices.Equal(values, want) {
			t.Errorf("%s: %s gives %v", op.ID, path, values)
			continue
		}
		if r := n.method(op.Method); r == nil || r.op.ID != op.ID || len(r.params) != len(want) {
			t.Errorf("%s: %s %s gives %v", op.ID, op.Method, path, r)
		}
		if !Handles(path) || !strings.Contains(n.allow(), op.Method) {
			t.Errorf("%s: not handled, or not allowed", op.ID)
		}
	}
}

func TestLiteralElementWinsOverAParameter(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{
		"/api2/projects/x/contributors/me":                      "contributors.me",
		"/api2/projects/x/contributors/1":                       "contributors.get",
		"/api2/projects/x/custom_translation_statuses/colors":   "translation_statuses.colors",
		"/api2/projects/x/custom_translation_statuses/%63olors": "translation_statuses.colors",
	} {
		n, _ := routes().find(path)
		if n == nil || n.method("GET") == nil || n.method("GET").op.ID != want {
			t.Errorf("%s is not %s", path, want)
		}
	}
}

func TestPathsThatAreNoneAreNotFound(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"", "/", "/api2", "/api2/", "/api2//projects", "/api2/projects/", "/api2/projects/%zz", "/api/projects", "/api2/projects/x/y", "/projects"} {
		if n, _ := routes().find(path); n != nil {
			t.Errorf("%q is found", path)
		}
	}
}

func TestEveryHandlerIsForAnOperation(t *testing.T) {
	t.Parallel()
	known := map[string]bool{}
	for _, op := range Operations() {
		known[op.ID] = true
	}
	for id := range endpoints {
		if !known[id] {
			t.Errorf("%s is no operation", id)
		}
	}
}

func TestEveryScopeIsDescribedOnTheConsentPage(t *testing.T) {
	t.Parallel()
	described := web.Scopes()
	for _, scope := range Scopes() {
		if !slices.Contains(described, scope) {
			t.Errorf("%s has no description", scope)
		}
	}
}
