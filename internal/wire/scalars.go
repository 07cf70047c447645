package wire

import (
	"bytes"
	"strconv"
	"unicode/utf8"
)

// String reads a string. null is the empty one. A number keeps its digits:
// several identifiers are a string in one answer and a number in another.
func (d *Decoder) String() string {
	switch c := d.Kind(); {
	case c == '"':
		raw, escaped := d.rawString()
		if escaped {
			raw = unescape(raw)
		}
		if !utf8.Valid(raw) {
			return string([]rune(string(raw))) // with U+FFFD for each bad byte
		}
		return d.names.get(raw)
	case c == 'n':
		d.pos += len("null")
	case isNumber(c):
		return string(d.rawNumber())
	default:
		d.mismatch("a string")
	}
	return ""
}

// Bool reads a boolean. null is false; 0 and 1 are taken too.
func (d *Decoder) Bool() bool {
	switch d.Kind() {
	case 't':
		d.pos += len("true")
		return true
	case 'f':
		d.pos += len("false")
		return false
	case 'n':
		d.pos += len("null")
		return false
	case '0', '1':
		start := d.pos
		if raw := d.rawNumber(); len(raw) == 1 {
			return raw[0] == '1'
		}
		d.pos = start
	}
	d.mismatch("a boolean")
	return false
}

// Int reads an integer, also one that is written as a string. null and the
// empty string are zero.
func (d *Decoder) Int() int64 {
	start := d.pos
	raw, ok := d.number()
	if !ok {
		return 0
	}
	if n, ok := parseInt(raw); ok {
		return n
	}
	// 12.0 and 1e3 are integers as well.
	if f, err := strconv.ParseFloat(string(raw), 64); err == nil && f == float64(int64(f)) {
		return int64(f)
	}
	d.pos = start
	d.mismatch("an integer")
	return 0
}

// Float reads a number, also one that is written as a string. null and the
// empty string are zero.
func (d *Decoder) Float() float64 {
	start := d.pos
	raw, ok := d.number()
	if !ok {
		return 0
	}
	f, err := strconv.ParseFloat(string(raw), 64)
	if err != nil {
		d.pos = start
		d.mismatch("a number")
		return 0
	}
	return f
}

// number returns the text of a number or of a string that should hold one. It
// is false for null, the empty string and what does not fit.
func (d *Decoder) number() (raw []byte, ok bool) {
	switch c := d.Kind(); {
	case isNumber(c):
		return d.rawNumber(), true
	case c == '"':
		raw, _ = d.rawString()
		return raw, len(raw) > 0
	case c == 'n':
		d.pos += len("null")
	default:
		d.mismatch("a number")
	}
	return nil, false
}

// rawString reads a string and returns what stands between its quotes, and
// whether that has escapes.
func (d *Decoder) rawString() (raw []byte, escaped bool) {
	start := d.pos + 1
	for i := start; ; {
		n := bytes.IndexByte(d.data[i:], '"')
		raw = d.data[start : i+n]
		if bytes.IndexByte(raw[i-start:], '\\') < 0 {
			d.pos = i + n + 1
			return raw, escaped
		}
		escaped = true
		if !endsEscaped(raw) {
			d.pos = i + n + 1
			return raw, escaped
		}
		i += n + 1
	}
}

// endsEscaped reports whether the quote behind raw is escaped: an odd number
// of backslashes stands before it.
func endsEscaped(raw []byte) bool {
	n := len(raw)
	for n > 0 && raw[n-1] == '\\' {
		n--
	}
	return (len(raw)-n)%2 == 1
}

func (d *Decoder) rawNumber() []byte {
	start := d.pos
	for d.pos < len(d.data) && isNumberPart(d.data[d.pos]) {
		d.pos++
	}
	return d.data[start:d.pos]
}

func isNumber(c byte) bool { return c == '-' || '0' <= c && c <= '9' }

func isNumberPart(c byte) bool {
	return '0' <= c && c <= '9' || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E'
}

// parseInt is strconv.ParseInt for the digits that nearly all integers of the
// API have, without the string that ParseInt wants.
func parseInt(raw []byte) (int64, bool) {
	digits := raw
	if len(digits) > 0 && digits[0] == '-' {
		digits = digits[1:]
	}
	const safe = 18 // digits that cannot overflow an int64
	if len(digits) == 0 || len(digits) > safe {
		n, err := strconv.ParseInt(string(raw), 10, 64)
		return n, err == nil
	}
	var n int64
	for _, c := range digits {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int64(c-'0')
	}
	if len(digits) < len(raw) {
		n = -n
	}
	return n, true
}
