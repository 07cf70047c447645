package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
)

// operation is one entry of operations.json; the file's "about" says what the
// fields mean.
type operation struct {
	ID         string `json:"id"`
	API        string `json:"api"`
	Method     string `json:"method"`
	Path       string `json:"path"`
	Scope      string `json:"scope"`
	ScopeBasis string `json:"scope_basis"`
	Paging     string `json:"paging"`
	LimitMax   int    `json:"limit_max"`
	Evidence   string `json:"evidence"`
	Status     int    `json:"status"`
	Docs       string `json:"docs"`
	Node       string `json:"node"`
	GoV5       string `json:"go_v5"`
}

// The values each closed field may have. A typing error in operations.json
// stops the generator instead of reaching every generated file.
var (
	apis     = []string{"v2", "v1", "ota", "oauth2"}
	methods  = []string{"GET", "POST", "PUT", "PATCH", "DELETE"}
	bases    = []string{"documented", "vendor_text", "recorded", "sdk", "third_party", "inferred", "unknown", "none"}
	pagings  = []string{"none", "offset", "cursor", "offset+cursor", "body-cursor"}
	evidence = []string{"documented", "vendor_text", "recorded", "sdk", "third_party", "inferred"}
)

func load(path string) ([]operation, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var doc struct {
		About      string      `json:"about"`
		Operations []operation `json:"operations"`
	}
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&doc); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	seen := map[string]bool{}
	for _, op := range doc.Operations {
		if err := op.validate(); err != nil {
			return nil, fmt.Errorf("%s: operation %q: %w", path, op.ID, err)
		}
		if seen[op.ID] {
			return nil, fmt.Errorf("%s: operation %q is there twice", path, op.ID)
		}
		seen[op.ID] = true
	}
	return doc.Operations, nil
}

func (op operation) validate() error {
	for _, field := range []struct {
		name, value string
		allowed     []string
	}{
		{"api", op.API, apis},
		{"method", op.Method, methods},
		{"scope_basis", op.ScopeBasis, bases},
		{"paging", op.Paging, pagings},
		{"evidence", op.Evidence, evidence},
	} {
		if !slices.Contains(field.allowed, field.value) {
			return fmt.Errorf("%s %q is not one of %s", field.name, field.value, strings.Join(field.allowed, ", "))
		}
	}
	noScope := op.ScopeBasis == "none" || op.ScopeBasis == "unknown"
	switch {
	case !strings.Contains(op.ID, "."):
		return fmt.Errorf("the id has no resource in front of a dot")
	case !strings.HasPrefix(op.Path, "/"):
		return fmt.Errorf("path %q does not start with a slash", op.Path)
	case noScope != (op.Scope == ""):
		return fmt.Errorf("scope %q does not go with scope_basis %q", op.Scope, op.ScopeBasis)
	case (op.Paging == "none") != (op.LimitMax == 0):
		return fmt.Errorf("limit_max %d does not go with paging %q", op.LimitMax, op.Paging)
	case op.Status < 200 || op.Status > 399:
		return fmt.Errorf("status %d is no success", op.Status)
	}
	return nil
}

// resource is the part of the id before the last dot: "keys", "ota.bundles".
func (op operation) resource() string { return op.ID[:strings.LastIndex(op.ID, ".")] }

// basePath is what the client and the sandbox put before the path.
func (op operation) basePath() string {
	switch op.API {
	case "v2":
		return "/api2"
	case "v1":
		return "/v1"
	case "ota":
		return "/v3"
	default:
		return ""
	}
}
