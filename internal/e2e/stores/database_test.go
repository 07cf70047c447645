package stores_test

import (
	"context"
	"crypto/rand"
	"database/sql"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-sql-driver/mysql"
	_ "github.com/jackc/pgx/v5/stdlib" // the driver pgx
	_ "modernc.org/sqlite"             // the driver sqlite

	"github.com/golokalise/lokalise/internal/e2e/need"
	"github.com/golokalise/lokalise/tokens/sqlstore"
)

// database is an empty one, for one test.
type database struct {
	dialect sqlstore.Dialect
	driver  string
	dsn     string
	name    string

	// interrupt ends all connections to it; nil if that cannot happen.
	interrupt func(t *testing.T)
}

// databases make an empty one of each kind.
var databases = map[string]func(t *testing.T) *database{
	"PostgreSQL": postgreSQL,
	"SQLite":     sqlite,
	"MariaDB":    func(t *testing.T) *database { return mariaDB(t, nil) },
	// What an app may want for its own queries must not matter.
	"MariaDBOtherParameters": func(t *testing.T) *database {
		return mariaDB(t, func(c *mysql.Config) {
			c.ClientFoundRows, c.InterpolateParams, c.ParseTime = true, true, true
			c.Params = map[string]string{"time_zone": "'-07:00'"}
		})
	},
}

// Connections that end are what one test is about: the driver need not log them.
var _ = mysql.SetLogger(&mysql.NopLogger{})

// uniqueName is one that no other test and no other run uses.
func uniqueName() string { return "lokalise_test_" + strings.ToLower(rand.Text()[:12]) }

// open connects as one more process would.
func (d *database) open(t *testing.T) *sql.DB {
	t.Helper()
	db, err := sql.Open(d.driver, d.dsn)
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(8)
	db.SetMaxIdleConns(8)
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// execSQL runs a statement while the test runs, and in its clean-up.
func execSQL(t *testing.T, db *sql.DB, query string, args ...any) {
	t.Helper()
	if _, err := db.ExecContext(context.WithoutCancel(t.Context()), query, args...); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
}

func postgreSQL(t *testing.T) *database {
	t.Helper()
	address, user := need.PostgreSQL(t)
	d := &database{dialect: sqlstore.PostgreSQL, driver: "pgx", name: uniqueName()}
	base := url.URL{Scheme: "postgres", User: url.User(user), Host: address, Path: "/postgres", RawQuery: "sslmode=disable"}
	server := (&database{driver: d.driver, dsn: base.String()}).open(t)
	server.SetMaxOpenConns(1)
	execSQL(t, server, "CREATE SCHEMA "+d.name)
	t.Cleanup(func() { execSQL(t, server, "DROP SCHEMA "+d.name+" CASCADE") })
	base.RawQuery += "&search_path=" + d.name + "&application_name=" + d.name
	d.dsn = base.String()
	d.interrupt = func(t *testing.T) {
		const end = "SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = $1"
		var n int
		if err := server.QueryRowContext(t.Context(), end, d.name).Scan(&n); err != nil || n == 0 {
			t.Errorf("%d connections were ended, %v", n, err)
		}
	}
	return d
}

// sqlite is a file that need not survive a power failure.
func sqlite(t *testing.T) *database {
	t.Helper()
	file := filepath.Join(t.TempDir(), "grants.db")
	return &database{
		dialect: sqlstore.SQLite, driver: "sqlite", name: "main",
		dsn: "file:" + file + "?_pragma=busy_timeout(20000)&_pragma=journal_mode(WAL)&_pragma=synchronous(OFF)",
	}
}

func mariaDB(t *testing.T, change func(*mysql.Config)) *database {
	t.Helper()
	config := mysql.NewConfig()
	config.Net = "tcp"
	config.Addr, config.User, config.Passwd = need.MariaDB(t)
	d := &database{dialect: sqlstore.MySQL, driver: "mysql", name: uniqueName()}
	server := (&database{driver: d.driver, dsn: config.FormatDSN()}).open(t)
	execSQL(t, server, "CREATE DATABASE "+d.name)
	t.Cleanup(func() { execSQL(t, server, "DROP DATABASE "+d.name) })
	config.DBName = d.name
	if change != nil {
		change(config)
	}
	d.dsn = config.FormatDSN()
	d.interrupt = func(t *testing.T) { killAll(t, server, d.name) }
	return d
}

// killAll ends MariaDB's connections to a database.
func killAll(t *testing.T, server *sql.DB, name string) {
	rows, err := server.QueryContext(t.Context(), "SELECT id FROM information_schema.processlist WHERE db = ?", name)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close() //nolint:errcheck // Err is asked
	found := false
	for rows.Next() {
		found = true
		var id int64
		if err := rows.Scan(&id); err != nil {
			t.Fatal(err)
		}
		// One that has ended already is none to be killed.
		_, _ = server.ExecContext(t.Context(), "KILL CONNECTION ?", id)
	}
	if err := rows.Err(); err != nil || !found {
		t.Errorf("there was no connection to end, %v", err)
	}
}
