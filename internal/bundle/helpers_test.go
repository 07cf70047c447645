package bundle_test

import (
	"archive/zip"
	"bytes"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/golokalise/lokalise/internal/bundle"
)

// entry is a file of an archive that a test makes.
type entry struct {
	name string
	text string
	mode fs.FileMode
}

// archive makes a zip archive.
func archive(t testing.TB, entries ...entry) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, e := range entries {
		h := &zip.FileHeader{Name: e.name, Method: zip.Deflate}
		h.SetMode(0o777 | e.mode)
		w, err := z.CreateHeader(h)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(e.name, "/") {
			continue
		}
		if _, err := w.Write([]byte(e.text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// extract extracts an archive into a folder.
func extract(t testing.TB, data []byte, dir string, limits bundle.Limits) ([]bundle.File, error) {
	t.Helper()
	return extractWith(t.Context(), t, data, dir, limits, nil)
}

func extractWith(ctx context.Context, t testing.TB, data []byte, dir string, limits bundle.Limits, progress func(bundle.Progress)) ([]bundle.File, error) {
	t.Helper()
	target, err := bundle.OpenTarget(dir)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err := target.Close(); err != nil {
			t.Error(err)
		}
	}()
	a, err := bundle.Open(bytes.NewReader(data), int64(len(data)), limits)
	if err != nil {
		return nil, err
	}
	return bundle.Extract(ctx, a, target, progress)
}

// write makes files below a folder, all of them an hour old.
func write(t testing.TB, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(name, time.Time{}, old); err != nil {
			t.Fatal(err)
		}
	}
}

var old = time.Now().Add(-time.Hour).Truncate(time.Second)

// tree returns everything below a folder: the text of files, folders with a
// slash, links with an arrow.
func tree(t testing.TB, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil || name == dir {
			return err
		}
		rel := filepath.ToSlash(strings.TrimPrefix(name, dir+string(filepath.Separator)))
		switch {
		case e.IsDir():
			all[rel+"/"] = ""
		case e.Type()&fs.ModeSymlink != 0:
			to, err := os.Readlink(name)
			all[rel] = "→ " + to
			return err
		default:
			text, err := os.ReadFile(name) //nolint:gosec // nobody else changes a folder of a test
			all[rel] = string(text)
			return err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func modTime(t testing.TB, name string) time.Time {
	t.Helper()
	info, err := os.Stat(name)
	if err != nil {
		t.Fatal(err)
	}
	return info.ModTime()
}
