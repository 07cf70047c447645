package formats

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/golokalise/lokalise/sandbox/format"
)

// read returns the function that reads YAML. The language above the keys is
// taken off where it is the one of the upload; in files of Rails, where it is
// anything that looks like one (assumed). A comment above a key is its
// description.
func read(rails bool) func([]byte, format.ReadOptions) (format.File, error) {
	return func(data []byte, o format.ReadOptions) (format.File, error) {
		document, err := parse(data)
		if err != nil {
			return format.File{}, err
		}
		r := reader{budget: maxNodes + len(data)}
		root, err := r.node(document, 0)
		if err != nil {
			return format.File{}, err
		}
		if root.Kind != format.NodeObject {
			return format.File{}, errorAt(document, "a mapping with the keys is expected")
		}
		var file format.File
		if top := onlyObject(root); top != nil && (sameLanguage(top.Name, o.Language) || rails && language.MatchString(top.Name)) {
			file.Language, root = top.Name, top
		}
		file.Entries, err = format.Flatten(root, o)
		return file, err
	}
}

// parse returns the root of the only document.
func parse(data []byte) (*yaml.Node, error) {
	dec := yaml.NewDecoder(bytes.NewReader(data))
	var document, second yaml.Node
	switch err := dec.Decode(&document); {
	case errors.Is(err, io.EOF):
		return nil, &format.SyntaxError{Reason: "it has comments only"}
	case err != nil:
		return nil, syntaxError(err)
	}
	switch err := dec.Decode(&second); {
	case err == nil:
		return nil, errorAt(&second, "a second document begins; put each into a file of its own")
	case !errors.Is(err, io.EOF):
		return nil, syntaxError(err)
	}
	return document.Content[0], nil
}

var position = regexp.MustCompile(`^yaml: (?:line (\d+): )?`)

// syntaxError turns an error of the library, which knows lines only, into one
// of ours.
func syntaxError(err error) error {
	text := err.Error()
	found := position.FindStringSubmatch(text)
	if found == nil {
		return &format.SyntaxError{Reason: text}
	}
	line, _ := strconv.Atoi(found[1])
	return &format.SyntaxError{Line: line, Column: min(line, 1), Reason: text[len(found[0]):]}
}

func errorAt(n *yaml.Node, reason string) error {
	return &format.SyntaxError{Line: n.Line, Column: n.Column, Reason: reason}
}

// maxNodes is how many nodes a file may have beyond what is in it: aliases
// repeat parts of a file, and aliases of aliases could fill the memory.
const maxNodes = 100_000

type reader struct{ budget int }

func (r *reader) node(n *yaml.Node, depth int) (*format.Node, error) {
	if r.budget--; r.budget < 0 {
		return nil, errorAt(n, "the aliases of the file repeat too much")
	}
	if depth > format.MaxDepth {
		return nil, errorAt(n, "names are nested more than "+strconv.Itoa(format.MaxDepth)+" deep")
	}
	switch n.Kind {
	case yaml.MappingNode:
		return r.mapping(n, depth)
	case yaml.SequenceNode:
		list := &format.Node{Kind: format.NodeArray}
		for _, item := range n.Content {
			child, err := r.node(item, depth+1)
			if err != nil {
				return nil, err
			}
			list.Children = append(list.Children, child)
		}
		return list, nil
	case yaml.AliasNode:
		return r.node(n.Alias, depth+1) // deeper, so that an alias of itself ends
	}
	if n.ShortTag() == "!!null" {
		return &format.Node{Kind: format.NodeNull}, nil
	}
	return &format.Node{Text: n.Value}, nil
}

func (r *reader) mapping(n *yaml.Node, depth int) (*format.Node, error) {
	object := &format.Node{Kind: format.NodeObject}
	var merged []*format.Node
	for i := 0; i+1 < len(n.Content); i += 2 {
		name, value := n.Content[i], n.Content[i+1]
		if name.Kind == yaml.AliasNode {
			name = name.Alias
		}
		if name.Kind != yaml.ScalarNode {
			return nil, errorAt(name, "a key must be a text")
		}
		child, err := r.node(value, depth+1)
		if err != nil {
			return nil, err
		}
		if name.ShortTag() == "!!merge" {
			merged = append(merged, child)
			continue
		}
		child.Name, child.Description = name.Value, comment(name.HeadComment)
		object.Children = append(object.Children, child)
	}
	for _, from := range merged {
		merge(object, from)
	}
	return object, nil
}

// merge adds what a merge key refers to: a mapping or several, of which those
// before count more.
func merge(object, from *format.Node) {
	if from.Kind == format.NodeArray {
		for _, item := range from.Children {
			merge(object, item)
		}
		return
	}
	have := map[string]bool{}
	for _, child := range object.Children {
		have[child.Name] = true
	}
	for _, child := range from.Children {
		if !have[child.Name] {
			object.Children = append(object.Children, child)
		}
	}
}

// comment takes off the marks of a comment's lines.
func comment(text string) string {
	var lines []string
	for line := range strings.SplitSeq(text, "\n") {
		line = strings.TrimPrefix(strings.TrimPrefix(line, "#"), " ")
		if line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

var language = regexp.MustCompile(`^[A-Za-z]{2,3}([_-][A-Za-z0-9]{1,8})*$`)

// sameLanguage takes pt-BR and pt_br for the same.
func sameLanguage(a, b string) bool {
	return strings.EqualFold(strings.ReplaceAll(a, "-", "_"), strings.ReplaceAll(b, "-", "_"))
}

// onlyObject returns the only child if it has children itself.
func onlyObject(root *format.Node) *format.Node {
	if len(root.Children) != 1 || root.Children[0].Kind != format.NodeObject {
		return nil
	}
	return root.Children[0]
}
