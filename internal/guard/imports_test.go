package guard

import (
	"slices"
	"strings"
	"testing"
)

// rule says which packages of this repository a package may depend on, itself
// and what its dependencies bring included. Paths are relative to the module
// path, "." is the root package, and "x/..." is x and all below it.
type rule struct {
	packages string
	may      []string
	why      string
}

// rules are read from the top: the first that names a package counts.
var rules = []rule{
	{"internal/redact", nil, "what a secret looks like must be usable everywhere"},
	{"internal/wire", []string{"internal/redact"}, "it is below the client and the packages beside it"},
	{"internal/bundle", nil, "extracting an archive needs nothing of Lokalise"},
	{"internal/glob", nil, "names of files are nobody's business but the disk's"},
	{".", []string{"internal/bundle", "internal/glob", "internal/redact", "internal/wire"}, "the client knows tokens by the shape of an interface, so that a user with a personal token drags in nothing"},
	{"oauth/...", []string{"oauth", "internal/redact"}, "the protocol stores nothing and calls no API"},
	{"internal/sqlmigrate", nil, "bringing tables up to date needs nothing of Lokalise"},
	{"limiter/...", []string{"limiter/...", ".", "internal/bundle", "internal/glob", "internal/redact", "internal/sqlmigrate", "internal/wire"}, "a limiter knows requests by what the client says of them"},
	{"tokens/...", []string{"tokens/...", "oauth", "internal/redact", "internal/sqlmigrate"}, "keeping tokens alive needs the protocol only"},
	{"connect/...", []string{"connect/...", "tokens", "oauth", "internal/redact"}, "a web app brings its own store"},
	{"webhook/...", []string{"webhook/...", ".", "internal/bundle", "internal/glob", "internal/redact", "internal/wire"}, "receiving needs the client's models at most"},
	{"ota/...", []string{"ota/...", ".", "internal/bundle", "internal/glob", "internal/redact", "internal/wire"}, "bundles need the client at most"},
	{"otel/...", []string{"otel/...", ".", "oauth", "tokens", "internal/bundle", "internal/glob", "internal/redact", "internal/wire"}, "adapters know what they adapt"},
	{"sandbox/format/...", []string{"sandbox/format/..."}, "a format of somebody's own needs nothing else"},
	{"sandbox/formats/...", []string{"sandbox/format/...", "sandbox/formats/..."}, "formats register themselves; the sandbox finds them"},
	{"sandbox/seed", nil, "a description of what a sandbox begins with is data"},
	{"sandbox/...", []string{"sandbox/...", "internal/redact"}, "with a type of the client on both sides, a wrong JSON tag would agree with itself"},
	{"cmd/...", []string{"..."}, "applications use everything"},
	{"internal/...", []string{"..."}, "generators, checks and suites see everything; no package above may use them"},
}

// matches says whether a pattern names the package.
func matches(pattern, pkg string) bool {
	prefix, all := strings.CutSuffix(pattern, "...")
	if !all {
		return pattern == pkg
	}
	return prefix == "" || pkg+"/" == prefix || strings.HasPrefix(pkg, prefix)
}

// forbidden returns those of the dependencies that the rule for the package
// does not allow, and the rule; it is nil when no rule names the package.
func forbidden(pkg string, deps []string) (*rule, []string) {
	for i, r := range rules {
		if !matches(r.packages, pkg) {
			continue
		}
		return &rules[i], slices.DeleteFunc(deps, func(dep string) bool {
			return dep == pkg || slices.ContainsFunc(r.may, func(p string) bool { return matches(p, dep) })
		})
	}
	return nil, nil
}

// own returns the paths that belong to this repository, relative to the module.
func own(paths []string) []string {
	var rel []string
	for _, path := range paths {
		if path == module {
			rel = append(rel, ".")
		} else if tail, ok := strings.CutPrefix(path, module+"/"); ok {
			rel = append(rel, tail)
		}
	}
	return rel
}

func TestPackagesDependOnlyOnWhatTheirRuleAllows(t *testing.T) {
	t.Parallel()
	for _, dir := range modules(t) {
		if dir == "tools" {
			continue
		}
		for _, p := range list(t, dir, nil, "./...") {
			pkg := own([]string{p.ImportPath})[0]
			r, bad := forbidden(pkg, own(p.Deps))
			if r == nil {
				t.Errorf("no rule names package %s: add one", pkg)
			}
			for _, dep := range bad {
				t.Errorf("%s depends on %s, but %s", pkg, dep, r.why)
			}
		}
	}
}

func TestRulesFindForbiddenImports(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		pkg, dep string
		bad      bool
	}{
		{".", "oauth", true},
		{".", "internal/redact", false},
		{"oauth", "tokens", true},
		{"oauth/xoauth2", "oauth", false},
		{"tokens/sqlstore", "tokens", false},
		{"tokens/sqlstore", "connect", true},
		{"sandbox/internal/api", ".", true},
		{"sandbox/internal/api", "internal/wire", true},
		{"sandbox/internal/api", "sandbox/internal/state", false},
		{"sandbox/formats", "sandbox/format", false},
		{"sandbox/formats", "sandbox", true},
		{"sandbox/format", "internal/redact", true},
		{"sandbox/sqlite", "sandbox", false},
		{"sandbox/sqlite", "tokens/sqlstore", true},
		{"limiter/redislimiter", ".", false},
		{"limiter/sqllimiter", "tokens", true},
		{"webhook", "tokens", true},
		{"cmd/lokalise", "sandbox", false},
		{"internal/e2e", "tokens/redisstore", false},
	} {
		_, bad := forbidden(tc.pkg, []string{tc.dep})
		if (len(bad) > 0) != tc.bad {
			t.Errorf("%s on %s: forbidden is %t, want %t", tc.pkg, tc.dep, len(bad) > 0, tc.bad)
		}
	}
}

// TestTestsOfTheRootStayInTheRoot: in a workspace a test can import a package
// of another module, and then fails for everybody who has the root alone.
func TestTestsOfTheRootStayInTheRoot(t *testing.T) {
	t.Parallel()
	std := map[string]bool{}
	inRoot := map[string]bool{}
	for _, p := range list(t, ".", []string{"GOWORK=off"}, "-deps", "-test", "./...") {
		std[p.ImportPath] = p.Standard
		inRoot[p.ImportPath] = p.Module != nil && p.Module.Path == module
	}
	for _, p := range list(t, ".", []string{"GOWORK=off"}, "./...") {
		for _, path := range slices.Concat(p.TestImports, p.XTestImports) {
			if !std[path] && !inRoot[path] && !allowed(path) {
				t.Errorf("the tests of %s import %s", p.ImportPath, path)
			}
		}
	}
}
