package lokalise

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// The versions of the API, as they stand in paths.
const (
	apiV1 = "/v1"
	apiV2 = "/api2"
)

// call is one call of an operation: what is to be sent, and how far that has
// come. A method of a service makes one with newCall, fills in path, query and
// body, and hands it to one, list or iterate, which do the rest.
type call struct {
	client *Client
	method string
	api    string
	path   pathBuilder
	query  query
	body   payload
	// result is the member of the answer that holds the result; empty when the
	// whole answer is it.
	result string
	// cursorInBody tells that the cursor of the next page of a list stands in
	// the answer beside its items, as in API v1, and not in a header.
	cursorInBody bool
	// idempotent reports that sending the request twice has the effect of
	// sending it once, so that it may be repeated after a failure that leaves
	// its outcome open.
	idempotent bool
	// secrets are values in the body that must not come back in an error.
	secrets []string
	options callOptions
	err     error

	// What prepare makes of the above.
	url      url.URL
	request  http.Request
	maxWait  time.Duration
	deadline time.Time

	// How far the call has come.
	attempts  int // requests started
	faults    int // failures of network or server
	refusals  int // answers that said too soon
	waited    time.Duration
	renewed   bool // another token was asked for
	uncertain bool // an attempt may have had an effect
	held      held
	token     string
	answer    body
}

// newCall starts a call of an operation of API v2.
func (c *Client) newCall(method, route string, opts []RequestOption) *call {
	r := &call{client: c, method: method, api: apiV2, idempotent: idempotentMethod(method)}
	r.path.start(route)
	r.options.apply(opts)
	return r
}

// idempotentMethod reports whether a method is idempotent by RFC 9110, section
// 9.2.2. The API keeps to that: PUT replaces and DELETE deletes.
func idempotentMethod(method string) bool {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPut, http.MethodDelete:
		return true
	}
	return false
}

// reads reports whether the request changes nothing.
func (r *call) reads() bool { return r.method == http.MethodGet || r.method == http.MethodHead }

// withBody makes v the JSON body of the request.
func withBody[T any](r *call, v *T) {
	if v == nil {
		r.fail(fmt.Errorf("%w: the request body is nil", ErrInvalidRequest))
		return
	}
	text, err := encodeRequest(v)
	if err != nil {
		r.fail(fmt.Errorf("%w: %w", ErrInvalidRequest, err))
		return
	}
	r.body = payload{text: text, size: int64(len(text))}
}

// fail remembers the first reason for which the request cannot be sent.
func (r *call) fail(err error) {
	if r.err == nil {
		r.err = err
	}
}

// payload is the body of a request.
type payload struct {
	text []byte
	// stream opens a body that is not held in memory. When it can be called
	// only once, once is set and the request is never repeated.
	stream func() (io.ReadCloser, error)
	once   bool
	size   int64
}

func (p *payload) empty() bool { return p.text == nil && p.stream == nil }

// open returns the body from its beginning, or nil when there is none.
func (p *payload) open() (io.ReadCloser, error) {
	switch {
	case p.stream != nil:
		return p.stream()
	case p.text != nil:
		b := new(memoryBody)
		b.Reset(p.text)
		return b, nil
	}
	return nil, nil
}

// extraTime is how much longer a call may take because its body is streamed.
// With a body of unknown size there is no telling, and the call has no end of
// its own: only each wait has.
func (p *payload) extraTime() time.Duration {
	const slowest = 16 << 10 // bytes a second
	if p.stream == nil {
		return 0
	}
	return time.Duration(p.size/slowest) * time.Second
}

// openBody returns the body of the request from its beginning, or nil when
// there is none. An attempt has to have begun.
func (r *call) openBody() (io.ReadCloser, error) {
	payload, err := r.body.open()
	if err != nil || r.body.stream == nil {
		return payload, err
	}
	return r.answer.watch(payload), nil
}

type memoryBody struct{ bytes.Reader }

func (*memoryBody) Close() error { return nil }

// replayable reports whether the body can be sent again.
func (r *call) replayable() bool { return !r.body.once }

// prepare turns what the call was given into a request. It runs once.
func (r *call) prepare() error {
	if err := errors.Join(r.err, r.query.err); err != nil {
		return err
	}
	path, err := r.path.finish()
	if err != nil {
		return err
	}
	c := r.client
	r.url = url.URL{Scheme: c.base.Scheme, Host: c.base.Host, RawQuery: string(r.query.text)}
	if err := r.setPath(path); err != nil {
		return err
	}
	r.maxWait = c.limits.maxWait
	if r.options.hasMaxWait {
		r.maxWait = r.options.maxWait
	}
	if c.retry.callTimeout > 0 && r.body.size >= 0 {
		r.deadline = time.Now().Add(c.retry.callTimeout + r.body.extraTime())
	}
	r.request = http.Request{
		Method: r.method, URL: &r.url, Host: r.url.Host,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		ContentLength: r.body.size,
	}
	if !r.body.empty() && !r.body.once {
		// net/http may need the body again itself: when a kept connection turns
		// out to be closed before a byte was written to it, and for some
		// answers of HTTP/2. It does so only where nothing can have been
		// accepted (http.Transport, isReplayable).
		r.request.GetBody = r.openBody
	}
	return nil
}

// setPath sets the path of the URL from its escaped form. The two differ only
// where something had to be escaped.
func (r *call) setPath(path string) error {
	c := r.client
	r.url.Path = c.base.Path + r.api + path
	if c.base.RawPath == "" && !strings.Contains(path, "%") {
		return nil
	}
	r.url.RawPath = c.base.EscapedPath() + r.api + path
	plain, err := url.PathUnescape(path)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrInvalidRequest, err)
	}
	r.url.Path = c.base.Path + r.api + plain
	return nil
}

// header returns the header of the request. net/http only reads it, so that
// requests that look alike can share one where no other transport is in play.
func (r *call) header(token *tokenValue) http.Header {
	c := r.client
	if shared := c.credential.header; shared != nil && r.body.empty() {
		return shared
	}
	h := make(http.Header, 4)
	h["Accept"] = acceptJSON
	h["User-Agent"] = c.userAgent
	if !r.body.empty() {
		h["Content-Type"] = acceptJSON
	}
	c.credential.set(h, token)
	return h
}

var acceptJSON = []string{"application/json"}
