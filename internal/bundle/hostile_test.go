package bundle_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/golokalise/lokalise/internal/bundle"
)

// refused checks that an archive is refused, with an error of a class, and that
// neither the target nor what is around it has changed.
func refused(t *testing.T, what string, data []byte, limits bundle.Limits, class error) {
	t.Helper()
	outer := t.TempDir()
	dir := filepath.Join(outer, "target")
	write(t, outer, map[string]string{"target/en.json": "old", "evil": "old", "evil.json": "old"})
	before := tree(t, outer)
	_, err := extract(t, data, dir, limits)
	var e *bundle.Error
	if !errors.Is(err, class) || !errors.As(err, &e) || e.Reason == "" {
		t.Errorf("%s: got %v, want %v", what, err, class)
	}
	if after := tree(t, outer); !reflect.DeepEqual(before, after) {
		t.Errorf("%s: there is %v", what, after)
	}
}

func TestHostileNamesAreRefused(t *testing.T) {
	t.Parallel()
	for _, name := range []string{
		"../evil", "a/../../evil", "a/..", "..", "/evil", "//evil", "/", "a//b", "./a", "a/./b",
		`..\evil`, `a\b`, `\\server\share\evil`, `C:\evil`, "C:/evil", "c:evil",
		"a\x00b", "a\nb", "\x1b[2J", "a\u0085b", "evil.", "evil ", "a./b", "...", "a \x7f", "",
		"\xff\xfe", strings.Repeat("x", 256), ".git/config", "a/.GIT/hooks/pre-commit", "git~1/config",
	} {
		refused(t, fmt.Sprintf("%q", name), archive(t, entry{name: "en.json", text: "new"}, entry{name: name, text: "evil"}),
			bundle.Limits{}, bundle.ErrUnsafe)
	}
}

func TestUsualNamesAreTaken(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	var entries []entry
	for _, name := range []string{
		"en.json", "zh_Hans-CN/LC_MESSAGES/app.po", "values-b+sr+Latn/strings.xml", "..a/b..c", ".hidden/x", "a b/c",
		"Страница.json", "日本語/ファイル.json", "no_extension", "gitignore", ".gitignore", strings.Repeat("x", 255),
	} {
		entries = append(entries, entry{name: name, text: name})
	}
	files, err := extract(t, archive(t, entries...), dir, bundle.Limits{})
	if err != nil || len(files) != len(entries) {
		t.Errorf("%d files, %v", len(files), err)
	}
}

func TestNamesThatMeetAreRefused(t *testing.T) {
	t.Parallel()
	for what, names := range map[string][]string{
		"twice":                          {"a", "a"},
		"folders in different case":      {"x/a", "X/b"},
		"files in different case":        {"en.json", "EN.json"},
		"other letters in one case":      {"straẞe", "straße"},
		"a file and then a folder":       {"a", "a/b"},
		"a folder and then a file":       {"a/b", "a"},
		"a folder entry and then a file": {"a/", "a"},
		"deep, in different case":        {"a/b/c/d", "a/B/c/e"},
	} {
		var entries []entry
		for _, name := range names {
			e := entry{name: name, text: "evil"}
			if strings.HasSuffix(name, "/") {
				e = entry{name: name, mode: os.ModeDir}
			}
			entries = append(entries, e)
		}
		refused(t, what, archive(t, entries...), bundle.Limits{}, bundle.ErrUnsafe)
	}
}

func TestFolderMayBeNamedAgain(t *testing.T) {
	t.Parallel()
	data := archive(t, entry{name: "a/b", text: "1"}, entry{name: "a/", mode: os.ModeDir}, entry{name: "a/c", text: "2"})
	if _, err := extract(t, data, t.TempDir(), bundle.Limits{}); err != nil {
		t.Error(err)
	}
}

func TestLinksAndSpecialFilesAreRefused(t *testing.T) {
	t.Parallel()
	for _, mode := range []os.FileMode{os.ModeSymlink, os.ModeNamedPipe, os.ModeDevice, os.ModeDevice | os.ModeCharDevice, os.ModeSocket} {
		refused(t, mode.String(), archive(t, entry{name: "link", text: "/etc/passwd", mode: mode}, entry{name: "link/x", text: "evil"}),
			bundle.Limits{}, bundle.ErrUnsafe)
	}
	refused(t, "a folder without a slash", archive(t, entry{name: "dir", mode: os.ModeDir}), bundle.Limits{}, bundle.ErrUnsafe)
}

// bomb is an archive whose files are all zeros.
func bomb(t *testing.T, files, size int) []byte {
	t.Helper()
	text := make([]byte, size)
	var packed, b bytes.Buffer
	deflate, err := flate.NewWriter(&packed, flate.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	_, err = deflate.Write(text)
	z := zip.NewWriter(&b)
	for i := range files {
		err = errors.Join(err, deflate.Close())
		w, headerErr := z.CreateRaw(&zip.FileHeader{
			Name: fmt.Sprintf("%d.json", i), Method: zip.Deflate, CRC32: crc32.ChecksumIEEE(text),
			CompressedSize64: uint64(packed.Len()), UncompressedSize64: uint64(size),
		})
		if err := errors.Join(err, headerErr); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(packed.Bytes()); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestArchiveBeyondItsLimitsIsRefused(t *testing.T) {
	t.Parallel()
	small := bomb(t, 3, 1000)
	for what, limits := range map[string]bundle.Limits{
		"the archive": {Archive: 100},
		"all files":   {Total: 2999},
		"one file":    {File: 999},
		"the number":  {Files: 2},
	} {
		refused(t, what, small, limits, bundle.ErrTooBig)
	}
	if _, err := extract(t, small, t.TempDir(), bundle.Limits{Archive: int64(len(small)), Total: 3000, File: 1000, Files: 3}); err != nil {
		t.Errorf("exactly at the limits: %v", err)
	}
	refused(t, "a bomb", bomb(t, 80, 1<<20), bundle.Limits{}, bundle.ErrTooBig)
}

// A file of zeros that claims to be small is noticed at the byte that is too
// many.
func TestFileThatIsLargerThanItSaysIsRefused(t *testing.T) {
	t.Parallel()
	data := bomb(t, 1, 1<<20)
	directory := bytes.LastIndex(data, []byte("PK\x01\x02"))
	binary.LittleEndian.PutUint32(data[directory+24:], 10)
	refused(t, "a small size", data, bundle.Limits{}, bundle.ErrCorrupt)
	binary.LittleEndian.PutUint32(data[directory+24:], 2<<20)
	refused(t, "a large size", data, bundle.Limits{}, bundle.ErrCorrupt)
}

// The entries of some bombs share their contents.
func TestContentsThatOverlapAreRefused(t *testing.T) {
	t.Parallel()
	text := strings.Repeat("0123456789abcdef", 64)
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := range 8 {
		w, err := z.CreateRaw(&zip.FileHeader{
			Name: fmt.Sprint(i), Method: zip.Store, CRC32: crc32.ChecksumIEEE([]byte(text)),
			CompressedSize64: uint64(len(text)), UncompressedSize64: uint64(len(text)),
		})
		if err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			_, _ = io.WriteString(w, text)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	refused(t, "overlap", b.Bytes(), bundle.Limits{}, bundle.ErrCorrupt)
}

func TestDamagedArchiveIsRefused(t *testing.T) {
	t.Parallel()
	text := strings.Repeat("text ", 1000)
	whole := archive(t, entry{name: "a.json", text: text}, entry{name: "b.json", text: "{}"})
	cases := map[string][]byte{
		"empty": {}, "a page": []byte("<html>Not found</html>"), "no directory": whole[:len(whole)/2],
		"the end is missing": whole[:len(whole)-1], "the beginning is missing": whole[10:],
	}
	flipped := bytes.Clone(whole)
	flipped[40] ^= 0xff
	cases["a flipped byte"] = flipped
	checksum := bytes.Clone(whole)
	checksum[bytes.Index(checksum, []byte("PK\x01\x02"))+16]++
	cases["another checksum"] = checksum
	method := bytes.Clone(whole)
	method[bytes.Index(method, []byte("PK\x01\x02"))+10] = 99
	cases["an unknown method"] = method
	secret := bytes.Clone(whole)
	secret[bytes.Index(secret, []byte("PK\x01\x02"))+8] |= 1
	cases["encrypted"] = secret
	for what, data := range cases {
		refused(t, what, data, bundle.Limits{}, bundle.ErrCorrupt)
	}
}

// Package zip does not check a file whose checksum is zero.
func TestChecksumOfZeroIsChecked(t *testing.T) {
	t.Parallel()
	for text, ok := range map[string]bool{"": true, "evil": false, "\x9d\x0a\xd9\x6d": true} {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		w, err := z.CreateRaw(&zip.FileHeader{Name: "a", CompressedSize64: uint64(len(text)), UncompressedSize64: uint64(len(text))})
		if err == nil {
			_, err = io.WriteString(w, text)
		}
		if err := errors.Join(err, z.Close()); err != nil {
			t.Fatal(err)
		}
		if ok != (crc32.ChecksumIEEE([]byte(text)) == 0) {
			t.Fatalf("%q is not what this test takes it for", text)
		}
		if _, err := extract(t, b.Bytes(), t.TempDir(), bundle.Limits{}); (err == nil) != ok {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// endless is an archive whose directory is the same entries again and again.
type endless struct {
	entries []byte
	end     []byte
	size    int64
	read    int64
}

func (e *endless) ReadAt(p []byte, off int64) (int, error) {
	e.read += int64(len(p))
	if tail := off - (e.size - int64(len(e.end))); tail >= 0 {
		return bytes.NewReader(e.end).ReadAt(p, tail)
	}
	n := copy(p, e.entries[off%int64(len(e.entries)):])
	for n < len(p) {
		n += copy(p[n:], e.entries)
	}
	if over := off + int64(len(p)) - (e.size - int64(len(e.end))); over > 0 {
		copy(p[int64(len(p))-over:], e.end)
	}
	return len(p), nil
}

// Ten million entries are not read into memory to be counted.
func TestHugeNumberOfEntriesIsRefusedBeforeItIsRead(t *testing.T) {
	t.Parallel()
	entry := make([]byte, 47)
	copy(entry, "PK\x01\x02")
	entry[28], entry[46] = 1, 'x'
	entries := bytes.Repeat(entry, 1000)
	for _, claimed := range []uint16{0xfffe, 10} {
		end := make([]byte, 22)
		copy(end, "PK\x05\x06")
		binary.LittleEndian.PutUint16(end[8:], claimed)
		binary.LittleEndian.PutUint16(end[10:], claimed)
		binary.LittleEndian.PutUint32(end[12:], 470_000_000)
		e := &endless{entries: entries, end: end, size: 470_000_000 + 22}
		_, err := bundle.Open(e, e.size, bundle.Limits{Files: 5000})
		if !errors.Is(err, bundle.ErrTooBig) || e.read > 2<<20 {
			t.Errorf("%d bytes were read: %v", e.read, err)
		}
	}
}

// A long name that somebody else chose does not fill the log.
func TestErrorBoundsNames(t *testing.T) {
	t.Parallel()
	name := strings.Repeat("x", 60_000)
	_, err := extract(t, archive(t, entry{name: name, text: "evil"}), t.TempDir(), bundle.Limits{})
	if err == nil || len(err.Error()) > 500 {
		t.Errorf("%d bytes", len(err.Error()))
	}
}
