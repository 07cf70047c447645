package tokens

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/golokalise/lokalise/oauth"
)

// Status describes a grant without its secrets.
type Status struct {
	ID     string
	Health Health
	Reason Reason    // why it is not healthy
	Since  time.Time // when health or reason last changed

	// Err is set by List alone, for a record that could not be opened; the
	// other fields but ID and KeyID are zero then.
	Err error

	Scopes     []oauth.Scope
	Connected  time.Time
	Refreshed  time.Time // when the current access token was obtained
	Expiry     time.Time // of the access token; zero when the server did not say
	LastUsed   time.Time // to a few hours
	Generation int64     // tokens stored since the account was connected
	Failures   int       // failed refreshes in a row
	RetryAt    time.Time // when a failed refresh is tried again
	Rotates    bool      // the server was seen to replace the refresh token
	KeyID      string    // the encryption key; empty for a plain record
}

func (s stored) status(id string) Status {
	return Status{
		ID: id, Health: s.Health, Reason: s.Reason, Since: s.Since,
		Scopes: s.Scopes, Connected: s.Connected, Refreshed: s.Obtained, Expiry: s.Expiry,
		LastUsed: s.LastUsed, Generation: s.Generation, Failures: s.Failures, RetryAt: s.RetryAt,
		Rotates: s.Rotation == rotationSeen, KeyID: s.keyID,
	}
}

// Status reads from the store how a grant is doing. Errors are ErrNotFound or
// an [*Error].
func (m *Manager) Status(ctx context.Context, id string) (Status, error) {
	cur, err := m.read(ctx, id)
	if err != nil {
		return Status{}, m.failed(id, stored{}, err)
	}
	return cur.status(id), nil
}

// List returns up to limit grants whose ID is greater than after, in the order
// of their IDs, from the store. An empty result is the end. A record that
// cannot be opened is listed with its Err.
func (m *Manager) List(ctx context.Context, after string, limit int) ([]Status, error) {
	page, err := m.page(ctx, after, limit)
	if err != nil {
		return nil, err
	}
	list := make([]Status, 0, len(page))
	for _, rec := range page {
		cur, err := m.open(ctx, rec)
		if err != nil {
			keyID, _ := recordKeyID(rec.Data)
			list = append(list, Status{ID: rec.ID, KeyID: keyID, Err: err})
			continue
		}
		list = append(list, cur.status(rec.ID))
	}
	return list, nil
}

// page is one call of the store's List.
func (m *Manager) page(ctx context.Context, after string, limit int) (recs []Record, err error) {
	if limit < 1 {
		return nil, fmt.Errorf("tokens: a page of %d grants; the limit must be at least 1", limit)
	}
	err = m.call(ctx, "list", func(ctx context.Context) (err error) {
		recs, err = m.cfg.Store.List(ctx, after, limit)
		return err
	})
	return recs, err
}

// Refresh gets a new access token now, whatever the present one is worth, and
// even if a failed refresh would not be repeated yet: for operators who have
// just put something right. A grant that needs reauthorization is not tried.
// It returns when the new token is stored; errors are those of [Source.Token].
func (m *Manager) Refresh(ctx context.Context, id string) error {
	if err := CheckID(id); err != nil {
		return err
	}
	for {
		f, mine, err := m.lookup(id).force()
		if err != nil && !errors.Is(err, errDropped) {
			return err
		}
		if err != nil {
			continue
		}
		if _, err = f.wait(ctx); mine || err != nil {
			return err
		}
	}
}

// force starts a flight that refreshes; if there is one already, that is
// returned instead, not mine.
func (g *grant) force() (f *flight, mine bool, err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	switch {
	case g.dropped:
		return nil, false, errDropped
	case g.flight != nil && g.flight.saving:
		return nil, false, g.flight.err
	case g.flight != nil:
		return g.flight, false, nil
	}
	w := want{force: true, reject: g.rejected.token}
	if l := g.live.Load(); l != nil {
		w.old = l.token
	}
	f, err = g.start(w, false)
	return f, true, err
}

// Delete forgets a grant; that there is none is no error. Lokalise publishes
// no way to revoke a grant, so whoever has a copy of its tokens can go on
// using them, and other processes use the access token they hold until they look
// into the store again: within Config.Recheck.
func (m *Manager) Delete(ctx context.Context, id string) error {
	if err := CheckID(id); err != nil {
		return err
	}
	deleted, err := m.deleteStored(ctx, id)
	if err != nil {
		return m.failed(id, stored{}, err)
	}
	m.disown(id, deleted)
	if deleted > 0 {
		m.tell(Event{GrantID: id, Kind: EventDeleted})
	}
	return nil
}

// disown forgets what this process has of a grant that was deleted in that
// version, 0 if there was none.
func (m *Manager) disown(id string, deleted int64) {
	g, ok := m.table.find(id)
	if !ok {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.outdate()
	g.known = false
	switch {
	case g.flight == nil && !g.dropped:
		m.forget(g)
	case deleted > 0:
		g.version = deleted + 1 // for a Put that wrote it, and has not adopted it yet
	}
}

// deleteStored deletes whatever version is stored, and returns it. It does not
// need to open the record.
func (m *Manager) deleteStored(ctx context.Context, id string) (deleted int64, err error) {
	for {
		rec, err := m.get(ctx, id)
		if err != nil {
			return 0, ignore(err, ErrNotFound)
		}
		err = m.call(ctx, "delete", func(ctx context.Context) error { return m.cfg.Store.Delete(ctx, id, rec.Version) })
		if err == nil {
			return rec.Version, nil
		}
		if !errors.Is(err, ErrConflict) {
			return 0, err
		}
	}
}

func ignore(err, harmless error) error {
	if errors.Is(err, harmless) {
		return nil
	}
	return err
}
