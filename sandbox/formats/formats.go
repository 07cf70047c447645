// Package formats makes the file formats known to the sandbox that need a
// library: yaml, and ruby_yaml with the language above the keys. It is imported
// for that alone:
//
//	import _ "github.com/golokalise/lokalise/sandbox/formats"
//
// It is a module of its own so that the sandbox itself requires no library.
package formats

import "github.com/golokalise/lokalise/sandbox/format"

func init() {
	format.Register(format.Format{Name: "yaml", Extensions: []string{".yaml", ".yml"}, Read: read(false), Write: write(false)})
	format.Register(format.Format{Name: "ruby_yaml", Extensions: []string{".yml"}, Read: read(true), Write: write(true)})
}
