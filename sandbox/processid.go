package sandbox

import (
	"crypto/rand"
	"encoding/hex"
)

// processIDHeader stands in every recorded answer since 2021, so that a user
// can name it to the vendor's support.
const processIDHeader = "X-Lokalise-Process-Id"

// newProcessID is a random UUID (RFC 9562, version 4), the recorded form.
func newProcessID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails (crypto/rand)
	b[6] = b[6]&0x0f | 0x40
	b[8] = b[8]&0x3f | 0x80
	var text [36]byte
	hex.Encode(text[0:8], b[0:4])
	hex.Encode(text[9:13], b[4:6])
	hex.Encode(text[14:18], b[6:8])
	hex.Encode(text[19:23], b[8:10])
	hex.Encode(text[24:36], b[10:16])
	text[8], text[13], text[18], text[23] = '-', '-', '-', '-'
	return string(text[:])
}
