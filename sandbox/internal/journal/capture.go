package journal

import (
	"io"
	"net/http"
	"strings"
	"time"
)

// Writer passes an answer on and keeps what the journal wants to know of it.
type Writer struct {
	http.ResponseWriter
	ring   *Ring
	record *Record
	start  time.Time
	added  *Record // the copy in the ring; it must not hold on to this writer
}

// Begin starts the record of a request. The returned writer and the request's
// body, which is replaced, fill the record in as the request is handled, and
// so may the handlers.
func Begin(g *Ring, w http.ResponseWriter, r *http.Request, now time.Time) (*Writer, *Record) {
	rec := &Record{
		Time:          now,
		Method:        r.Method,
		URL:           r.URL,
		Credential:    CredentialNone,
		RequestHeader: r.Header,
	}
	if r.Body != nil && r.Body != http.NoBody {
		r.Body = &reader{ReadCloser: r.Body, body: &rec.Request}
	}
	return &Writer{ResponseWriter: w, ring: g, record: rec, start: time.Now()}, rec
}

// add puts a copy of the record into the ring, which nobody changes from then
// on.
func (w *Writer) add() {
	rec := w.record
	if rec.Status == 0 && !rec.NoAnswer {
		rec.Status = http.StatusOK // net/http's answer when a handler writes nothing
	}
	rec.Duration = time.Since(w.start)
	rec.ResponseHeader = w.Header().Clone()
	added := *rec
	w.added = &added
	rec.Seq = w.ring.Add(w.added)
}

// End sees to it that the ring has the whole record.
func (w *Writer) End() {
	rec := w.record
	switch {
	case rec.Seq == 0:
		w.add()
	case rec.Response.size != w.added.Response.size || len(rec.Notes) != len(w.added.Notes):
		rec.Duration = time.Since(w.start)
		whole := *rec
		w.ring.Replace(&whole)
	}
}

// WriteHeader implements http.ResponseWriter.
func (w *Writer) WriteHeader(status int) {
	if w.record.Status == 0 && status >= http.StatusOK {
		w.record.Status = status
		w.record.Response.gzip = w.Header().Get("Content-Encoding") == "gzip"
		// A page is not kept: the one with a code shows it in plain text.
		w.record.Response.held = strings.HasPrefix(w.Header().Get("Content-Type"), "text/html")
	}
	w.ResponseWriter.WriteHeader(status)
}

// Write implements http.ResponseWriter. The record is in the ring before the
// first byte can arrive, so that whoever has the answer finds it there.
func (w *Writer) Write(p []byte) (int, error) {
	if w.record.Status == 0 {
		w.WriteHeader(http.StatusOK)
	}
	w.record.Response.add(p)
	if w.record.Seq == 0 {
		w.add()
	}
	return w.ResponseWriter.Write(p)
}

// NoAnswer puts the record of a request that gets no answer into the ring,
// before the connection is cut.
func (w *Writer) NoAnswer() {
	w.record.NoAnswer = true
	if w.record.Seq == 0 {
		w.add()
	}
}

// Unwrap lets http.ResponseController reach the connection.
func (w *Writer) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// reader keeps the beginning of a request's body as it is read.
type reader struct {
	io.ReadCloser
	body *Body
}

func (r *reader) Read(p []byte) (int, error) {
	n, err := r.ReadCloser.Read(p)
	r.body.add(p[:n])
	return n, err
}

// HoldRequest keeps the body of this request out of the journal.
func (r *Record) HoldRequest() { r.Request = Body{held: true} }
