package seed

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

//go:embed sandbox-seed.schema.json
var schema []byte

// Schema returns the JSON Schema of seed files (draft 2020-12). A few things it
// cannot say, which Read checks: that people, teams and languages exist that
// others refer to, and that nothing is there twice.
func Schema() []byte { return bytes.Clone(schema) }

// Error says what is wrong in a seed and where.
type Error struct {
	// Path leads to the place, as a JSON Pointer (RFC 6901): /projects/0/name.
	// It is empty for the seed as a whole.
	Path string
	// Problem is a sentence without a capital letter and full stop.
	Problem string
}

// Error implements error.
func (e *Error) Error() string {
	if e.Path == "" {
		return "seed: " + e.Problem
	}
	return "seed: " + e.Path + ": " + e.Problem
}

// Read reads a seed file and checks it. It fails with an [*Error] for a file
// that cannot be used, one with members that are not known included.
func Read(r io.Reader) (*Seed, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("seed: %w", err)
	}
	if err := refuseNull(data); err != nil {
		return nil, err
	}
	var s Seed
	if err := json.Unmarshal(data, &s, json.RejectUnknownMembers(true)); err != nil {
		return nil, explain(err)
	}
	if err := s.Check(); err != nil {
		return nil, err
	}
	return &s, nil
}

// refuseNull refuses null, which would count as a member that was left out.
func refuseNull(data []byte) error {
	dec := jsontext.NewDecoder(bytes.NewReader(data))
	for {
		token, err := dec.ReadToken()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return explain(err)
		case token.Kind() == 'n':
			return &Error{string(dec.StackPointer()), "null is no value here; leave the member out"}
		}
	}
}

// explain says in words of JSON what the decoder found.
func explain(err error) error {
	if syntax, ok := errors.AsType[*jsontext.SyntacticError](err); ok {
		return &Error{string(syntax.JSONPointer), fmt.Sprintf("it is no JSON at byte %d: %v", syntax.ByteOffset, syntax.Err)}
	}
	semantic, ok := errors.AsType[*json.SemanticError](err)
	if !ok {
		return &Error{"", err.Error()}
	}
	e := &Error{Path: string(semantic.JSONPointer)}
	switch {
	case errors.Is(semantic.Err, json.ErrUnknownName):
		e.Problem = "there is no such member"
	case semantic.JSONKind != 0 && semantic.GoType != nil:
		e.Problem = fmt.Sprintf("%s is expected, not %s", expected(semantic.GoType.String()), kind(semantic.JSONKind))
	default:
		e.Problem = fmt.Sprint(semantic.Err)
	}
	return e
}

func expected(goType string) string {
	switch {
	case strings.HasPrefix(goType, "[]"):
		return "a list"
	case strings.HasPrefix(goType, "int"):
		return "a whole number"
	case goType == "string", goType == "bool":
		return map[string]string{"string": "a string", "bool": "true or false"}[goType]
	case goType == "seed.Translation":
		return "a string or an object"
	}
	return "an object"
}

func kind(k jsontext.Kind) string {
	switch k {
	case '"':
		return "a string"
	case '0':
		return "this number"
	case 't', 'f':
		return "true or false"
	case '[':
		return "a list"
	}
	return "an object"
}

// UnmarshalJSONFrom reads a string or an object.
func (t *Translation) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	if dec.PeekKind() == '"' {
		return json.UnmarshalDecode(dec, &t.Text)
	}
	type object Translation
	return json.UnmarshalDecode(dec, (*object)(t))
}
