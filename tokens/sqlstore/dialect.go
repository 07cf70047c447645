package sqlstore

import (
	"database/sql"
	"fmt"
	"strings"

	"github.com/golokalise/lokalise/internal/sqlmigrate"
)

// Dialect is the kind of database behind a [sql.DB]. The driver does not
// matter.
type Dialect int

// The dialects, with the oldest versions that have what the store uses.
const (
	// PostgreSQL 10 or newer.
	PostgreSQL Dialect = iota + 1
	// SQLite 3.24 or newer.
	SQLite
	// MySQL 8.0.1, MariaDB 10.6 or newer, with InnoDB.
	MySQL
)

// String returns the name of the dialect, which is also its folder in [Files].
func (d Dialect) String() string {
	if f, ok := features[d]; ok {
		return f.name
	}
	return fmt.Sprintf("Dialect(%d)", int(d))
}

// feature is what dialects do differently.
type feature struct {
	name string

	// now is the server's time in microseconds since 1970: the same throughout
	// a statement, so that an index is used, and independent of time zones.
	now string

	// numbered placeholders are $1, $2 …, others are ?.
	numbered bool

	// insert and orNothing add a row unless its key is taken, and say by the
	// number of rows whether they did.
	insert, orNothing string

	// takeLease adds a lease or replaces one that may be replaced.
	takeLease string

	// claimFirst takes the lock that writing needs before a transaction reads.
	claimFirst string

	// skipLocked makes a query lock its rows and leave out locked ones.
	skipLocked string

	// isolation of the transactions that claim.
	isolation sql.IsolationLevel

	// id is how the driver is given an ID, so that it is compared as stored.
	id func(string) any

	// lock makes a lock that bears a name, under which migrations are applied.
	lock func(name string) lock
}

const insertLease = "INSERT INTO {leases} AS held (id, owner, until_us) VALUES (?, ?, {now} + ?) " +
	"ON CONFLICT (id) DO UPDATE SET owner = excluded.owner, until_us = excluded.until_us " +
	"WHERE held.owner = excluded.owner OR held.until_us <= {now}"

var features = map[Dialect]feature{
	PostgreSQL: {
		name:      "postgres",
		now:       sqlmigrate.PostgreSQLNow,
		numbered:  true,
		insert:    "INSERT INTO",
		orNothing: "ON CONFLICT (id) DO NOTHING",
		takeLease: insertLease,
		id:        text,
		lock:      lockPostgreSQL,
	},
	SQLite: {
		name: "sqlite",
		// It has milliseconds; unixepoch('now', 'subsec') would need 3.42.
		now:        "CAST(ROUND((julianday('now') - 2440587.5) * 86400000) * 1000 AS INTEGER)",
		insert:     "INSERT INTO",
		orNothing:  "ON CONFLICT (id) DO NOTHING",
		takeLease:  insertLease,
		claimFirst: "UPDATE {grants} SET due_us = due_us WHERE 1 = 0",
		id:         text,
		lock:       lockSQLite,
	},
	MySQL: {
		name: "mysql",
		now:  "TIMESTAMPDIFF(MICROSECOND, '1970-01-01', UTC_TIMESTAMP(6))",
		// IGNORE hides other errors too, but none that the table can raise:
		// the columns are wide enough for all that is put into them. ON
		// DUPLICATE KEY would not do, since its number of rows depends on
		// the flag CLIENT_FOUND_ROWS.
		insert: "INSERT IGNORE INTO",
		// Assignments take effect from the left.
		takeLease: "INSERT INTO {leases} (id, owner, until_us) VALUES (?, ?, {now} + ?) " +
			"ON DUPLICATE KEY UPDATE owner = IF(until_us <= {now}, VALUES(owner), owner), " +
			"until_us = IF(owner = VALUES(owner), VALUES(until_us), until_us)",
		skipLocked: "FOR UPDATE SKIP LOCKED",
		// Without locks on the gaps between rows, claims meet no deadlock.
		isolation: sql.LevelReadCommitted,
		id:        binary,
		lock:      lockMySQL,
	},
}

func text(id string) any   { return id }
func binary(id string) any { return []byte(id) }

// query writes out names, the time and placeholders for a dialect.
func (f feature) query(prefix, q string) string {
	q = strings.NewReplacer(
		"{grants}", prefix+"grants",
		"{leases}", prefix+"leases",
		"{migrations}", prefix+"migrations",
		"{insert}", f.insert,
		"{or nothing}", f.orNothing,
		"{skip locked}", f.skipLocked,
		"{now}", f.now,
	).Replace(strings.ReplaceAll(q, "{take lease}", f.takeLease))
	if f.numbered {
		return sqlmigrate.Numbered(q)
	}
	return q
}
