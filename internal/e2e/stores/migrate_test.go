package stores_test

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/golokalise/lokalise/tokens"
	"github.com/golokalise/lokalise/tokens/sqlstore"
)

// onEach runs a test on an empty database of each kind.
func onEach(t *testing.T, test func(t *testing.T, d *database)) {
	for name, make := range databases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, make(t))
		})
	}
}

func put(t *testing.T, s tokens.Store, id string) {
	t.Helper()
	if err := s.Put(t.Context(), tokens.Record{ID: id, Version: 1, Data: []byte(id)}, 0); err != nil {
		t.Fatal(err)
	}
}

func count(t *testing.T, db *sql.DB, table string) (n int) {
	t.Helper()
	if err := db.QueryRowContext(t.Context(), "SELECT COUNT(*) FROM "+table).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestManyProcessesMayMigrateAtOnce(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, d *database) {
		var wg sync.WaitGroup
		start := make(chan struct{})
		for range 8 {
			store, db := storeAndDB(t, d, "")
			if err := db.PingContext(t.Context()); err != nil {
				t.Fatal(err)
			}
			wg.Go(func() {
				<-start
				if err := store.Migrate(t.Context()); err != nil {
					t.Errorf("Migrate: %v", err)
				}
			})
		}
		close(start)
		wg.Wait()
		all, err := sqlstore.Migrations(d.dialect, "")
		if err != nil {
			t.Fatal(err)
		}
		if n := count(t, d.open(t), "lokalise_migrations"); n != len(all) {
			t.Errorf("%d migrations are recorded, want %d", n, len(all))
		}
		put(t, newStore(t, d, ""), "a")
	})
}

func TestMigrateAppliesWhatIsMissingAndKeepsTheRest(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, d *database) {
		db := d.open(t)
		put(t, newStore(t, d, ""), "a")
		execSQL(t, db, "DROP TABLE lokalise_leases")
		execSQL(t, db, "DELETE FROM lokalise_migrations WHERE version = 2")
		execSQL(t, db, "INSERT INTO lokalise_migrations (version, applied_us) VALUES (9999, 0)") // of a newer version

		store := newStore(t, d, "")
		if _, err := store.Get(t.Context(), "a"); err != nil {
			t.Errorf("Get after the second migration: %v", err)
		}
		if got, err := store.Lease(t.Context(), "a", "me", time.Hour); err != nil || !got {
			t.Errorf("Lease = %t, %v", got, err)
		}
	})
}

func TestOtherToolsMayRunTheFiles(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, d *database) {
		db := d.open(t)
		files := sqlstore.Files(d.dialect)
		names, err := fs.Glob(files, "*.sql")
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			text, err := fs.ReadFile(files, name)
			if err != nil {
				t.Fatal(err)
			}
			for statement := range strings.SplitSeq(strings.TrimSpace(string(text)), ";\n") {
				execSQL(t, db, strings.TrimSuffix(statement, ";"))
			}
		}
		store, _ := storeAndDB(t, d, "")
		put(t, store, "a")
		if err := store.Migrate(t.Context()); err != nil {
			t.Errorf("Migrate after the other tool: %v", err)
		}
		if _, err := store.Get(t.Context(), "a"); err != nil {
			t.Error(err)
		}
	})
}

func TestStoresWithDifferentPrefixesShareNothing(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, d *database) {
		longest := "p" + strings.Repeat("_9", 19) + "_"
		one, other := newStore(t, d, "one_"), newStore(t, d, longest)
		put(t, one, "a")
		if list, err := other.List(t.Context(), "", 10); err != nil || len(list) != 0 {
			t.Errorf("the other store has %d records, %v", len(list), err)
		}
		put(t, other, "a")
	})
}

// TestMigrateWaitsNoLongerThanItsContext holds the lock in a transaction, or a
// session, that never ends.
func TestMigrateWaitsNoLongerThanItsContext(t *testing.T) {
	t.Parallel()
	for name, hold := range map[string]string{
		"PostgreSQL": "LOCK TABLE lokalise_migrations",
		// The name is the whole server's: another test may migrate just now.
		"MariaDB": "SELECT GET_LOCK('sqlstore/lokalise_', 30)",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := databases[name](t)
			db := d.open(t)
			store := newStore(t, d, "")
			execSQL(t, db, "DELETE FROM lokalise_migrations")
			tx, err := db.BeginTx(t.Context(), nil)
			if err != nil {
				t.Fatal(err)
			}
			defer tx.Rollback() //nolint:errcheck // nothing was written
			var got int
			switch err := tx.QueryRowContext(t.Context(), hold).Scan(&got); {
			case errors.Is(err, sql.ErrNoRows): // of PostgreSQL
			case err != nil || got != 1:
				t.Fatalf("%s = %d, %v", hold, got, err)
			}
			ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
			defer cancel()
			if err := store.Migrate(ctx); !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("Migrate = %v while another process migrates", err)
			}
		})
	}
}
