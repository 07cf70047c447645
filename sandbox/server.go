package sandbox

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"

	"github.com/golokalise/lokalise/sandbox/internal/advisor"
	"github.com/golokalise/lokalise/sandbox/internal/api"
	"github.com/golokalise/lokalise/sandbox/internal/authserver"
	"github.com/golokalise/lokalise/sandbox/internal/clock"
	"github.com/golokalise/lokalise/sandbox/internal/faults"
	"github.com/golokalise/lokalise/sandbox/internal/journal"
	"github.com/golokalise/lokalise/sandbox/internal/state"
	"github.com/golokalise/lokalise/sandbox/internal/web"
	"github.com/golokalise/lokalise/sandbox/internal/webhooks"
)

// Server is a sandbox. It is safe for use by many goroutines.
type Server struct {
	settings settings
	guard    guard
	clock    *clock.Clock
	universe *state.Universe
	auth     *authserver.Server
	api      *api.Server
	ring     *journal.Ring
	sender   *webhooks.Sender
	faults   *faults.Engine
	advisor  *advisor.Advisor
	pages    http.Handler // of the control plane and for a person
	uiKey    []byte       // of the tokens against cross-site requests

	streams chan struct{} // one for each page that follows the journal, up to maxStreams
	closing chan struct{} // closed when Close begins

	http   *http.Server
	memory *memoryListener // nil unless in memory
	client *http.Client

	mu        sync.Mutex
	url       string
	closed    bool
	serving   sync.WaitGroup // the accept loop
	answering sync.WaitGroup // requests under way
}

// New makes a sandbox. It serves once Listen or Handler is used, or at once
// with [InMemory]. Close ends it.
func New(opts ...Option) (*Server, error) {
	set, err := newSettings(opts)
	if err != nil {
		return nil, errors.Join(err, set.closeStorage())
	}
	s, err := newServer(set)
	if err != nil {
		return nil, errors.Join(err, set.closeStorage())
	}
	return s, nil
}

func newServer(set settings) (s *Server, err error) {
	creds := state.FixedCredentials()
	if set.random {
		creds = state.RandomCredentials()
	}
	if len(set.redirectURIs) > 0 {
		creds.RedirectURI = set.redirectURIs[0]
	}
	s = &Server{settings: set, guard: newGuard(set.allowHosts), clock: clock.New(), ring: journal.NewRing(), advisor: advisor.New(), uiKey: []byte(state.NewSecret())}
	s.streams, s.closing = make(chan struct{}, maxStreams), make(chan struct{})
	s.universe = state.NewUniverse(s.clock, creds, set.redirectURIs)
	s.universe.SetProcessTime(set.processTime)
	s.sender = s.newSender()
	if s.auth, err = authserver.New(s.clock, s.universe, set.oauth, api.Scopes()); err != nil {
		return nil, fmt.Errorf("sandbox: OAuth policy: %w", err)
	}
	s.api = api.New(s.clock, s.universe, set.rateLimit, set.logger)
	s.faults = faults.NewEngine(api.OperationIDs())
	s.auth.InjectFaults(s.faults)
	s.api.InjectFaults(s.faults)
	s.pages = s.newPages()
	s.http = s.newHTTPServer()
	s.useSeed()
	if err := s.openStorage(); err != nil {
		s.clock.Close()
		return nil, err
	}
	if set.inMemory {
		s.memory = newMemoryListener()
		s.serve(s.memory)
	}
	s.client = s.newClient()
	return s, nil
}

// Handler serves the sandbox on a listener of the caller's own. URL does not
// know of it.
func (s *Server) Handler() http.Handler { return http.HandlerFunc(s.serveHTTP) }

// URL is the root of the sandbox without a trailing slash, for
// oauth.Config.Host and lokalise.WithBaseURL alike. It is empty until the
// sandbox listens.
func (s *Server) URL() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.url
}

// Credentials lead into the sandbox's default world.
func (s *Server) Credentials() Credentials { return publicCredentials(s.universe.Default()) }

// Clock is the sandbox's time.
func (s *Server) Clock() *Clock { return &Clock{inner: s.clock} }

// Reset puts every world back to its seed and forgets every code, grant and
// access token, every fault and the journal. OAuth policies go back to the one
// that the sandbox was made with. Credentials, worlds and the clock stay. It fails only
// when the storage does; worlds that were not reset are as they were then.
func (s *Server) Reset() error {
	for _, w := range s.Worlds() {
		if err := w.Reset(); err != nil {
			return err
		}
	}
	s.ring.Clear()
	s.ClearFaults()
	return nil
}

// serveHTTP takes every request: it writes it into the journal, refuses what
// came under a foreign name, and hands the rest to whom it is for.
func (s *Server) serveHTTP(w http.ResponseWriter, r *http.Request) {
	if !s.begin() {
		http.Error(w, "the sandbox is closed", http.StatusServiceUnavailable)
		return
	}
	defer s.answering.Done()
	if s.guard.allows(r.Host) && isPage(r) {
		s.pages.ServeHTTP(w, r)
		return
	}
	jw, rec := journal.Begin(s.ring, w, r, s.clock.Now())
	defer s.finish(r.Context(), jw, rec)
	defer func() {
		if cause := recover(); cause != nil {
			s.failed(jw, rec, cause)
		}
	}()
	s.route(jw, r, rec)
}

// finish completes the record of a request.
func (s *Server) finish(ctx context.Context, w *journal.Writer, rec *journal.Record) {
	s.advisor.Observe(rec)
	w.End()
	s.log(ctx, rec)
}

// begin counts a request as under way, unless the sandbox is closed.
func (s *Server) begin() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return false
	}
	s.answering.Add(1)
	return true
}

func (s *Server) route(w http.ResponseWriter, r *http.Request, rec *journal.Record) {
	path := r.URL.Path
	if !s.guard.allows(r.Host) {
		rec.Note("The Host header names neither this machine nor an allowed host.")
		s.guard.refuse(w, r)
		return
	}
	switch {
	case path == authserver.AuthorizePath:
		w.Header().Set(processIDHeader, newProcessID())
		s.auth.ServeAuthorize(w, r, rec)
	case path == authserver.TokenPath:
		w.Header().Set(processIDHeader, newProcessID())
		s.auth.ServeToken(w, r, rec)
	case path == authserver.CodePath:
		s.auth.ServeCode(w, r, rec)
	case api.Handles(path):
		w.Header().Set(processIDHeader, newProcessID())
		s.api.ServeHTTP(w, r, rec)
	case api.IsOTAFile(path):
		s.api.ServeOTAFile(w, r, rec)
	case api.IsBundle(path):
		s.api.ServeBundle(w, r, rec)
	case isControl(path):
		s.pages.ServeHTTP(w, r)
	default:
		s.notFound(w, r, rec)
	}
}

// notFound answers for a path outside of everything, in the form that whoever
// asks reads.
func (s *Server) notFound(w http.ResponseWriter, r *http.Request, rec *journal.Record) {
	rec.Note("Nothing is at this path. The OAuth server is under /oauth2/, the API under /api2/ and /v1/.")
	if wantsHTML(r) {
		web.Problem(w, http.StatusNotFound, web.NotFound(r.URL.Path))
		return
	}
	api.WriteError(w, http.StatusNotFound, "Not Found")
}

// failed answers a request whose handler panicked. That is a defect of the
// sandbox, and one request's only.
func (s *Server) failed(w *journal.Writer, rec *journal.Record, cause any) {
	if err, ok := cause.(error); ok && errors.Is(err, http.ErrAbortHandler) {
		panic(cause)
	}
	s.settings.logger.Error("sandbox: handler panicked", "operation", rec.Operation)
	rec.Note("The sandbox has a defect here: its handler panicked.")
	if rec.Status == 0 {
		api.WriteError(w, http.StatusInternalServerError, "Internal Server Error")
	}
}
