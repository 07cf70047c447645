package authserver

import (
	"net/http"
	"sync"
	"time"

	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// Bounds of the consent pages that wait for an answer. A page that is opened
// and never answered must not cost memory for ever.
const (
	maxPending  = 1000
	pendingLife = 10 * time.Minute
)

// pendingRequests holds the authorization requests whose consent pages are
// open. Each can be answered once, by the browser that was shown the page.
type pendingRequests struct {
	mu    sync.Mutex
	byID  map[string]pendingRequest
	order []string // ids, oldest first; some may be answered already
}

type pendingRequest struct {
	request *authRequest
	session string
	expires time.Time
}

func newPendingRequests() *pendingRequests {
	return &pendingRequests{byID: map[string]pendingRequest{}}
}

// add stores a request under a new one-time id.
func (p *pendingRequests) add(req *authRequest, session string, now time.Time) string {
	id := state.NewSecret()
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.order) >= maxPending {
		delete(p.byID, p.order[0])
		p.order = p.order[1:]
	}
	p.byID[id] = pendingRequest{request: req, session: session, expires: now.Add(pendingLife)}
	p.order = append(p.order, id)
	return id
}

// take returns the request and forgets it, or nil when there is none for this
// session any more.
func (p *pendingRequests) take(id, session string, now time.Time) *authRequest {
	p.mu.Lock()
	defer p.mu.Unlock()
	found, ok := p.byID[id]
	if !ok || session == "" || found.session != session {
		return nil
	}
	delete(p.byID, id)
	if !now.Before(found.expires) {
		return nil
	}
	return found.request
}

// has tells whether a word is the id of a page that waits.
func (p *pendingRequests) has(id string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	_, there := p.byID[id]
	return there
}

// forget drops the pages of a world.
func (p *pendingRequests) forget(w *state.World) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for id, found := range p.byID {
		if found.request.world == w {
			delete(p.byID, id)
		}
	}
}

// sessionCookie ties a consent page to the browser it was shown in. Without it
// an attacker could open a page, and have somebody else's browser answer it.
// It is neither Secure nor __Host-, which browsers do not keep over the plain
// http of a sandbox that is not on loopback.
const sessionCookie = "lokalise_sandbox"

// session is the session of a request, or empty.
func session(r *http.Request) string {
	c, err := r.Cookie(sessionCookie)
	if err != nil || len(c.Value) != len(state.NewSecret()) {
		return ""
	}
	return c.Value
}

// ensureSession is session, and starts one where there is none. Lax and not
// Strict: the browser arrives here by a link on the app's site, and must bring
// the cookie of the pages that are open in other tabs.
func ensureSession(w http.ResponseWriter, r *http.Request) string {
	if id := session(r); id != "" {
		return id
	}
	id := state.NewSecret()
	http.SetCookie(w, &http.Cookie{ //nolint:gosec // not Secure over plain http, see sessionCookie
		Name: sessionCookie, Value: id, Path: AuthorizePath,
		HttpOnly: true, Secure: r.TLS != nil, SameSite: http.SameSiteLaxMode,
	})
	return id
}
