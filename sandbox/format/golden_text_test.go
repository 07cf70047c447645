package format_test

import (
	"testing"

	"github.com/golokalise/lokalise/sandbox/format"
)

func TestTextFiles(t *testing.T) {
	t.Parallel()
	check(t, []golden{
		{
			about: "columns as documented", name: "csv",
			in: "hello,\"Hello, \"\"you\"\"\",greets,friendly\nbye,Bye\n",
			entries: []format.Entry{
				{Key: "hello", Text: `Hello, "you"`, Description: "greets", Comments: []string{"friendly"}},
				{Key: "bye", Text: "Bye"},
			},
			write: both,
			out:   "hello,\"Hello, \"\"you\"\"\",greets,friendly\nbye,Bye,,",
		},
		{
			about: "comments, context and plurals", name: "po", language: "cs",
			in: `# translator
#. extracted
#: main.c:12
#, fuzzy
msgctxt "menu"
msgid "Open"
msgstr "Otevřít\n"
"soubor \"\101\""

msgid ""
msgstr "Language: cs\n"

# only this
msgid "%d file"
msgid_plural "%d files"
msgstr[0] "%d soubor"
msgstr[1] "%d soubory"
msgstr[2] "%d souborů"

#~ msgid "gone"
#~ msgstr "pryč"
`,
			entries: []format.Entry{
				{Key: "Open", Context: "menu", Text: "Otevřít\nsoubor \"A\"", Description: "extracted", Comments: []string{"translator"}},
				{
					Key: "%d file", PluralName: "%d files", Description: "only this",
					Plural: map[string]string{"one": "%d soubor", "few": "%d soubory", "other": "%d souborů"},
				},
			},
			write: both,
			out: `msgid ""
msgstr ""
"Language: cs\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n>=2 && n<=4 ? 1 : 2);\n"

# translator
#. extracted
msgctxt "menu"
msgid "Open"
msgstr ""
"Otevřít\n"
"soubor \"A\""

#. only this
msgid "%d file"
msgid_plural "%d files"
msgstr[0] "%d soubor"
msgstr[1] "%d soubory"
msgstr[2] "%d souborů"`,
		},
		{
			about: "escapes, continued lines and ISO 8859-1", name: "properties",
			in: "# of the file\n\n# of the key\n! and more\na\\ b\\:c = \\u00e4 \\ud83d\\ude00 \\\n   end\\t.\nempty\n  umlaut : \xfc\n",
			entries: []format.Entry{
				{Key: "a b:c", Text: "ä 😀 end\t.", Description: "of the key\nand more"},
				{Key: "empty"},
				{Key: "umlaut", Text: "ü"},
			},
			write: format.WriteOptions{IncludeDescription: true, Latin1: true, Separator: ":"},
			out:   "# of the key\n# and more\na\\ b\\:c:\\u00E4 \\uD83D\\uDE00 end\\t.\nempty:\numlaut:\\u00FC",
		},
		{
			about: "comments and escapes", name: "strings",
			in: "/* Title */\n\"a.b\" = \"say \\\"hi\\\"\\n\\U00e4\";\n// word\nkey=value;\n\"same\";",
			entries: []format.Entry{
				{Key: "a.b", Text: "say \"hi\"\nä", Description: "Title"},
				{Key: "key", Text: "value", Description: "word"},
				{Key: "same", Text: "same"},
			},
			write: both,
			out:   "/* Title */\n\"a.b\" = \"say \\\"hi\\\"\\nä\";\n/* word */\n\"key\" = \"value\";\n\"same\" = \"same\";",
		},
	})
}

func TestXMLFiles(t *testing.T) {
	t.Parallel()
	check(t, []golden{
		{
			about: "source, target and notes", name: "xliff", language: "fr",
			in: `<?xml version="1.0"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
<file original="a" source-language="en" target-language="fr"><header/><body><group>
<trans-unit id="hi"><source>Hi &amp; <x id="1"/></source><target>Salut &amp; <x id="1"/> <b>vous</b></target><note>greets</note><note>warmly</note></trans-unit>
</group><trans-unit id="new"><source>New</source></trans-unit></body></file></xliff>`,
			entries: []format.Entry{
				{Key: "hi", Source: `Hi & <x id="1"/>`, Text: `Salut & <x id="1"/> <b>vous</b>`, Description: "greets", Comments: []string{"warmly"}},
				{Key: "new", Source: "New"},
			},
			write: format.WriteOptions{BaseLanguage: "en", ExportEmptyAs: "base", IncludeDescription: true},
			out: `<?xml version="1.0" encoding="UTF-8"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
  <file original="lokalise" datatype="plaintext" source-language="en" target-language="fr">
    <body>
      <trans-unit id="hi" xml:space="preserve">
        <source>Hi &amp; <x id="1"/></source>
        <target>Salut &amp; &lt;x id=&quot;1&quot;/&gt; &lt;b&gt;vous&lt;/b&gt;</target>
        <note>greets</note>
      </trans-unit>
      <trans-unit id="new" xml:space="preserve">
        <source>New</source>
        <target>New</target>
      </trans-unit>
    </body>
  </file>
</xliff>`,
		},
		{
			about: "strings, plurals and arrays", name: "xml",
			in: `<?xml version="1.0" encoding="utf-8"?>
<resources xmlns:xliff="urn:oasis:names:tc:xliff:document:1.2">
    <!-- Greets -->
    <string name="hi">It\'s
        <b>bold</b> &amp; "  quoted  "\n\u00e4 \ud83d\ude00</string>
    <string name="app" translatable="false">App</string>
    <color name="red">#f00</color>
    <string name="at">\@home <![CDATA[<i>x</i>]]> <xliff:g id="n" example="3">%1$d</xliff:g></string>
    <plurals name="files"><item quantity="one">%d file</item><item quantity="other">%d files</item></plurals>
    <!-- Days -->
    <string-array name="days"><item>Mo</item><item> Tu </item></string-array>
</resources>`,
			entries: []format.Entry{
				{Key: "hi", Text: "It's <b>bold</b> &   quoted  \nä 😀", Description: "Greets"},
				{Key: "at", Text: `@home <i>x</i> <xliff:g id="n" example="3">%1$d</xliff:g>`},
				{Key: "files", Plural: map[string]string{"one": "%d file", "other": "%d files"}},
				{Key: "days::0", Text: "Mo", Description: "Days"},
				{Key: "days::1", Text: "Tu", Description: "Days"},
			},
			write: both,
			out: `<?xml version="1.0" encoding="UTF-8"?>
<resources xmlns:xliff="urn:oasis:names:tc:xliff:document:1.2">
    <!-- Greets -->
    <string name="hi">It\'s <b>bold</b> &amp; \u0020 quoted \u0020\nä 😀</string>
    <string name="at">\@home <i>x</i> <xliff:g id="n" example="3">%1$d</xliff:g></string>
    <plurals name="files">
        <item quantity="one">%d file</item>
        <item quantity="other">%d files</item>
    </plurals>
    <!-- Days -->
    <string-array name="days">
        <item>Mo</item>
        <item>Tu</item>
    </string-array>
</resources>`,
		},
	})
}
