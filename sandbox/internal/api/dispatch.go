// Package api is the sandbox's Lokalise API: it finds the operation of a
// request, checks it in the order in which the real service was seen to, and
// hands it to the operation's handler.
//
// A resource is a file with handlers, registered in handlers.go;
// docs/adding-to-the-sandbox.md shows how one is added.
package api

import (
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"

	"github.com/golokalise/lokalise/sandbox/internal/clock"
	"github.com/golokalise/lokalise/sandbox/internal/faults"
	"github.com/golokalise/lokalise/sandbox/internal/journal"
	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// maxBody bounds a request's body, in bytes. How much the real service takes
// is not known, only that it answers 413 above it.
const maxBody = 64 << 20

// handler answers an operation. What it returns is the body of the operation's
// success, or an *Error.
type handler func(c *call) (any, error)

// endpoint is how the sandbox answers an operation.
type endpoint struct {
	// check refuses a body before anybody asks who sent it. Only what a body
	// alone can tell belongs here.
	check func(c *call) error
	// handle runs once the credential is known to be good for the operation.
	handle handler
}

// call is one request on its way through an operation.
type call struct {
	request *http.Request
	header  http.Header // of the answer
	record  *journal.Record
	op      Operation
	params  map[string]string // path parameters by name, unescaped
	body    []byte
	project projectRef  // when the path has a project_id
	who     identity    // once authenticated
	input   any         // what check made of the body, for handle
	fault   *faults.Hit // once found; nil: none
	values  url.Values  // of the query, once asked for
	reading *reading    // what was sent and what of it was read
}

// Server is the API of a universe.
type Server struct {
	universe *state.Universe
	clock    *clock.Clock
	limiter  *limiter
	logger   *slog.Logger
	faults   *faults.Engine // nil: none
}

// New makes the API. rate is how many requests a second each token and each
// address may send; 0 turns all limits off.
func New(c *clock.Clock, u *state.Universe, rate int, logger *slog.Logger) *Server {
	u.HandleProcesses(processHandlers)
	u.HandleEvents(state.LogEvent)
	u.HandleJobs(state.OrderJob, completeOrder)
	u.HandleTasks(tellOfTask)
	return &Server{universe: u, clock: c, limiter: newLimiter(c, rate), logger: logger}
}

// ServeHTTP answers a request and completes its journal record.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request, rec *journal.Record) {
	c := &call{request: r, header: w.Header(), record: rec, reading: newReading()}
	if sendsCredential(r.Header) {
		rec.Credential = journal.CredentialUnchecked // until somebody looks at it
	}
	body, err := s.serve(w, c)
	if !c.fault.Stopped() {
		rec.Unread = c.unread()
	}
	c.fault.Answer(r.Context(), w, s.writeFault, func(w http.ResponseWriter) {
		if err != nil {
			writeError(w, c, err, s.logger)
			return
		}
		writeBody(w, c, c.op.Status, body)
	})
}

// serve takes a request through the checks. Recorded is that an unknown path,
// a malformed project id and, for POST /projects, a body without a name are
// refused before anybody looks at the credential, and that even an answer of
// 401 has the rate limit's headers; the rest of the order is assumed.
func (s *Server) serve(w http.ResponseWriter, c *call) (any, error) {
	if err := s.limiter.take(c); err != nil {
		return nil, err
	}
	ep, err := match(c)
	if err != nil {
		return nil, err
	}
	if c.op.API == "ota" {
		return s.serveOTA(w, c, ep)
	}
	if err := c.readProject(); err != nil {
		return nil, err
	}
	if ep.check != nil {
		if err := c.readBody(w); err != nil {
			return nil, err
		}
		if err := ep.check(c); err != nil {
			return nil, err
		}
	}
	if err := s.authenticate(c); err != nil {
		return nil, err
	}
	if err := authorize(c); err != nil {
		return nil, err
	}
	if err := c.readBody(w); err != nil {
		return nil, err
	}
	release, err := s.limiter.enter(c)
	if err != nil {
		return nil, err
	}
	defer release()
	if c.fault = s.hit(c); c.fault.Before(c.request.Context()) {
		return nil, nil // the fault is the answer
	}
	if ep.handle == nil {
		return nil, notModeled(c.op)
	}
	return ep.handle(c)
}

// match finds the operation and how it is answered.
func match(c *call) (endpoint, error) {
	n, values := routes().find(c.request.URL.EscapedPath())
	if n == nil {
		return endpoint{}, errNotFound
	}
	r := n.method(c.request.Method)
	if r == nil {
		return endpoint{}, wrongMethod(n)
	}
	c.op, c.record.Operation, c.record.Scope = r.op, r.op.ID, r.op.Scope
	c.record.ScopeBasis = r.op.ScopeBasis
	c.params = make(map[string]string, len(values))
	for i, name := range r.params {
		c.params[name] = values[i]
	}
	return endpoints[r.op.ID], nil
}

// readBody reads the body once. It is read late where it can be, so that a
// stranger cannot make the sandbox hold much.
func (c *call) readBody(w http.ResponseWriter) error {
	if c.body != nil || c.request.Body == nil || c.request.Body == http.NoBody {
		return nil
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, c.request.Body, maxBody))
	var tooBig *http.MaxBytesError
	switch {
	case errors.As(err, &tooBig):
		return failure(http.StatusRequestEntityTooLarge, "Request Entity Too Large")
	case err != nil:
		return failure(http.StatusBadRequest, "Bad Request")
	}
	c.body = body
	return nil
}

// address is the host that a request came from.
func (c *call) address() string {
	host, _, err := net.SplitHostPort(c.request.RemoteAddr)
	if err != nil {
		return c.request.RemoteAddr
	}
	return host
}
