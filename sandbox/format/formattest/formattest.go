// Package formattest tests file formats of the sandbox: those of the project,
// and those that a program registers itself.
package formattest

import (
	"encoding/binary"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/golokalise/lokalise/sandbox/format"
)

// Carries says what a format is able to carry beside keys and texts.
type Carries struct {
	// Plurals survive when they are written and read again, ICU plurals being
	// detected.
	Plurals bool
	// Descriptions and Comments survive. Of comments, one for each key.
	Descriptions, Comments bool
	// Except are those of [Texts] and [Remarks] that the format cannot carry. Writing them may
	// fail or change them.
	Except []string
}

// Texts are hard on formats: they have what some format uses as its syntax.
var Texts = []string{
	"plain",
	`"quoted" and 'single' and “curly”`,
	"it's",
	"two\nlines",
	"\n\nlines around\n",
	"carriage\rreturn",
	"carriage\r\nreturn and line feed",
	"tab\tand  two spaces",
	" space before",
	"space after ",
	"   ",
	`back\slash, \n written out, \u0041, at the end \`,
	`C:\path\\share`,
	"emoji 👩‍👩‍👧‍👦 🇱🇻 and \U0001F600",
	"مرحبا بالعالم \u200fRTL\u200e",
	"<b>bold</b> & <i>italic</i>",
	`<a href="https://example.com/?a=1&b=2">link</a>`,
	"<b>not closed",
	"a < b && b > c",
	"&lt;b&gt; &amp; &#39;",
	"]]> and <![CDATA[x]]>",
	"%s %1$s %d %% %@ [%1$s:name] {name} {{name}} %{name} ${name} #{name}",
	"{unbalanced", "unbalanced}", "}{",
	"@string/other", "?attr/other", "@:linked", "@",
	"# not a comment", "! nor this", "// nor this", "/* nor this */", "--", "-->", "; x", "- item", "* alias", "&anchor", "key: value", "key = value",
	"true", "false", "null", "~", "yes", "no", "on", "1", "1.50", "0x1F", "1e3", "2001-01-01", "12:30:45", "<<", "=",
	`"`, "'", `\`, "|", ">", "%", ",", "a,b;c|d", "[a]", "{a}", "[]", "{}",
	"ends with colon:", "comma, \"quote\"\nand line",
	"\u00a0no-break\u00a0", "line\u2028separator", "next\u0085line", "\ufeffmark within", "zero\u200bwidth",
	"{count, plural, one {# file}}",
	strings.Repeat("long ", 2000) + "end",
}

// Remarks are hard descriptions and comments, of one line each.
var Remarks = []string{"", "short", `with "quotes" and \slashes\`, "<tags> & --dashes--", "ends in */ or ]]>", "ünï 👋", "- x", "# x", ". x"}

// keys are names that are hard on formats. No two of them meet in a tree.
var keys = []string{
	"simple", "with.dot", "with space", "with-dash_and_underscore", "a::b", "a::c::d", "a::c", "list::0", "list::1",
	`quote"d`, "apostrophe's", `back\slash`, "ключ", "emoji 🙂", "equals=sign", "colon: in it", "#hash", "!bang", "<tag>", "a&b",
	"true", "no", "1", "null", "~", "- dash", "[x]", "{x}", "comma,key", " space around ", "%s items", "one", "/slash/", "UPPER",
}

var options = format.WriteOptions{Language: "de", BaseLanguage: "en", IncludeDescription: true, IncludeComments: true}

// Test checks a registered format: entries must be the same after they were
// written and read again, and broken files must be errors.
func Test(t *testing.T, name string, c Carries) {
	t.Helper()
	f, ok := format.Lookup(name)
	if !ok {
		t.Fatalf("the format %q is not registered", name)
	}
	except := map[string]bool{}
	for _, text := range c.Except {
		except[text] = true
	}
	var entries []format.Entry
	for i, text := range Texts {
		if !except[text] {
			entries = append(entries, format.Entry{Key: fmt.Sprintf("text_%d", i), Text: text})
		}
	}
	t.Run("texts", func(t *testing.T) { roundTrip(t, f, "de", entries) })
	t.Run("keys", func(t *testing.T) {
		var entries []format.Entry
		for _, key := range keys {
			entries = append(entries, format.Entry{Key: key, Text: "text of " + key})
		}
		roundTrip(t, f, "de", entries)
	})
	if c.Plurals {
		t.Run("plurals", func(t *testing.T) {
			roundTrip(t, f, "de", plurals(except))
			roundTrip(t, f, "ar", []format.Entry{allForms})
		})
	}
	t.Run("descriptions", func(t *testing.T) {
		roundTrip(t, f, "de", described(c, except))
	})
	t.Run("broken", func(t *testing.T) { broken(t, f, entries) })
	t.Run("encodings", func(t *testing.T) { encodings(t, f) })
}

// allForms has every plural form. Of the languages that have them all, whole
// numbers reach them in Arabic: a format may be for whole numbers only.
var allForms = format.Entry{Key: "files", PluralName: "n", Plural: map[string]string{
	"zero": "لا ملفات", "one": "ملف", "two": "ملفان", "few": "# ملفات", "many": "# ملفا", "other": "# ملف",
}}

// cldr are the plural forms of the languages.
var cldr = map[string][]string{"de": {"one", "other"}, "ar": {"zero", "one", "two", "few", "many", "other"}}

func plurals(except map[string]bool) []format.Entry {
	entries := []format.Entry{
		{Key: "two", PluralName: "n", Plural: map[string]string{"one": "# file", "other": "# files"}},
		{Key: "singular", Text: "between"},
	}
	for i, text := range Texts {
		if !except[text] {
			entries = append(entries, format.Entry{
				Key: fmt.Sprintf("plural_%d", i), PluralName: "n",
				Plural: map[string]string{"one": text, "other": "o" + text},
			})
		}
	}
	return entries
}

func described(c Carries, except map[string]bool) []format.Entry {
	entries := make([]format.Entry, 0, len(Remarks))
	for i, text := range Remarks {
		e := format.Entry{Key: fmt.Sprintf("key_%d", i), Text: "text"}
		if c.Descriptions && !except[text] {
			e.Description = text
		}
		if c.Comments && text != "" && !except[text] {
			e.Comments = []string{"about " + text}
		}
		entries = append(entries, e)
	}
	return entries
}

// roundTrip writes the entries and reads them again, in a language.
func roundTrip(t *testing.T, f format.Format, language string, entries []format.Entry) {
	t.Helper()
	read := format.ReadOptions{Language: language, PluralForms: cldr[language], DetectICUPlurals: true}
	write := options
	write.Language, write.PluralForms = language, cldr[language]
	data, err := f.Encode(format.File{Entries: entries}, write)
	if err != nil {
		t.Fatalf("writing: %v", err)
	}
	got, err := f.Decode(data, read)
	if err != nil {
		t.Fatalf("reading what was written: %v\n%.2000s", err, data)
	}
	have := map[string]format.Entry{}
	for _, e := range got.Entries {
		have[e.Key] = bare(e)
	}
	for _, e := range entries {
		if want := bare(e); !reflect.DeepEqual(have[e.Key], want) {
			t.Errorf("%q became\n%#v, want\n%#v", e.Key, have[e.Key], want)
		}
		delete(have, e.Key)
	}
	for key := range have {
		t.Errorf("there is a key %q that was not written", key)
	}
}

// bare drops what formats may add: the texts of the base language, a name
// of the plural.
func bare(e format.Entry) format.Entry {
	e.Source, e.SourcePlural, e.PluralName = "", nil, ""
	return e
}

// broken reads every beginning of a file, and texts that are none.
func broken(t *testing.T, f format.Format, entries []format.Entry) {
	t.Helper()
	data, err := f.Encode(format.File{Entries: entries[:min(len(entries), 15)]}, options)
	if err != nil {
		t.Fatal(err)
	}
	for i := range data {
		_, err := f.Decode(data[:i], format.ReadOptions{})
		checkError(t, f, err)
	}
	for _, text := range []string{"", " \n", "\xef\xbb\xbf", "text \xff\xfe\xfd"} {
		if _, err := f.Decode([]byte(text), format.ReadOptions{}); err == nil && !f.Latin1 {
			t.Errorf("reading %q should fail", text)
		}
	}
	_, err = f.Encode(format.File{Entries: []format.Entry{{Key: "bad", Text: "\xff"}}}, options)
	if err == nil || !strings.Contains(err.Error(), "bad") {
		t.Errorf("writing a text that is not UTF-8: error is %v, want one that names the key", err)
	}
}

func checkError(t *testing.T, f format.Format, err error) {
	t.Helper()
	var syntax *format.SyntaxError
	if err != nil && (!errors.As(err, &syntax) || syntax.Format != f.Name || syntax.Reason == "") {
		t.Errorf("the error is %#v, want a *format.SyntaxError of %s", err, f.Name)
	}
}

// encodings reads a file with a byte order mark, with CR LF and as UTF-16.
func encodings(t *testing.T, f format.Format) {
	t.Helper()
	want := []format.Entry{{Key: "a", Text: "ä 👋"}, {Key: "b", Text: "b"}}
	data, err := f.Encode(format.File{Entries: want}, format.WriteOptions{Language: "de", NewlineEOF: true})
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	for name, file := range map[string]string{
		"byte order mark":   "\ufeff" + text,
		"CR LF":             strings.ReplaceAll(text, "\n", "\r\n"),
		"UTF-16, big":       utf16Text("\ufeff"+text, binary.BigEndian),
		"UTF-16, little":    utf16Text("\ufeff"+text, binary.LittleEndian),
		"UTF-16 unmarked":   utf16Text(text, binary.LittleEndian),
		"UTF-16BE unmarked": utf16Text(text, binary.BigEndian),
	} {
		got, err := f.Decode([]byte(file), format.ReadOptions{Language: "de"})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for i := range got.Entries {
			got.Entries[i] = bare(got.Entries[i])
		}
		if !reflect.DeepEqual(got.Entries, want) {
			t.Errorf("%s: entries are %+v, want %+v", name, got.Entries, want)
		}
	}
}
