package formattest

import (
	"encoding/binary"
	"reflect"
	"testing"
	"unicode/utf16"

	"github.com/golokalise/lokalise/sandbox/format"
)

// Fuzz is the body of a fuzz target: whatever a file holds, reading it must not
// panic, and what was read and written once must stay the same from then on.
// That it is the same from the start cannot be asked, since a file may have
// what the format's entries do not keep.
func Fuzz(f *testing.F, name string, seeds ...string) {
	f.Helper()
	under, ok := format.Lookup(name)
	if !ok {
		f.Fatalf("the format %q is not registered", name)
	}
	for _, seed := range seeds {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		first, err := under.Decode(data, format.ReadOptions{Language: "de"})
		checkError(t, under, err)
		if err != nil {
			return
		}
		second, ok := again(t, under, first)
		if !ok {
			return
		}
		third, ok := again(t, under, second)
		if ok && !reflect.DeepEqual(second.Entries, third.Entries) {
			t.Errorf("the entries were\n%#v and became\n%#v", second.Entries, third.Entries)
		}
	})
}

// again writes a file and reads it. Not every file can be written.
func again(t *testing.T, f format.Format, file format.File) (format.File, bool) {
	t.Helper()
	data, err := f.Encode(file, options)
	if err != nil || len(file.Entries) == 0 {
		return format.File{}, false
	}
	read, err := f.Decode(data, format.ReadOptions{Language: "de"})
	if err != nil {
		t.Fatalf("reading what was written: %v\n%q", err, data)
	}
	return read, true
}

// utf16Text returns a text as UTF-16.
func utf16Text(text string, order binary.AppendByteOrder) string {
	var data []byte
	for _, unit := range utf16.Encode([]rune(text)) {
		data = order.AppendUint16(data, unit)
	}
	return string(data)
}
