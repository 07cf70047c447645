// Package format reads and writes the files that the sandbox takes as uploads
// and hands out as downloads: JSON, ARB, CSV, XLIFF, Android resources, Gettext,
// .properties and .strings.
//
// Formats register themselves under the name that the API has for them, as
// those of package image do. YAML is in a module of its own, since it needs a
// library:
//
//	import _ "github.com/golokalise/lokalise/sandbox/formats"
//
// A program can add its own with [Register]. A [Format] only has to know its
// syntax: encodings, a byte order mark, keys that occur twice, empty
// translations and ICU plurals are looked after by [Format.Decode] and
// [Format.Encode]. What nests its keys is read into a [Node], see
// [Flatten] and [Nest].
//
// How Lokalise treats a file is known from its help pages at best; each format
// names its page. What is assumed says so. Placeholders stay as they are: neither are those of
// an upload made universal, nor those of a download made specific.
package format
