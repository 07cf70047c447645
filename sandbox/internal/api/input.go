package api

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// permissive lets text through that is not valid UTF-8, replaced as browsers
// do. A client can send such text, and it must not break an answer.
var permissive = jsontext.AllowInvalidUTF8(true)

// object is a request's body, or an object in it, member by member, so that a
// member that is missing can be told from one that is null or of another type.
type object map[string]jsontext.Value

// bodyObject reads the body. What is no JSON object has no members: the
// refusal that follows names the first parameter that is missing, which is
// what a server would say that decodes first and checks then (assumed).
func (c *call) bodyObject() object {
	var o object
	if err := json.Unmarshal(c.body, &o, permissive, jsontext.AllowDuplicateNames(true)); err != nil {
		if len(bytes.TrimSpace(c.body)) > 0 {
			c.record.Note("The body is no JSON object.")
		}
		return nil
	}
	return o
}

// has tells whether a member is there and not null.
func (o object) has(name string) bool {
	v, there := o[name]
	return there && v.Kind() != 'n'
}

// text reads a member that must be a string. ok is false for anything else.
func (o object) text(name string) (value string, ok bool) {
	v, there := o[name]
	if !there || v.Kind() != '"' {
		return "", false
	}
	return value, json.Unmarshal(v, &value, permissive) == nil
}

// number reads a member that must be an integer, also one in quotes, as
// clients in languages without types send them.
func (o object) number(name string) (value int64, ok bool) {
	v := strings.Trim(string(o[name]), `"`)
	value, err := strconv.ParseInt(v, 10, 64)
	return value, err == nil
}

// flag reads a member that must be true or false.
func (o object) flag(name string) (value, ok bool) {
	switch o[name].Kind() {
	case 't':
		return true, true
	case 'f':
		return false, true
	}
	return false, false
}

// objects reads a member that must be a list of objects.
func (o object) objects(name string) (list []object, ok bool) {
	v, there := o[name]
	if !there || v.Kind() != '[' {
		return nil, false
	}
	return list, json.Unmarshal(v, &list, permissive, jsontext.AllowDuplicateNames(true)) == nil
}

// queryFlag reads a query flag that is 0 or 1 and defaults to 1.
func (c *call) queryFlag(name string) (bool, error) {
	switch c.query().Get(name) {
	case "", "1":
		return true, nil
	case "0":
		return false, nil
	}
	return false, invalidParameter(name)
}
