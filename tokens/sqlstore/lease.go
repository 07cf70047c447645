package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// Lease implements [tokens.Leaser].
func (s *Store) Lease(ctx context.Context, id, owner string, ttl time.Duration) (bool, error) {
	key := s.feature.id(id)
	n, err := s.exec(ctx, "lease", s.sql.takeLease, key, s.feature.id(owner), ttl.Microseconds())
	if err != nil || s.dialect != MySQL {
		return n > 0, err
	}
	// The number of rows depends on the flag CLIENT_FOUND_ROWS there, so the
	// row is asked. Nobody else can have taken it from this owner since, unless
	// the lease has run out already.
	var holder string
	err = s.db.QueryRowContext(ctx, s.sql.leaseOwner, key).Scan(&holder)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return holder == owner, failure(ctx, "lease", err)
}

// Unlease implements [tokens.Leaser].
func (s *Store) Unlease(ctx context.Context, id, owner string) error {
	_, err := s.exec(ctx, "unlease", s.sql.unlease, s.feature.id(id), s.feature.id(owner))
	return err
}
