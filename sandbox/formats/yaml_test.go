package formats_test

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/golokalise/lokalise/sandbox/format"
)

const rails = `# about the file

de:
  # Greets the user.
  hello: Hallo  # and more
  "no": nein
  files:
    one: "%{count} Datei"
    other: |
      %{count}
      Dateien
  base: &base
    a: 1.50
    b: ~
  copy:
    <<: *base
    a: yes
  list:
    - x
    - y: *base
`

var railsEntries = []format.Entry{
	{Key: "hello", Text: "Hallo", Description: "Greets the user."},
	{Key: "no", Text: "nein"},
	{Key: "files", Plural: map[string]string{"one": "%{count} Datei", "other": "%{count}\nDateien\n"}},
	{Key: "base::a", Text: "1.50"},
	{Key: "base::b"},
	{Key: "copy::a", Text: "yes"},
	{Key: "copy::b"},
	{Key: "list::0", Text: "x"},
	{Key: "list::1::y::a", Text: "1.50"},
	{Key: "list::1::y::b"},
}

func TestYAMLIsFlattenedAndNestedAgain(t *testing.T) {
	t.Parallel()
	f, _ := format.Lookup("ruby_yaml")
	file, err := f.Decode([]byte(rails), format.ReadOptions{Language: "de"})
	if err != nil {
		t.Fatal(err)
	}
	if file.Language != "de" || !reflect.DeepEqual(file.Entries, railsEntries) {
		t.Errorf("%s\n%#v\nwant\n%#v", file.Language, file.Entries, railsEntries)
	}
	out, err := f.Encode(file, format.WriteOptions{Language: "de_AT", IncludeDescription: true, ExportEmptyAs: "null", Indent: "\t"})
	if err != nil {
		t.Fatal(err)
	}
	const want = `de_AT:
  # Greets the user.
  hello: "Hallo"
  "no": "nein"
  files:
    one: "%{count} Datei"
    other: "%{count}\nDateien\n"
  base:
    a: "1.50"
    b: null
  copy:
    a: "yes"
    b: null
  list:
    - "x"
    -
      "y":
        a: "1.50"
        b: null`
	if string(out) != want {
		t.Errorf("written is\n%s\nwant\n%s", out, want)
	}
}

func TestTheLanguageAboveTheKeysIsTakenOff(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ name, in, upload, language, key string }{
		{"yaml", "pt-BR: {a: b}", "pt_BR", "pt-BR", "a"},
		{"yaml", "fr: {a: b}", "de", "", "fr::a"},
		{"yaml", "de: {a: b}\nx: y", "de", "", "de::a"},
		{"ruby_yaml", "fr: {a: b}", "de", "fr", "a"},
		{"ruby_yaml", "settings: {a: b}", "de", "", "settings::a"},
	} {
		f, _ := format.Lookup(tc.name)
		file, err := f.Decode([]byte(tc.in), format.ReadOptions{Language: tc.upload})
		if err != nil || file.Language != tc.language || file.Entries[0].Key != tc.key {
			t.Errorf("%s %q: %+v, %v; want language %q and key %q", tc.name, tc.in, file, err, tc.language, tc.key)
		}
	}
	f, _ := format.Lookup("yaml")
	file := format.File{Entries: []format.Entry{{Key: "a", Text: "b"}}}
	for root, want := range map[bool]string{false: `a: "b"`, true: "de:\n  a: \"b\""} {
		if out, err := f.Encode(file, format.WriteOptions{Language: "de", IncludeRoot: root}); string(out) != want || err != nil {
			t.Errorf("%s, %v; want %s", out, err, want)
		}
	}
}

func TestBrokenYAMLNamesTheLineAndTheReason(t *testing.T) {
	t.Parallel()
	bomb := "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
	for i := 1; i < 9; i++ {
		bomb += fmt.Sprintf("a%d: &a%d [%s]\n", i, i, strings.Repeat(fmt.Sprintf("*a%d, ", i-1), 10))
	}
	for _, tc := range []struct {
		in     string
		line   int
		reason string
	}{
		{"a: b\nc: [d\n", 0, "did not find"},
		{"a: *none", 0, "unknown anchor"},
		{"- a\n- b: c", 1, "a mapping"},
		{"a: b\n---\nc: d\n", 2, "second document"},
		{"# nothing", 0, "comments only"},
		{"a: b\n[x]: c", 2, "key must be a text"},
		{"a: &a [*a]", 1, "nested more"},
		{bomb, 0, "repeat too much"},
		{strings.Repeat("- ", 300) + "x", 1, "nested more"},
		{"a: \"\x01\"", 0, "control characters"},
	} {
		f, _ := format.Lookup("yaml")
		_, err := f.Decode([]byte(tc.in), format.ReadOptions{})
		var syntax *format.SyntaxError
		if !errors.As(err, &syntax) || syntax.Format != "yaml" || tc.line > 0 && syntax.Line != tc.line || !strings.Contains(syntax.Reason, tc.reason) {
			t.Errorf("%.40q: error is %v, want line %d and %q", tc.in, err, tc.line, tc.reason)
		}
	}
}

func BenchmarkLargeYAML(b *testing.B) {
	var file format.File
	for i := range 100_000 {
		file.Entries = append(file.Entries, format.Entry{Key: fmt.Sprintf("screen_%d::label_%d", i/100, i), Text: fmt.Sprintf("The text of label %d", i)})
	}
	f, _ := format.Lookup("yaml")
	data, err := f.Encode(file, format.WriteOptions{})
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if _, err := f.Decode(data, format.ReadOptions{}); err != nil {
			b.Fatal(err)
		}
	}
}
