package journal

import (
	"mime"
	"net/http"
	"net/url"
	"strings"
	"sync"

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

// secretLengths are the lengths of the secrets that the sandbox gives out; the
// shorter ones are for SDKs. They are all hexadecimal.
var secretLengths = []int{40, 36}

// Text masks the live secrets in a text, also inside a longer hexadecimal
// word.
func (m Mask) Text(s string) string {
	var out strings.Builder
	run, kept := 0, 0 // hexadecimal digits up to here; what is written already
	for i := range len(s) {
		if !isHex(s[i]) {
			run = 0
			continue
		}
		run++
		if from := m.secretAt(s, i+1-run, i+1); from >= 0 {
			out.WriteString(s[kept:from])
			out.WriteString(redact.Secret(s[from : i+1]))
			run, kept = 0, i+1
		}
	}
	if kept == 0 {
		return s
	}
	out.WriteString(s[kept:])
	return out.String()
}

// secretAt tells where in s a live secret begins that ends before end, and not
// before start. It is negative when there is none.
func (m Mask) secretAt(s string, start, end int) int {
	if m.Live == nil {
		return -1
	}
	for _, length := range secretLengths {
		if from := end - length; from >= start && m.Live(strings.ToLower(s[from:end])) {
			return from
		}
	}
	return -1
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

// Masked is what may be shown of a record. Nobody changes it.
type Masked struct {
	Query          string
	Notes          []string
	Fault          string
	RequestHeader  http.Header
	ResponseHeader http.Header
	RequestBody    string
	ResponseBody   string
	RequestCut     bool // RequestBody is only the beginning
	ResponseCut    bool
}

// maskedOnce keeps the masked form, since a journal is read again and again.
type maskedOnce struct {
	once  sync.Once
	value Masked
}

// Record masks a record that is in a ring.
func (m Mask) Record(r *Record) *Masked {
	r.masked.once.Do(func() {
		v := &r.masked.value
		v.Query = m.Query(r.URL)
		for _, note := range r.Notes {
			v.Notes = append(v.Notes, m.Text(note))
		}
		v.Fault = m.Text(r.Fault)
		v.RequestHeader, v.ResponseHeader = m.Header(r.RequestHeader), m.Header(r.ResponseHeader)
		v.RequestBody, v.RequestCut = m.Body(&r.Request, r.RequestHeader.Get("Content-Type"))
		v.ResponseBody, v.ResponseCut = m.Body(&r.Response, r.ResponseHeader.Get("Content-Type"))
	})
	return &r.masked.value
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
	data, cut := b.plain()
	switch {
	case len(data) == 0:
		return "", false
	case cut:
		return m.Text(string(redact.JSONStartWith(data, redact.Secret))), true
	case isForm(contentType, data):
		return m.Text(redact.QueryWith(string(data), redact.Secret)), false
	default:
		return m.Text(string(redact.JSONWith(data, redact.Secret))), false
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
