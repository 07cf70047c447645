package wire

import (
	"bytes"
	"errors"
	"fmt"
	"sync"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// ReadOptions are the options that every reader of Lokalise's JSON uses:
// duplicate names cost time to find and do no harm (the last one counts), and
// one broken character must not make a whole page unreadable.
var ReadOptions = json.JoinOptions(
	jsontext.AllowDuplicateNames(true),
	jsontext.AllowInvalidUTF8(true),
)

// WriteOptions sort the members of maps, so that equal values give equal text.
var WriteOptions = json.JoinOptions(
	json.Deterministic(true),
	jsontext.AllowDuplicateNames(true),
	jsontext.AllowInvalidUTF8(true),
)

// Marshal encodes v as Lokalise reads it.
func Marshal(v any) ([]byte, error) { return json.Marshal(v, WriteOptions) }

// Unmarshal reads one JSON value with a generated function. It replaces what v
// held, or leaves it alone when the value does not fit.
func Unmarshal[T any](data []byte, v *T, decode func(*Decoder, *T)) error {
	if !jsontext.Value(data).IsValid(ReadOptions) {
		return errSyntax
	}
	d := decoders.Get().(*Decoder)
	defer decoders.Put(d)
	d.Reset(data)
	var fresh T
	decode(d, &fresh)
	d.data, d.fault = nil, nil
	if err := d.Err(); err != nil {
		return err
	}
	*v = fresh
	return nil
}

// UnmarshalAny reads one JSON value into any Go value, as tolerantly as can be
// without generated code.
func UnmarshalAny(data []byte, v any) error { return json.Unmarshal(data, v, ReadOptions) }

var errSyntax = errors.New("not valid JSON")

var decoders = sync.Pool{New: func() any { return new(Decoder) }}

// Error is a value that does not fit the model.
type Error struct {
	// Pointer is where the value stands, as an RFC 6901 pointer from the value
	// that was decoded.
	Pointer string
	// Want is what was expected there, and Got is what kind of value stood there.
	Want, Got string
}

// Error implements error.
func (e *Error) Error() string {
	where := e.Pointer
	if where == "" {
		where = "the value"
	}
	return fmt.Sprintf("%s is %s where %s was expected", where, e.Got, e.Want)
}

// mismatch records that the next value is not what was wanted, and passes over it.
func (d *Decoder) mismatch(want string) {
	got := kindName(d.Kind())
	if d.err == nil {
		d.err = &Error{Pointer: pointer(d.data, d.pos), Want: want, Got: got}
	}
	d.Skip()
}

func kindName(c byte) string {
	switch c {
	case '{':
		return "an object"
	case '[':
		return "an array"
	case '"':
		return "a string"
	case 't', 'f':
		return "a boolean"
	case 'n':
		return "null"
	default:
		return "a number"
	}
}

// pointer finds out where in the value an offset is. Nothing is kept for it
// while decoding, so it reads the value once more.
func pointer(data []byte, offset int) string {
	dec := jsontext.NewDecoder(bytes.NewReader(data), ReadOptions)
	for dec.InputOffset() <= int64(offset) {
		if _, err := dec.ReadToken(); err != nil {
			break
		}
	}
	return string(dec.StackPointer())
}
