// Package journal keeps what the sandbox was asked and what it answered. A
// record holds the traffic as it was, secrets included, since masking every
// request would cost more than answering it; what leaves this package is
// masked first (mask.go).
package journal

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/url"
	"time"
)

// Kinds of credential a request carried.
const (
	CredentialNone = "none"
	// CredentialUnchecked is one that was sent and that nobody looked at, since
	// the request was refused for something else before.
	CredentialUnchecked = "not checked"
	CredentialUnknown   = "unknown token"
	CredentialAPIToken  = "API token"
	CredentialReadOnly  = "read-only API token"
	CredentialBearer    = "OAuth token"
	CredentialExpired   = "expired OAuth token"
	CredentialClient    = "client"
	CredentialBrowser   = "browser"
	CredentialService   = "service token"
	CredentialApp       = "SDK token"
)

// Record is one request and its answer. The handlers that a request passes
// through fill in what they know; the ring gets copies, which nobody changes.
type Record struct {
	Seq      uint64
	Time     time.Time // sandbox clock
	Duration time.Duration
	Method   string
	URL      *url.URL
	Status   int

	Operation  string // id in operations.json; empty: none
	World      string // empty: the request reached none
	Credential string // kind, see above
	User       string // e-mail address of the user that was acted for

	Scope        string   // the scope that the operation takes; empty: none
	ScopeBasis   string   // how it is known, see package api
	Scopes       []string // that the OAuth token holds
	ScopeMissing string   // the scope that the token lacked
	Limit        string   // what the rate limiter decided; empty: not asked
	Unread       []string // what the request sent and nobody read: members of the body, ?parameters
	Notes        []string
	Fault        string // name of the fault that was injected; empty: none
	NoAnswer     bool   // the connection was cut, and Status stays 0

	RequestHeader  http.Header
	ResponseHeader http.Header
	Request        Body
	Response       Body

	weight int         // as the ring counted it
	masked *maskedOnce // the ring's own
}

// Note adds a sentence for the person who reads the journal.
func (r *Record) Note(text string) { r.Notes = append(r.Notes, text) }

// Body is the beginning of a request's or answer's body.
type Body struct {
	data []byte
	size int64 // of the whole body
	held bool  // not kept on purpose: a page, which may show a code
	gzip bool  // data is compressed
}

// Size is the number of bytes that passed, kept or not.
func (b *Body) Size() int64 { return b.size }

// bodyLimit is how much of a body is kept: a page of some hundred items.
const bodyLimit = 64 << 10

func (b *Body) add(p []byte) {
	b.size += int64(len(p))
	if room := bodyLimit - len(b.data); room > 0 && !b.held {
		b.data = append(b.data, p[:min(len(p), room)]...)
	}
}

// plain is the beginning of the body without compression, and whether there is
// more of it.
func (b *Body) plain() (data []byte, cut bool) {
	cut = b.size > int64(len(b.data))
	if !b.gzip || len(b.data) == 0 {
		return b.data, cut
	}
	zr, err := gzip.NewReader(bytes.NewReader(b.data))
	if err != nil {
		return nil, true
	}
	// What was kept of a long body ends in the middle; what is before that can
	// be read.
	data, err = io.ReadAll(io.LimitReader(zr, bodyLimit+1))
	if len(data) > bodyLimit {
		return data[:bodyLimit], true
	}
	return data, cut || err != nil
}

// estimate is about how much memory a record holds on to, in bytes.
func (r *Record) estimate() int {
	const fixed = 1 << 10
	n := fixed + cap(r.Request.data) + cap(r.Response.data) + len(r.URL.Path) + len(r.URL.RawQuery)
	for name, values := range r.RequestHeader {
		for _, value := range values {
			n += len(name) + len(value)
		}
	}
	return n
}
