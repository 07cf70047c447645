package guard

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// module is the path of the root module, and the prefix of all others.
const module = "github.com/golokalise/lokalise"

// root is the repository's folder; tests run in the folder of their package.
func root(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "go.work")); err != nil {
		t.Fatalf("the repository's folder was expected two above this package: %v", err)
	}
	return dir
}

// files lists the files of the repository, relative to its folder: those that
// are committed and those that would be.
func files(t *testing.T) []string {
	t.Helper()
	dir := root(t)
	if _, err := os.Stat(filepath.Join(dir, ".git")); err != nil {
		t.Skip("this is not a git checkout, so its files cannot be told from others")
	}
	out := run(t, dir, nil, "git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate")
	var names []string
	for name := range strings.SplitSeq(strings.TrimSuffix(out, "\x00"), "\x00") {
		// A file that was deleted and not committed yet is still listed.
		if _, err := os.Lstat(filepath.Join(dir, name)); err == nil {
			names = append(names, name)
		}
	}
	return names
}

// read returns the text of a file of the repository.
func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root(t), filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// run returns what a command prints; it fails the test when the command does.
func run(t *testing.T, dir string, env []string, name string, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), name, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), env...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s%s", name, strings.Join(args, " "), err, out, stderr.String())
	}
	return string(out)
}

// goPackage is what this package reads of "go list -json".
type goPackage struct {
	ImportPath   string
	Name         string
	Deps         []string
	TestImports  []string
	XTestImports []string
	Standard     bool
	Module       *struct{ Path string }
}

// list runs "go list -json" in a folder of the repository.
func list(t *testing.T, dir string, env []string, args ...string) []goPackage {
	t.Helper()
	args = append([]string{"list", "-json=ImportPath,Name,Deps,TestImports,XTestImports,Standard,Module"}, args...)
	dec := json.NewDecoder(strings.NewReader(run(t, filepath.Join(root(t), dir), env, "go", args...)))
	var all []goPackage
	for {
		var p goPackage
		err := dec.Decode(&p)
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

// modules lists the folders that hold a go.mod file, "." for the root. Those in
// testdata belong to the tests that use them.
func modules(t *testing.T) []string {
	t.Helper()
	var dirs []string
	for _, name := range files(t) {
		if filepath.Base(name) == "go.mod" && !strings.Contains(name, "testdata/") {
			dirs = append(dirs, filepath.Dir(name))
		}
	}
	if len(dirs) < 2 {
		t.Fatalf("the modules are %q; more were expected", dirs)
	}
	return dirs
}
