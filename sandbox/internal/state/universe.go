package state

import (
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/golokalise/lokalise/sandbox/internal/clock"
)

// Universe holds the worlds of one server, and every secret that leads into
// one of them.
type Universe struct {
	clock        *clock.Clock
	redirectURIs []string // registered for every world's client

	// Set up before the universe is used, and only read afterwards.
	storage     Storage            // nil: memory only
	logger      *slog.Logger       // told of the storage's failures
	seed        func(tx *Tx) error // fills a new world
	reseeds     bool               // the first world still has the built-in seed
	policies    map[string][]byte  // OAuth policies by world, as they were loaded
	handlers    map[string]JobHandler
	listeners   []EventHandler
	keyDeleted  []func(*Tx, *Key)
	translated  []func(*Tx, *Translation)
	processTime time.Duration

	taskHappened TaskHappened // told what becomes of tasks; nil: nobody

	making sync.Mutex // held while a world is made or deleted; taken before any other

	mu        sync.RWMutex
	worlds    []*World
	clients   map[string]*registration // by client ID
	secrets   map[string]bool          // of the clients
	apiTokens map[string]*APIToken
	tokens    tokenStore // has a lock of its own, taken after that of a world
}

type registration struct {
	client Client
	world  *World
}

// NewUniverse makes a universe with one world, which the credentials lead
// into. The redirect URIs are registered for every client.
func NewUniverse(c *clock.Clock, creds Credentials, redirectURIs []string) *Universe {
	u := &Universe{
		clock:        c,
		redirectURIs: redirectURIs,
		seed:         builtInSeed,
		handlers:     map[string]JobHandler{},
		clients:      map[string]*registration{},
		secrets:      map[string]bool{},
		apiTokens:    map[string]*APIToken{},
		tokens:       newTokenStore(),
	}
	w := &World{Name: DefaultWorld, number: 1, universe: u, credentials: creds, data: newData()}
	seed(&Tx{data: w.data, world: w, writable: true})
	u.enter(w)
	return u
}

// Client returns the client and its world, or false when nobody registered it.
func (u *Universe) Client(id string) (Client, *World, bool) {
	u.mu.RLock()
	defer u.mu.RUnlock()
	r := u.clients[id]
	if r == nil {
		return Client{}, nil, false
	}
	return r.client, r.world, true
}

// APIToken returns the personal token, or nil when it is unknown.
func (u *Universe) APIToken(token string) *APIToken {
	u.mu.RLock()
	defer u.mu.RUnlock()
	return u.apiTokens[token]
}

// IsSecret tells whether a word is a secret of any world: one that must not
// be shown, wherever it turns up. A client ID is none.
func (u *Universe) IsSecret(word string) bool {
	u.mu.RLock()
	known := u.secrets[word] || u.apiTokens[word] != nil
	u.mu.RUnlock()
	return known || u.tokens.isSecret(word) || slices.ContainsFunc(u.Worlds(), func(w *World) bool { return w.isSecret(word) })
}

// isSecret tells whether a word is a secret that is a row of the world.
func (w *World) isSecret(word string) bool {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return w.data.Secrets.Get("", word) != nil
}
