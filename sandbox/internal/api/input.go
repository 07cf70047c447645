package api

import (
	"bytes"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// permissive lets text through that is not valid UTF-8, replaced as browsers
// do. A client can send such text, and it must not break an answer.
var permissive = jsontext.AllowInvalidUTF8(true)

// object is a request's body, or an object in it, member by member, so that a
// member that is missing can be told from one that is null or of another type.
// It remembers which members somebody asked for: the journal lists the others.
type object struct {
	members map[string]jsontext.Value
	path    string // of this object in the body, for example "keys.translations."
	read    *reading
}

// reading is what a request sent and what of it was read, by name: members
// with their path, query parameters with a question mark.
type reading struct {
	sent, read map[string]bool
}

func newReading() *reading { return &reading{sent: map[string]bool{}, read: map[string]bool{}} }

// unread lists what was sent and nobody read, sorted.
func (r *reading) unread() []string {
	var names []string
	for name := range r.sent {
		if !r.read[name] {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// unread lists what of the request nobody read, for a request that named an
// operation.
func (c *call) unread() []string {
	if c.op.ID == "" {
		return nil
	}
	if c.request.URL.RawQuery != "" {
		c.query()
	}
	if len(c.reading.sent) == 0 && len(c.body) > 0 {
		c.bodyObject()
	}
	return c.reading.unread()
}

// bodyObject reads the body. What is no JSON object has no members: the
// refusal that follows names the first parameter that is missing, which is
// what a server would say that decodes first and checks then (assumed).
func (c *call) bodyObject() object {
	o := object{read: c.reading}
	if err := json.Unmarshal(c.body, &o.members, permissive, jsontext.AllowDuplicateNames(true)); err != nil {
		if len(bytes.TrimSpace(c.body)) > 0 {
			c.record.Note("The body is no JSON object.")
		}
		o.members = nil
	}
	o.sent()
	return o
}

func (o object) sent() {
	for name := range o.members {
		o.read.sent[o.path+name] = true
	}
}

// get returns a member, and notes that it was asked for.
func (o object) get(name string) (v jsontext.Value, there bool) {
	v, there = o.members[name]
	if there {
		o.read.read[o.path+name] = true
	}
	return v, there
}

// in reads an object that stands in this one under a name.
func (o object) in(name string, v jsontext.Value) (inner object, ok bool) {
	if v.Kind() != '{' {
		return object{}, false
	}
	inner = object{path: o.path + name + ".", read: o.read}
	ok = json.Unmarshal(v, &inner.members, permissive, jsontext.AllowDuplicateNames(true)) == nil
	inner.sent()
	return inner, ok
}

// has tells whether a member is there and not null.
func (o object) has(name string) bool {
	v, there := o.get(name)
	return there && v.Kind() != 'n'
}

// text reads a member that must be a string. ok is false for anything else.
func (o object) text(name string) (value string, ok bool) {
	v, there := o.get(name)
	if !there || v.Kind() != '"' {
		return "", false
	}
	return value, json.Unmarshal(v, &value, permissive) == nil
}

// number reads a member that must be an integer, also one in quotes, as
// clients in languages without types send them.
func (o object) number(name string) (value int64, ok bool) {
	v, _ := o.get(name)
	return number(v)
}

// flag reads a member that must be true or false.
func (o object) flag(name string) (value, ok bool) {
	v, _ := o.get(name)
	switch v.Kind() {
	case 't':
		return true, true
	case 'f':
		return false, true
	}
	return false, false
}

// number reads an integer, also one in quotes.
func number(v jsontext.Value) (value int64, ok bool) {
	value, err := strconv.ParseInt(strings.Trim(string(v), `"`), 10, 64)
	return value, err == nil
}

// list reads a member that must be a list.
func (o object) list(name string) (list []jsontext.Value, ok bool) {
	v, there := o.get(name)
	if !there || v.Kind() != '[' {
		return nil, false
	}
	return list, json.Unmarshal(v, &list, permissive) == nil
}

// object reads a member that must be an object.
func (o object) object(name string) (inner object, ok bool) {
	v, _ := o.get(name)
	return o.in(name, v)
}

// objects reads a member that must be a list of objects.
func (o object) objects(name string) (list []object, ok bool) {
	values, ok := o.list(name)
	if !ok {
		return nil, false
	}
	list = make([]object, len(values))
	for i, v := range values {
		if list[i], ok = o.in(name, v); !ok {
			return nil, false
		}
	}
	return list, true
}

// texts reads a member that must be a list of strings.
func (o object) texts(name string) (texts []string, ok bool) {
	values, ok := o.list(name)
	if !ok {
		return nil, false
	}
	texts = make([]string, len(values))
	for i, v := range values {
		if v.Kind() != '"' || json.Unmarshal(v, &texts[i], permissive) != nil {
			return nil, false
		}
	}
	return texts, true
}

// numbers reads a member that must be a list of integers, also in quotes.
func (o object) numbers(name string) (numbers []int64, ok bool) {
	values, ok := o.list(name)
	if !ok {
		return nil, false
	}
	numbers = make([]int64, len(values))
	for i, v := range values {
		if numbers[i], ok = number(v); !ok {
			return nil, false
		}
	}
	return numbers, true
}

// The optional… methods read a member that may be left out, into to, which
// keeps its value then. They fail when the member is there and of another type.

func (o object) optionalText(name string, to *string) error {
	return optional(o, name, to, o.text)
}

func (o object) optionalNumber(name string, to *int64) error {
	return optional(o, name, to, o.number)
}

func (o object) optionalFlag(name string, to *bool) error {
	return optional(o, name, to, o.flag)
}

func (o object) optionalTexts(name string, to *[]string) error {
	return optional(o, name, to, o.texts)
}

func (o object) optionalNumbers(name string, to *[]int64) error {
	return optional(o, name, to, o.numbers)
}

func optional[T any](o object, name string, to *T, read func(string) (T, bool)) error {
	if !o.has(name) {
		return nil
	}
	value, ok := read(name)
	if !ok {
		return invalidParameter(strings.Split(o.path+name, ".")...)
	}
	*to = value
	return nil
}

// query is the parsed query. A part that cannot be read is left out, as if it
// had not been sent (assumed).
func (c *call) query() query {
	if c.values == nil {
		c.values = c.request.URL.Query()
		for name := range c.values {
			c.reading.sent["?"+name] = true
		}
	}
	return query{c.values, c.reading}
}

type query struct {
	values url.Values
	read   *reading
}

// Get returns a parameter, or the empty text.
func (q query) Get(name string) string {
	q.read.read["?"+name] = true
	return q.values.Get(name)
}

// queryFlag reads a query flag that is 0 or 1 and defaults to 1.
func (c *call) queryFlag(name string) (bool, error) { return c.queryFlagOr(name, true) }

// queryFlagOr reads a query flag that is 0 or 1.
func (c *call) queryFlagOr(name string, otherwise bool) (bool, error) {
	switch c.query().Get(name) {
	case "":
		return otherwise, nil
	case "1":
		return true, nil
	case "0":
		return false, nil
	}
	return false, invalidParameter(name)
}

// queryList reads a query parameter that holds a list with commas between.
// Without one it is nil.
func (c *call) queryList(name string) []string {
	text := c.query().Get(name)
	if text == "" {
		return nil
	}
	return strings.Split(text, ",")
}

// pathID reads a path parameter that is a number. Something else cannot be
// the id of anything: 404 (assumed).
func (c *call) pathID(name string) (int64, error) {
	id, err := strconv.ParseInt(c.params[name], 10, 64)
	if err != nil {
		return 0, errNotFound
	}
	return id, nil
}

// inPath finds the row whose id is in the path.
func inPath[T any](c *call, name string, table *state.Table[int64, T], parent string) (*T, error) {
	id, err := c.pathID(name)
	if err != nil {
		return nil, err
	}
	if row := table.Get(parent, id); row != nil {
		return row, nil
	}
	return nil, errNotFound
}
