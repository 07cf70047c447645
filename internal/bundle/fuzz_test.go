package bundle_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/golokalise/lokalise/internal/bundle"
)

// FuzzExtract extracts anything. Whatever it is, nothing may appear outside the
// target, no link inside it, no more than the limits allow, and nothing at all
// after a failure.
func FuzzExtract(f *testing.F) {
	for _, entries := range [][]entry{
		{},
		{{name: "en.json", text: "{}"}, {name: "a/b/lv.json", text: strings.Repeat("text ", 100)}},
		{{name: "../evil", text: "evil"}},
		{{name: "a", text: "..", mode: os.ModeSymlink}, {name: "a/evil", text: "evil"}},
		{{name: "a/", mode: os.ModeDir}, {name: "A/b", text: "1"}},
		{{name: `..\evil`, text: "evil"}, {name: "/evil", text: "evil"}},
	} {
		f.Add(archive(f, entries...))
	}
	limits := bundle.Limits{Archive: 1 << 16, Total: 1 << 16, File: 1 << 15, Files: 20}
	f.Fuzz(func(t *testing.T, data []byte) {
		outer := t.TempDir()
		dir := filepath.Join(outer, "target")
		files, err := extract(t, data, dir, limits)
		var total int64
		for name, text := range tree(t, outer) {
			total += int64(len(text))
			if name != "target/" && !strings.HasPrefix(name, "target/") || strings.HasPrefix(text, "→") {
				t.Fatalf("%s: %q", name, text)
			}
		}
		switch _, statErr := os.Stat(dir); {
		case err != nil && statErr == nil:
			t.Fatalf("%v, and the target is there", err)
		case err != nil:
			return
		case total > limits.Total || len(files) > limits.Files || int64(len(data)) > limits.Archive:
			t.Fatalf("%d files of %d bytes", len(files), total)
		}
		for _, file := range files {
			if info, err := os.Lstat(filepath.Join(dir, filepath.FromSlash(file.Name))); err != nil || info.Mode()&fs.ModeType != 0 || info.Size() != file.Size {
				t.Fatalf("%+v: %v, %v", file, info, err)
			}
		}
		again, err := bundle.Open(bytes.NewReader(data), int64(len(data)), limits)
		if err != nil || again.Bytes() != total {
			t.Fatalf("%d bytes, %v", again.Bytes(), err)
		}
	})
}
