package journal

import (
	"mime"
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"github.com/golokalise/lokalise/internal/redact"
)

// Mask turns records into text that may be shown. Names tell most secrets
// apart (internal/redact); a secret that was sent in the wrong place, such as a
// token in a path, has no name, so Live is asked about every word that has the
// form of one.
type Mask struct {
	// Live tells whether a word is a secret that this sandbox gave out.
	Live func(word string) bool
}

// tokenForm is the form of all secrets that the sandbox gives out.
var tokenForm = regexp.MustCompile(`[0-9a-fA-F]{40}`)

// Text masks the live secrets in a text.
func (m Mask) Text(s string) string {
	return tokenForm.ReplaceAllStringFunc(s, func(word string) string {
		if m.Live != nil && m.Live(strings.ToLower(word)) {
			return redact.Secret(word)
		}
		return word
	})
}

// Path is the path of a URL as it was sent, without the query.
func (m Mask) Path(u *url.URL) string { return m.Text(u.EscapedPath()) }

// Query is the query of a URL with its secrets masked.
func (m Mask) Query(u *url.URL) string { return m.Text(redact.QueryWith(u.RawQuery, redact.Secret)) }

// Header is a copy of h with its secrets masked.
func (m Mask) Header(h http.Header) http.Header {
	out := redact.HeaderWith(h, redact.Secret)
	for _, values := range out {
		for i := range values {
			values[i] = m.Text(values[i])
		}
	}
	return out
}

// Body is the kept part of a body with its secrets masked, and whether more of
// it passed than is shown. Only JSON and forms are shown: in other bodies
// nobody can tell what is a secret.
func (m Mask) Body(b *Body, contentType string) (text string, cut bool) {
	switch {
	case len(b.data) == 0:
		return "", false
	case b.size > int64(len(b.data)):
		return m.Text(string(redact.JSONStartWith(b.data, redact.Secret))), true
	case isForm(contentType, b.data):
		return m.Text(redact.QueryWith(string(b.data), redact.Secret)), false
	default:
		return m.Text(string(redact.JSONWith(b.data, redact.Secret))), false
	}
}

// isForm tells a form from JSON. The token endpoint takes JSON whatever the
// content type says, so the body is looked at as well.
func isForm(contentType string, data []byte) bool {
	mediaType, _, err := mime.ParseMediaType(contentType)
	if err != nil || mediaType != "application/x-www-form-urlencoded" {
		return false
	}
	first := strings.TrimLeft(string(data[:min(len(data), 64)]), " \t\r\n")
	return !strings.HasPrefix(first, "{") && !strings.HasPrefix(first, "[")
}
