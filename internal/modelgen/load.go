package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// suffix ends the names of the files that this command writes.
const suffix = "_gen.go"

// root is the package whose types the models of other packages use.
const root = "lokalise"

type source struct {
	name   string
	models []model
}

type model struct {
	name   string
	fields []field
}

type field struct {
	goName   string
	jsonName string
	typ      ast.Expr
	omitzero bool
}

// goPackage is what the generator knows about the package it writes for.
type goPackage struct {
	name  string
	files []*source
	// types holds the type declarations, those of the root package under
	// lokalise.Name when this is another package.
	types map[string]ast.Expr
	// custom names the types that have a decode function written by hand, and
	// marshals those that have a MarshalJSON.
	custom, marshals map[string]bool
	// mentioned holds the names in the package that end in JSON. A model
	// Thing gets a type thingJSON without methods where somebody uses it.
	mentioned map[string]bool
}

func (s *source) output(dir string) string {
	return filepath.Join(dir, strings.TrimSuffix(s.name, ".go")+suffix)
}

// load reads the package in dir and, for a package below the root, the types
// of the root package.
func load(dir string) (*goPackage, error) {
	pkg := &goPackage{types: map[string]ast.Expr{}, custom: map[string]bool{}, marshals: map[string]bool{}, mentioned: map[string]bool{}}
	files, err := parseDir(dir)
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		pkg.name = file.tree.Name.Name
		pkg.collect(file.tree, "")
		pkg.files = append(pkg.files, &source{name: file.name, models: modelsOf(file.tree)})
	}
	if pkg.name == root {
		return pkg, nil
	}
	parents, err := parseDir(filepath.Join(dir, ".."))
	if err != nil {
		return nil, err
	}
	for _, file := range parents {
		pkg.collect(file.tree, root+".")
	}
	return pkg, nil
}

type parsedFile struct {
	name string
	tree *ast.File
}

func parseDir(dir string) ([]parsedFile, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var files []parsedFile
	for _, entry := range entries {
		name := entry.Name()
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") || strings.HasSuffix(name, suffix) {
			continue
		}
		tree, err := parser.ParseFile(token.NewFileSet(), filepath.Join(dir, name), nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		files = append(files, parsedFile{name, tree})
	}
	return files, nil
}

// collect notes the types and hand-written decode functions of a file.
func (p *goPackage) collect(tree *ast.File, prefix string) {
	for n := range ast.Preorder(tree) {
		if id, ok := n.(*ast.Ident); ok && strings.HasSuffix(id.Name, "JSON") {
			p.mentioned[id.Name] = true
		}
	}
	for _, decl := range tree.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			if name, ok := strings.CutPrefix(decl.Name.Name, "decode"); ok && decl.Recv == nil {
				p.custom[prefix+name] = true
			}
			if decl.Name.Name == "MarshalJSON" && decl.Recv != nil {
				p.marshals[prefix+types.ExprString(decl.Recv.List[0].Type)] = true
			}
		case *ast.GenDecl:
			for _, spec := range decl.Specs {
				if spec, ok := spec.(*ast.TypeSpec); ok {
					p.types[prefix+spec.Name.Name] = spec.Type
				}
			}
		}
	}
}

// modelsOf returns the models that a file declares, in their order.
func modelsOf(tree *ast.File) []model {
	var models []model
	for _, decl := range tree.Decls {
		decl, ok := decl.(*ast.GenDecl)
		if !ok {
			continue
		}
		for _, spec := range decl.Specs {
			spec, ok := spec.(*ast.TypeSpec)
			if !ok || !isModel(spec.Type) {
				continue
			}
			models = append(models, model{spec.Name.Name, fieldsOf(spec.Type.(*ast.StructType))})
		}
	}
	return models
}

func isModel(typ ast.Expr) bool {
	s, ok := typ.(*ast.StructType)
	if !ok {
		return false
	}
	for _, f := range s.Fields.List {
		if len(f.Names) == 1 && f.Names[0].Name == "Extra" && f.Tag != nil {
			return true
		}
	}
	return false
}

func fieldsOf(s *ast.StructType) []field {
	var fields []field
	for _, f := range s.Fields.List {
		name, options := jsonTag(f)
		if name == "" {
			continue
		}
		fields = append(fields, field{f.Names[0].Name, name, f.Type, slices.Contains(options, "omitzero")})
	}
	return fields
}

// jsonTag returns the name of a field's member and the options of its tag. The
// name is empty for Extra and for a field that is not on the wire.
func jsonTag(f *ast.Field) (name string, options []string) {
	if f.Tag == nil || len(f.Names) != 1 {
		return "", nil
	}
	parts := strings.Split(structTag(f.Tag.Value).Get("json"), ",")
	if parts[0] == "-" {
		return "", nil
	}
	return parts[0], parts[1:]
}
