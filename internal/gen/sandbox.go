package main

import (
	"bytes"
	"fmt"
	"go/format"
)

// sandboxType is the sandbox's own view of an operation. It stands in the
// generated file, so that the package compiles with nothing but that file.
const sandboxType = `// Operation is one operation of the Lokalise API, as far as the sandbox has to
// know it.
type Operation struct {
	ID     string // "keys.list"
	API    string // v2, v1, ota or oauth2
	Method string
	Path   string // without the API's base path: "/projects/{project_id}/keys"

	Scope      string // empty when there is none or it is unknown
	ScopeBasis string // documented, vendor_text, recorded, sdk, third_party, inferred, unknown, none

	Paging   string // none, offset, cursor, offset+cursor, body-cursor
	LimitMax int    // largest page size, 0 without paging

	Evidence string // how the answer is known: same words as ScopeBasis
	Status   int    // of a success
}

// Operations returns every known operation in the order of operations.json.
// The caller may change the slice.
func Operations() []Operation { return slices.Clone(operations) }

`

// sandboxTable writes the operation table of the sandbox.
func sandboxTable(ops []operation) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString(goHeader)
	b.WriteString("package api\n\nimport \"slices\"\n\n")
	b.WriteString(sandboxType)
	b.WriteString("var operations = []Operation{\n")
	for _, op := range ops {
		fmt.Fprintf(&b, "\t{%q, %q, %q, %q, %q, %q, %q, %d, %q, %d},\n",
			op.ID, op.API, op.Method, op.Path, op.Scope, op.ScopeBasis, op.Paging, op.LimitMax, op.Evidence, op.Status)
	}
	b.WriteString("}\n")
	return format.Source(b.Bytes())
}
