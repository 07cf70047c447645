package state

import (
	"fmt"
	"slices"
	"sync"

	"github.com/golokalise/lokalise/sandbox/internal/clock"
)

// Universe holds the worlds of one server, and every secret that leads into
// one of them.
type Universe struct {
	clock        *clock.Clock
	redirectURIs []string // registered for every world's client
	storage      Storage  // nil: memory only

	// Set up before the universe is used, and only read afterwards.
	handlers   map[string]JobHandler
	listeners  []EventHandler
	keyDeleted []func(*Tx, *Key)
	translated []func(*Tx, *Translation)

	mu        sync.RWMutex
	worlds    []*World
	clients   map[string]*registration // by client ID
	secrets   map[string]bool          // of the clients
	apiTokens map[string]*APIToken
	tokens    tokenStore // has a lock of its own
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
		handlers:     map[string]JobHandler{},
		clients:      map[string]*registration{},
		secrets:      map[string]bool{},
		apiTokens:    map[string]*APIToken{},
		tokens:       newTokenStore(),
	}
	u.AddWorld(creds)
	return u
}

// AddWorld makes a world that the credentials lead into.
func (u *Universe) AddWorld(creds Credentials) *World {
	u.mu.Lock()
	defer u.mu.Unlock()
	w := &World{Name: "default", universe: u, credentials: creds}
	if n := len(u.worlds); n > 0 {
		w.Name = fmt.Sprintf("world-%d", n+1)
	}
	w.reset()
	u.worlds = append(u.worlds, w)
	u.clients[creds.ClientID] = &registration{world: w, client: seedClient(creds, u.redirectURIs)}
	u.secrets[creds.ClientSecret] = true
	u.apiTokens[creds.APIToken] = &APIToken{World: w, UserID: SeedUserID}
	u.apiTokens[creds.ReadOnlyAPIToken] = &APIToken{World: w, UserID: SeedUserID, ReadOnly: true}
	return w
}

// Default is the world that the server's own credentials lead into.
func (u *Universe) Default() *World {
	u.mu.RLock()
	defer u.mu.RUnlock()
	return u.worlds[0]
}

// Worlds lists all worlds, the default one first.
func (u *Universe) Worlds() []*World {
	u.mu.RLock()
	defer u.mu.RUnlock()
	return append([]*World(nil), u.worlds...)
}

// Reset puts a world back to its seed. Its codes, grants and access tokens are
// gone; its credentials stay.
func (u *Universe) Reset(w *World) {
	u.tokens.forget(w.Name)
	w.reset()
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
