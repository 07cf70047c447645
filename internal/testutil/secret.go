// Package testutil holds what tests of several packages share. Nothing but
// tests imports it.
package testutil

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"net/url"
	"strconv"
	"strings"
)

// minSecret is the shortest secret worth searching for: fewer characters turn
// up in any text by chance, above all as base64.
const minSecret = 8

// FindSecret tells in which forms a secret stands in a text: "raw", "query
// escaped", "base64 at offset 1" and so on. It answers nil when there is none.
//
// Beyond the secret itself it searches what logs, errors and dumps make of one:
// percent-encoding as in a query and as in a path, with capital and small
// digits, and with every byte escaped; JSON and Go string escapes; HTML; hex;
// the decimal bytes that %v prints of a []byte; and base64, standard and URL
// alphabet, at each of the three offsets at which the secret can lie inside a
// longer text that was encoded as a whole.
//
// It panics when the secret is shorter than eight characters, since such a
// search could not fail for the right reason.
func FindSecret(haystack, secret string) []string {
	if len(secret) < minSecret {
		panic("testutil: a planted secret needs at least 8 characters")
	}
	var found []string
	for _, form := range forms(secret) {
		if strings.Contains(haystack, form.text) {
			found = append(found, form.name)
		}
	}
	return found
}

// TB is the part of testing.TB that AssertNoSecret needs.
type TB interface {
	Helper()
	Errorf(format string, args ...any)
}

// AssertNoSecret fails the test for every secret that stands in the text in any
// form that FindSecret knows, and shows the beginning of the text.
func AssertNoSecret(tb TB, what, haystack string, secrets ...string) {
	tb.Helper()
	for i, secret := range secrets {
		if found := FindSecret(haystack, secret); found != nil {
			const enough = 2000
			shown := haystack[:min(len(haystack), enough)]
			tb.Errorf("%s: secret %d leaks (%s) in:\n%s", what, i, strings.Join(found, ", "), shown)
		}
	}
}

// form is one way in which a secret may be written.
type form struct{ name, text string }

func forms(secret string) []form {
	list := []form{
		{"raw", secret},
		{"query escaped", url.QueryEscape(secret)},
		{"query escaped, small digits", smallDigits(url.QueryEscape(secret))},
		{"path escaped", url.PathEscape(secret)},
		{"path escaped, small digits", smallDigits(url.PathEscape(secret))},
		{"escaped byte by byte", everyByte("%%%02X", "", secret)},
		{"escaped byte by byte, small digits", everyByte("%%%02x", "", secret)},
		{"JSON", jsonText(secret, true)},
		{"JSON without HTML escapes", jsonText(secret, false)},
		{"JSON with escaped slashes", strings.ReplaceAll(jsonText(secret, false), "/", `\/`)},
		{"JSON twice", jsonText(jsonText(secret, true), true)},
		{"Go string", unquoted(strconv.Quote(secret))},
		{"Go string, ASCII", unquoted(strconv.QuoteToASCII(secret))},
		{"HTML", html.EscapeString(secret)},
		{"hex", hex.EncodeToString([]byte(secret))},
		{"hex, capitals", strings.ToUpper(hex.EncodeToString([]byte(secret)))},
		{"decimal bytes", everyByte("%d", " ", secret)},
	}
	for offset := range 3 {
		list = append(list,
			form{fmt.Sprintf("base64 at offset %d", offset), base64At(base64.RawStdEncoding, secret, offset)},
			form{fmt.Sprintf("base64url at offset %d", offset), base64At(base64.RawURLEncoding, secret, offset)},
		)
	}
	return list
}

// smallDigits writes %2F as %2f and leaves everything else alone.
func smallDigits(escaped string) string {
	out := []byte(escaped)
	for i := 0; i+2 < len(out); i++ {
		if out[i] == '%' {
			copy(out[i+1:i+3], strings.ToLower(string(out[i+1:i+3])))
		}
	}
	return string(out)
}

func everyByte(format, separator, s string) string {
	parts := make([]string, len(s))
	for i := range len(s) {
		parts[i] = fmt.Sprintf(format, s[i])
	}
	return strings.Join(parts, separator)
}

func jsonText(s string, escapeHTML bool) string {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(escapeHTML)
	if err := enc.Encode(s); err != nil {
		panic(err) // a string always encodes
	}
	return unquoted(strings.TrimSuffix(b.String(), "\n"))
}

func unquoted(s string) string { return s[1 : len(s)-1] }

// base64At is the part of the base64 text that depends on nothing but the
// secret when the secret starts at a byte whose index is offset modulo 3.
func base64At(enc *base64.Encoding, secret string, offset int) string {
	text := enc.EncodeToString(append(make([]byte, offset), secret...))
	// Characters which share bits with the bytes in front: none, two, three.
	first := []int{0, 2, 3}[offset]
	// The last character shares bits with what follows, unless it is full.
	last := (offset + len(secret)) * 8 / 6
	return text[first:last]
}
