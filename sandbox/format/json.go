package format

import (
	"bytes"
	"errors"
	"io"

	"github.com/go-json-experiment/json/jsontext"
)

// jsonReader reads a JSON file into nodes.
type jsonReader struct {
	data []byte
	dec  *jsontext.Decoder
}

// readTree reads a whole file. Its root must be an object or, where that is
// allowed, an array.
func readTree(data []byte, array bool) (*Node, error) {
	r := jsonReader{data, jsontext.NewDecoder(bytes.NewReader(data), jsontext.AllowDuplicateNames(true))}
	if k := r.dec.PeekKind(); k != '{' && (k != '[' || !array) {
		if _, err := r.dec.ReadToken(); err != nil {
			return nil, r.fail(err)
		}
		return nil, r.errorf("an object with the keys is expected, not %s", k)
	}
	root, err := r.value(0)
	if err != nil {
		return nil, err
	}
	if _, err := r.dec.ReadToken(); !errors.Is(err, io.EOF) {
		return nil, r.errorf("there is something after the end of the object")
	}
	return root, nil
}

func (r *jsonReader) errorf(reason string, args ...any) error {
	return ErrorAt(r.data, int(r.dec.InputOffset()), reason, args...)
}

// fail turns an error of the decoder into one with a position.
func (r *jsonReader) fail(err error) error {
	var syntax *jsontext.SyntacticError
	if errors.As(err, &syntax) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return ErrorAt(r.data, int(syntax.ByteOffset), "%v", syntax.Err)
	}
	return r.errorf("the file ends within a value")
}

func (r *jsonReader) value(depth int) (*Node, error) {
	t, err := r.dec.ReadToken()
	if err != nil {
		return nil, r.fail(err)
	}
	if depth > MaxDepth {
		return nil, r.errorf("values are nested more than %d deep", MaxDepth)
	}
	switch t.Kind() {
	case '{':
		return r.object(depth)
	case '[':
		return r.array(depth)
	case 'n':
		return &Node{Kind: NodeNull}, nil
	}
	// Of a number this is what the file says, so that 1.50 does not become 1.5.
	return &Node{Text: t.String()}, nil
}

func (r *jsonReader) object(depth int) (*Node, error) {
	n := &Node{Kind: NodeObject}
	for r.dec.PeekKind() != '}' {
		name, err := r.dec.ReadToken()
		if err != nil {
			return nil, r.fail(err)
		}
		text, offset := name.String(), int(r.dec.InputOffset())
		child, err := r.value(depth + 1)
		if err != nil {
			return nil, err
		}
		child.Name, child.offset = text, offset
		n.Children = append(n.Children, child)
	}
	_, err := r.dec.ReadToken()
	return n, err
}

func (r *jsonReader) array(depth int) (*Node, error) {
	n := &Node{Kind: NodeArray}
	for r.dec.PeekKind() != ']' {
		child, err := r.value(depth + 1)
		if err != nil {
			return nil, err
		}
		n.Children = append(n.Children, child)
	}
	_, err := r.dec.ReadToken()
	return n, err
}

func readJSON(data []byte, o ReadOptions) (File, error) {
	root, err := readTree(data, true)
	if err != nil {
		return File{}, err
	}
	entries, err := Flatten(root, o)
	return File{Entries: entries}, err
}

// writeJSON writes a plural as an object unless the options say otherwise, as
// "array" and "generic" do as well (assumed).
func writeJSON(f File, o WriteOptions) ([]byte, error) {
	w := jsonWriter{indent: o.indent(4), slashes: !o.UnescapedSlashes}
	w.node(Nest(f.Entries, o), 0)
	return w.out, nil
}

// jsonWriter writes nodes as PHP's pretty print does it: one member a line,
// slashes escaped, empty objects in one piece.
type jsonWriter struct {
	out     []byte
	indent  string
	slashes bool
}

func (w *jsonWriter) node(n *Node, depth int) {
	switch n.Kind {
	case NodeText:
		w.text(n.Text)
	case nodeNumber:
		w.out = append(w.out, n.Text...)
	case NodeNull:
		w.out = append(w.out, "null"...)
	case NodeArray:
		w.list('[', n.Children, ']', depth)
	default:
		w.list('{', n.Children, '}', depth)
	}
}

func (w *jsonWriter) list(open byte, children []*Node, closing byte, depth int) {
	w.out = append(w.out, open)
	for i, child := range children {
		if i > 0 {
			w.out = append(w.out, ',')
		}
		w.line(depth + 1)
		if open == '{' {
			w.text(child.Name)
			w.out = append(w.out, ": "...)
		}
		w.node(child, depth+1)
	}
	if len(children) > 0 {
		w.line(depth)
	}
	w.out = append(w.out, closing)
}

func (w *jsonWriter) line(depth int) {
	w.out = append(w.out, '\n')
	for range depth {
		w.out = append(w.out, w.indent...)
	}
}

func (w *jsonWriter) text(text string) {
	start := len(w.out)
	// Encode has checked that it is UTF-8, the only thing that can fail.
	w.out, _ = jsontext.AppendQuote(w.out, text)
	if quoted := w.out[start:]; w.slashes && bytes.IndexByte(quoted, '/') >= 0 {
		w.out = append(w.out[:start], bytes.ReplaceAll(bytes.Clone(quoted), []byte("/"), []byte(`\/`))...)
	}
}

// jsonString returns plural forms as the text of a JSON object.
func jsonString(plural map[string]string) string {
	out := []byte("{")
	for i, form := range SortedForms(plural) {
		if i > 0 {
			out = append(out, ',')
		}
		out, _ = jsontext.AppendQuote(out, form)
		out = append(out, ':')
		out, _ = jsontext.AppendQuote(out, plural[form])
	}
	return string(append(out, '}'))
}
