package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// directive ties a Go method to an operation, on a line of its own in the
// method's comment:
//
//	//lokalise:op GET /projects/{project_id}/keys
//
// Where two operations share method and path (the token endpoint), the
// operation's id follows.
const directive = "//lokalise:op "

// packages are the folders whose methods call operations, and the APIs that a
// directive there may mean.
var packages = []struct {
	dir  string
	apis []string
}{
	{".", []string{"v2", "v1"}},
	{"ota", []string{"ota"}},
	{"oauth", []string{"oauth2"}},
}

// scan returns the Go methods that call each operation, by operation id. A
// folder that does not exist has no methods; a directive that matches no
// operation is an error.
func scan(root string, ops []operation) (map[string][]string, error) {
	calls := map[string][]string{}
	for _, pkg := range packages {
		dir := filepath.Join(root, pkg.dir)
		names, err := goFiles(dir)
		if err != nil {
			return nil, err
		}
		inReach := slices.DeleteFunc(slices.Clone(ops), func(op operation) bool {
			return !slices.Contains(pkg.apis, op.API)
		})
		for _, name := range names {
			if err := scanFile(filepath.Join(dir, name), inReach, calls); err != nil {
				return nil, err
			}
		}
	}
	return calls, nil
}

func goFiles(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if os.IsNotExist(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var names []string
	for _, entry := range entries {
		if wanted(entry) {
			names = append(names, entry.Name())
		}
	}
	return names, nil
}

func wanted(entry fs.DirEntry) bool {
	name := entry.Name()
	return entry.Type().IsRegular() && strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go")
}

func scanFile(path string, ops []operation, calls map[string][]string) error {
	set := token.NewFileSet()
	parsed, err := parser.ParseFile(set, path, nil, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	for _, decl := range parsed.Decls {
		fn, ok := decl.(*ast.FuncDecl)
		if !ok || fn.Doc == nil {
			continue
		}
		for _, line := range fn.Doc.List {
			text, ok := strings.CutPrefix(line.Text, directive)
			if !ok {
				continue
			}
			op, err := match(text, ops)
			if err != nil {
				return fmt.Errorf("%s: %w", set.Position(line.Pos()), err)
			}
			calls[op.ID] = append(calls[op.ID], qualified(parsed.Name.Name, fn))
		}
	}
	return nil
}

// match finds the operation that a directive's text means.
func match(text string, ops []operation) (operation, error) {
	words := strings.Fields(text)
	if len(words) < 2 || len(words) > 3 {
		return operation{}, fmt.Errorf("directive %q: want METHOD /path, and the operation's id where both are shared", text)
	}
	var found []operation
	for _, op := range ops {
		if op.Method == words[0] && op.Path == words[1] && (len(words) == 2 || op.ID == words[2]) {
			found = append(found, op)
		}
	}
	switch len(found) {
	case 0:
		return operation{}, fmt.Errorf("directive %q: no such operation in operations.json", text)
	case 1:
		return found[0], nil
	default:
		return operation{}, fmt.Errorf("directive %q: %s and %s share it, add the id", text, found[0].ID, found[1].ID)
	}
}

// qualified is the method's name as documentation writes it:
// "lokalise.ProjectsService.List".
func qualified(pkg string, fn *ast.FuncDecl) string {
	if fn.Recv == nil || len(fn.Recv.List) == 0 {
		return pkg + "." + fn.Name.Name
	}
	return pkg + "." + receiver(fn.Recv.List[0].Type) + "." + fn.Name.Name
}

// receiver is the type's name without the star and type parameters.
func receiver(typ ast.Expr) string {
	switch typ := typ.(type) {
	case *ast.StarExpr:
		return receiver(typ.X)
	case *ast.IndexExpr:
		return receiver(typ.X)
	case *ast.IndexListExpr:
		return receiver(typ.X)
	case *ast.Ident:
		return typ.Name
	default:
		return "?" // the compiler would not accept it
	}
}
