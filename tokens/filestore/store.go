package filestore

import (
	"bytes"
	"context"
	"maps"
	"path/filepath"
	"slices"
	"time"

	"github.com/golokalise/lokalise/tokens"
)

// Store keeps records in a file.
type Store struct {
	path string
}

var (
	_ tokens.Store   = (*Store)(nil)
	_ tokens.Claimer = (*Store)(nil)
	_ tokens.Leaser  = (*Store)(nil)
)

// Open returns the store in the file at path, which need not exist yet; its
// directory must, and this program must be able to write in it. ErrInsecure says
// that others may use the file or write in the directory, ErrDamaged that the
// file is not whole.
func Open(path string) (*Store, error) {
	if err := checkDir(filepath.Dir(path)); err != nil {
		return nil, err
	}
	s := &Store{path: path}
	if err := s.view(context.Background(), func(*content) {}); err != nil {
		return nil, err
	}
	return s, nil
}

// Get implements [tokens.Store].
func (s *Store) Get(ctx context.Context, id string) (rec tokens.Record, err error) {
	found := false
	err = s.view(ctx, func(c *content) {
		var row row
		if row, found = c.Grants[id]; found {
			rec = row.record(id)
		}
	})
	if err == nil && !found {
		err = tokens.ErrNotFound
	}
	return rec, err
}

// Put implements [tokens.Store].
func (s *Store) Put(ctx context.Context, rec tokens.Record, expected int64) error {
	if err := tokens.CheckID(rec.ID); err != nil {
		return err
	}
	return s.change(ctx, func(c *content) error {
		if c.Grants[rec.ID].Version != expected {
			return tokens.ErrConflict
		}
		c.Grants[rec.ID] = row{Version: rec.Version, Data: rec.Data, Due: rec.Due}
		return nil
	})
}

// Delete implements [tokens.Store].
func (s *Store) Delete(ctx context.Context, id string, expected int64) error {
	return s.change(ctx, func(c *content) error {
		if row, ok := c.Grants[id]; !ok || row.Version != expected {
			return tokens.ErrConflict
		}
		delete(c.Grants, id)
		return nil
	})
}

// List implements [tokens.Store].
func (s *Store) List(ctx context.Context, after string, limit int) (page []tokens.Record, err error) {
	err = s.view(ctx, func(c *content) {
		for _, id := range slices.Sorted(maps.Keys(c.Grants)) {
			if id > after && len(page) < limit {
				page = append(page, c.Grants[id].record(id))
			}
		}
	})
	return page, err
}

// Due implements [tokens.Store].
func (s *Store) Due(ctx context.Context, limit int) (recs []tokens.Record, err error) {
	err = s.view(ctx, func(c *content) { recs = c.due(limit) })
	return recs, err
}

// Claim implements [tokens.Claimer].
func (s *Store) Claim(ctx context.Context, limit int, ttl time.Duration) (recs []tokens.Record, err error) {
	// A look first, since a change rewrites the file.
	if recs, err = s.Due(ctx, limit); err != nil || len(recs) == 0 {
		return nil, err
	}
	err = s.change(ctx, func(c *content) error {
		until := time.Now().Add(ttl)
		recs = c.due(limit)
		for i, rec := range recs {
			recs[i].Due = until
			row := c.Grants[rec.ID]
			row.Due = until
			c.Grants[rec.ID] = row
		}
		return nil
	})
	return recs, err
}

// Lease implements [tokens.Leaser].
func (s *Store) Lease(ctx context.Context, id, owner string, ttl time.Duration) (got bool, err error) {
	err = s.change(ctx, func(c *content) error {
		now := time.Now()
		maps.DeleteFunc(c.Leases, func(_ string, held lease) bool { return !now.Before(held.Until) })
		if held, ok := c.Leases[id]; ok && held.Owner != owner {
			return errUnchanged
		}
		c.Leases[id] = lease{owner, now.Add(ttl)}
		got = true
		return nil
	})
	return got, err
}

// Unlease implements [tokens.Leaser].
func (s *Store) Unlease(ctx context.Context, id, owner string) error {
	return s.change(ctx, func(c *content) error {
		if c.Leases[id].Owner != owner {
			return errUnchanged
		}
		delete(c.Leases, id)
		return nil
	})
}

// due lists what is due by now, the longest due first.
func (c *content) due(limit int) (recs []tokens.Record) {
	now := time.Now()
	for id, row := range c.Grants {
		if !row.Due.IsZero() && !row.Due.After(now) {
			recs = append(recs, row.record(id))
		}
	}
	slices.SortFunc(recs, func(a, b tokens.Record) int { return a.Due.Compare(b.Due) })
	return recs[:min(limit, len(recs))]
}

func (r row) record(id string) tokens.Record {
	return tokens.Record{ID: id, Version: r.Version, Data: bytes.Clone(r.Data), Due: r.Due}
}
