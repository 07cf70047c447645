package sqlstore

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
)

//go:embed migrations
var files embed.FS

// Migration is a step of the schema.
type Migration struct {
	// Version orders the steps. It begins with 1.
	Version int

	// Name is the file's name in [Files].
	Name string

	// SQL is one or more statements, each of which ends with a semicolon at
	// the end of a line.
	SQL string
}

// Files are the migrations of a dialect as plain files with the default prefix,
// named and annotated so that goose, golang-migrate and a database's own shell
// take them as they are. It is empty for an unknown dialect.
func Files(dialect Dialect) fs.FS {
	sub, err := fs.Sub(files, "migrations/"+dialect.String())
	if err != nil {
		return embed.FS{}
	}
	return sub
}

// Migrations returns the migrations of a dialect in their order, with the
// prefix in place of "lokalise_"; an empty prefix is the default one. It fails
// if the dialect or the prefix is none.
func Migrations(dialect Dialect, prefix string) ([]Migration, error) {
	if _, ok := features[dialect]; !ok {
		return nil, fmt.Errorf("sqlstore: unknown %v", dialect)
	}
	prefix, err := checkPrefix(prefix)
	if err != nil {
		return nil, err
	}
	dir := Files(dialect)
	entries, err := fs.ReadDir(dir, ".") // sorted by name
	if err != nil {
		return nil, fmt.Errorf("sqlstore: migrations: %w", err)
	}
	var all []Migration
	for _, entry := range entries {
		m, err := readMigration(dir, entry.Name(), prefix)
		if err != nil {
			return nil, fmt.Errorf("sqlstore: migration %s: %w", entry.Name(), err)
		}
		all = append(all, m)
	}
	return all, nil
}

func readMigration(dir fs.FS, name, prefix string) (Migration, error) {
	number, _, _ := strings.Cut(name, "_")
	version, err := strconv.Atoi(number)
	if err != nil {
		return Migration{}, err
	}
	text, err := fs.ReadFile(dir, name)
	if err != nil {
		return Migration{}, err
	}
	return Migration{version, name, strings.ReplaceAll(string(text), defaultPrefix, prefix)}, nil
}

// statements splits a migration, since drivers differ in whether they take more
// than one statement at once.
func (m Migration) statements() (all []string) {
	for part := range strings.SplitSeq(m.SQL, ";\n") {
		var lines []string
		for line := range strings.Lines(part) {
			if !strings.HasPrefix(line, "--") {
				lines = append(lines, line)
			}
		}
		if one := strings.TrimSpace(strings.Join(lines, "")); one != "" {
			all = append(all, one)
		}
	}
	return all
}

// session is a connection, or a transaction on it, that migrates.
type session struct {
	conn *sql.Conn
	run  interface {
		ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
		QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	}
}

// Migrate brings the tables to what this version of the package needs. Any
// number of processes may call it at once: one does the work under a lock of
// the database while the others wait, until their contexts end. When there is
// nothing to do it only reads, so that an app that may not change the schema
// can call it too. A schema that is newer than this package is left alone.
//
// Each migration is recorded in the table {prefix}migrations.
func (s *Store) Migrate(ctx context.Context) error {
	all, err := Migrations(s.dialect, s.prefix)
	if err != nil {
		return err
	}
	conn, err := s.db.Conn(ctx)
	if err != nil {
		return failure(ctx, "migrate", err)
	}
	defer conn.Close() //nolint:errcheck // it goes back to the pool
	look := &session{conn, conn}
	// An error means most of the time that the table is not there yet. Any
	// other comes again below.
	if done, err := s.applied(ctx, look); err == nil && len(pending(all, done)) == 0 {
		return nil
	}
	return failure(ctx, "migrate", s.feature.lock(s, ctx, look))
}

// applyAll applies what is missing. It is called under the lock.
func (s *Store) applyAll(ctx context.Context, in *session) error {
	all, err := Migrations(s.dialect, s.prefix)
	if err != nil {
		return err
	}
	done, err := s.applied(ctx, in)
	if err != nil {
		return err
	}
	for _, m := range pending(all, done) {
		for _, statement := range m.statements() {
			if err := s.execIn(ctx, in, statement); err != nil {
				return fmt.Errorf("%s: %w", m.Name, err)
			}
		}
		if err := s.execIn(ctx, in, "INSERT INTO {migrations} (version, applied_us) VALUES (?, {now})", m.Version); err != nil {
			return fmt.Errorf("%s: %w", m.Name, err)
		}
	}
	return nil
}

func pending(all []Migration, done map[int]bool) (left []Migration) {
	for _, m := range all {
		if !done[m.Version] {
			left = append(left, m)
		}
	}
	return left
}

// applied returns the versions that the database has.
func (s *Store) applied(ctx context.Context, in *session) (map[int]bool, error) {
	rows, err := in.run.QueryContext(ctx, s.feature.query(s.prefix, "SELECT version FROM {migrations}"))
	if err != nil {
		return nil, err
	}
	versions, err := collect(rows, func(rows *sql.Rows) (v int, err error) { return v, rows.Scan(&v) })
	done := map[int]bool{}
	for _, v := range versions {
		done[v] = true
	}
	return done, err
}

func (s *Store) execIn(ctx context.Context, in *session, query string, args ...any) error {
	_, err := in.run.ExecContext(ctx, s.feature.query(s.prefix, query), args...)
	return err
}
