package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/golokalise/lokalise/internal/sqlmigrate"
)

// lock calls apply while no other process migrates.
type lock func(ctx context.Context, in *sqlmigrate.Session, apply func(*sqlmigrate.Session) error) error

func lockPostgreSQL(name string) lock { return sqlmigrate.LockPostgreSQL(name) }

// lockSQLite migrates in one transaction, which begins with a write that
// changes nothing: it waits for other writers, for as long as the busy timeout
// says. A transaction that reads first could not be made to wait.
func lockSQLite(string) lock {
	return func(ctx context.Context, in *sqlmigrate.Session, apply func(*sqlmigrate.Session) error) error {
		if err := in.Exec(ctx, sqlmigrate.CreateTable); err != nil {
			return err
		}
		return in.InTransaction(ctx, func(tx *sqlmigrate.Session) error {
			if err := tx.Exec(ctx, "UPDATE {migrations} SET version = version WHERE 1 = 0"); err != nil {
				return err
			}
			return apply(tx)
		})
	}
}

// lockMySQL migrates under a named lock of the server, since each change of the
// schema ends a transaction. A lost connection gives the lock back.
func lockMySQL(name string) lock {
	return func(ctx context.Context, in *sqlmigrate.Session, apply func(*sqlmigrate.Session) error) (err error) {
		for got := int64(0); got == 0; {
			// Not all servers know a wait without end.
			row := in.Conn.QueryRowContext(ctx, "SELECT COALESCE(GET_LOCK(?, 60), -1)", name)
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
			row := in.Conn.QueryRowContext(ctx, "SELECT RELEASE_LOCK(?)", name)
			if unlockErr := row.Scan(&released); err == nil {
				err = unlockErr
			}
		}()
		if err := in.Exec(ctx, sqlmigrate.CreateTable); err != nil {
			return err
		}
		return apply(in)
	}
}
