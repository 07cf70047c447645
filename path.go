package lokalise

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
)

// pathBuilder fills the placeholders of a route, "/projects/{project_id}/keys",
// from left to right. Each value is escaped, so that none can leave its place
// in the path, and one that is empty or a dot segment is refused.
type pathBuilder struct {
	route string
	rest  string // what is left of the route
	path  []byte // the path so far, escaped
	// project is the project whose requests are counted together.
	project string
	done    string // the whole path, once finish was called
	err     error
}

func (b *pathBuilder) start(route string) {
	b.route, b.rest = route, route
}

// next copies the route up to the next placeholder and returns its name.
func (b *pathBuilder) next() string {
	before, after, ok := strings.Cut(b.rest, "{")
	name, rest, closed := strings.Cut(after, "}")
	if !ok || !closed {
		b.fail("more values than the route %s has places", b.route)
		return ""
	}
	b.path = append(b.path, before...)
	b.rest = rest
	return name
}

// text fills the next place with a value of one path element.
func (b *pathBuilder) text(value string) {
	name := b.next()
	if value == "" || value == "." || value == ".." {
		b.fail("%s may not be %q", name, value)
		return
	}
	b.path = append(b.path, url.PathEscape(value)...)
}

// id fills the next place with a number. Zero is what a forgotten one looks
// like, and no object of the API has it.
func (b *pathBuilder) id(value int64) {
	name := b.next()
	if value == 0 {
		b.fail("%s may not be 0", name)
		return
	}
	b.path = strconv.AppendInt(b.path, value, 10)
}

// projectID fills the next place with a project and its branch. The colon
// between them stays as it is.
func (b *pathBuilder) projectID(p ProjectID) {
	name := b.next()
	id, branch, branched := strings.Cut(string(p), ":")
	switch {
	case id == "" || id == "." || id == "..":
		b.fail("%s may not be %q", name, id)
		return
	case branched && branch == "":
		b.fail("%s names a branch without a name", name)
		return
	}
	b.project = id
	b.path = append(b.path, url.PathEscape(id)...)
	if branched {
		b.path = append(b.path, ':')
		b.path = append(b.path, url.PathEscape(branch)...)
	}
}

// finish returns the whole path, escaped.
func (b *pathBuilder) finish() (string, error) {
	if b.err == nil && strings.Contains(b.rest, "{") {
		b.fail("the route %s has more places than values", b.route)
	}
	if b.err != nil {
		return "", b.err
	}
	if b.done == "" {
		b.done = b.rest // no placeholder, nothing to copy
		if len(b.path) > 0 {
			b.done = string(append(b.path, b.rest...))
		}
	}
	return b.done, nil
}

func (b *pathBuilder) fail(form string, args ...any) {
	if b.err == nil {
		b.err = fmt.Errorf("%w: %s", ErrInvalidRequest, fmt.Sprintf(form, args...))
	}
}
