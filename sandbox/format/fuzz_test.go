package format_test

import (
	"testing"

	"github.com/golokalise/lokalise/sandbox/format/formattest"
)

func FuzzJSON(f *testing.F) {
	formattest.Fuzz(f, "json",
		`{"a":"b","c":{"d":[1,true,null,{"e":"f"}],"0":"x"}}`, `{"n":{"one":"1","other":"2"}}`,
		`{"a":{"b":"c"},"a::b":"d","a":"e"}`, `["x",["y"]]`, `{"a":{"0":"x","2":"y"}}`, `{"a::0":"x","a::2":"y"}`)
}

func FuzzStructuredJSON(f *testing.F) {
	formattest.Fuzz(f, "json_structured",
		`{"a":{"translation":"b","notes":"c","context":"d","limit":5,"tags":["e"]}}`,
		`{"n":{"translation":{"one":"1","other":"2"}}}`)
}

func FuzzARB(f *testing.F) {
	formattest.Fuzz(f, "arb",
		`{"@@locale":"en","a":"b","@a":{"description":"c"},"n":"{count, plural, one {# x} =2 {two} other {'{'}}"}`)
}

func FuzzCSV(f *testing.F) {
	formattest.Fuzz(f, "csv", "a,b\nc,\"d,\"\"e\"\"\nf\",g,h\n", "a\n,b\n", "\"\x00\",\x00,,", "\ufeff\ufeff,a")
}

func FuzzXLIFF(f *testing.F) {
	formattest.Fuzz(f, "xliff",
		`<xliff version="1.2"><file source-language="en" target-language="de"><body><trans-unit id="a"><source>b</source><target>c<x id="1"/></target><note>d</note></trans-unit></body></file></xliff>`)
}

func FuzzAndroid(f *testing.F) {
	formattest.Fuzz(f, "xml",
		`<resources><!-- c --><string name="a">it\'s "  b " <b>x</b> \u0041 &amp; <![CDATA[<i>]]></string><plurals name="n"><item quantity="one">1</item><item quantity="other">%d</item></plurals><string-array name="l"><item>x</item></string-array></resources>`,
		`<!DOCTYPE r [<!ENTITY a "b">]><resources><string name="a">&a;</string></resources>`)
}

func FuzzPO(f *testing.F) {
	formattest.Fuzz(f, "po",
		"msgid \"\"\nmsgstr \"Language: de\\n\"\n\n# c\n#. d\n#: x.c:1\n#, fuzzy\nmsgctxt \"x\"\nmsgid \"a\"\nmsgstr \"b\\n\"\n\"\\\"c\\101\"\n",
		"msgid \"a\"\nmsgid_plural \"b\"\nmsgstr[0] \"c\"\nmsgstr[1] \"d\"\n#~ msgid \"e\"\n")
}

func FuzzProperties(f *testing.F) {
	formattest.Fuzz(f, "properties", "# c\na = b \\\n  c\n\nb:\\u0041\\ud83d\\ude00\nc\\ d e\r\nf\n", "ä=\xe4\n")
}

func FuzzStrings(f *testing.F) {
	formattest.Fuzz(f, "strings", "/* c */\n\"a\" = \"b\\n\\U0041\\\"\";\n// d\nkey = value; \"short\";\n")
}
