// Package store is where the app keeps things: a database, SQLite or PostgreSQL,
// and the keys beside it.
package store

import (
	"context"
	"database/sql"
	_ "embed"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
	_ "modernc.org/sqlite"             // the driver "sqlite"

	"github.com/golokalise/lokalise/connect"
	"github.com/golokalise/lokalise/tokens/sqlstore"
)

// FileName is the SQLite file in the data folder.
const FileName = "webapp.db"

// connectTimeout bounds how long a database may take to answer at the start.
const connectTimeout = 10 * time.Second

//go:embed schema.sql
var schema string

// Store is the app's database.
type Store struct {
	// Grants keeps what customers have allowed, for a tokens.Manager.
	Grants *sqlstore.Store

	db      *sql.DB
	dialect sqlstore.Dialect
}

// ErrAddress says that the address of a database is none of PostgreSQL's. The
// address itself is left out: it may hold a password.
var ErrAddress = errors.New("the address of the database must be of the form postgres://user@host:5432/name")

// Open opens the PostgreSQL database at an address, or the SQLite file in the
// folder dir when there is no address, and makes the tables.
func Open(ctx context.Context, address, dir string) (*Store, error) {
	ctx, cancel := context.WithTimeout(ctx, connectTimeout)
	defer cancel()
	s, err := connectTo(address, dir)
	if err != nil {
		return nil, err
	}
	if err := s.prepare(ctx); err != nil {
		_ = s.db.Close() // the first error is the one that says something
		return nil, err
	}
	return s, nil
}

// connectTo gets as far as one does without talking to the database.
func connectTo(address, dir string) (*Store, error) {
	s := &Store{dialect: sqlstore.SQLite}
	driver, source := "sqlite", sqliteSource(filepath.Join(dir, FileName))
	if address != "" {
		u, err := url.Parse(address)
		if err != nil || (u.Scheme != "postgres" && u.Scheme != "postgresql") {
			return nil, ErrAddress
		}
		driver, source, s.dialect = "pgx", address, sqlstore.PostgreSQL
	}
	db, err := sql.Open(driver, source)
	if err != nil {
		return nil, ErrAddress // the driver's error may repeat a piece of the address
	}
	const connections = 8 // SQLite writes with one at a time anyway
	db.SetMaxOpenConns(connections)
	s.db = db
	if s.Grants, err = sqlstore.New(db, s.dialect, sqlstore.Options{}); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return s, nil
}

// sqliteSource is the file with a busy timeout, so that writers wait for each
// other, and in WAL mode, in which readers wait for nobody.
func sqliteSource(file string) string {
	// The file name is escaped as a path: a ? in it would begin the parameters.
	u := url.URL{Scheme: "file", Opaque: (&url.URL{Path: filepath.ToSlash(file)}).EscapedPath()}
	return u.String() + "?_pragma=busy_timeout(5000)&_pragma=journal_mode(WAL)"
}

// prepare makes the tables, those of the token store first.
func (s *Store) prepare(ctx context.Context) error {
	if err := s.db.PingContext(ctx); err != nil {
		return fmt.Errorf("the database does not answer: %w", err)
	}
	if err := s.Grants.Migrate(ctx); err != nil {
		return fmt.Errorf("make the tables of the token store: %w", err)
	}
	if err := s.migrate(ctx); err != nil {
		return fmt.Errorf("make the app's own table: %w", err)
	}
	return nil
}

// migrate makes the app's own table. It is one, and has never changed; an app
// with more of them has a migration tool, which can run the files of
// sqlstore.Files too.
func (s *Store) migrate(ctx context.Context) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // after Commit there is nothing to take back
	if s.dialect == sqlstore.PostgreSQL {
		// Two processes that say IF NOT EXISTS at once can both find that it
		// does not: PostgreSQL's catalog then refuses one of them.
		if _, err := tx.ExecContext(ctx, "SELECT pg_advisory_xact_lock(hashtext('webapp schema'))"); err != nil {
			return err
		}
	}
	if _, err := tx.ExecContext(ctx, schema); err != nil {
		return err
	}
	return tx.Commit()
}

// Once implements connect.Config.Once for all processes that share the
// database: an attempt that is there already was seen before.
func (s *Store) Once(ctx context.Context, attempt string) (first bool, err error) {
	now := time.Now()
	// Who is old enough cannot come back: its cookie has ended. The hour is for
	// clocks that differ.
	const spare = time.Hour
	old := now.Add(-connect.AttemptLifetime - spare).Unix()
	if _, err := s.db.ExecContext(ctx, s.sql("DELETE FROM webapp_attempts WHERE seen < ?"), old); err != nil {
		return false, err
	}
	const insert = "INSERT INTO webapp_attempts (id, seen) VALUES (?, ?) ON CONFLICT DO NOTHING"
	result, err := s.db.ExecContext(ctx, s.sql(insert), attempt, now.Unix())
	if err != nil {
		return false, err
	}
	n, err := result.RowsAffected()
	return n == 1, err
}

// sql writes a statement with up to two parameters as the database wants it.
func (s *Store) sql(query string) string {
	if s.dialect != sqlstore.PostgreSQL {
		return query
	}
	query = strings.Replace(query, "?", "$1", 1)
	return strings.Replace(query, "?", "$2", 1)
}

// Kind names the database for a person.
func (s *Store) Kind() string {
	if s.dialect == sqlstore.PostgreSQL {
		return "PostgreSQL"
	}
	return "SQLite"
}

// Close closes the database. Close the token manager first.
func (s *Store) Close() error { return s.db.Close() }
