package guard

import (
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// goLine is the language version of every module: the older one of the two
// that the Go project supports.
const goLine = "1.26.0"

// requirements are all that the root module may require, tests included: a
// client, and a fake server for tests, must not push versions onto their users.
var requirements = []string{
	"github.com/go-json-experiment/json",
	"golang.org/x/crypto",
	"golang.org/x/sync",
	"golang.org/x/sys",
	"golang.org/x/time",
}

// allowed says whether a package comes from a module that the root may require.
func allowed(pkg string) bool {
	return slices.ContainsFunc(requirements, func(m string) bool {
		return pkg == m || strings.HasPrefix(pkg, m+"/")
	})
}

// goMod is what this package reads of "go mod edit -json".
type goMod struct {
	Module    struct{ Path string }
	Go        string
	Toolchain string
	Require   []struct{ Path, Version string }
	Replace   []struct{ Old, New struct{ Path string } }
}

func edit(t *testing.T, dir string) goMod {
	t.Helper()
	var m goMod
	if err := json.Unmarshal([]byte(run(t, filepath.Join(root(t), dir), nil, "go", "mod", "edit", "-json")), &m); err != nil {
		t.Fatal(err)
	}
	return m
}

func TestRootRequiresOnlyWhatEveryUserMayGet(t *testing.T) {
	t.Parallel()
	for _, r := range edit(t, ".").Require {
		if !slices.Contains(requirements, r.Path) {
			t.Errorf("the root module requires %s", r.Path)
		}
	}
}

func TestModulesAgreeOnTheGoVersion(t *testing.T) {
	t.Parallel()
	for _, dir := range modules(t) {
		m := edit(t, dir)
		if m.Go != goLine || m.Toolchain != "" {
			t.Errorf("%s/go.mod says go %s and toolchain %q; want go %s and none", dir, m.Go, m.Toolchain, goLine)
		}
		if want := strings.TrimSuffix(module+"/"+filepath.ToSlash(dir), "/."); m.Module.Path != want {
			t.Errorf("%s/go.mod is module %s, want %s", dir, m.Module.Path, want)
		}
	}
}

// TestModulesUseTheCheckout: what a module requires of this repository is
// replaced by the folder beside it, so that no module is tested against an old
// release of another. docs/releasing.md says how a release changes that.
func TestModulesUseTheCheckout(t *testing.T) {
	t.Parallel()
	for _, dir := range modules(t) {
		m := edit(t, dir)
		replaced := map[string]string{}
		for _, r := range m.Replace {
			replaced[r.Old.Path] = r.New.Path
		}
		requires := false
		for _, r := range m.Require {
			rel := own([]string{r.Path})
			if rel == nil {
				continue
			}
			requires = true
			want, err := filepath.Rel(dir, rel[0])
			if err != nil {
				t.Fatal(err)
			}
			if filepath.Clean(replaced[r.Path]) != want {
				t.Errorf("%s/go.mod requires %s and replaces it by %q, want %s", dir, r.Path, replaced[r.Path], want)
			}
		}
		if !requires && dir != "." && dir != "tools" {
			t.Errorf("%s/go.mod does not require the root module; why is it in this repository?", dir)
		}
	}
}

// TestWorkspaceHoldsEveryModuleButTheTools: the requirements of the tools would
// raise the versions that everything else is built with.
func TestWorkspaceHoldsEveryModuleButTheTools(t *testing.T) {
	t.Parallel()
	var work struct{ Use []struct{ DiskPath string } }
	if err := json.Unmarshal([]byte(run(t, root(t), nil, "go", "work", "edit", "-json", "go.work")), &work); err != nil {
		t.Fatal(err)
	}
	var used []string
	for _, u := range work.Use {
		used = append(used, filepath.Clean(u.DiskPath))
	}
	for _, dir := range modules(t) {
		if slices.Contains(used, dir) == (dir == "tools") {
			t.Errorf("go.work uses %q; %s is wrong there", used, dir)
		}
	}
}
