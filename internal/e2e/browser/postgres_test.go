package browser_test

import (
	"context"
	"crypto/rand"
	"database/sql"
	"net/url"
	"strings"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver pgx
)

// emptySchema makes a schema in a database for the length of the test, and
// returns its name.
func emptySchema(t *testing.T, address url.URL) string {
	t.Helper()
	db, err := sql.Open("pgx", address.String())
	if err != nil {
		t.Fatal(err)
	}
	name := "lokalise_test_" + strings.ToLower(rand.Text()[:12])
	run := func(statement string) {
		if _, err := db.ExecContext(context.WithoutCancel(t.Context()), statement); err != nil {
			t.Errorf("%s: %v", statement, err)
		}
	}
	run("CREATE SCHEMA " + name)
	t.Cleanup(func() {
		run("DROP SCHEMA " + name + " CASCADE")
		_ = db.Close() // the schema is gone
	})
	return name
}
