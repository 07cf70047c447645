// Package stub is a server that answers the benchmarked API calls with made-up
// data, always the same. Bodies are rendered ahead, so that its share of the
// time is small, and it counts the connections that clients open.
package stub

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// Options say how a stub behaves.
type Options struct {
	// RateHeaders adds the rate-limit headers that were recorded on real
	// answers (ten a second). Defaults to false.
	RateHeaders bool
	// Verify makes uploads decode the body and keep a checksum of the file,
	// for tests; a benchmark only counts. Defaults to false.
	Verify bool
}

// Stats is what a stub has counted since it started.
type Stats struct {
	// Connections is the number of connections that clients opened.
	Connections int64 `json:"connections"`
	// Requests is the number of requests that were answered.
	Requests int64 `json:"requests"`
	// UploadedBytes is the length of all upload bodies.
	UploadedBytes int64 `json:"uploaded_bytes"`
	// UploadSum is the SHA-256 of the last uploaded file, with Verify only.
	UploadSum string `json:"upload_sum,omitempty"`
}

// Server is a stub.
type Server struct {
	options     Options
	connections atomic.Int64
	requests    atomic.Int64
	uploaded    atomic.Int64
	uploadSum   atomic.Pointer[string]

	projects     sync.Map // page of the list → body
	projectBody  [ProjectCount][]byte
	keys         func(translations bool) *keyTemplates
	pages        sync.Pool // *[]byte
	bundle       func(project int) (*bundle, error)
	projectIndex map[string]int
}

// New returns a stub that is ready to serve.
func New(options Options) *Server {
	s := &Server{options: options, projectIndex: map[string]int{}}
	for i := range ProjectCount {
		s.projectIndex[ProjectID(i)] = i
		s.projectBody[i] = appendProject(nil, i)
	}
	plain := sync.OnceValue(func() *keyTemplates { return newKeyTemplates(false) })
	full := sync.OnceValue(func() *keyTemplates { return newKeyTemplates(true) })
	s.keys = func(translations bool) *keyTemplates {
		if translations {
			return full()
		}
		return plain()
	}
	s.bundle = onceEach(func(project int) (*bundle, error) { return newBundle(BundleMB(project)) })
	s.pages.New = func() any { return new([]byte) }
	return s
}

// onceEach remembers the result of f for each argument.
func onceEach(f func(int) (*bundle, error)) func(int) (*bundle, error) {
	var known sync.Map
	return func(n int) (*bundle, error) {
		once, _ := known.LoadOrStore(n, sync.OnceValues(func() (*bundle, error) { return f(n) }))
		return once.(func() (*bundle, error))()
	}
}

// Stats reports the counts so far.
func (s *Server) Stats() Stats {
	stats := Stats{
		Connections: s.connections.Load(), Requests: s.requests.Load(),
		UploadedBytes: s.uploaded.Load(),
	}
	if sum := s.uploadSum.Load(); sum != nil {
		stats.UploadSum = *sum
	}
	return stats
}

// Serve answers API calls on api and GET /_stub/stats on control until ctx
// ends. They are two listeners so that asking for the counts changes none.
func (s *Server) Serve(ctx context.Context, api, control net.Listener) error {
	servers := []*http.Server{
		{Handler: s.Handler(), ReadHeaderTimeout: time.Minute, ConnState: s.countConnection},
		{Handler: s.control(), ReadHeaderTimeout: time.Minute},
	}
	failed := make(chan error, len(servers))
	for i, l := range []net.Listener{api, control} {
		go func() { failed <- servers[i].Serve(l) }()
	}
	var err error
	select {
	case <-ctx.Done():
	case err = <-failed:
	}
	for _, server := range servers {
		err = errors.Join(err, server.Close())
	}
	return err
}

func (s *Server) countConnection(_ net.Conn, state http.ConnState) {
	if state == http.StateNew {
		s.connections.Add(1)
	}
}

func (s *Server) control() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /_stub/stats", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(s.Stats()) // the reader went away: nothing to tell anybody
	})
	return mux
}

// Handler answers the API calls.
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /api2/projects", s.listProjects)
	mux.HandleFunc("GET /api2/projects/{id}", s.getProject)
	mux.HandleFunc("GET /api2/projects/{id}/keys", s.listKeys)
	mux.HandleFunc("POST /api2/projects/{id}/files/upload", s.upload)
	mux.HandleFunc("GET /api2/projects/{id}/processes/{process}", s.getProcess)
	mux.HandleFunc("POST /api2/projects/{id}/files/download", s.download)
	mux.HandleFunc("GET /bundles/{id}", s.sendBundle)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.requests.Add(1)
		if r.Header.Get("X-Api-Token") == "" && r.Header.Get("Authorization") == "" && r.URL.Path[1] == 'a' {
			s.fail(w, http.StatusBadRequest, "Invalid `X-Api-Token` header")
			return
		}
		mux.ServeHTTP(w, r)
	})
}

// index finds the project of a request, and answers 404 when there is none.
func (s *Server) index(w http.ResponseWriter, r *http.Request) (int, bool) {
	i, ok := s.projectIndex[r.PathValue("id")]
	if !ok {
		s.fail(w, http.StatusNotFound, "Not Found")
	}
	return i, ok
}

// send answers with a JSON body and the headers that real answers have.
func (s *Server) send(w http.ResponseWriter, status int, body []byte) {
	h := w.Header()
	h["Content-Type"] = jsonType
	h["Cache-Control"] = noCache
	h["X-Lokalise-Process-Id"] = processID
	h["Content-Length"] = []string{strconv.Itoa(len(body))}
	if s.options.RateHeaders {
		h["X-Ratelimit-Limit"] = []string{"10, 10;w=1, 10;w=1"}
		h["X-Ratelimit-Remaining"] = []string{"9"}
		h["X-Ratelimit-Reset"] = []string{"1"}
	}
	w.WriteHeader(status)
	_, _ = w.Write(body) //nolint:gosec // G705: JSON for programs; a reader that went away cannot be told
}

var (
	jsonType  = []string{"application/json"}
	noCache   = []string{"no-cache, private"}
	processID = []string{"0b0a7d0e-0000-4000-8000-5eed00000000"}
)

// fail answers with an error in the API's shape.
func (s *Server) fail(w http.ResponseWriter, status int, message string) {
	s.send(w, status, fmt.Appendf(nil, `{"error":{"message":%q,"code":%d}}`, message, status))
}
