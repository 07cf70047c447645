package format_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/golokalise/lokalise/sandbox/format"
)

func TestBrokenFilesNameThePlaceAndTheReason(t *testing.T) {
	t.Parallel()
	deep := strings.Repeat(`{"a":`, 300) + "1" + strings.Repeat("}", 300)
	for _, tc := range []struct {
		name, in     string
		line, column int
		reason       string
	}{
		{"json", "", 0, 0, "empty"},
		{"json", "\ufeff \n", 0, 0, "empty"},
		{"json", "{\"a\": \"b\xff\"}", 1, 9, "UTF-8"},
		{"csv", "a,b\nc,\x00\n", 2, 3, "NUL"},
		{"json", `"text"`, 1, 7, "an object"},
		{"json", "{\n  \"ä\": \"b\"\n  \"c\": 1}", 3, 3, "invalid character '\"'"},
		{"json", `{"a": {`, 1, 8, "ends"},
		{"json", `{} x`, 1, 3, "after the end"},
		{"json", deep, 1, 1007, "200 deep"},
		{"json_structured", "{\n\"a\": {\"translation\": \"x\"}, \"b\": \"y\"}", 2, 31, `key "b"`},
		{"json_structured", `{"a": {"translation": ["x"]}}`, 1, 5, "neither a text nor"},
		{"arb", `{"a": {"b": "c"}}`, 1, 5, "does not nest"},
		{"csv", "a,b\nc,\"d\n", 2, 6, "quote"},
		{"csv", "a,b\n,c\n", 2, 3, "key, is empty"},
		{"xliff", "<xliff>\n<file></body></xliff>", 2, 14, "closed by </body>"},
		{"xliff", "<resources/>", 1, 13, "not <xliff>"},
		{"xliff", `<xliff version="2.0"></xliff>`, 1, 22, "XLIFF 2.0"},
		{"xliff", `<xliff><file><body><trans-unit></trans-unit>`, 1, 32, "no id"},
		{"xml", `<resources><string name="a">&bomb;</string></resources>`, 1, 35, "&bomb;"},
		{"xml", `<resources><string>x</string></resources>`, 1, 20, "no name"},
		{"xml", "<resources>\n<plurals name=\"a\"><item quantity=\"1\">x</item></plurals></resources>", 2, 38, `"1" is not a quantity`},
		{"xml", `<resources><string name="a">\u12</string></resources>`, 1, 33, "four hexadecimal"},
		{"xml", "<!-- only -->", 1, 14, "<resources> is missing"},
		{"po", "msgid \"a\nmsgstr \"\"\n", 1, 9, "closing quote"},
		{"po", "msgstr \"a\"\n", 1, 1, `"msgstr" is not expected`},
		{"po", "msgid \"a\"\nmsgid_plural \"b\"\nmsgstr[1] \"c\"\n", 3, 1, `"msgstr[1]" is not expected`},
		{"po", "msgid \"a\"\n  msgstr \"b\\q\"\n", 2, 12, "no escape"},
		{"po", "\"a\"\n", 1, 1, "no keyword"},
		{"po", "msgid \"a\"\n", 1, 1, "no msgstr"},
		{"po", "hello\n", 1, 1, "keyword"},
		{"properties", "a=b\n  c = \\u12\n", 2, 7, "four hexadecimal"},
		{"strings", "\"a\" = \"b\"\n\"c\" = \"d\";", 2, 1, "a ; is missing"},
		{"strings", "\"a\" = \"b;\n", 1, 7, "not closed by a quote"},
		{"strings", "/* a", 1, 1, "not closed by */"},
		{"strings", "\"a\" = ä;", 1, 7, `not "ä"`},
		{"strings", "\"a\" = \"\\U12\";", 1, 8, "escape"},
	} {
		f, _ := format.Lookup(tc.name)
		_, err := f.Decode([]byte(tc.in), format.ReadOptions{})
		var syntax *format.SyntaxError
		if !errors.As(err, &syntax) {
			t.Errorf("%s %.40q: error is %v, want a *format.SyntaxError", tc.name, tc.in, err)
			continue
		}
		if syntax.Format != tc.name || syntax.Line != tc.line || syntax.Column != tc.column || !strings.Contains(syntax.Reason, tc.reason) {
			t.Errorf("%s %.40q: error is %v, want line %d, column %d and %q", tc.name, tc.in, err, tc.line, tc.column, tc.reason)
		}
	}
}

func TestTextsThatAFormatCannotHoldAreErrorsThatNameTheKey(t *testing.T) {
	t.Parallel()
	for name, e := range map[string]format.Entry{
		"xliff": {Key: "bell", Text: "\a"},
		"xml":   {Key: "bell", Description: "\a"},
		"arb":   {Key: "@bell", Text: "x"},
		"csv":   {Key: "NUL", Text: "x\x00"},
		"json":  {Key: "bell", Plural: map[string]string{"one": "\xff"}},
	} {
		f, _ := format.Lookup(name)
		_, err := f.Encode(format.File{Entries: []format.Entry{e}}, format.WriteOptions{IncludeDescription: true})
		if err == nil || !strings.Contains(err.Error(), e.Key) || !strings.HasPrefix(err.Error(), name+" file: ") {
			t.Errorf("%s: error is %v, want one with the format and the key", name, err)
		}
	}
}

// TestHarmlessInputsStayHarmless: these make careless readers fill the memory.
func TestHarmlessInputsStayHarmless(t *testing.T) {
	t.Parallel()
	f, _ := format.Lookup("json")
	file, err := f.Decode([]byte(`{"a::0": "x", "a::999999999": "y", "a::99999999999999999999": "z"}`), format.ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	out, err := f.Encode(file, format.WriteOptions{})
	if err != nil || len(out) > 200 {
		t.Errorf("%d bytes, error %v; want an object with three names", len(out), err)
	}
	key := strings.Repeat("a::", 5000) + "b"
	if _, err := f.Encode(format.File{Entries: []format.Entry{{Key: key}}}, format.WriteOptions{Indent: " "}); err != nil {
		t.Error(err)
	}
}
