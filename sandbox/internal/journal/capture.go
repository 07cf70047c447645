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
	record *Record
}

// Begin starts the record of a request. The returned writer and the request's
// body, which is replaced, fill the record in as the request is handled.
func Begin(w http.ResponseWriter, r *http.Request, now time.Time) (*Writer, *Record) {
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
	return &Writer{ResponseWriter: w, record: rec}, rec
}

// End completes the record with what the answer was.
func (w *Writer) End(took time.Duration) {
	rec := w.record
	if rec.Status == 0 {
		rec.Status = http.StatusOK // net/http's answer when a handler writes nothing
	}
	rec.Duration = took
	rec.ResponseHeader = w.Header().Clone()
}

// WriteHeader implements http.ResponseWriter.
func (w *Writer) WriteHeader(status int) {
	if w.record.Status == 0 && status >= http.StatusOK {
		w.record.Status = status
		// A page is not kept: the one with a code shows it in plain text.
		w.record.Response.held = strings.HasPrefix(w.Header().Get("Content-Type"), "text/html")
	}
	w.ResponseWriter.WriteHeader(status)
}

// Write implements http.ResponseWriter.
func (w *Writer) Write(p []byte) (int, error) {
	if w.record.Status == 0 {
		w.WriteHeader(http.StatusOK)
	}
	n, err := w.ResponseWriter.Write(p)
	w.record.Response.add(p[:n])
	return n, err
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
