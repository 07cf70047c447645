package format_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/golokalise/lokalise/sandbox/format"
)

// Forms of languages as the API has them.
var (
	slavic   = []string{"one", "few", "many", "other"}
	romance  = []string{"one", "many", "other"}
	germanic = []string{"one", "other"}
	all      = []string{"zero", "one", "two", "few", "many", "other"}
)

func TestPOHasThePluralFormsOfGettext(t *testing.T) {
	t.Parallel()
	po, _ := format.Lookup("po")
	for _, c := range []struct {
		language string
		cldr     []string
		want     string // names of the forms
		header   string // beginning of the expression
	}{
		{"ru", slavic, "one few many", "n%10==1 && n%100!=11 ? 0 : n%10>=2"},
		{"pl", slavic, "one few many", "n==1 ? 0 : n%10>=2"},
		{"cs", slavic, "one few other", "n==1 ? 0 : n>=2 && n<=4 ? 1 : 2)"},
		{"sk", slavic, "one few other", "n==1 ? 0 : n>=2 && n<=4 ? 1 : 2)"},
		{"lt", slavic, "one few other", "n%10==1 && (n%100<11"},
		{"fr", romance, "one other", "n > 1)"},
		{"pt_BR", romance, "one other", "n > 1)"},
		{"es_MX", romance, "one other", "n != 1)"},
		{"it", romance, "one other", "n != 1)"},
		{"en-GB", germanic, "one other", "n != 1)"},
		{"ar", all, "zero one two few many other", "n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5)"},
		{"cy", all, "zero one two few many other", "n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n==3 ? 3 : n==6 ? 4 : 5)"},
		{"ja", []string{"other"}, "other", "0)"},
		// A language of one's own, and forms that were changed.
		{"tlh", slavic, "one few many", "n%10==1"},
		{"tlh", romance, "one other", "n != 1)"},
		{"tlh", []string{"two", "other"}, "two other", "n==2 ? 0 : 1)"},
		{"de", []string{"one", "few", "other"}, "one few other", "n==1 ? 0 : n%100>=3"},
		{"ru", germanic, "one other", "n != 1)"},
		{"ru", nil, "one few many", "n%10==1"},
	} {
		names := strings.Fields(c.want)
		entry := format.Entry{Key: "k", Plural: map[string]string{}}
		for _, name := range append(slices.Clone(c.cldr), names...) {
			entry.Plural[name] = "in " + name
		}
		write := format.WriteOptions{Language: c.language, PluralForms: c.cldr}
		out, err := po.Encode(format.File{Entries: []format.Entry{entry}}, write)
		if err != nil {
			t.Fatal(err)
		}
		if want := fmt.Sprintf(`"Plural-Forms: nplurals=%d; plural=(%s`, len(names), c.header); !strings.Contains(string(out), want) {
			t.Errorf("%s %v: the header is not %s:\n%s", c.language, c.cldr, want, out)
		}
		if got := strings.Count(string(out), "\nmsgstr["); got != len(names) {
			t.Errorf("%s %v: %d forms, want %v:\n%s", c.language, c.cldr, got, names, out)
		}
		for i, name := range names {
			if !strings.Contains(string(out), fmt.Sprintf("\nmsgstr[%d] \"in %s\"", i, name)) {
				t.Errorf("%s %v: form %d is not %s:\n%s", c.language, c.cldr, i, name, out)
			}
		}
		back, err := po.Decode(out, format.ReadOptions{Language: c.language, PluralForms: c.cldr})
		if err != nil {
			t.Fatal(err)
		}
		maps.DeleteFunc(entry.Plural, func(name, _ string) bool { return !slices.Contains(names, name) })
		if got := back.Entries[0].Plural; !maps.Equal(got, entry.Plural) {
			t.Errorf("%s %v: read back as %v, want %v", c.language, c.cldr, got, entry.Plural)
		}
	}
}

func TestPOIsReadWithTheNumberOfFormsThatItsHeaderHas(t *testing.T) {
	t.Parallel()
	po, _ := format.Lookup("po")
	for _, c := range []struct {
		language string
		cldr     []string
		header   string
		want     string
	}{
		{"ru", slavic, "nplurals=3; plural=(n%10==1 ? 0 : 1);", "one few many"},
		{"ru", slavic, "nplurals=4; plural=(n%10==1 ? 0 : 1);", "one few many other"},
		{"cs", slavic, "nplurals=4; plural=(n==1 ? 0 : 1);", "one few many"},
		{"cs", slavic, "nplurals=3; plural=(n==1 ? 0 : 1);", "one few other"},
		{"cs", slavic, "nplurals=INTEGER; plural=EXPRESSION;", "one few other"},
		{"fr", romance, "nplurals=3; plural=(n > 1);", "one many other"},
		{"fr", romance, "nplurals=2; plural=(n > 1);", "one other"},
		{"ru", slavic, "nplurals=2; plural=(n != 1);", "one other"},
		{"ja", []string{"other"}, "nplurals=1; plural=0;", "other"},
		{"", nil, "nplurals=2; plural=(n != 1);", "one other"},
	} {
		var in strings.Builder
		in.WriteString("msgid \"a\"\nmsgid_plural \"as\"\n")
		want := map[string]string{}
		for i, name := range strings.Fields(c.want) {
			fmt.Fprintf(&in, "msgstr[%d] \"%d\"\n", i, i)
			want[name] = fmt.Sprint(i)
		}
		in.WriteString("\nmsgid \"\"\nmsgstr \"Plural-Forms: " + c.header + "\\n\"\n")
		file, err := po.Decode([]byte(in.String()), format.ReadOptions{Language: c.language, PluralForms: c.cldr})
		if err != nil {
			t.Fatal(err)
		}
		if got := file.Entries[0].Plural; !maps.Equal(got, want) {
			t.Errorf("%s, %s: %v, want %v", c.language, c.header, got, want)
		}
	}
}

func TestPOHeaderGetsTheNumberOfFormsThatIsWritten(t *testing.T) {
	t.Parallel()
	po, _ := format.Lookup("po")
	file := format.File{
		Header:  "Language: ru\nplural-forms: nplurals=2; plural=(n != 1);\nX-Mine: 1",
		Entries: []format.Entry{{Key: "a", Plural: map[string]string{"one": "x", "other": "base"}}},
	}
	out, err := po.Encode(file, format.WriteOptions{Language: "ru", PluralForms: slavic})
	if err != nil {
		t.Fatal(err)
	}
	text := string(out)
	if strings.Contains(text, "nplurals=2") || !strings.Contains(text, `"X-Mine: 1\n"`) || !strings.Contains(text, `"Plural-Forms: nplurals=3;`) {
		t.Errorf("the header is\n%s", text)
	}
	if !strings.Contains(text, `msgstr[1] "base"`) || !strings.Contains(text, `msgstr[2] "base"`) {
		t.Errorf("forms that the base language does not have should get its other:\n%s", text)
	}
	file.Header = "Plural-Forms: nplurals=3; plural=mine;\n"
	if out, err = po.Encode(file, format.WriteOptions{Language: "ru", PluralForms: slavic}); err != nil || !strings.Contains(string(out), "plural=mine;") {
		t.Errorf("an expression that fits should stay: %v\n%s", err, out)
	}
}

func TestICUPluralsAreReadAsTheyWereWritten(t *testing.T) {
	t.Parallel()
	forms := map[string]string{"one": "{x", "few": "it's", "other": "# {n}"}
	for name, want := range map[string]string{
		"n": "n", "_a1": "_a1", "0": "0", "12": "12", "": "count", "%d files": "count", "a b": "count", "1a": "count", "01": "count",
		"{n}": "count", "n,": "count", "número": "count", "n\n": "count", "'": "count",
	} {
		text := format.WriteICUPlural(name, forms, false)
		got, plural, ok := format.ParseICUPlural(text)
		if !ok || got != want || !maps.Equal(plural, forms) {
			t.Errorf("%q: %s became %q %v %t, want the name %q", name, text, got, plural, ok, want)
		}
	}
}

func TestICUMessagesThatSayMoreThanPluralFormsStayTexts(t *testing.T) {
	t.Parallel()
	json, _ := format.Lookup("json")
	for _, c := range []struct {
		language string
		cldr     []string
		text     string
		want     string // names of the forms; none if it stays a text
	}{
		{"en", germanic, "{count, plural, =0{none} one{one} other{{count} many}}", ""},
		{"ru", slavic, "{count, plural, =0{none} one{one} other{{count} many}}", ""},
		{"en", germanic, "{n, plural, =1{x} one{y} other{z}}", ""},
		{"en", germanic, "{n, plural, =7{x} other{z}}", ""},
		{"en", germanic, "{n, plural, few{x} other{z}}", ""},
		{"ja", []string{"other"}, "{n, plural, one{x} other{z}}", ""},
		{"ru", slavic, "{n, plural, =1{x} few{y} other{z}}", ""},
		{"fr", romance, "{n, plural, =1{x} other{z}}", ""}, // one is for 0 too
		{"", nil, "{n, plural, =1{x} other{z}}", ""},
		{"en", germanic, "{n, plural, =1{x} other{z}}", "one other"},
		{"pl", slavic, "{n, plural, =1{x} few{y} other{z}}", "one few other"},
		{"ar", all, "{n, plural, =0{a} =1{x} =2{y} other{z}}", "zero one two other"},
		{"ru", slavic, "{n, plural, one{x} many{y} other{z}}", "one many other"},
		{"", nil, "{n, plural, two{x} other{z}}", "two other"},
	} {
		file, err := json.Decode(fmt.Appendf(nil, `{"k":%q}`, c.text), format.ReadOptions{Language: c.language, PluralForms: c.cldr, DetectICUPlurals: true})
		if err != nil {
			t.Fatal(err)
		}
		e := file.Entries[0]
		if got := strings.Join(format.SortedForms(e.Plural), " "); got != c.want || c.want == "" && e.Text != c.text {
			t.Errorf("%s %s: forms %q, text %q; want %q", c.language, c.text, got, e.Text, c.want)
		}
	}
}
