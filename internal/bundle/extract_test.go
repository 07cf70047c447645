package bundle_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"github.com/golokalise/lokalise/internal/bundle"
)

func TestFilesAreExtractedIntoANewFolder(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "new", "locales")
	data := archive(t, entry{name: "en.json", text: "{}"}, entry{name: "empty/", mode: os.ModeDir},
		entry{name: "a/b/ļ.json", text: "[1]"}, entry{name: "a/none.txt"})
	files, err := extract(t, data, dir, bundle.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	want := []bundle.File{{Name: "en.json", Size: 2, Changed: true}, {Name: "a/b/ļ.json", Size: 3, Changed: true}, {Name: "a/none.txt", Changed: true}}
	if !reflect.DeepEqual(files, want) {
		t.Errorf("got %+v, want %+v", files, want)
	}
	wantTree := map[string]string{"en.json": "{}", "a/": "", "a/b/": "", "a/b/ļ.json": "[1]", "a/none.txt": ""}
	if got := tree(t, dir); !reflect.DeepEqual(got, wantTree) {
		t.Errorf("the target has %v", got)
	}
	if info, err := os.Stat(filepath.Join(dir, "en.json")); err != nil || info.Mode().Perm()&0o111 != 0 {
		t.Errorf("the mode is the archive's: %v, %v", info.Mode(), err)
	}
}

func TestEqualFilesAreLeftAlone(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	long := strings.Repeat("0123456789", 100_000)
	write(t, dir, map[string]string{
		"same.json": "{}", "long.json": long, "size.json": "[1]", "longer.json": "[1,2,3]", "mine.txt": "mine",
		"late.json": long[1:] + "x",
	})
	data := archive(t, entry{name: "same.json", text: "{}"}, entry{name: "long.json", text: long},
		entry{name: "size.json", text: "[2]"}, entry{name: "longer.json", text: "[1]"}, entry{name: "new.json", text: "{}"},
		entry{name: "late.json", text: long[1:] + "y"})
	files, err := extract(t, data, dir, bundle.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	for i, changed := range []bool{false, false, true, true, true, true} {
		if f := files[i]; f.Changed != changed {
			t.Errorf("%s: changed is %t", f.Name, f.Changed)
		} else if !changed && !modTime(t, filepath.Join(dir, f.Name)).Equal(old) {
			t.Errorf("%s has another time", f.Name)
		}
	}
	want := map[string]string{
		"same.json": "{}", "long.json": long, "size.json": "[2]", "longer.json": "[1]", "new.json": "{}", "mine.txt": "mine",
		"late.json": long[1:] + "y",
	}
	if got := tree(t, dir); !reflect.DeepEqual(got, want) {
		t.Error("the target has other contents")
	}
}

func TestReplacedFileKeepsItsPermissions(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no such permissions")
	}
	dir := t.TempDir()
	write(t, dir, map[string]string{"a": "old", "b": "old"})
	for name, mode := range map[string]os.FileMode{"a": 0o600, "b": 0o444} {
		if err := os.Chmod(filepath.Join(dir, name), mode); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := extract(t, archive(t, entry{name: "a", text: "new"}, entry{name: "b", text: "new"}), dir, bundle.Limits{}); err != nil {
		t.Fatal(err)
	}
	for name, mode := range map[string]os.FileMode{"a": 0o600, "b": 0o444} {
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Mode() != mode {
			t.Errorf("%s: %v, %v", name, info.Mode(), err)
		}
	}
}

func TestProgressCountsFilesAndBytes(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, dir, map[string]string{"same": "12345", "differs": "12345"})
	data := archive(t, entry{name: "d/", mode: os.ModeDir}, entry{name: "same", text: "12345"}, entry{name: "differs", text: "12346"}, entry{name: "new", text: "123"})
	var last bundle.Progress
	steps := 0
	if _, err := extractWith(t.Context(), t, data, dir, bundle.Limits{}, func(p bundle.Progress) { last, steps = p, steps+1 }); err != nil {
		t.Fatal(err)
	}
	if want := (bundle.Progress{Files: 3, TotalFiles: 3, Bytes: 13, TotalBytes: 13}); last != want || steps < 6 {
		t.Errorf("%d steps, the last %+v", steps, last)
	}
}

func TestCanceledExtractionChangesNothing(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "locales")
	ctx, cancel := context.WithCancelCause(t.Context())
	why := errors.New("enough")
	_, err := extractWith(ctx, t, archive(t, entry{name: "a", text: "1"}, entry{name: "b", text: "2"}), dir, bundle.Limits{},
		func(bundle.Progress) { cancel(why) })
	if !errors.Is(err, why) {
		t.Errorf("got %v", err)
	}
	if _, err := os.Stat(dir); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the folder is there: %v", err)
	}
}

// What stands in the way is found before anything changes.
func TestWhatIsInTheWayOfAFileIsAnError(t *testing.T) {
	t.Parallel()
	outside := t.TempDir()
	write(t, outside, map[string]string{"secret": "old"})
	for name, obstacle := range map[string]func(dir string) error{
		"a folder":           func(dir string) error { return os.Mkdir(filepath.Join(dir, "b"), 0o755) },
		"a link to a file":   func(dir string) error { return os.Symlink(filepath.Join(outside, "secret"), filepath.Join(dir, "b")) },
		"a dangling link":    func(dir string) error { return os.Symlink("nowhere", filepath.Join(dir, "b")) },
		"a file as a folder": func(dir string) error { return os.WriteFile(filepath.Join(dir, "c"), nil, 0o600) },
		"a link as a folder": func(dir string) error { return os.Symlink(outside, filepath.Join(dir, "c")) },
	} {
		dir := t.TempDir()
		write(t, dir, map[string]string{"a": "old"})
		if err := obstacle(dir); err != nil {
			t.Fatal(err)
		}
		before := tree(t, dir)
		data := archive(t, entry{name: "a", text: "new"}, entry{name: "b", text: "new"}, entry{name: "c/secret", text: "new"})
		if _, err := extract(t, data, dir, bundle.Limits{}); err == nil {
			t.Errorf("%s: no error", name)
		}
		if after := tree(t, dir); !reflect.DeepEqual(before, after) {
			t.Errorf("%s: the target has %v", name, after)
		}
	}
	if got := tree(t, outside)["secret"]; got != "old" {
		t.Errorf("a file outside has %q", got)
	}
}

// Links inside the target are followed as long as they stay there.
func TestLinkInsideTheTargetIsFollowed(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, dir, map[string]string{"real/x": "old"})
	if err := os.Symlink("real", filepath.Join(dir, "link")); err != nil {
		t.Skipf("no symbolic links can be made here: %v", err)
	}
	if _, err := extract(t, archive(t, entry{name: "link/x", text: "new"}), dir, bundle.Limits{}); err != nil {
		t.Fatal(err)
	}
	if got := tree(t, dir)["real/x"]; got != "new" {
		t.Errorf("got %q", got)
	}
}

// A folder that appears while the archive is read makes the last rename fail.
// What was renamed before goes back.
func TestFailedRenamePutsEverythingBack(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, dir, map[string]string{"a": "old", "same": "same"})
	data := archive(t, entry{name: "a", text: "new"}, entry{name: "x/y/b", text: "new"}, entry{name: "same", text: "same"},
		entry{name: "c", text: "new"})
	_, err := extractWith(t.Context(), t, data, dir, bundle.Limits{}, func(p bundle.Progress) {
		if p.Files == 4 {
			write(t, dir, map[string]string{"c/taken": ""})
		}
	})
	if err == nil {
		t.Fatal("no error")
	}
	want := map[string]string{"a": "old", "same": "same", "c/": "", "c/taken": ""}
	if got := tree(t, dir); !reflect.DeepEqual(got, want) {
		t.Errorf("the target has %v", got)
	}
	if got := modTime(t, filepath.Join(dir, "a")); !got.Equal(old) {
		t.Errorf("the file that was put back is of %v", got)
	}
}

func TestSpoolIsForItsOwnerAndGoesAway(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "a", "b")
	target, err := bundle.OpenTarget(dir)
	if err != nil {
		t.Fatal(err)
	}
	spool, err := target.Spool()
	if err != nil {
		t.Fatal(err)
	}
	if info, err := spool.Stat(); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if err := errors.Join(spool.Close(), target.Close()); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Dir(dir)); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the folders are still there: %v", err)
	}
	if err := target.Close(); err != nil {
		t.Errorf("closing again: %v", err)
	}
}

func TestTargetThatIsNotAFolderIsAnError(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, dir, map[string]string{"file": "old"})
	for _, name := range []string{"file", "file/below"} {
		if _, err := bundle.OpenTarget(filepath.Join(dir, name)); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if got := tree(t, dir); !reflect.DeepEqual(got, map[string]string{"file": "old"}) {
		t.Errorf("the folder has %v", got)
	}
}

func BenchmarkExtract(b *testing.B) {
	text := bytes.Repeat([]byte("  \"label\": \"The quick brown fox\",\n"), 30_000)
	data := archive(b, entry{name: "a/en.json", text: string(text)}, entry{name: "a/lv.json", text: string(text)})
	b.SetBytes(2 * int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := extract(b, data, filepath.Join(b.TempDir(), "new"), bundle.Limits{}); err != nil {
			b.Fatal(err)
		}
	}
}
