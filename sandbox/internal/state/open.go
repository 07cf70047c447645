package state

import (
	"context"
	"fmt"
	"iter"
	"log/slog"
	"maps"
	"slices"

	"github.com/go-json-experiment/json"

	"github.com/golokalise/lokalise/sandbox/internal/clock"
)

// Tables of what concerns no world alone.
const (
	tableWorlds   = "worlds"
	tableClock    = "clock"
	tableCodes    = "oauth_codes"
	tableGrants   = "oauth_grants"
	tableAccess   = "oauth_access_tokens"
	tableTokenIDs = "oauth_ids"
	tablePolicies = "oauth_policies"
)

// Open keeps the universe in a storage from now on. If there are worlds in it,
// they take the place of those in memory; otherwise these are written down. It
// is called before the universe is used. The logger is told when the storage
// fails.
//
// Without a storage, only the seed is put in.
func (u *Universe) Open(ctx context.Context, s Storage, logger *slog.Logger) error {
	if s == nil {
		return u.reseed()
	}
	l := &loading{universe: u, worlds: map[string]*World{}, policies: map[string][]byte{}}
	if err := s.Load(ctx, l.row); err != nil {
		return fmt.Errorf("%w: %w", ErrStorage, err)
	}
	if !l.any {
		if err := u.reseed(); err != nil {
			return err
		}
		u.storage, u.logger = s, logger
		return u.saveAll()
	}
	u.storage, u.logger = s, logger
	if err := l.finish(); err != nil {
		return fmt.Errorf("%w: %w", ErrStorage, err)
	}
	return nil
}

// SetSeed has new worlds begin with what seed puts in, in place of the built-in
// people and projects. It is called before Open.
func (u *Universe) SetSeed(seed func(tx *Tx) error) { u.seed, u.reseeds = seed, true }

// reseed puts the seed of SetSeed into the first world.
func (u *Universe) reseed() error {
	if !u.reseeds {
		return nil
	}
	w := u.Default()
	seeded, err := w.seeded()
	if err != nil {
		return err
	}
	w.data = seeded.data
	seeded.run()
	return nil
}

// saveAll writes everything down that a new universe has.
func (u *Universe) saveAll() error {
	changes := []Change{u.storedClock(u.clock.State())}
	for _, w := range u.worlds {
		changes = append(changes, w.stored())
		changes = append(changes, Change{many: inWorld(w.Name, w.data.rows())})
	}
	return u.save(changes)
}

// rows are all rows in the data now, table by table. They can be gone through
// after the data has changed.
func (d *data) rows() iter.Seq[Change] {
	dumps := make([]iter.Seq[Change], 0, len(d.tables))
	for _, name := range slices.Sorted(maps.Keys(d.tables)) {
		dumps = append(dumps, d.tables[name].dump())
	}
	return func(yield func(Change) bool) {
		for _, dump := range dumps {
			for c := range dump {
				if !yield(c) {
					return
				}
			}
		}
	}
}

// loading collects what a storage holds.
type loading struct {
	universe *Universe
	any      bool
	worlds   map[string]*World // by name; number 0 until the world's own row came
	clock    clock.State
	policies map[string][]byte
}

func (l *loading) row(c Change) error {
	l.any = true
	if c.World == "" {
		return l.common(c)
	}
	d := l.world(c.World).data
	table := d.tables[c.Table]
	if table == nil {
		return fmt.Errorf("it has a table %.40q that this version does not know: a newer version wrote it", c.Table)
	}
	return table.load(d, c.Data)
}

func (l *loading) world(name string) *World {
	w := l.worlds[name]
	if w == nil {
		w = &World{Name: name, universe: l.universe, data: newData()}
		l.worlds[name] = w
	}
	return w
}

// common loads a row that belongs to no world alone.
func (l *loading) common(c Change) error {
	t := &l.universe.tokens
	switch c.Table {
	case tableWorlds:
		return decode(c, func(s *storedWorld) {
			w := l.world(s.Name)
			w.number = s.Number
			w.credentials = Credentials{
				ClientID: s.ClientID, ClientSecret: s.ClientSecret, RedirectURI: DefaultRedirectURI,
				APIToken: s.APIToken, ReadOnlyAPIToken: s.ReadOnlyAPIToken,
			}
		})
	case tableClock:
		return decode(c, func(s *clock.State) { l.clock = *s })
	case tablePolicies:
		l.policies[c.Key] = c.Data
		return nil
	case tableCodes:
		return decode(c, t.putCode)
	case tableGrants:
		return decode(c, t.putGrant)
	case tableAccess:
		return decode(c, t.putAccess)
	case tableTokenIDs:
		return decode(c, func(ids *tokenIDs) { t.last = ids.Last })
	}
	return fmt.Errorf("it has a table %.40q that this version does not know: a newer version wrote it", c.Table)
}

func decode[T any](c Change, use func(*T)) error {
	row := new(T)
	if err := json.Unmarshal(c.Data, row, permissive); err != nil {
		return fmt.Errorf("a row of %s cannot be read: %w", c.Table, err)
	}
	use(row)
	return nil
}

// finish puts what was loaded in place.
func (l *loading) finish() error {
	u := l.universe
	first := u.Default()
	worlds := make([]*World, 0, len(l.worlds))
	for name, w := range l.worlds {
		if w.number == 0 {
			return fmt.Errorf("it has rows of a world %.80q that does not exist", name)
		}
		worlds = append(worlds, w)
	}
	slices.SortFunc(worlds, func(a, b *World) int { return int(a.number - b.number) })
	if len(worlds) == 0 || worlds[0].Name != DefaultWorld {
		return fmt.Errorf("it has no world %q", DefaultWorld)
	}
	worlds[0].credentials.RedirectURI = first.credentials.RedirectURI
	u.leave(first)
	for _, w := range worlds {
		u.enter(w)
	}
	u.policies = l.policies
	if err := u.tokens.loaded(l.worlds); err != nil {
		return err
	}
	u.clock.Set(l.clock)
	for _, w := range worlds {
		w.armAll()
	}
	return nil
}

func (u *Universe) storedClock(s clock.State) Change { return Change{Table: tableClock, row: &s} }

// SaveClock writes down what the clock will show. The clock asks for it, see
// [clock.Clock.OnSet].
func (u *Universe) SaveClock(s clock.State) error { return u.save([]Change{u.storedClock(s)}) }

// Policy returns the stored OAuth policy of a world, as JSON, or nil.
func (u *Universe) Policy(world string) []byte { return u.policies[world] }

// SavePolicy writes a world's OAuth policy down. A reset of the world drops it.
func (u *Universe) SavePolicy(world string, data []byte) error {
	return u.save([]Change{{Table: tablePolicies, Key: world, Data: data}})
}
