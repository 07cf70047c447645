// Package wire reads the JSON that Lokalise writes, the way Lokalise writes it:
// numbers that come as strings, an empty PHP array where an object belongs,
// null where something else is documented.
//
// A [Decoder] works on one complete JSON value that somebody has checked to be
// valid, package jsontext in practice. That is what makes it small and fast:
// it looks for structure only and has no syntax errors to report. The code
// that drives it is generated from the models (see internal/modelgen).
package wire

import (
	"bytes"
	"encoding/json"
)

// Decoder walks through one valid JSON value. Its methods report no error; the
// first value that does not fit is kept and returned by [Decoder.Err], and what
// follows is still read, so that generated code needs no branches.
//
// The zero value is ready for [Decoder.Reset].
type Decoder struct {
	data  []byte
	pos   int
	depth int
	err   *Error
	names cache
	// lengths has the lengths of the arrays that were read last, by the slot
	// of their field.
	lengths [Slots]uint8

	// fault is the raw value of a member "error" of the root object, which no
	// model has. Lokalise may put an error into an answer with status 200.
	fault []byte
}

// Reset makes the decoder read data, which must be valid JSON. The decoder
// keeps no reference to data in what it returns.
func (d *Decoder) Reset(data []byte) {
	d.data, d.pos, d.depth, d.err, d.fault = data, 0, 0, nil, nil
}

// Err returns the first value that did not fit, or nil.
func (d *Decoder) Err() error {
	if d.err == nil {
		return nil
	}
	return d.err
}

// Fault returns the member "error" of the root object if it had one that its
// model does not know. It is only valid until the next Reset.
func (d *Decoder) Fault() []byte { return d.fault }

// Kind returns the first byte of the next value, which tells its kind: one of
// {, [, ", t, f, n, - and the digits.
func (d *Decoder) Kind() byte {
	for {
		if c := d.data[d.pos]; c > ' ' {
			return c
		}
		d.pos++
	}
}

// Object enters an object and reports whether it has members. null and the
// empty array, PHP's way to write an empty object, have none.
//
//	for ok := d.Object(); ok; ok = d.Next() {
//		switch string(d.Name()) {
//		…
//		}
//	}
func (d *Decoder) Object() bool {
	switch d.Kind() {
	case '{':
		d.pos++
		if d.Kind() == '}' {
			d.pos++
			return false
		}
		d.depth++
		return true
	case '[':
		start := d.pos
		d.pos++
		if d.Kind() == ']' {
			d.pos++
			return false
		}
		d.pos = start
	case 'n':
		d.Skip()
		return false
	}
	d.mismatch("an object")
	return false
}

// Array enters an array and reports whether it has elements. null and the
// empty object have none.
func (d *Decoder) Array() bool {
	switch d.Kind() {
	case '[':
		d.pos++
		if d.Kind() == ']' {
			d.pos++
			return false
		}
		d.depth++
		return true
	case '{':
		start := d.pos
		d.pos++
		if d.Kind() == '}' {
			d.pos++
			return false
		}
		d.pos = start
	case 'n':
		d.Skip()
		return false
	}
	d.mismatch("an array")
	return false
}

// Slots is how many lengths a decoder keeps for [Decoder.Expect].
const Slots = 64

// maxExpected bounds how much room is made on no more than an expectation.
const maxExpected = 64

// Expect returns how many elements to make room for in an array that has some:
// as many as the last array had that called [Decoder.Learn] for the slot.
func (d *Decoder) Expect(slot int) int { return max(1, int(d.lengths[slot])) }

// Learn takes note of the length of an array.
func (d *Decoder) Learn(slot, n int) {
	d.lengths[slot] = uint8(min(n, maxExpected)) //nolint:gosec // G115: it is bounded, and no length is negative
}

// Next goes to the next member or element and reports whether there is one;
// otherwise it leaves the object or array.
func (d *Decoder) Next() bool {
	c := d.Kind()
	d.pos++
	if c == ',' {
		return true
	}
	d.depth--
	return false
}

// Name reads the name of a member. It is only valid until the next call.
func (d *Decoder) Name() []byte {
	d.Kind()
	raw, escaped := d.rawString()
	d.Kind()
	d.pos++ // the colon
	if escaped {
		raw = unescape(raw)
	}
	return raw
}

// Null reads null and reports whether there was one; anything else it leaves.
func (d *Decoder) Null() bool {
	if d.Kind() != 'n' {
		return false
	}
	d.pos += len("null")
	return true
}

// Raw reads any value and returns a copy of its text.
func (d *Decoder) Raw() json.RawMessage {
	return bytes.Clone(d.RawText())
}

// RawText reads any value and returns its text, valid until the data changes.
func (d *Decoder) RawText() []byte {
	d.Kind()
	start := d.pos
	d.Skip()
	return d.data[start:d.pos:d.pos]
}

// Extra keeps a member that the model does not know. The name is the one that
// [Decoder.Name] returned last.
func (d *Decoder) Extra(extra *map[string]json.RawMessage, name []byte) {
	if *extra == nil {
		*extra = map[string]json.RawMessage{}
	}
	key := string(name)
	value := d.Raw()
	if d.depth == 1 && key == "error" {
		d.fault = value
	}
	(*extra)[key] = value
}

// Skip passes over any value.
func (d *Decoder) Skip() {
	switch c := d.Kind(); {
	case c == '"':
		d.rawString()
	case c == '{' || c == '[':
		d.skipNested()
	case c == 't' || c == 'n':
		d.pos += len("true")
	case c == 'f':
		d.pos += len("false")
	default:
		d.rawNumber()
	}
}

// skipNested passes over an object or array without recursion, so that its
// depth costs no stack.
func (d *Decoder) skipNested() {
	for depth := 0; ; {
		switch d.data[d.pos] {
		case '"':
			d.rawString()
			continue
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		}
		d.pos++
		if depth == 0 {
			return
		}
	}
}
