// Command modelgen writes the JSON methods of the models in a package: for
// each file that declares models one file beside it, projects.go giving
// projects_gen.go.
//
// A model is a struct with a field
//
//	Extra map[string]json.RawMessage `json:",embed,inline"`
//
// For each of them it writes a function decodeX over internal/wire, which is
// about three times as fast as reflection and tolerates what Lokalise is known
// to send, and the methods MarshalJSON and UnmarshalJSON, so that a model is
// the same text whatever JSON package a user stores it with. A type that needs
// more than that has a decodeX written by hand, and the generator uses it.
//
// It runs in the folder of the package, from go generate.
package main

import (
	"fmt"
	"log"
	"os"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("modelgen: ")
	if err := run("."); err != nil {
		log.Fatal(err)
	}
}

func run(dir string) error {
	pkg, err := load(dir)
	if err != nil {
		return err
	}
	for _, file := range pkg.files {
		if len(file.models) == 0 {
			continue
		}
		text, err := generate(pkg, file)
		if err != nil {
			return fmt.Errorf("%s: %w", file.name, err)
		}
		if err := os.WriteFile(file.output(dir), text, 0o644); err != nil { //nolint:gosec // source code is for everybody to read
			return err
		}
	}
	return nil
}
