package state

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
)

// DefaultWorld is the name of the world that the server's own credentials lead
// into.
const DefaultWorld = "default"

// Errors about worlds.
var (
	ErrWorldGone    = errors.New("the world was deleted")
	ErrWorldExists  = errors.New("there is a world with this name")
	ErrDefaultWorld = errors.New("the default world cannot be deleted; reset it")
	ErrWorldName    = errors.New("the name of a world has 1 to 64 small letters, digits, dots, hyphens and underscores, and begins with a letter or digit")
)

var worldName = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{0,63}$`)

// storedWorld is a world without its rows, as a row of the universe. The
// redirect URI belongs to how the server was started.
type storedWorld struct {
	Number           int64
	Name             string
	ClientID         string
	ClientSecret     string
	APIToken         string
	ReadOnlyAPIToken string
}

func (w *World) stored() Change {
	c := w.credentials
	return Change{Table: tableWorlds, Key: w.Name, row: &storedWorld{
		Number: w.number, Name: w.Name, ClientID: c.ClientID, ClientSecret: c.ClientSecret,
		APIToken: c.APIToken, ReadOnlyAPIToken: c.ReadOnlyAPIToken,
	}}
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
	return slices.Clone(u.worlds)
}

// World returns the world with a name, or nil.
func (u *Universe) World(name string) *World {
	u.mu.RLock()
	defer u.mu.RUnlock()
	for _, w := range u.worlds {
		if w.Name == name {
			return w
		}
	}
	return nil
}

// AddWorld makes a world that the credentials lead into, with the seed in it.
// Without a name it gets world-2, world-3 …
func (u *Universe) AddWorld(name string, creds Credentials) (*World, error) {
	u.making.Lock()
	defer u.making.Unlock()
	w := &World{Name: name, number: u.nextWorld(), universe: u, credentials: creds}
	for n := w.number; w.Name == ""; n++ {
		if name := fmt.Sprintf("world-%d", n); u.World(name) == nil {
			w.Name = name
		}
	}
	switch {
	case !worldName.MatchString(w.Name):
		return nil, fmt.Errorf("%.80q: %w", name, ErrWorldName)
	case u.World(w.Name) != nil:
		return nil, fmt.Errorf("%s: %w", name, ErrWorldExists)
	}
	seeded, err := w.seeded()
	if err != nil {
		return nil, err
	}
	if err := u.save(append(seeded.changes, w.stored())); err != nil {
		return nil, err
	}
	w.data = seeded.data
	u.enter(w)
	seeded.run()
	return w, nil
}

// nextWorld numbers a new world. The number of one that was deleted is used
// again only for the last.
func (u *Universe) nextWorld() int64 {
	last := int64(0)
	for _, w := range u.Worlds() {
		last = max(last, w.number)
	}
	return last + 1
}

// enter lets the world's credentials in.
func (u *Universe) enter(w *World) {
	u.mu.Lock()
	defer u.mu.Unlock()
	creds := w.credentials
	u.worlds = append(u.worlds, w)
	u.clients[creds.ClientID] = &registration{world: w, client: seedClient(creds, u.redirectURIs)}
	u.secrets[creds.ClientSecret] = true
	u.apiTokens[creds.APIToken] = &APIToken{World: w, UserID: SeedUserID}
	u.apiTokens[creds.ReadOnlyAPIToken] = &APIToken{World: w, UserID: SeedUserID, ReadOnly: true}
}

// leave takes the world's credentials back.
func (u *Universe) leave(w *World) {
	u.mu.Lock()
	defer u.mu.Unlock()
	creds := w.credentials
	u.worlds = slices.DeleteFunc(u.worlds, func(other *World) bool { return other == w })
	delete(u.clients, creds.ClientID)
	delete(u.secrets, creds.ClientSecret)
	delete(u.apiTokens, creds.APIToken)
	delete(u.apiTokens, creds.ReadOnlyAPIToken)
}

// DeleteWorld deletes a world with everything in it and everything that leads
// into it. Requests that are under way find it empty.
func (u *Universe) DeleteWorld(w *World) error {
	u.making.Lock()
	defer u.making.Unlock()
	if w.Name == DefaultWorld {
		return ErrDefaultWorld
	}
	gone := Change{Op: OpDelete, Table: tableWorlds, Key: w.Name}
	if err := w.replace(newData(), []Change{w.dropped(), gone}, true, true); err != nil {
		return err
	}
	u.leave(w)
	return nil
}

// Reset puts a world back to its seed. Its codes, grants and access tokens are
// gone; its credentials stay.
func (u *Universe) Reset(w *World) error {
	seeded, err := w.seeded()
	if err != nil {
		return err
	}
	changes := append([]Change{w.dropped()}, seeded.changes...)
	if err := w.replace(seeded.data, changes, true, false); err != nil {
		return err
	}
	seeded.run()
	return nil
}

// seeded is what a new world begins with.
type seeded struct {
	data    *data
	changes []Change
	after   []func()
}

func (s *seeded) run() {
	for _, then := range s.after {
		then()
	}
}

func (w *World) seeded() (*seeded, error) {
	tx := &Tx{data: newData(), world: w, writable: true}
	if err := w.universe.seed(tx); err != nil {
		return nil, err
	}
	return &seeded{tx.data, tx.changes, tx.after}, nil
}

// dropped is the change that deletes every stored row of the world.
func (w *World) dropped() Change { return Change{Op: OpDropWorld, World: w.Name} }

// replace changes everything in the world at once, and takes the tokens that
// lead into it and its OAuth policy along if they are to go.
func (w *World) replace(d *data, changes []Change, dropTokens, gone bool) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.gone {
		return ErrWorldGone
	}
	u, t := w.universe, &w.universe.tokens
	t.mu.Lock()
	defer t.mu.Unlock()
	if dropTokens {
		t.forget(w.Name)
		changes = append(changes, Change{Op: OpDelete, Table: tablePolicies, Key: w.Name})
	}
	if err := t.commit(func(tokens []Change) error { return u.save(append(changes, tokens...)) }); err != nil {
		return err
	}
	w.data, w.gone = d, gone
	return nil
}
