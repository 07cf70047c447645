package format

import (
	"fmt"
	"strings"
)

// An ARB file, of Flutter, has the text of each key and, under its name after an
// @, what is known about it. Members that begin with @@ are about the file. See
// https://github.com/google/app-resource-bundle/wiki/ApplicationResourceBundleSpecification.
// Plurals are always ICU messages. Metadata beside description and context,
// such as placeholders, is not kept.

func readARB(data []byte, o ReadOptions) (File, error) {
	root, err := readTree(data, false)
	if err != nil {
		return File{}, err
	}
	var f File
	about := map[string]*Node{}
	for _, n := range root.Children {
		if n.Name == "@@locale" {
			f.Language = n.Text
		}
		if name, ok := strings.CutPrefix(n.Name, "@"); ok {
			about[name] = n
			continue
		}
		if n.Kind == NodeObject || n.Kind == NodeArray {
			return File{}, ErrorAt(data, n.offset, "key %q has no text; ARB does not nest", n.Name)
		}
		f.Entries = append(f.Entries, Entry{Key: n.Name, Text: n.Text})
	}
	f.detectPlurals(o)
	for i := range f.Entries {
		e := &f.Entries[i]
		if meta := about[e.Key]; meta != nil {
			e.Description, e.Context = meta.member("description"), meta.member("context")
		}
	}
	return f, nil
}

// member returns the text of a member of an object, if there is one.
func (n *Node) member(name string) string {
	if child := n.child(name); child != nil {
		return child.Text
	}
	return ""
}

func writeARB(f File, o WriteOptions) ([]byte, error) {
	root := &Node{Kind: NodeObject}
	language := f.Language
	if language == "" {
		language = o.Language
	}
	root.add("@@locale", language)
	for _, e := range f.Entries {
		if strings.HasPrefix(e.Key, "@") {
			return nil, fmt.Errorf("key %q: ARB takes names that begin with @ for metadata", e.Key)
		}
		n := &Node{Name: e.Key, Text: e.Text}
		if e.Plural != nil {
			n.Text = WriteICUPlural(e.PluralName, e.Plural, o.ICUNumeric)
		}
		root.Children = append(root.Children, n)
		meta := &Node{Kind: NodeObject, Name: "@" + e.Key}
		meta.add("description", e.Description)
		meta.add("context", e.Context)
		if len(meta.Children) > 0 && !o.Compact {
			root.Children = append(root.Children, meta)
		}
	}
	w := jsonWriter{indent: o.indent(2), slashes: !o.UnescapedSlashes}
	w.node(root, 0)
	return w.out, nil
}
