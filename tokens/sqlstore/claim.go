package sqlstore

import (
	"context"
	"database/sql"
	"slices"
	"strings"
	"time"

	"github.com/golokalise/lokalise/tokens"
)

// claimed is a record and a time of the database, in microseconds.
type claimed struct {
	rec  tokens.Record
	time int64
}

// Claim implements [tokens.Claimer].
func (s *Store) Claim(ctx context.Context, limit int, ttl time.Duration) ([]tokens.Record, error) {
	var recs []tokens.Record
	var err error
	if s.dialect == PostgreSQL {
		recs, err = s.claimAtOnce(ctx, limit, ttl)
	} else {
		recs, err = s.claimInTransaction(ctx, limit, ttl)
	}
	return recs, failure(ctx, "claim", err)
}

// claimAtOnce is one statement. It returns rows in any order, and with them
// when they were due.
func (s *Store) claimAtOnce(ctx context.Context, limit int, ttl time.Duration) ([]tokens.Record, error) {
	rows, err := s.db.QueryContext(ctx, s.sql.claim, max(limit, 0), ttl.Microseconds())
	if err != nil {
		return nil, err
	}
	all, err := collect(rows, readClaimed)
	slices.SortFunc(all, func(a, b claimed) int { return int(a.time - b.time) })
	return recordsOf(all), err
}

// claimInTransaction reads what is due, locked against other claims, and
// postpones it. Dialects without RETURNING, or with one that cannot tell the
// old values, need that.
func (s *Store) claimInTransaction(ctx context.Context, limit int, ttl time.Duration) ([]tokens.Record, error) {
	tx, err := s.db.BeginTx(ctx, &sql.TxOptions{Isolation: s.feature.isolation})
	if err != nil {
		return nil, err
	}
	defer tx.Rollback() //nolint:errcheck // it does nothing after Commit
	if s.sql.claimFirst != "" {
		if _, err := tx.ExecContext(ctx, s.sql.claimFirst); err != nil {
			return nil, err
		}
	}
	rows, err := tx.QueryContext(ctx, s.sql.claimRead, max(limit, 0))
	if err != nil {
		return nil, err
	}
	all, err := collect(rows, readClaimed)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	until := all[0].time + ttl.Microseconds()
	if err := s.postpone(ctx, tx, all, until); err != nil {
		return nil, err
	}
	return recordsOf(all), tx.Commit()
}

// postpone makes records due at another time. Databases limit the number of
// placeholders in one statement.
func (s *Store) postpone(ctx context.Context, tx *sql.Tx, all []claimed, until int64) error {
	for some := range slices.Chunk(all, 500) {
		args := []any{until}
		for i := range some {
			some[i].rec.Due = time.UnixMicro(until)
			args = append(args, s.feature.id(some[i].rec.ID))
		}
		query := "UPDATE {grants} SET due_us = ? WHERE id IN (?" + strings.Repeat(", ?", len(some)-1) + ")"
		if _, err := tx.ExecContext(ctx, s.feature.query(s.prefix, query), args...); err != nil {
			return err
		}
	}
	return nil
}

func readClaimed(rows *sql.Rows) (c claimed, err error) {
	c.rec, err = scan(rows, &c.time)
	return c, err
}

func recordsOf(all []claimed) []tokens.Record {
	var recs []tokens.Record
	for _, c := range all {
		recs = append(recs, c.rec)
	}
	return recs
}
