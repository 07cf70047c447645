// Package sqlmigrate brings the tables of a database to what a package needs.
package sqlmigrate

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
)

// Step is a step of a schema.
type Step struct {
	// Version orders the steps. It begins with 1.
	Version int
	// Name is the name of the step's file.
	Name string
	// SQL is one or more statements, each of which ends with a semicolon at
	// the end of a line.
	SQL string
}

// Steps reads the steps that lie in a folder as files, named by version and
// underscore, and puts a prefix in place of the one they have.
func Steps(dir fs.FS, written, prefix string) ([]Step, error) {
	entries, err := fs.ReadDir(dir, ".") // sorted by name
	if err != nil {
		return nil, fmt.Errorf("migrations: %w", err)
	}
	var all []Step
	for _, entry := range entries {
		s, err := read(dir, entry.Name())
		if err != nil {
			return nil, fmt.Errorf("migration %s: %w", entry.Name(), err)
		}
		s.SQL = strings.ReplaceAll(s.SQL, written, prefix)
		all = append(all, s)
	}
	return all, nil
}

func read(dir fs.FS, name string) (Step, error) {
	number, _, _ := strings.Cut(name, "_")
	version, err := strconv.Atoi(number)
	if err != nil {
		return Step{}, err
	}
	text, err := fs.ReadFile(dir, name)
	return Step{version, name, string(text)}, err
}

// statements splits a step, since drivers differ in whether they take more than
// one statement at once.
func (s Step) statements() (all []string) {
	for part := range strings.SplitSeq(s.SQL, ";\n") {
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

// Session is a connection, or a transaction on it, that migrates.
type Session struct {
	Conn *sql.Conn
	run  interface {
		ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
		QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	}
	query func(string) string
}

// Exec runs a statement that is written out by the schema's Query.
func (s *Session) Exec(ctx context.Context, query string, args ...any) error {
	_, err := s.run.ExecContext(ctx, s.query(query), args...)
	return err
}

// InTransaction gives do a session in a transaction, which it commits.
func (s *Session) InTransaction(ctx context.Context, do func(*Session) error) error {
	tx, err := s.Conn.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // it does nothing after Commit
	if err := do(&Session{s.Conn, tx, s.query}); err != nil {
		return err
	}
	return tx.Commit()
}

// applied returns the versions that the database has.
func (s *Session) applied(ctx context.Context) (map[int]bool, error) {
	rows, err := s.run.QueryContext(ctx, s.query("SELECT version FROM {migrations}"))
	if err != nil {
		return nil, err
	}
	defer rows.Close() //nolint:errcheck // Err has what matters
	done := map[int]bool{}
	for rows.Next() {
		var v int
		if err := rows.Scan(&v); err != nil {
			return nil, err
		}
		done[v] = true
	}
	return done, rows.Err()
}

// Schema is what a package needs, and how its dialect says it.
type Schema struct {
	Steps []Step
	// Query writes a statement out for the dialect: {migrations} is the table
	// of the steps that were applied, {now} the time in microseconds since
	// 1970, ? a placeholder.
	Query func(string) string
	// Lock calls apply while no other process migrates.
	Lock func(ctx context.Context, in *Session, apply func(*Session) error) error
}

// CreateTable creates the table of the steps that were applied.
const CreateTable = "CREATE TABLE IF NOT EXISTS {migrations} (version integer NOT NULL PRIMARY KEY, applied_us bigint NOT NULL)"

// Migrate applies what is missing. When that is nothing it only reads, so that
// an app that may not change the schema can call it too.
func (s Schema) Migrate(ctx context.Context, db *sql.DB) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close() //nolint:errcheck // it goes back to the pool
	look := &Session{conn, conn, s.Query}
	// An error means most of the time that the table is not there yet. Any
	// other comes again below.
	if done, err := look.applied(ctx); err == nil && len(s.pending(done)) == 0 {
		return nil
	}
	return s.Lock(ctx, look, func(in *Session) error { return s.applyAll(ctx, in) })
}

// applyAll applies what is missing. It is called under the lock.
func (s Schema) applyAll(ctx context.Context, in *Session) error {
	done, err := in.applied(ctx)
	if err != nil {
		return err
	}
	for _, step := range s.pending(done) {
		for _, statement := range step.statements() {
			if err := in.Exec(ctx, statement); err != nil {
				return fmt.Errorf("%s: %w", step.Name, err)
			}
		}
		if err := in.Exec(ctx, "INSERT INTO {migrations} (version, applied_us) VALUES (?, {now})", step.Version); err != nil {
			return fmt.Errorf("%s: %w", step.Name, err)
		}
	}
	return nil
}

func (s Schema) pending(done map[int]bool) (left []Step) {
	for _, step := range s.Steps {
		if !done[step.Version] {
			left = append(left, step)
		}
	}
	return left
}
