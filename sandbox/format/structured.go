package format

import (
	"errors"
	"strconv"
)

// Structured JSON has an object for each key, on one level:
// https://docs.lokalise.com/en/articles/3229161-structured-json. A plural has an
// object of its forms as the translation (assumed).

func readStructured(data []byte, _ ReadOptions) (File, error) {
	root, err := readTree(data, false)
	if err != nil {
		return File{}, err
	}
	var f File
	for _, n := range root.Children {
		e, err := structuredEntry(n)
		if err != nil {
			return File{}, ErrorAt(data, n.offset, "key %q: %v", n.Name, err)
		}
		f.Entries = append(f.Entries, e)
	}
	return f, nil
}

func structuredEntry(n *Node) (Entry, error) {
	e := Entry{Key: n.Name}
	translation := n.child("translation")
	if n.Kind != NodeObject || translation == nil {
		return e, errors.New(`an object with a "translation" is expected; a file of names and texts is of the format json`)
	}
	switch {
	case translation.isPlural():
		e.Plural = make(map[string]string, len(translation.Children))
		for _, form := range translation.Children {
			e.Plural[form.Name] = form.Text
		}
	case translation.Kind == NodeObject || translation.Kind == NodeArray:
		return e, errors.New("the translation is neither a text nor an object of plural forms")
	default:
		e.Text = translation.Text
	}
	for _, property := range n.Children {
		switch property.Name {
		case "notes":
			e.Description = property.Text
		case "context":
			e.Context = property.Text
		case "limit":
			e.Limit, _ = strconv.Atoi(property.Text) // null and "" are no limit
		case "tags":
			for _, tag := range property.Children {
				e.Tags = append(e.Tags, tag.Text)
			}
		}
	}
	return e, nil
}

func writeStructured(f File, o WriteOptions) ([]byte, error) {
	root := &Node{Kind: NodeObject}
	for _, e := range splitPlurals(f.Entries, o) {
		translation := e.node(o)
		translation.Name = "translation"
		n := &Node{Kind: NodeObject, Name: e.Key, Children: []*Node{translation}}
		n.add("notes", e.Description)
		n.add("context", e.Context)
		if e.Limit > 0 {
			n.Children = append(n.Children, &Node{Name: "limit", Kind: nodeNumber, Text: strconv.Itoa(e.Limit)})
		}
		if len(e.Tags) > 0 {
			tags := &Node{Kind: NodeArray, Name: "tags"}
			for _, tag := range e.Tags {
				tags.Children = append(tags.Children, &Node{Text: tag})
			}
			n.Children = append(n.Children, tags)
		}
		root.Children = append(root.Children, n)
	}
	w := jsonWriter{indent: o.indent(4), slashes: !o.UnescapedSlashes}
	w.node(root, 0)
	return w.out, nil
}

// add adds a member with a text, unless that is empty.
func (n *Node) add(name, text string) {
	if text != "" {
		n.Children = append(n.Children, &Node{Name: name, Text: text})
	}
}
