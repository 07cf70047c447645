package webhooks

import (
	"bytes"
	"errors"
	"io"
	"net/http"
)

// Direct makes requests to a handler in this process, without a connection.
func Direct(receiver http.Handler) http.RoundTripper { return direct{receiver} }

type direct struct{ receiver http.Handler }

// RoundTrip implements http.RoundTripper. It returns when the context ends,
// while the handler may go on: as with a connection, it is up to the handler
// to heed the context.
func (d direct) RoundTrip(req *http.Request) (*http.Response, error) {
	served := req.Clone(req.Context())
	served.RequestURI, served.RemoteAddr = req.URL.RequestURI(), "127.0.0.1:1"
	answers := make(chan *http.Response, 1)
	go func() {
		w := &recorder{header: http.Header{}}
		defer func() {
			if recover() != nil {
				answers <- nil
			}
		}()
		d.receiver.ServeHTTP(w, served)
		answers <- w.response(req) //nolint:bodyclose // whoever takes the answer closes it
	}()
	select {
	case res := <-answers:
		if res == nil {
			return nil, errors.New("the handler panicked")
		}
		return res, nil
	case <-req.Context().Done():
		return nil, req.Context().Err()
	}
}

// recorder keeps what a handler answers.
type recorder struct {
	header http.Header
	sent   http.Header // what header was when the answer began
	status int
	body   bytes.Buffer
}

// Header implements http.ResponseWriter.
func (w *recorder) Header() http.Header { return w.header }

// WriteHeader implements http.ResponseWriter.
func (w *recorder) WriteHeader(status int) {
	if w.status == 0 && status >= http.StatusOK {
		w.status, w.sent = status, w.header.Clone()
	}
}

// Write implements http.ResponseWriter.
func (w *recorder) Write(p []byte) (int, error) {
	w.WriteHeader(http.StatusOK)
	return w.body.Write(p)
}

func (w *recorder) response(req *http.Request) *http.Response {
	w.WriteHeader(http.StatusOK)
	return &http.Response{
		Status: http.StatusText(w.status), StatusCode: w.status, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: w.sent, Body: io.NopCloser(&w.body), ContentLength: int64(w.body.Len()), Request: req,
	}
}
