package sqllimiter_test

import (
	"database/sql"
	"io/fs"
	"strings"
	"testing"

	"github.com/golokalise/lokalise/limiter"
	"github.com/golokalise/lokalise/limiter/sqllimiter"
)

// The limiter is held against its contract on a real PostgreSQL in internal/e2e,
// since the root module has no driver.

func TestOptionsAreChecked(t *testing.T) {
	t.Parallel()
	for prefix, ok := range map[string]bool{
		"": true, "acme_": true, strings.Repeat("a", 41): false, "9a": false, "public.": false, "x; DROP TABLE y; --": false,
	} {
		if _, err := sqllimiter.New(new(sql.DB), sqllimiter.Options{Prefix: prefix}); (err == nil) != ok {
			t.Errorf("prefix %q: %v", prefix, err)
		}
	}
	if _, err := sqllimiter.New(nil, sqllimiter.Options{}); err == nil {
		t.Error("New takes nil for a database")
	}
	if _, err := sqllimiter.New(new(sql.DB), sqllimiter.Options{Options: limiter.Options{OnError: 7}}); err == nil {
		t.Error("New takes 7 for a policy")
	}
}

func TestFilesAreMigrations(t *testing.T) {
	t.Parallel()
	text, err := fs.ReadFile(sqllimiter.Files(), "00001_limits.up.sql")
	if err != nil || !strings.Contains(string(text), "lokalise_limits") {
		t.Errorf("%q, %v", text, err)
	}
}
