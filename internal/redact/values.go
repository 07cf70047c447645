package redact

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// Values returns text with every occurrence of the given secrets masked, for
// texts that somebody else wrote: an error description that repeats the
// request, say. It finds a secret as it is, percent-encoded, escaped as JSON or
// as a Go string, in hex, and in base64 wherever in the encoded text it lies.
//
// A secret of fewer than four characters is left alone, since masking it would
// make the text unreadable and hide nothing that could not be guessed; one of
// fewer than eight is searched for as it is only.
func Values(text string, secrets ...string) string {
	var forms []string
	for _, secret := range secrets {
		forms = append(forms, valueForms(secret)...)
	}
	forms = slices.DeleteFunc(forms, func(f string) bool { return !strings.Contains(text, f) })
	if len(forms) == 0 {
		return text
	}
	// The longest first: where one secret begins with another, the shorter one
	// must not leave the rest behind.
	slices.SortFunc(forms, func(a, b string) int { return len(b) - len(a) })
	pairs := make([]string, 0, 2*len(forms))
	for _, form := range forms {
		pairs = append(pairs, form, Mask)
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

func valueForms(secret string) []string {
	const minLen, minEncoded = 4, 8
	switch {
	case len(secret) < minLen:
		return nil
	case len(secret) < minEncoded:
		return []string{secret}
	}
	asHex := hex.EncodeToString([]byte(secret))
	forms := []string{
		secret,
		url.QueryEscape(secret),
		smallDigits(url.QueryEscape(secret)),
		url.PathEscape(secret),
		smallDigits(url.PathEscape(secret)),
		goString(secret),
		asHex,
		strings.ToUpper(asHex),
	}
	forms = append(forms, jsonStrings(secret)...)
	for offset := range 3 {
		forms = append(forms,
			base64Part(base64.RawStdEncoding, secret, offset),
			base64Part(base64.RawURLEncoding, secret, offset))
	}
	return forms
}

// smallDigits turns the escape %2F into %2f and touches nothing else.
func smallDigits(escaped string) string {
	out := []byte(escaped)
	for i, c := range out {
		if c == '%' && i+2 < len(out) {
			out[i+1] |= 0x20 // digits have the bit set already
			out[i+2] |= 0x20
		}
	}
	return string(out)
}

func goString(s string) string {
	quoted := strconv.Quote(s)
	return quoted[1 : len(quoted)-1]
}

// jsonStrings returns s as JSON writes it: with and without escapes for HTML,
// and with the escaped slashes that PHP writes.
func jsonStrings(s string) []string {
	var plain strings.Builder
	enc := json.NewEncoder(&plain)
	enc.SetEscapeHTML(false)
	escaped, err := json.Marshal(s)
	if err != nil || enc.Encode(s) != nil {
		return nil
	}
	text := strings.TrimSuffix(plain.String(), "\n")
	text = text[1 : len(text)-1]
	return []string{text, strings.ReplaceAll(text, "/", `\/`), string(escaped[1 : len(escaped)-1])}
}

// base64Part returns those characters of the base64 text that depend on the
// secret alone when it starts at a byte whose index is offset modulo three.
func base64Part(enc *base64.Encoding, secret string, offset int) string {
	text := enc.EncodeToString(append(make([]byte, offset), secret...))
	shared := []int{0, 2, 3}[offset] // characters that hold bits of the bytes in front
	whole := (offset + len(secret)) * 8 / 6
	return text[shared:whole]
}
