package main

import (
	"go/ast"
	"go/types"
	"strings"
)

// encoder writes the function that encodes a model.
func (w *writer) encoder(m model) {
	w.line("func encode%s(e *wire.Encoder, m *%s) {\ne.Open()", m.name, m.name)
	for _, f := range m.fields {
		w.member(f)
	}
	w.line("e.Extra(m.Extra)\ne.Close()\n}\n")
}

// member writes a field under its name, unless it is zero and may be left out.
func (w *writer) member(f field) {
	target := "m." + f.goName
	if f.omitzero {
		w.line("if %s {", w.present(f.typ, target))
	}
	w.line("e.Name(`\"%s\":`)", f.jsonName)
	w.write(f.typ, target, 0)
	if f.omitzero {
		w.line("}")
	}
}

// present returns the condition under which a value is not zero.
func (w *writer) present(typ ast.Expr, target string) string {
	switch u := w.underlying(typ).(type) {
	case *ast.ArrayType, *ast.MapType:
		return target + " != nil"
	case *ast.Ident:
		switch u.Name {
		case "string":
			return target + ` != ""`
		case "bool":
			return target
		case "int64", "float64":
			return target + " != 0"
		}
	}
	if strings.HasSuffix(types.ExprString(typ), ".RawMessage") {
		return target + " != nil"
	}
	return "!" + target + ".IsZero()" // the compiler says so when there is no such method
}

// underlying follows the names of types of the package.
func (w *writer) underlying(typ ast.Expr) ast.Expr {
	for {
		next, ok := w.pkg.types[types.ExprString(typ)]
		if !ok {
			return typ
		}
		typ = next
	}
}

// writers are the encoder's methods for Go's own types.
var writers = map[string]string{"string": "String", "bool": "Bool", "int64": "Int", "float64": "Float"}

// write writes the statements that encode a value.
func (w *writer) write(typ ast.Expr, target string, depth int) {
	name := types.ExprString(typ)
	switch {
	case w.pkg.marshals[name]:
		w.line("e.Value(%s)", target)
		return
	case strings.HasSuffix(name, ".RawMessage"):
		w.line("e.Raw(%s)", target)
		return
	}
	switch u := w.underlying(typ).(type) {
	case *ast.Ident:
		method, ok := writers[u.Name]
		if !ok {
			w.fail("a value of type %s cannot be written", name)
		}
		if name != u.Name {
			target = u.Name + "(" + target + ")"
		}
		w.line("e.%s(%s)", method, target)
	case *ast.StructType:
		w.line("encode%s(e, &%s)", name, target)
	case *ast.IndexExpr:
		w.writeOpt(u, target, depth)
	case *ast.ArrayType:
		w.writeSlice(u, target, depth)
	case *ast.MapType:
		w.writeMap(u, target, depth)
	default:
		w.fail("a value of type %s cannot be written", name)
	}
}

func (w *writer) writeOpt(typ *ast.IndexExpr, target string, depth int) {
	v := variable("v", depth)
	w.line("if %s, ok := %s.Get(); ok {", v, target)
	w.write(typ.Index, v, depth+1)
	w.line("} else {\ne.Null()\n}")
}

func (w *writer) writeSlice(typ *ast.ArrayType, target string, depth int) {
	i := variable("i", depth)
	w.line("e.OpenArray()\nfor %s := range %s {\ne.Elem()", i, target)
	w.write(typ.Elt, target+"["+i+"]", depth+1)
	w.line("}\ne.CloseArray()")
}

func (w *writer) writeMap(typ *ast.MapType, target string, depth int) {
	k, v := variable("k", depth), variable("v", depth)
	w.line("e.Open()\nfor _, %s := range wire.SortedKeys(%s) {\ne.Key(string(%s))\n%s := %s[%s]", k, target, k, v, target, k)
	w.write(typ.Value, v, depth+1)
	w.line("}\ne.Close()")
}
