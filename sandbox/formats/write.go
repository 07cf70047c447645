package formats

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/golokalise/lokalise/sandbox/format"
)

// write returns the function that writes YAML, with the language above the keys
// if that is asked for or the file is one of Rails. Texts are always in quotes,
// which spares the question what they would be without. That is why the
// library does not write: it takes twenty times as long.
func write(rails bool) func(format.File, format.WriteOptions) ([]byte, error) {
	return func(f format.File, o format.WriteOptions) ([]byte, error) {
		root := format.Nest(f.Entries, o)
		if name := o.Language; rails || o.IncludeRoot {
			if name == "" {
				name = f.Language
			}
			root.Name = name
			root = &format.Node{Kind: format.NodeObject, Children: []*format.Node{root}}
		}
		w := writer{indent: strings.ReplaceAll(o.Indent, "\t", "  ")} // YAML forbids tabs
		if w.indent == "" {
			w.indent = "  "
		}
		if len(root.Children) == 0 {
			return []byte("{}\n"), nil
		}
		w.children(root, 0)
		return w.Bytes(), nil
	}
}

type writer struct {
	bytes.Buffer
	indent string
}

// children writes each child on lines of its own.
func (w *writer) children(parent *format.Node, depth int) {
	indent := strings.Repeat(w.indent, depth)
	for _, n := range parent.Children {
		for line := range strings.FieldsFuncSeq(n.Description, breaks) {
			_, _ = w.WriteString(indent + strings.TrimRight("# "+line, " ") + "\n")
		}
		_, _ = w.WriteString(indent)
		if parent.Kind == format.NodeArray {
			_, _ = w.WriteString("-")
		} else {
			_, _ = w.WriteString(name(n.Name) + ":")
		}
		w.value(n, depth)
	}
}

// value writes what follows the name, or the dash of an item.
func (w *writer) value(n *format.Node, depth int) {
	switch {
	case n.Kind == format.NodeText:
		_, _ = w.WriteString(" " + quote(n.Text) + "\n")
	case n.Kind == format.NodeNull:
		_, _ = w.WriteString(" null\n")
	case len(n.Children) == 0:
		_, _ = w.WriteString(" {}\n")
	default:
		_, _ = w.WriteString("\n")
		w.children(n, depth+1)
	}
}

// breaks are the characters that end a line, or a comment, for YAML 1.1.
func breaks(r rune) bool { return strings.ContainsRune("\n\r\u0085\u2028\u2029", r) }

var plain = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_.-]*$`)

// words are names that YAML 1.1 takes for something else than a text, in any
// case.
var words = []string{"true", "false", "yes", "no", "on", "off", "y", "n", "null"}

func name(text string) string {
	if plain.MatchString(text) && !slices.Contains(words, strings.ToLower(text)) {
		return text
	}
	return quote(text)
}

// quote puts a text in double quotes.
func quote(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			b.WriteString(`\` + string(r))
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r == '\r':
			b.WriteString(`\r`)
		case r > 0xFFFF && !unicode.IsPrint(r):
			fmt.Fprintf(&b, `\U%08X`, r)
		case !unicode.IsPrint(r):
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String() + `"`
}
