// Command gen turns operations.json into the files that repeat its facts: the
// scope table of package oauth, the operation table of the sandbox, and the
// pages docs/operations.md and docs/migrating.md. Run it from the root of the
// repository:
//
//	go run ./internal/gen          writes the files
//	go run ./internal/gen -check   names the stale ones and exits with 1
//
// Client and sandbox share facts in this way, never types.
package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

// errStale is what -check ends with when a file needs to be written again.
var errStale = errors.New("generated files are stale; run go run ./internal/gen")

// file is one generated file, its path relative to the root.
type file struct {
	path string
	body []byte
}

func run(args []string, out io.Writer) error {
	flags := flag.NewFlagSet("gen", flag.ContinueOnError)
	flags.SetOutput(out)
	check := flags.Bool("check", false, "compare instead of writing, exit with 1 when a file is stale")
	root := flags.String("root", ".", "the root of the repository")
	if err := flags.Parse(args); err != nil {
		return err
	}
	files, err := generate(*root)
	if err != nil {
		return err
	}
	if *check {
		return compare(*root, files, out)
	}
	return write(*root, files)
}

// generate returns every generated file.
func generate(root string) ([]file, error) {
	ops, err := load(filepath.Join(root, "operations.json"))
	if err != nil {
		return nil, err
	}
	calls, err := scan(root, ops)
	if err != nil {
		return nil, err
	}
	scopes, err := scopeTable(ops)
	if err != nil {
		return nil, err
	}
	table, err := sandboxTable(ops)
	if err != nil {
		return nil, err
	}
	return []file{
		{"oauth/scopes_gen.go", scopes},
		{"sandbox/internal/api/operations_gen.go", table},
		{"docs/operations.md", referencePage(ops, calls)},
		{"docs/migrating.md", migratingPage(ops, calls)},
	}, nil
}

func compare(root string, files []file, out io.Writer) error {
	stale := false
	for _, f := range files {
		got, err := os.ReadFile(filepath.Join(root, f.path))
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
		if !bytes.Equal(got, f.body) {
			stale = true
			if _, err := fmt.Fprintln(out, "stale:", f.path); err != nil {
				return err
			}
		}
	}
	if stale {
		return errStale
	}
	return nil
}

func write(root string, files []file) error {
	for _, f := range files {
		path := filepath.Join(root, f.path)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil { //nolint:gosec // source code is for everybody to read
			return err
		}
		if err := os.WriteFile(path, f.body, 0o644); err != nil { //nolint:gosec // source code is for everybody to read
			return err
		}
	}
	return nil
}
