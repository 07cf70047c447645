package api

import (
	"net/url"
	"slices"
	"strings"
	"sync"
)

// basePaths are where the APIs of operations.json live on the one address of
// the sandbox. The OAuth operations are not dispatched here.
var basePaths = map[string]string{
	"v2":  "/api2",
	"v1":  "/v1",
	"ota": "/v3",
}

// Handles tells whether a path belongs to one of the APIs.
func Handles(path string) bool {
	for _, base := range basePaths {
		if path == base || strings.HasPrefix(path, base+"/") {
			return true
		}
	}
	return false
}

// node is a place in the tree of paths. A literal element wins over a
// parameter: contributors/me is not the contributor "me".
type node struct {
	literal map[string]*node
	param   *node
	routes  []*route
}

// route is an operation that can be reached, with what its path parameters are
// called.
type route struct {
	op     Operation
	params []string
}

// routes is the tree of all operations. It is the same for every server, and
// made when the first one asks.
var routes = sync.OnceValue(func() *node {
	root := new(node)
	for _, op := range operations {
		if base, there := basePaths[op.API]; there {
			root.add(op, base+op.Path)
		}
	}
	return root
})

func (n *node) add(op Operation, path string) {
	r := &route{op: op}
	for element := range strings.SplitSeq(strings.TrimPrefix(path, "/"), "/") {
		if name, found := strings.CutPrefix(element, "{"); found {
			r.params = append(r.params, strings.TrimSuffix(name, "}"))
			if n.param == nil {
				n.param = new(node)
			}
			n = n.param
			continue
		}
		if n.literal == nil {
			n.literal = map[string]*node{}
		}
		if n.literal[element] == nil {
			n.literal[element] = new(node)
		}
		n = n.literal[element]
	}
	n.routes = append(n.routes, r)
}

// find looks along an escaped path. It returns nil when no operation has that
// path with any method. Elements are unescaped one by one, since a branch name
// and an old process id have slashes of their own.
//
// Clients that put a project's id into the path as it is, the official ones for
// Node and Go among them, leave the slashes of a branch name unescaped:
// /projects/ID:feature/search/keys. What leads nowhere otherwise is read that
// way. That the real service does so is assumed: its old documentation names
// such branches.
func (n *node) find(escapedPath string) (found *node, values []string) {
	elements := strings.Split(strings.TrimPrefix(escapedPath, "/"), "/")
	for i, element := range elements {
		text, err := url.PathUnescape(element)
		if err != nil || text == "" {
			return nil, nil
		}
		elements[i] = text
	}
	const maxSlashes = 16 // in a name; a stranger's path may have a million
	branch := slices.IndexFunc(elements, func(e string) bool { return strings.Contains(e, ":") })
	for slashes := 0; ; slashes++ {
		found, values = n.walk(elements)
		if found != nil || branch < 0 || branch+1 == len(elements) || slashes == maxSlashes {
			return found, values
		}
		elements[branch] += "/" + elements[branch+1]
		elements = slices.Delete(elements, branch+1, branch+2)
	}
}

// walk goes through the tree along the elements of a path.
func (n *node) walk(elements []string) (found *node, values []string) {
	values = make([]string, 0, 4)
	for _, element := range elements {
		switch {
		case n.literal[element] != nil:
			n = n.literal[element]
		case n.param != nil:
			n = n.param
			values = append(values, element)
		default:
			return nil, nil
		}
	}
	if len(n.routes) == 0 {
		return nil, nil
	}
	return n, values
}

// method returns the operation for a method, or nil.
func (n *node) method(method string) *route {
	for _, r := range n.routes {
		if r.op.Method == method {
			return r
		}
	}
	return nil
}

// allow lists the methods there are, for the Allow header.
func (n *node) allow() string {
	var methods []string
	for _, r := range n.routes {
		methods = append(methods, r.op.Method)
	}
	slices.Sort(methods)
	return strings.Join(slices.Compact(methods), ", ")
}

// Scopes lists every scope that an operation takes, sorted.
func Scopes() []string {
	var scopes []string
	for _, op := range operations {
		if op.Scope != "" {
			scopes = append(scopes, op.Scope)
		}
	}
	slices.Sort(scopes)
	return slices.Compact(scopes)
}
