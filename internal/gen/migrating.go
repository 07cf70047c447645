package main

import (
	"bytes"
	_ "embed"
	"fmt"
	"strings"
)

// migratingHead is everything in docs/migrating.md before the tables. It is
// written by hand; its links are relative to docs.
//
//go:embed migrating.txt
var migratingHead string

// migratingPage writes docs/migrating.md, one table for each resource.
func migratingPage(ops []operation, calls map[string][]string) []byte {
	var b bytes.Buffer
	b.WriteString(migratingHead)
	resource := ""
	for _, op := range byResource(ops) {
		if op.resource() != resource {
			resource = op.resource()
			fmt.Fprintf(&b, "\n### %s\n\n", title(resource))
			b.WriteString("| operation | here | go-lokalise-api v5 | Node SDK |\n")
			b.WriteString("| --- | --- | --- | --- |\n")
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n",
			link(op), methodNames(expressions(calls[op.ID])), code(op.GoV5), code(op.Node))
	}
	return b.Bytes()
}

// expressions turns the names of methods into what a program writes.
func expressions(names []string) []string {
	out := make([]string, len(names))
	for i, name := range names {
		out[i] = expression(name)
	}
	return out
}

// expression turns "lokalise.KeysService.List" into "client.Keys.List", and
// "ota.BundlesService.List" into "ota.Client.Bundles.List": a service is the
// field of a client that has its name.
func expression(name string) string {
	pkg, rest, _ := strings.Cut(name, ".")
	typ, method, ok := strings.Cut(rest, ".")
	service, isService := strings.CutSuffix(typ, "Service")
	switch {
	case !ok || !isService:
		return name
	case pkg == "lokalise":
		return "client." + service + "." + method
	default:
		return pkg + ".Client." + service + "." + method
	}
}
