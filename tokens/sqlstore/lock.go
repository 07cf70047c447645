package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"hash/fnv"
	"time"
)

const createMigrations = "CREATE TABLE IF NOT EXISTS {migrations} (version integer NOT NULL PRIMARY KEY, applied_us bigint NOT NULL)"

// lockPostgreSQL migrates in one transaction. Its advisory lock ends with it,
// which also works behind a pooler that shares connections.
func (s *Store) lockPostgreSQL(ctx context.Context, in *session) error {
	return inTransaction(ctx, in, func(tx *session) error {
		name := fnv.New32a()
		_, _ = name.Write([]byte("sqlstore/" + s.prefix)) // it never fails
		if err := s.execIn(ctx, tx, "SELECT pg_advisory_xact_lock(?)", int64(name.Sum32())); err != nil {
			return err
		}
		if err := s.execIn(ctx, tx, createMigrations); err != nil {
			return err
		}
		return s.applyAll(ctx, tx)
	})
}

// lockSQLite migrates in one transaction, which begins with a write that
// changes nothing: it waits for other writers, for as long as the busy timeout
// says. A transaction that reads first could not be made to wait.
func (s *Store) lockSQLite(ctx context.Context, in *session) error {
	if err := s.execIn(ctx, in, createMigrations); err != nil {
		return err
	}
	return inTransaction(ctx, in, func(tx *session) error {
		if err := s.execIn(ctx, tx, "UPDATE {migrations} SET version = version WHERE 1 = 0"); err != nil {
			return err
		}
		return s.applyAll(ctx, tx)
	})
}

// lockMySQL migrates under a named lock of the server, since each change of the
// schema ends a transaction. A lost connection gives the lock back.
func (s *Store) lockMySQL(ctx context.Context, in *session) (err error) {
	name := "sqlstore/" + s.prefix
	for got := int64(0); got == 0; {
		// Not all servers know a wait without end.
		row := in.conn.QueryRowContext(ctx, "SELECT COALESCE(GET_LOCK(?, 60), -1)", name)
		if err := row.Scan(&got); err != nil {
			return err
		}
		if got < 0 {
			return errors.New("GET_LOCK failed")
		}
	}
	defer func() {
		// Also when the context has ended: the connection goes on to be used.
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
		var released sql.NullInt64
		row := in.conn.QueryRowContext(ctx, "SELECT RELEASE_LOCK(?)", name)
		if unlockErr := row.Scan(&released); err == nil {
			err = unlockErr
		}
	}()
	if err := s.execIn(ctx, in, createMigrations); err != nil {
		return err
	}
	return s.applyAll(ctx, in)
}

func inTransaction(ctx context.Context, in *session, do func(*session) error) error {
	tx, err := in.conn.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // it does nothing after Commit
	if err := do(&session{in.conn, tx}); err != nil {
		return err
	}
	return tx.Commit()
}
