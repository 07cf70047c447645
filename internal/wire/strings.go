package wire

import (
	"encoding/binary"
	"unicode/utf16"
	"unicode/utf8"
)

// cache hands out one string for equal texts that follow each other closely:
// the language codes, addresses and times of a page repeat from item to item.
// A text falls out when another one takes its place.
type cache [256]string

// maxCached is the length up to which texts are worth looking up; longer ones
// rarely repeat.
const maxCached = 40

func (c *cache) get(text []byte) string {
	if len(text) == 0 {
		return ""
	}
	if len(text) > maxCached {
		return string(text)
	}
	slot := &c[hash(text)]
	if *slot != string(text) {
		*slot = string(text)
	}
	return *slot
}

// hash mixes the length and up to sixteen bytes. It has to be fast, and a
// collision costs no more than an allocation.
func hash(text []byte) uint8 {
	var head, tail uint64
	switch n := len(text); {
	case n >= 8:
		head = binary.LittleEndian.Uint64(text)
		tail = binary.LittleEndian.Uint64(text[n-8:])
	case n >= 4:
		head = uint64(binary.LittleEndian.Uint32(text))
		tail = uint64(binary.LittleEndian.Uint32(text[n-4:]))
	default:
		head = uint64(text[0])<<16 | uint64(text[n/2])<<8 | uint64(text[n-1])
	}
	const odd = 0x9E3779B97F4A7C15 // 2^64 divided by the golden ratio
	mixed := (head ^ tail*31 ^ uint64(len(text))) * odd
	return uint8(mixed >> 56) // the top eight bits are the best mixed
}

// unescape returns the text of a valid JSON string without its quotes.
func unescape(raw []byte) []byte {
	out := make([]byte, 0, len(raw))
	for i := 0; i < len(raw); {
		c := raw[i]
		if c != '\\' {
			out = append(out, c)
			i++
			continue
		}
		switch c = raw[i+1]; c {
		case 'b':
			c = '\b'
		case 'f':
			c = '\f'
		case 'n':
			c = '\n'
		case 'r':
			c = '\r'
		case 't':
			c = '\t'
		case 'u':
			r, size := unescapeRune(raw[i:])
			out = utf8.AppendRune(out, r)
			i += size
			continue
		}
		out = append(out, c)
		i += 2
	}
	return out
}

// unescapeRune reads \uXXXX and the second half of a surrogate pair behind it.
// Half a pair alone becomes the replacement character.
func unescapeRune(raw []byte) (r rune, size int) {
	const single, pair = len(`\uXXXX`), len(`\uXXXX\uXXXX`)
	r = hex4(raw[2:])
	if !utf16.IsSurrogate(r) {
		return r, single
	}
	if len(raw) >= pair && raw[single] == '\\' && raw[single+1] == 'u' {
		if r := utf16.DecodeRune(r, hex4(raw[single+2:])); r != utf8.RuneError {
			return r, pair
		}
	}
	return utf8.RuneError, single
}

func hex4(digits []byte) (r rune) {
	for _, c := range digits[:4] {
		switch {
		case c <= '9':
			c -= '0'
		case c <= 'F':
			c -= 'A' - 10
		default:
			c -= 'a' - 10
		}
		r = r<<4 | rune(c)
	}
	return r
}
