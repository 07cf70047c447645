package wire

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"
)

// Encoder writes one JSON value. Like the [Decoder] it is driven by generated
// code and needs no reflection, which would cost time and, since the models'
// MarshalJSON methods are linked into programs that never call them, a third of
// a megabyte in every program.
//
// The zero value is ready for use.
type Encoder struct {
	text []byte
	err  error
}

// Bytes returns the text, or the first error.
func (e *Encoder) Bytes() ([]byte, error) { return e.text, e.err }

// Open begins an object, Close ends it.
func (e *Encoder) Open() { e.text = append(e.text, '{') }

// Close ends an object.
func (e *Encoder) Close() { e.text = append(e.text, '}') }

// OpenArray begins an array.
func (e *Encoder) OpenArray() { e.text = append(e.text, '[') }

// CloseArray ends an array.
func (e *Encoder) CloseArray() { e.text = append(e.text, ']') }

// Name writes the name of a member, which the caller has quoted and ended with
// a colon.
func (e *Encoder) Name(quoted string) {
	e.separate('{')
	e.text = append(e.text, quoted...)
}

// Key writes the name of a member.
func (e *Encoder) Key(name string) {
	e.separate('{')
	e.String(name)
	e.text = append(e.text, ':')
}

// Elem begins an element of an array.
func (e *Encoder) Elem() { e.separate('[') }

// separate writes a comma unless the object or array has just begun.
func (e *Encoder) separate(begin byte) {
	if n := len(e.text); n > 0 && e.text[n-1] != begin {
		e.text = append(e.text, ',')
	}
}

// Null writes null.
func (e *Encoder) Null() { e.text = append(e.text, "null"...) }

// String writes a string. Bytes that are not UTF-8 become U+FFFD.
func (e *Encoder) String(s string) {
	e.text, _ = jsontext.AppendQuote(e.text, s) // the error only tells of such bytes
}

// Quote returns a string as JSON.
func Quote(s string) []byte {
	var e Encoder
	e.String(s)
	return e.text
}

// Bool writes a boolean.
func (e *Encoder) Bool(v bool) { e.text = strconv.AppendBool(e.text, v) }

// Int writes an integer.
func (e *Encoder) Int(v int64) { e.text = strconv.AppendInt(e.text, v, 10) }

// Float writes a number.
func (e *Encoder) Float(v float64) {
	text, err := json.Marshal(v)
	e.append(text, err)
}

// Raw writes a value that is JSON already; nothing is null.
func (e *Encoder) Raw(text json.RawMessage) {
	if len(text) == 0 {
		e.Null()
		return
	}
	if !jsontext.Value(text).IsValid(ReadOptions) {
		e.append(nil, errSyntax)
		return
	}
	e.text = append(e.text, text...)
}

// Value writes a value that knows how to write itself.
func (e *Encoder) Value(v json.Marshaler) { e.append(v.MarshalJSON()) }

// Extra writes the members that a model does not know, sorted by name so that
// equal values give equal texts.
func (e *Encoder) Extra(extra map[string]json.RawMessage) {
	for _, name := range SortedKeys(extra) {
		e.Key(name)
		e.Raw(extra[name])
	}
}

func (e *Encoder) append(text []byte, err error) {
	if e.err == nil {
		e.err = err
	}
	e.text = append(e.text, text...)
}

// SortedKeys returns the keys of a map in order.
func SortedKeys[K ~string, V any](m map[K]V) []K {
	if len(m) == 0 {
		return nil
	}
	return slices.Sorted(maps.Keys(m))
}
