package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/golokalise/lokalise/sandbox"
)

// file is a sandbox's storage in a SQLite file. It has one connection, which
// holds the file's lock as long as it lives.
type file struct {
	db         *sql.DB
	mu         sync.Mutex // held by whoever uses conn
	conn       *sql.Conn
	statements [statementCount]*sql.Stmt
}

// Open opens the file, or makes it. The folder must be there. It fails with
// ErrLocked, ErrNotSandbox or ErrNewer in the chain for a file that cannot be
// used, without changing it. The sandbox that gets the storage closes it.
func Open(path string) (sandbox.Storage, error) {
	f, err := open(context.Background(), path)
	if err != nil {
		return nil, explained(path, err)
	}
	return f, nil
}

func open(ctx context.Context, path string) (*file, error) {
	name, err := dataSource(path)
	if err != nil {
		return nil, err
	}
	db, err := sql.Open("sqlite", name)
	if err != nil {
		return nil, err
	}
	f := &file{db: db}
	if f.conn, err = db.Conn(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	if err := f.setUp(ctx); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// dataSource makes the file, readable by its owner only, unless it is there,
// and names it as the driver wants it.
func dataSource(path string) (string, error) {
	if path == "" {
		return "", errors.New("the path is empty")
	}
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	f, err := os.OpenFile(abs, os.O_RDWR|os.O_CREATE, 0o600) //nolint:gosec // the caller names the file
	if err != nil {
		return "", err
	}
	if err := f.Close(); err != nil {
		return "", err
	}
	slashed := filepath.ToSlash(abs)
	if !strings.HasPrefix(slashed, "/") {
		slashed = "/" + slashed // C:/…
	}
	return (&url.URL{Scheme: "file", Path: slashed}).String(), nil
}

// setUp locks the file, sees to its schema and prepares the statements.
func (f *file) setUp(ctx context.Context) error {
	// The lock comes first, and only then anything that writes. A file that is
	// locked is not waited for.
	if err := f.exec(ctx, "PRAGMA busy_timeout = 0", "PRAGMA locking_mode = EXCLUSIVE"); err != nil {
		return err
	}
	version, err := f.version(ctx)
	if err != nil {
		return err
	}
	err = f.exec(ctx,
		"PRAGMA journal_mode = WAL",
		"PRAGMA synchronous = NORMAL", // see the package's comment
		"PRAGMA journal_size_limit = 67108864",
		"BEGIN EXCLUSIVE", // locks the file even when nothing is to migrate
	)
	if err == nil {
		err = f.migrate(ctx, version)
	}
	if err != nil {
		return errors.Join(err, f.rollback(ctx))
	}
	if err := f.exec(ctx, "COMMIT"); err != nil {
		return errors.Join(err, f.rollback(ctx))
	}
	return f.prepare(ctx)
}

func (f *file) exec(ctx context.Context, statements ...string) error {
	for _, statement := range statements {
		if _, err := f.conn.ExecContext(ctx, statement); err != nil {
			return fmt.Errorf("%s: %w", statement, err)
		}
	}
	return nil
}

// rollback ends a transaction, if there is one: SQLite has ended it by itself
// after some failures.
func (f *file) rollback(ctx context.Context) error {
	if _, err := f.conn.ExecContext(ctx, "ROLLBACK"); err != nil && !strings.Contains(err.Error(), "no transaction is active") {
		return fmt.Errorf("roll back: %w", err)
	}
	return nil
}

// Close implements [sandbox.Storage]. Closing again does nothing.
func (f *file) Close() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	var errs []error
	for i, s := range f.statements {
		if s != nil {
			errs = append(errs, s.Close())
			f.statements[i] = nil
		}
	}
	if f.conn != nil {
		errs = append(errs, f.conn.Close(), f.db.Close())
		f.conn = nil
	}
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("sqlite: close: %w", err)
	}
	return nil
}
