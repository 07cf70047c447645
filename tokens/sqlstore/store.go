package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"regexp"
	"time"

	"github.com/golokalise/lokalise/tokens"
)

// Options fit a [Store] to a database. The zero value is fine.
type Options struct {
	// Prefix begins the names of tables and indexes, so that several stores
	// fit into one schema: lower-case letters, digits and _, at most 40, not
	// beginning with a digit. Defaults to "lokalise_".
	Prefix string
}

const defaultPrefix = "lokalise_"

// prefixes are safe in every dialect without quotes. With what is appended
// they stay below PostgreSQL's 63 bytes and MySQL's 64 for a lock.
var prefixes = regexp.MustCompile(`^[a-z_][a-z0-9_]{0,39}$`)

// Store keeps grants in a database.
type Store struct {
	db      *sql.DB
	dialect Dialect
	feature feature
	prefix  string
	sql     statements
}

// statements are the texts of all queries.
type statements struct {
	get, create, update, delete, list, due string
	claim, claimFirst, claimRead           string
	takeLease, leaseOwner, unlease         string
}

var (
	_ tokens.Store   = (*Store)(nil)
	_ tokens.Claimer = (*Store)(nil)
	_ tokens.Leaser  = (*Store)(nil)
)

// New returns a store on a database that the app has opened, and goes on to
// own. It does not connect. The tables must be there before the store is used:
// see [Store.Migrate]. It fails if the dialect or the prefix is none.
func New(db *sql.DB, dialect Dialect, options Options) (*Store, error) {
	f, ok := features[dialect]
	if !ok {
		return nil, fmt.Errorf("sqlstore: unknown %v", dialect)
	}
	if db == nil {
		return nil, errors.New("sqlstore: the database is nil")
	}
	prefix, err := checkPrefix(options.Prefix)
	if err != nil {
		return nil, err
	}
	return &Store{db: db, dialect: dialect, feature: f, prefix: prefix, sql: write(f, prefix)}, nil
}

func checkPrefix(prefix string) (string, error) {
	if prefix == "" {
		return defaultPrefix, nil
	}
	if !prefixes.MatchString(prefix) {
		return "", fmt.Errorf("sqlstore: prefix %q must be at most 40 of a-z, 0-9 and _, without a digit in front", prefix)
	}
	return prefix, nil
}

func write(f feature, prefix string) statements {
	const isDue = "FROM {grants} WHERE due_us <= {now} ORDER BY due_us LIMIT ?"
	q := func(text string) string { return f.query(prefix, text) }
	return statements{
		get:    q("SELECT id, version, data, due_us FROM {grants} WHERE id = ?"),
		create: q("{insert} {grants} (version, data, due_us, id) VALUES (?, ?, ?, ?) {or nothing}"),
		update: q("UPDATE {grants} SET version = ?, data = ?, due_us = ? WHERE id = ? AND version = ?"),
		delete: q("DELETE FROM {grants} WHERE id = ? AND version = ?"),
		list:   q("SELECT id, version, data, due_us FROM {grants} WHERE id > ? ORDER BY id LIMIT ?"),
		due:    q("SELECT id, version, data, due_us " + isDue),
		claim: q("WITH picked AS (SELECT id, due_us " + isDue + " FOR UPDATE SKIP LOCKED) " +
			"UPDATE {grants} AS g SET due_us = {now} + ? FROM picked WHERE g.id = picked.id " +
			"RETURNING g.id, g.version, g.data, g.due_us, picked.due_us"),
		claimFirst: q(f.claimFirst),
		claimRead:  q("SELECT id, version, data, due_us, {now} " + isDue + " {skip locked}"),
		takeLease:  q("{take lease}"),
		leaseOwner: q("SELECT owner FROM {leases} WHERE id = ?"),
		unlease:    q("DELETE FROM {leases} WHERE id = ? AND owner = ?"),
	}
}

// Get implements [tokens.Store].
func (s *Store) Get(ctx context.Context, id string) (tokens.Record, error) {
	rec, err := scan(s.db.QueryRowContext(ctx, s.sql.get, s.feature.id(id)))
	if errors.Is(err, sql.ErrNoRows) {
		return rec, tokens.ErrNotFound
	}
	return rec, failure(ctx, "get", err)
}

// Put implements [tokens.Store].
func (s *Store) Put(ctx context.Context, rec tokens.Record, expected int64) error {
	if err := tokens.CheckID(rec.ID); err != nil {
		return err
	}
	data := rec.Data
	if data == nil {
		data = []byte{} // nil would be NULL
	}
	due := sql.NullInt64{Int64: rec.Due.UnixMicro(), Valid: !rec.Due.IsZero()}
	if expected == 0 {
		return s.one(ctx, "create", s.sql.create, rec.Version, data, due, s.feature.id(rec.ID))
	}
	return s.one(ctx, "update", s.sql.update, rec.Version, data, due, s.feature.id(rec.ID), expected)
}

// Delete implements [tokens.Store].
func (s *Store) Delete(ctx context.Context, id string, expected int64) error {
	return s.one(ctx, "delete", s.sql.delete, s.feature.id(id), expected)
}

// one runs a statement that changes one row, or none because of a conflict.
func (s *Store) one(ctx context.Context, what, query string, args ...any) error {
	n, err := s.exec(ctx, what, query, args...)
	if err == nil && n == 0 {
		return tokens.ErrConflict
	}
	return err
}

// exec returns the number of rows changed.
func (s *Store) exec(ctx context.Context, what, query string, args ...any) (int64, error) {
	res, err := s.db.ExecContext(ctx, query, args...)
	if err != nil {
		return 0, failure(ctx, what, err)
	}
	n, err := res.RowsAffected()
	return n, failure(ctx, what, err)
}

// List implements [tokens.Store].
func (s *Store) List(ctx context.Context, after string, limit int) ([]tokens.Record, error) {
	return s.records(ctx, "list", s.sql.list, s.feature.id(after), max(limit, 0))
}

// Due implements [tokens.Store].
func (s *Store) Due(ctx context.Context, limit int) ([]tokens.Record, error) {
	return s.records(ctx, "due", s.sql.due, max(limit, 0))
}

func (s *Store) records(ctx context.Context, what, query string, args ...any) ([]tokens.Record, error) {
	rows, err := s.db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, failure(ctx, what, err)
	}
	recs, err := collect(rows, func(rows *sql.Rows) (tokens.Record, error) { return scan(rows) })
	return recs, failure(ctx, what, err)
}

// collect reads all rows and closes them.
func collect[T any](rows *sql.Rows, read func(*sql.Rows) (T, error)) (all []T, err error) {
	defer rows.Close() //nolint:errcheck // Err has what matters
	for rows.Next() {
		item, err := read(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, item)
	}
	return all, rows.Err()
}

// scan reads a record, and the columns that follow it, from a row.
func scan(row interface{ Scan(dest ...any) error }, more ...any) (tokens.Record, error) {
	var rec tokens.Record
	var due sql.NullInt64
	if err := row.Scan(append([]any{&rec.ID, &rec.Version, &rec.Data, &due}, more...)...); err != nil {
		return tokens.Record{}, err
	}
	if due.Valid {
		rec.Due = time.UnixMicro(due.Int64)
	}
	return rec, nil
}

// failure says what failed. Drivers report a context that has ended in words
// of their own, so its error is put in front.
func failure(ctx context.Context, what string, err error) error {
	if err == nil {
		return nil
	}
	if ended := ctx.Err(); ended != nil && !errors.Is(err, ended) {
		return fmt.Errorf("sqlstore: %s: %w: %w", what, ended, err)
	}
	return fmt.Errorf("sqlstore: %s: %w", what, err)
}
