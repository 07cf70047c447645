package stores_test

import (
	"database/sql"
	"sync"
	"testing"

	"github.com/golokalise/lokalise/tokens"
	"github.com/golokalise/lokalise/tokens/sqlstore"
	"github.com/golokalise/lokalise/tokens/storetest"
)

// newStore is a store on a database, whose tables are there.
func newStore(t *testing.T, d *database, prefix string) *sqlstore.Store {
	t.Helper()
	store, _ := storeAndDB(t, d, prefix)
	if err := store.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return store
}

func storeAndDB(t *testing.T, d *database, prefix string) (*sqlstore.Store, *sql.DB) {
	t.Helper()
	db := d.open(t)
	store, err := sqlstore.New(db, d.dialect, sqlstore.Options{Prefix: prefix})
	if err != nil {
		t.Fatal(err)
	}
	return store, db
}

func TestSQLStoreKeepsTheContract(t *testing.T) {
	t.Parallel()
	for name, make := range databases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var mu sync.Mutex
			of := map[tokens.Store]*database{}
			behind := func(s tokens.Store) *database {
				mu.Lock()
				defer mu.Unlock()
				return of[s]
			}
			options := storetest.Options{
				Records: 3000, // the default takes long on a database
				Reopen:  func(t *testing.T, s tokens.Store) tokens.Store { return newStore(t, behind(s), "") },
			}
			if make(t).interrupt != nil {
				options.Interrupt = func(t *testing.T, s tokens.Store) { behind(s).interrupt(t) }
			}
			storetest.Run(t, func(t *testing.T) tokens.Store {
				d := make(t)
				s := newStore(t, d, "")
				mu.Lock()
				defer mu.Unlock()
				of[s] = d
				return s
			}, options)
		})
	}
}
