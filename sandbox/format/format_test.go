package format_test

import (
	"reflect"
	"slices"
	"testing"

	"github.com/golokalise/lokalise/sandbox/format"
)

func TestFormatsAreFoundByNameAndExtension(t *testing.T) {
	t.Parallel()
	want := []string{"arb", "csv", "json", "json_structured", "po", "properties", "strings", "xlf", "xliff", "xml"}
	names := format.Names()
	for _, name := range want {
		if _, ok := format.Lookup(name); !ok || !slices.Contains(names, name) {
			t.Errorf("%s is not there", name)
		}
	}
	for filename, name := range map[string]string{
		"en.json": "json", "locale/EN.JSON": "json", "a.xlf": "xliff", "values-de/strings.xml": "xml",
		"Localizable.strings": "strings", "messages.pot": "po", "app_de.properties": "properties",
	} {
		if f, ok := format.ByExtension(filename); !ok || f.Name != name {
			t.Errorf("%s is %q, want %q", filename, f.Name, name)
		}
	}
	if f, ok := format.ByExtension("picture.png"); ok {
		t.Errorf("a picture is %s", f.Name)
	}
}

func TestRegisterPanicsForMistakes(t *testing.T) {
	t.Parallel()
	json, _ := format.Lookup("json")
	nameless := json
	nameless.Name = ""
	for _, f := range []format.Format{json, nameless} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("registering %q did not panic", f.Name)
				}
			}()
			format.Register(f)
		}()
	}
}

func TestEmptyTranslationsAreWrittenAsAsked(t *testing.T) {
	t.Parallel()
	f, _ := format.Lookup("json")
	entries := []format.Entry{{Key: "a", Source: "base"}, {Key: "n", Plural: map[string]string{"other": ""}}, {Key: "b", Text: "b"}}
	for as, want := range map[string]string{
		"":      `{"a": "","n": {"other": ""},"b": "b"}`,
		"empty": `{"a": "","n": {"other": ""},"b": "b"}`,
		"base":  `{"a": "base","n": "","b": "b"}`,
		"null":  `{"a": null,"n": null,"b": "b"}`,
		"skip":  `{"b": "b"}`,
	} {
		out, err := f.Encode(format.File{Entries: entries}, format.WriteOptions{ExportEmptyAs: as, Indent: "\t"})
		if err != nil {
			t.Fatal(err)
		}
		if got := string(slices.DeleteFunc(out, func(b byte) bool { return b == '\t' || b == '\n' })); got != want {
			t.Errorf("%q: written is %s, want %s", as, got, want)
		}
	}
	if entries[0].Text != "" {
		t.Error("the caller's entries were changed")
	}
}

func TestICUPluralsAreTakenApart(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]map[string]string{
		"{n, plural, one {# file} other {# files}}":        {"one": "# file", "other": "# files"},
		" {n,plural,zero{none}one{1}other{it's {n} '}'}} ": {"zero": "none", "one": "1", "other": "it's {n} '}'"},
		"{n, plural, other {}}":                            {"other": ""},
		"{n, plural, one {x}}":                             nil, // without other
		"{n, plural, one {x} one {y} other {z}}":           nil,
		"{n, plural, =1 {x} other {z}}":                    nil, // in Russian, one is not for 1 alone
		"{n of m, plural, other {x}}":                      nil,
		"{n, plural, =7 {x} other {z}}":                    nil,
		"{n, plural, offset:1 one {x} other {z}}":          nil,
		"{n, selectordinal, one {x} other {z}}":            nil,
		"{n, plural, one {x} other {z}} after":             nil,
		"{a} and {b, plural, other {x}}":                   nil,
		"{n, plural, other {x}":                            nil,
		"{n, plural, other {x}}}":                          nil,
		"{name}":                                           nil,
		"":                                                 nil,
	} {
		name, forms, ok := format.ParseICUPlural(text)
		if ok != (want != nil) || ok && (name != "n" || !reflect.DeepEqual(forms, want)) {
			t.Errorf("%q: %q %q %t, want %q", text, name, forms, ok, want)
		}
	}
}

func TestPluralsBecomeOneTextInTheFormatAskedFor(t *testing.T) {
	t.Parallel()
	e := format.Entry{Plural: map[string]string{"other": "n", "one": "1", "few": "{x"}}
	for kind, want := range map[string]string{
		"":            "{count, plural, one {1} few {'{x'} other {n}}",
		"icu":         "{count, plural, one {1} few {'{x'} other {n}}",
		"array":       "{count, plural, one {1} few {'{x'} other {n}}",
		"json_string": `{"one":"1","few":"{x","other":"n"}`,
		"symfony":     "1|{x|n",
	} {
		o := format.WriteOptions{PluralFormat: kind}
		if got := o.OneText(e); got != want {
			t.Errorf("%q: %s, want %s", kind, got, want)
		}
	}
}

func TestIndentationsHaveTheNamesOfTheAPI(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{"": "", "default": "", "1sp": " ", "8sp": "        ", "tab": "\t"} {
		if got, err := format.ParseIndentation(name); got != want || err != nil {
			t.Errorf("%q: %q, %v", name, got, err)
		}
	}
	for _, name := range []string{"0sp", "9sp", "4", "tabs"} {
		if _, err := format.ParseIndentation(name); err == nil {
			t.Errorf("%q is accepted", name)
		}
	}
}

func TestNumberedFormsFollowTheLanguage(t *testing.T) {
	t.Parallel()
	russian := []string{"one", "few", "many", "other"}
	for n, want := range [][]string{1: {"other"}, 2: {"one", "other"}, 3: {"one", "few", "many"}, 4: russian, 5: {"one", "two", "few", "many", "other"}, 7: nil} {
		if got := format.NumberedForms(russian, n); n > 0 && n != 6 && !slices.Equal(got, want) {
			t.Errorf("%d forms are %q, want %q", n, got, want)
		}
	}
	if got := format.NumberedForms(nil, 2); !slices.Equal(got, []string{"one", "other"}) {
		t.Errorf("two forms are %q", got)
	}
}
