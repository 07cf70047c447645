package glob_test

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/golokalise/lokalise/internal/glob"
)

// folder makes empty files below a new folder.
func folder(t *testing.T, names ...string) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range names {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// find returns what a mask finds: "name language" for each file.
func find(t *testing.T, dir, mask string) []string {
	t.Helper()
	m, err := glob.Parse(mask)
	if err != nil {
		t.Fatalf("%s: %v", mask, err)
	}
	matches, err := m.Find(dir)
	if err != nil {
		t.Fatalf("%s: %v", mask, err)
	}
	var found []string
	for _, match := range matches {
		if _, err := os.Stat(match.Path); err != nil {
			t.Errorf("%s: %v", mask, err)
		}
		found = append(found, strings.TrimSpace(match.Name+" "+match.Language))
	}
	return found
}

func TestMasksFindFiles(t *testing.T) {
	t.Parallel()
	dir := folder(t, "en.json", "lv.json", "zh_Hans-CN.json", "en.txt", "a.b.json", ".hidden.json", "a+b(c).json",
		"app/en/main.json", "app/en/other.json", "app/lv/main.json", "app/lv/sub/main.json", "app/en.lproj/Main.strings",
		"app/.git/en/main.json", ".cfg/en.json", "deep/a/b/c/d/en.json", "messages_en.properties", "messages_pt_BR.properties",
		"x/en/en.json", "x/en/lv.json")
	for mask, want := range map[string][]string{
		"en.json":                              {"en.json"},
		"./app/../en.json":                     {"en.json"},
		"none.json":                            nil,
		"none/*.json":                          nil,
		"app":                                  nil,
		"app/en":                               nil,
		"en.json/*":                            nil,
		"*.json":                               {"a+b(c).json", "a.b.json", "en.json", "lv.json", "zh_Hans-CN.json"},
		"%LANG_ISO%.json":                      {"%LANG_ISO%.json en", "%LANG_ISO%.json lv", "%LANG_ISO%.json zh_Hans-CN"},
		"??.json":                              {"en.json", "lv.json"},
		"[a-f]n.json":                          {"en.json"},
		"[^a-f]*.json":                         {"lv.json", "zh_Hans-CN.json"},
		"a+b(c).*":                             {"a+b(c).json"},
		".*.json":                              {".hidden.json"},
		".cfg/*.json":                          {".cfg/en.json"},
		"app/%LANG_ISO%/main.json":             {"app/%LANG_ISO%/main.json en", "app/%LANG_ISO%/main.json lv"},
		"app/*/*.json":                         {"app/en/main.json", "app/en/other.json", "app/lv/main.json"},
		"app/**/main.json":                     {"app/en/main.json", "app/lv/main.json", "app/lv/sub/main.json"},
		"app/**/%LANG_ISO%/main.json":          {"app/%LANG_ISO%/main.json en", "app/%LANG_ISO%/main.json lv", "app/lv/%LANG_ISO%/main.json sub"},
		"app/%LANG_ISO%/**/main.json":          {"app/%LANG_ISO%/main.json en", "app/%LANG_ISO%/main.json lv", "app/%LANG_ISO%/sub/main.json lv"},
		"app/%LANG_ISO%.lproj/Main.strings":    {"app/%LANG_ISO%.lproj/Main.strings en"},
		"**/d/*.json":                          {"deep/a/b/c/d/en.json"},
		"deep/**/**/en.json":                   {"deep/a/b/c/d/en.json"},
		"messages_%LANG_ISO%.properties":       {"messages_%LANG_ISO%.properties en", "messages_%LANG_ISO%.properties pt_BR"},
		"*_%LANG_ISO%.properties":              {"messages_%LANG_ISO%.properties en", "messages_pt_%LANG_ISO%.properties BR"},
		"x/%LANG_ISO%/%LANG_ISO%.json":         {"x/%LANG_ISO%/%LANG_ISO%.json en"},
		"app/**/.git/%LANG_ISO%/main.json":     {"app/.git/%LANG_ISO%/main.json en"},
		"**/Main.strings":                      {"app/en.lproj/Main.strings"},
		filepath.Join(dir, "*.txt"):            {filepath.ToSlash(dir) + "/en.txt"},
		filepath.Join(dir, "app", "en", "*.*"): {filepath.ToSlash(dir) + "/app/en/main.json", filepath.ToSlash(dir) + "/app/en/other.json"},
	} {
		if got := find(t, dir, mask); !reflect.DeepEqual(got, want) {
			t.Errorf("%s finds %q, want %q", mask, got, want)
		}
	}
}

func TestMaskMayLeaveItsFolder(t *testing.T) {
	t.Parallel()
	dir := folder(t, "one/en.json", "two/x")
	if got := find(t, filepath.Join(dir, "two"), "../one/%LANG_ISO%.json"); !reflect.DeepEqual(got, []string{"../one/%LANG_ISO%.json en"}) {
		t.Errorf("got %q", got)
	}
}

func TestLinksToFilesAreFoundAndLinksToFoldersNotFollowed(t *testing.T) {
	t.Parallel()
	dir := folder(t, "real/en.json")
	for link, to := range map[string]string{"lv.json": "real/en.json", "dangling.json": "nowhere", "folder.json": "real", "real/loop": ".."} {
		if err := os.Symlink(to, filepath.Join(dir, link)); err != nil {
			t.Skipf("no symbolic links can be made here: %v", err)
		}
	}
	if got := find(t, dir, "**/*.json"); !reflect.DeepEqual(got, []string{"lv.json", "real/en.json"}) {
		t.Errorf("got %q", got)
	}
}

func TestMaskThatCannotBeReadIsAnError(t *testing.T) {
	t.Parallel()
	for _, mask := range []string{"", ".", "a/..", "[a", "[]x", "[^]", "[z-a]", "x/[a/b]"} {
		if m, err := glob.Parse(mask); err == nil {
			t.Errorf("%q is read as %+v", mask, m)
		}
	}
}

func TestMaskKnowsItsText(t *testing.T) {
	t.Parallel()
	m, err := glob.Parse("./a/*.json")
	if err != nil || m.String() != "./a/*.json" {
		t.Errorf("%s, %v", m, err)
	}
}
