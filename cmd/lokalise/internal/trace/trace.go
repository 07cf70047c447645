// Package trace records what goes over the wire, with every secret masked
// before anything is kept.
package trace

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strings"
	"sync"

	"github.com/golokalise/lokalise/internal/redact"
)

// maxBody is how much of a body is recorded. A longer one still reaches the
// caller whole.
const maxBody = 1 << 20

// Exchange is one request and what came of it.
type Exchange struct {
	Request  *Request  `json:"request,omitempty"`
	Response *Response `json:"response,omitempty"`
}

// Request is a request without its secrets. The headers are those that the
// client set; the transport adds Host, Content-Length and others.
type Request struct {
	Method  string            `json:"method"`
	URL     string            `json:"url"`
	Headers map[string]string `json:"headers,omitempty"`
	Body    json.RawMessage   `json:"body,omitempty"`
}

// Response is a response without its secrets. It is nil in an Exchange that
// brought no answer.
type Response struct {
	Status  int               `json:"status,omitempty"`
	Headers map[string]string `json:"headers,omitempty"`
	Body    json.RawMessage   `json:"body,omitempty"`
}

// Recorder is an http.RoundTripper that keeps what passes through it. It is
// safe for concurrent use.
type Recorder struct {
	next http.RoundTripper

	mu   sync.Mutex
	kept []Exchange
}

// NewRecorder returns a recorder in front of next.
func NewRecorder(next http.RoundTripper) *Recorder { return &Recorder{next: next} }

// Take returns what was recorded since the last Take.
func (r *Recorder) Take() []Exchange {
	r.mu.Lock()
	defer r.mu.Unlock()
	kept := r.kept
	r.kept = nil
	return kept
}

// RoundTrip implements http.RoundTripper.
func (r *Recorder) RoundTrip(req *http.Request) (*http.Response, error) {
	// A RoundTripper must not change the request that it was given.
	out := req.Clone(req.Context())
	sent, err := peek(&out.Body)
	if err != nil {
		return nil, fmt.Errorf("reading the request body: %w", err)
	}
	x := Exchange{Request: &Request{
		Method:  req.Method,
		URL:     redact.URLWith(req.URL, redact.Secret),
		Headers: headers(req.Header),
		Body:    body(req.Header.Get("Content-Type"), sent),
	}}
	resp, err := r.next.RoundTrip(out)
	if err != nil {
		r.keep(x)
		return nil, err
	}
	received, err := peek(&resp.Body)
	if err != nil {
		_ = resp.Body.Close() // the read error says more
		r.keep(x)
		return nil, fmt.Errorf("reading the response body: %w", err)
	}
	x.Response = &Response{
		Status:  resp.StatusCode,
		Headers: headers(resp.Header),
		Body:    body(resp.Header.Get("Content-Type"), received),
	}
	r.keep(x)
	return resp, nil
}

func (r *Recorder) keep(x Exchange) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.kept = append(r.kept, x)
}

// peek reads the first maxBody bytes of a body and puts them back in front.
func peek(b *io.ReadCloser) ([]byte, error) {
	if *b == nil || *b == http.NoBody {
		return nil, nil
	}
	start, err := io.ReadAll(io.LimitReader(*b, maxBody))
	if err != nil {
		return nil, err
	}
	*b = struct {
		io.Reader
		io.Closer
	}{io.MultiReader(bytes.NewReader(start), *b), *b}
	return start, nil
}

func headers(h http.Header) map[string]string {
	if len(h) == 0 {
		return nil
	}
	out := make(map[string]string, len(h))
	for name, values := range redact.HeaderWith(h, redact.Secret) {
		out[name] = strings.Join(values, ", ")
	}
	return out
}

// body turns a body into JSON without secrets. A form becomes one string; of
// what is neither JSON nor a form only the size and the type are kept, because
// nobody knows where a secret stands in it.
func body(contentType string, raw []byte) json.RawMessage {
	if len(raw) == 0 {
		return nil
	}
	mediaType, _, _ := mime.ParseMediaType(contentType) // "" is none of the cases below
	switch {
	case json.Valid(raw):
		return redact.JSONWith(raw, redact.Secret)
	case mediaType == "application/x-www-form-urlencoded":
		return Text(redact.QueryWith(string(raw), redact.Secret))
	default:
		return Text(fmt.Sprintf("(%d bytes of %s)", len(raw), mediaType))
	}
}

// Text is a string as JSON.
func Text(s string) json.RawMessage {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(s); err != nil {
		return nil // a string always encodes
	}
	return bytes.TrimSpace(b.Bytes())
}
