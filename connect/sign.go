package connect

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
)

// signer protects the value of a cookie against changes. A value is
//
//	base64url(payload) "." base64url(HMAC-SHA-256)
//
// and its signature covers the cookie's name and the callback address too, so
// it is worth nothing under the name of another attempt, as another kind of
// cookie, or for another app that has the same keys.
type signer struct {
	keys     [][]byte
	callback string
}

const signLabel = "github.com/golokalise/lokalise/connect v1"

// encoding is strict, so that a payload has one form only.
var encoding = base64.RawURLEncoding.Strict()

func (s signer) sign(key []byte, name string, payload []byte) []byte {
	mac := hmac.New(sha256.New, key)
	for _, part := range []string{signLabel, s.callback, name} { // none of them holds a NUL
		mac.Write([]byte(part))
		mac.Write([]byte{0})
	}
	mac.Write(payload)
	return mac.Sum(nil)
}

func (s signer) seal(name string, payload []byte) string {
	return encoding.EncodeToString(payload) + "." + encoding.EncodeToString(s.sign(s.keys[0], name, payload))
}

// open returns the payload of a value that was sealed under this name with any
// of the keys.
func (s signer) open(name, value string) ([]byte, bool) {
	signed, ok := cutSignature(value)
	if !ok {
		return nil, false
	}
	for _, key := range s.keys {
		if hmac.Equal(signed.signature, s.sign(key, name, signed.payload)) {
			return signed.payload, true
		}
	}
	return nil, false
}

type signedValue struct{ payload, signature []byte }

func cutSignature(value string) (signedValue, bool) {
	signatureLen := encoding.EncodedLen(sha256.Size)
	at := len(value) - signatureLen - 1
	if at < 0 || len(value) > maxCookieValue || value[at] != '.' {
		return signedValue{}, false
	}
	payload, err := encoding.DecodeString(value[:at])
	if err != nil {
		return signedValue{}, false
	}
	signature, err := encoding.DecodeString(value[at+1:])
	if err != nil {
		return signedValue{}, false
	}
	return signedValue{payload, signature}, true
}
