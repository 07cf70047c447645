package format

import (
	"fmt"
	"strconv"
	"strings"
)

// MaxDepth is how deep names may be nested in a file that is read, so that a
// file cannot exhaust the stack.
const MaxDepth = 200

// Node is a part of a file that nests its keys, such as JSON or YAML: a text, or
// an object or array of nodes. [Flatten] and [Nest] turn it into entries and
// back, so that a format only has to know its syntax.
type Node struct {
	// Kind says which of the fields below count.
	Kind NodeKind
	// Name is the node's in its object; those in arrays have none.
	Name string
	// Text of a NodeText. Numbers and booleans are text as well.
	Text string
	// Children of a NodeObject, NodeArray or NodePlural, in their order. Those
	// of a NodePlural are named after the plural forms.
	Children []*Node
	// Description is a comment of the file that belongs to the node.
	Description string
	// Comments are its further comments. [Flatten] ignores them at nodes that
	// have children and are not plural, and so it does the Description.
	Comments []string

	offset int // where a JSON file has it
}

// NodeKind is the kind of a [Node].
type NodeKind int

// The kinds of nodes.
const (
	NodeText NodeKind = iota
	NodeNull
	NodeObject
	NodeArray
	// NodePlural is made by [Nest] only. In a file it looks like an object.
	NodePlural
	// nodeNumber is a text that JSON does not quote.
	nodeNumber
)

// Flatten returns the entries below the root, which is an object or an array.
//
// Names are joined by "::", and so are the positions in arrays, as documented
// (https://docs.lokalise.com/en/articles/1400773-json-nested-json). An object
// that would come back as an array, because one of its names is 0, joins its
// numbers by the documented ":::", which forces an object (assumed of uploads).
//
// An object whose names all are plural forms, "other" among them, and whose
// values all are texts, is a plural (assumed). Empty objects and arrays leave
// no trace. Nesting beyond [MaxDepth] is an error.
func Flatten(root *Node, o ReadOptions) ([]Entry, error) {
	var f flattener
	if err := f.children(root, "", 0); err != nil {
		return nil, err
	}
	switch o.PluralFormat {
	case "i18next_v4":
		return joinSuffixes(f.entries, v4Suffix), nil
	case "i18next":
		return joinSuffixes(f.entries, v3Suffix(o.PluralForms)), nil
	}
	return f.entries, nil
}

type flattener struct{ entries []Entry }

func (f *flattener) children(parent *Node, prefix string, depth int) error {
	if depth > MaxDepth {
		return &SyntaxError{Reason: fmt.Sprintf("names are nested more than %d deep", MaxDepth)}
	}
	force := parent.Kind == NodeObject && depth > 0 && parent.child("0") != nil
	for i, child := range parent.Children {
		key, name := prefix, child.Name
		if parent.Kind == NodeArray {
			name = strconv.Itoa(i)
		}
		switch {
		case depth == 0:
		case force && isIndex(name):
			key += ":::"
		default:
			key += "::"
		}
		if err := f.node(child, key+name, depth); err != nil {
			return err
		}
	}
	return nil
}

func (f *flattener) node(n *Node, key string, depth int) error {
	e := Entry{Key: key, Text: n.Text, Description: n.Description, Comments: n.Comments}
	switch {
	case n.isPlural():
		e.Plural = make(map[string]string, len(n.Children))
		for _, form := range n.Children {
			e.Plural[form.Name] = form.Text
		}
	case n.Kind == NodeObject || n.Kind == NodeArray:
		return f.children(n, key, depth+1)
	}
	f.entries = append(f.entries, e)
	return nil
}

func (n *Node) child(name string) *Node {
	for _, child := range n.Children {
		if child.Name == name {
			return child
		}
	}
	return nil
}

// isPlural says whether an object holds plural forms.
func (n *Node) isPlural() bool {
	if n.Kind != NodeObject {
		return false
	}
	other := false
	for _, child := range n.Children {
		if !IsPluralForm(child.Name) || child.Kind != NodeText && child.Kind != NodeNull {
			return false
		}
		other = other || child.Name == "other"
	}
	return other
}

// isIndex says whether a name is the position in an array, as it is written in
// keys: without leading zeros.
func isIndex(name string) bool {
	for i := range len(name) {
		if name[i] < '0' || name[i] > '9' {
			return false
		}
	}
	return name == "0" || name != "" && name[0] != '0' && len(name) < 10
}

// Nest returns the entries as a tree; it undoes [Flatten]. Where a text stands
// in the way of a nested key, because "a" and "a::b" both have one, the rest of
// the key is one name, "a::b". A plural is a node of its kind, or a text in
// what the options name.
func Nest(entries []Entry, o WriteOptions) *Node {
	entries = splitPlurals(entries, o)
	b := builder{texts: make(map[string]bool, len(entries)), objects: map[string]*Node{}}
	for i := range entries {
		b.texts[entries[i].Key] = true
	}
	root := &Node{Kind: NodeObject}
	for i := range entries {
		e := &entries[i]
		parent, name := b.place(root, e.Key)
		n := e.node(o)
		n.Name, n.Description, n.Comments = name, e.Description, e.Comments
		parent.Children = append(parent.Children, n)
	}
	for _, child := range root.Children {
		child.arrays(b.forced)
	}
	return root
}

// node returns the node of the entry's text or plural.
func (e *Entry) node(o WriteOptions) *Node {
	switch {
	case e.empty() && o.ExportEmptyAs == "null":
		return &Node{Kind: NodeNull}
	case e.Plural == nil:
		return &Node{Text: e.Text}
	case o.PluralFormat == "icu" || o.PluralFormat == "json_string" || o.PluralFormat == "symfony":
		return &Node{Text: o.one(e, "")}
	}
	n := &Node{Kind: NodePlural}
	for _, form := range SortedForms(e.Plural) {
		n.Children = append(n.Children, &Node{Name: form, Text: e.Plural[form]})
	}
	return n
}

// builder makes the objects that keys are nested in.
type builder struct {
	texts   map[string]bool  // keys that have a text, so that nothing is below
	objects map[string]*Node // by the beginning of the keys in them
	forced  map[*Node]bool   // objects that must not become arrays
}

// place returns the object that a key belongs to and its name there, and makes
// the objects on the way.
func (b *builder) place(root *Node, key string) (parent *Node, name string) {
	parent, start := root, 0
	for depth := 0; depth < MaxDepth; depth++ {
		end := strings.Index(key[start:], "::")
		if end < 0 || b.texts[key[:start+end]] {
			break
		}
		end += start
		next := end + 2
		force := next < len(key) && key[next] == ':' && startsWithIndex(key[next+1:])
		if force {
			next++
		}
		object := b.objects[key[:end]]
		if object == nil {
			object = &Node{Kind: NodeObject, Name: key[start:end]}
			b.objects[key[:end]] = object
			parent.Children = append(parent.Children, object)
		}
		if force {
			if b.forced == nil {
				b.forced = map[*Node]bool{}
			}
			b.forced[object] = true
		}
		parent, start = object, next
	}
	return parent, key[start:]
}

// startsWithIndex says whether the first of the nested names is a position.
func startsWithIndex(key string) bool {
	name, _, _ := strings.Cut(key, "::")
	return isIndex(name)
}

// maxGaps is how many positions may be missing for an object to become an
// array: a key like a::999999999 must not fill the memory.
const maxGaps = 1000

// arrays turns objects into arrays whose names are positions, the first of them
// included. Missing ones become empty texts, as documented.
func (n *Node) arrays(forced map[*Node]bool) {
	for _, child := range n.Children {
		child.arrays(forced)
	}
	if n.Kind != NodeObject || forced[n] {
		return
	}
	last, first := 0, false
	for _, child := range n.Children {
		if !isIndex(child.Name) {
			return
		}
		position, _ := strconv.Atoi(child.Name)
		last, first = max(last, position), first || position == 0
	}
	if !first || last-len(n.Children) > maxGaps {
		return
	}
	items := make([]*Node, last+1)
	for _, child := range n.Children {
		position, _ := strconv.Atoi(child.Name)
		items[position] = child
		child.Name = ""
	}
	for i, item := range items {
		if item == nil {
			items[i] = &Node{}
		}
	}
	n.Kind, n.Children = NodeArray, items
}
