package sqlstore_test

import (
	"database/sql"
	"io/fs"
	"regexp"
	"strings"
	"testing"

	"github.com/golokalise/lokalise/tokens/sqlstore"
)

// The store is held against its contract on real databases in internal/e2e,
// since the root module has no driver.

var dialects = []sqlstore.Dialect{sqlstore.PostgreSQL, sqlstore.SQLite, sqlstore.MySQL}

func TestPrefixIsNeverMoreThanAName(t *testing.T) {
	t.Parallel()
	for prefix, ok := range map[string]bool{
		"":                      true,
		"acme_":                 true,
		"_9":                    true,
		strings.Repeat("a", 40): true,
		strings.Repeat("a", 41): false,
		"9a":                    false,
		"Acme_":                 false,
		"public.":               false,
		"a b":                   false,
		"a\n":                   false,
		"a`":                    false,
		`a"`:                    false,
		"a?":                    false,
		"{now}":                 false,
		"x; DROP TABLE y; --":   false,
		"ä_":                    false,
	} {
		for _, dialect := range dialects {
			_, storeErr := sqlstore.New(new(sql.DB), dialect, sqlstore.Options{Prefix: prefix})
			_, migrationsErr := sqlstore.Migrations(dialect, prefix)
			if (storeErr == nil) != ok || (migrationsErr == nil) != ok {
				t.Errorf("%v, prefix %q: New %v, Migrations %v", dialect, prefix, storeErr, migrationsErr)
			}
		}
	}
}

func TestUnknownDialectIsRefused(t *testing.T) {
	t.Parallel()
	if _, err := sqlstore.New(new(sql.DB), 0, sqlstore.Options{}); err == nil || !strings.Contains(err.Error(), "Dialect(0)") {
		t.Errorf("New = %v", err)
	}
	if _, err := sqlstore.Migrations(7, ""); err == nil {
		t.Error("Migrations of an unknown dialect")
	}
	if names, _ := fs.Glob(sqlstore.Files(0), "*"); len(names) != 0 {
		t.Errorf("files of an unknown dialect: %q", names)
	}
	if _, err := sqlstore.New(nil, sqlstore.SQLite, sqlstore.Options{}); err == nil {
		t.Error("New takes nil for a database")
	}
}

func TestDialectsHaveTheSameMigrations(t *testing.T) {
	t.Parallel()
	want, err := sqlstore.Migrations(sqlstore.PostgreSQL, "")
	if err != nil {
		t.Fatal(err)
	}
	if len(want) == 0 {
		t.Fatal("there are no migrations")
	}
	for _, dialect := range dialects {
		got, err := sqlstore.Migrations(dialect, "")
		if err != nil || len(got) != len(want) {
			t.Fatalf("%v has %d migrations, want %d: %v", dialect, len(got), len(want), err)
		}
		for i, m := range got {
			if m.Version != i+1 || m.Name != want[i].Name {
				t.Errorf("%v: migration %d is version %d, %q; want %q", dialect, i+1, m.Version, m.Name, want[i].Name)
			}
		}
	}
}

// TestPrefixReachesEveryName guards against a table in a migration that two
// stores would share.
func TestPrefixReachesEveryName(t *testing.T) {
	t.Parallel()
	names := regexp.MustCompile(`(?:EXISTS|ON|KEY) (\w+) `)
	for _, dialect := range dialects {
		all, err := sqlstore.Migrations(dialect, "acme_")
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range all {
			found := names.FindAllStringSubmatch(m.SQL, -1)
			if len(found) == 0 {
				t.Errorf("%v %s names no table", dialect, m.Name)
			}
			for _, match := range found {
				if !strings.HasPrefix(match[1], "acme_") {
					t.Errorf("%v %s: the name %s is without prefix", dialect, m.Name, match[1])
				}
			}
			if !strings.HasPrefix(m.SQL, "-- +goose Up\n") || !strings.HasSuffix(m.SQL, ";\n") {
				t.Errorf("%v %s lacks the annotation at the start or the semicolon at the end", dialect, m.Name)
			}
		}
	}
}
