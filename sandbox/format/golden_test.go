package format_test

import (
	"reflect"
	"testing"

	"github.com/golokalise/lokalise/sandbox/format"
)

// golden is a file, what is in it, and what is written for that.
type golden struct {
	about, name string
	in          string
	read        format.ReadOptions
	language    string
	entries     []format.Entry
	write       format.WriteOptions
	out         string
}

var both = format.WriteOptions{IncludeDescription: true, IncludeComments: true}

func check(t *testing.T, tests []golden) {
	t.Helper()
	for _, tc := range tests {
		t.Run(tc.name+"/"+tc.about, func(t *testing.T) {
			t.Parallel()
			f, ok := format.Lookup(tc.name)
			if !ok {
				t.Fatal("not registered")
			}
			file, err := f.Decode([]byte(tc.in), tc.read)
			if err != nil {
				t.Fatal(err)
			}
			if file.Language != tc.language {
				t.Errorf("the language is %q, want %q", file.Language, tc.language)
			}
			if !reflect.DeepEqual(file.Entries, tc.entries) {
				t.Errorf("entries are\n%#v\nwant\n%#v", file.Entries, tc.entries)
			}
			out, err := f.Encode(file, tc.write)
			if err != nil {
				t.Fatal(err)
			}
			if string(out) != tc.out {
				t.Errorf("written is\n%s\nwant\n%s", out, tc.out)
			}
		})
	}
}

func TestJSONFiles(t *testing.T) {
	t.Parallel()
	check(t, []golden{
		{
			about: "nested and flat, with other values than texts", name: "json",
			in: `{"z": "last", "menu": {"open": "Open/close", "empty": null}, "a::b": "flat", "n": 1.50, "on": true}`,
			entries: []format.Entry{
				{Key: "z", Text: "last"},
				{Key: "menu::open", Text: "Open/close"},
				{Key: "menu::empty"},
				{Key: "a::b", Text: "flat"},
				{Key: "n", Text: "1.50"},
				{Key: "on", Text: "true"},
			},
			write: format.WriteOptions{Indent: "  ", ExportEmptyAs: "null"},
			out: `{
  "z": "last",
  "menu": {
    "open": "Open\/close",
    "empty": null
  },
  "a": {
    "b": "flat"
  },
  "n": "1.50",
  "on": "true"
}`,
		},
		{
			about: "arrays", name: "json",
			in: `{"list": ["a", {"b": "c"}], "gaps::0": "x", "gaps::2": "z", "late::1": "y", "object": {"0": "x", "1": "y"}}`,
			entries: []format.Entry{
				{Key: "list::0", Text: "a"},
				{Key: "list::1::b", Text: "c"},
				{Key: "gaps::0", Text: "x"},
				{Key: "gaps::2", Text: "z"},
				{Key: "late::1", Text: "y"},
				{Key: "object:::0", Text: "x"},
				{Key: "object:::1", Text: "y"},
			},
			write: format.WriteOptions{Indent: " ", NewlineEOF: true},
			out: `{
 "list": [
  "a",
  {
   "b": "c"
  }
 ],
 "gaps": [
  "x",
  "",
  "z"
 ],
 "late": {
  "1": "y"
 },
 "object": {
  "0": "x",
  "1": "y"
 }
}
`,
		},
		{
			about: "a text in the way of nested keys, and a key twice", name: "json",
			in:      `{"a": "old", "a::b": "below", "a": "new"}`,
			entries: []format.Entry{{Key: "a", Text: "new"}, {Key: "a::b", Text: "below"}},
			write:   format.WriteOptions{Indent: "\t"},
			out:     "{\n\t\"a\": \"new\",\n\t\"a::b\": \"below\"\n}",
		},
		{
			about: "plurals as objects", name: "json",
			in: `{"files": {"one": "%d file", "other": "%d files"}, "not": {"one": "of them", "two": "without other"}}`,
			entries: []format.Entry{
				{Key: "files", Plural: map[string]string{"one": "%d file", "other": "%d files"}},
				{Key: "not::one", Text: "of them"},
				{Key: "not::two", Text: "without other"},
			},
			write: format.WriteOptions{Indent: " ", PluralFormat: "icu", ICUNumeric: true},
			out: `{
 "files": "{count, plural, =1 {%d file} other {%d files}}",
 "not": {
  "one": "of them",
  "two": "without other"
 }
}`,
		},
		{
			about: "i18next 4", name: "json", read: format.ReadOptions{PluralFormat: "i18next_v4"},
			in: `{"m": {"box_one": "1", "x": "y", "box_other": "n"}, "on_other": "alone"}`,
			entries: []format.Entry{
				{Key: "m::box", Plural: map[string]string{"one": "1", "other": "n"}},
				{Key: "m::x", Text: "y"},
				{Key: "on_other", Text: "alone"},
			},
			write: format.WriteOptions{Indent: " ", PluralFormat: "i18next_v4"},
			out:   "{\n \"m\": {\n  \"box_one\": \"1\",\n  \"box_other\": \"n\",\n  \"x\": \"y\"\n },\n \"on_other\": \"alone\"\n}",
		},
		{
			about: "i18next before 4", name: "json",
			read: format.ReadOptions{PluralFormat: "i18next", PluralForms: []string{"one", "few", "many", "other"}},
			in:   `{"box": "1", "box_plural": "n", "tree_0": "a", "tree_1": "b", "tree_2": "c"}`,
			entries: []format.Entry{
				{Key: "box", Plural: map[string]string{"one": "1", "other": "n"}},
				{Key: "tree", Plural: map[string]string{"one": "a", "few": "b", "many": "c"}},
			},
			write: format.WriteOptions{Indent: " ", PluralFormat: "i18next"},
			out:   "{\n \"box\": \"1\",\n \"box_plural\": \"n\",\n \"tree_0\": \"a\",\n \"tree_1\": \"b\",\n \"tree_2\": \"c\"\n}",
		},
		{
			about: "properties of keys", name: "json_structured",
			in: `{"a::b": {"translation": "A/B", "notes": "why", "context": "menu", "limit": 12, "tags": ["x", "y"]}, "n": {"translation": {"one": "1", "other": "n"}, "limit": null}}`,
			entries: []format.Entry{
				{Key: "a::b", Text: "A/B", Description: "why", Context: "menu", Limit: 12, Tags: []string{"x", "y"}},
				{Key: "n", Plural: map[string]string{"one": "1", "other": "n"}},
			},
			write: format.WriteOptions{Indent: " ", IncludeDescription: true, UnescapedSlashes: true},
			out: `{
 "a::b": {
  "translation": "A/B",
  "notes": "why",
  "context": "menu",
  "limit": 12,
  "tags": [
   "x",
   "y"
  ]
 },
 "n": {
  "translation": {
   "one": "1",
   "other": "n"
  }
 }
}`,
		},
		{
			about: "metadata and plurals", name: "arb", language: "de",
			in: `{"@@locale": "de", "hi": "Hallo", "@hi": {"description": "greets", "placeholders": {}}, "n": "{n, plural, =1{# Datei} other{# Dateien}}", "none": "{n, plural, =0{keine} other{# Dateien}}"}`,
			entries: []format.Entry{
				{Key: "hi", Text: "Hallo", Description: "greets"},
				{Key: "n", PluralName: "n", Plural: map[string]string{"one": "# Datei", "other": "# Dateien"}},
				{Key: "none", Text: "{n, plural, =0{keine} other{# Dateien}}"},
			},
			write: both,
			out: `{
  "@@locale": "de",
  "hi": "Hallo",
  "@hi": {
    "description": "greets"
  },
  "n": "{n, plural, one {# Datei} other {# Dateien}}",
  "none": "{n, plural, =0{keine} other{# Dateien}}"
}`,
		},
	})
}
