package faults

import (
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"maps"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Hit is the fault of one request. A nil one is none.
type Hit struct {
	rule Rule
	gone bool // the client left while it was kept waiting
}

// Name is what the journal calls the fault.
func (h *Hit) Name() string { return h.rule.Name }

// Before is called before the request is carried out. It keeps a slow one
// waiting, and tells whether the request must not be carried out.
func (h *Hit) Before(ctx context.Context) (stop bool) {
	if h == nil {
		return false
	}
	if !h.rule.After {
		h.wait(ctx)
	}
	return h.Stopped()
}

// Stopped tells whether the request was not carried out.
func (h *Hit) Stopped() bool { return h != nil && (h.gone && !h.rule.After || !h.rule.carriesOut()) }

// wait takes as long as the rule says on the machine's clock: a client's
// timeout runs on that one too. In a synctest bubble both are the bubble's.
func (h *Hit) wait(ctx context.Context) {
	if h.rule.Delay <= 0 {
		return
	}
	timer := time.NewTimer(h.rule.Delay)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
		h.gone = true
	}
}

// ErrorForm writes an error as the server that was asked does. An empty message
// stands for its usual text.
type ErrorForm func(w http.ResponseWriter, status int, message string)

// Answer writes the answer: what real writes, or the fault's.
func (h *Hit) Answer(ctx context.Context, w http.ResponseWriter, form ErrorForm, real func(http.ResponseWriter)) {
	if h == nil {
		real(w)
		return
	}
	if h.rule.After {
		h.wait(ctx)
	}
	if h.gone || h.rule.Reset {
		cut(w)
		return
	}
	a := newAnswer(w.Header())
	switch r := &h.rule; {
	case r.ProxyPage:
		a.proxyPage(r.proxyStatus())
	case r.Body != "":
		a.custom(r.Status, r.ContentType, r.Body)
	case r.Status != 0:
		form(a, r.Status, r.Message)
	default:
		real(a)
	}
	h.send(w, a)
}

// send writes an answer, damaged as the rule says.
func (h *Hit) send(w http.ResponseWriter, a *answer) {
	for name, values := range h.rule.Header {
		a.header[http.CanonicalHeaderKey(name)] = values
	}
	if h.rule.NoRateHeaders {
		maps.DeleteFunc(a.header, func(name string, _ []string) bool { return strings.HasPrefix(name, "X-Ratelimit-") })
	}
	if h.rule.Truncate || h.rule.Malformed {
		whole := a.halve()
		if h.rule.Truncate { // net/http closes the connection when less is written
			a.header.Set("Content-Length", strconv.Itoa(whole))
		}
	}
	clear(w.Header())
	maps.Copy(w.Header(), a.header)
	w.WriteHeader(a.status)
	_, _ = w.Write(a.body.Bytes()) // the client went away: nobody is left to tell
}

// cut ends the connection without an answer: over TCP with a reset, in memory
// by closing the pipe.
func cut(w http.ResponseWriter) {
	if j, ok := w.(interface{ NoAnswer() }); ok {
		j.NoAnswer() // the record is there before the client can look for it
	}
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil { // HTTP/2, or a server of the caller's own
		panic(http.ErrAbortHandler)
	}
	raw := conn
	if wrapped, ok := conn.(interface{ NetConn() net.Conn }); ok {
		raw = wrapped.NetConn()
	}
	if tcp, ok := raw.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0) // at worst the connection ends in order
	}
	_ = raw.Close() // it is being thrown away
}

// answer keeps an answer instead of sending it.
type answer struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func newAnswer(h http.Header) *answer { return &answer{header: h.Clone(), status: http.StatusOK} }

func (a *answer) Header() http.Header         { return a.header }
func (a *answer) WriteHeader(status int)      { a.status = status }
func (a *answer) Write(p []byte) (int, error) { return a.body.Write(p) }

// halve drops the second half of the body and returns the length of the whole.
// Of an answer without a body it makes the beginning of an object.
func (a *answer) halve() (whole int) {
	a.unpack()
	if a.status == http.StatusNoContent {
		a.status = http.StatusOK
	}
	if a.body.Len() < 2 {
		a.body.Reset()
		a.body.WriteString("{}")
	}
	whole = a.body.Len()
	a.body.Truncate(whole / 2)
	return whole
}

// unpack takes the compression off, so that the cut is in what the client
// parses.
func (a *answer) unpack() {
	if a.header.Get("Content-Encoding") != "gzip" {
		return
	}
	zr, err := gzip.NewReader(bytes.NewReader(a.body.Bytes()))
	if err != nil {
		return
	}
	plain, err := io.ReadAll(zr)
	if err != nil {
		return
	}
	a.header.Del("Content-Encoding")
	a.body.Reset()
	a.body.Write(plain)
}

func (a *answer) custom(status int, contentType, body string) {
	if contentType == "" {
		contentType = "application/json"
	}
	a.header.Set("Content-Type", contentType)
	a.status = status
	a.body.WriteString(body)
}

// proxyPage is what a proxy in front of the service sends when it gets no
// answer from it. Its headers are its own.
func (a *answer) proxyPage(status int) {
	title := strconv.Itoa(status) + " " + http.StatusText(status)
	clear(a.header)
	a.custom(status, "text/html", "<html>\r\n<head><title>"+title+"</title></head>\r\n<body>\r\n<center><h1>"+title+"</h1></center>\r\n</body>\r\n</html>\r\n")
}
