// Package sqlstore keeps grants in PostgreSQL, SQLite, MySQL or MariaDB, for
// any number of processes that share the database. It works on a [sql.DB] that
// the app opens with the driver of its choice, and brings none.
//
//	db, err := sql.Open("pgx", os.Getenv("DATABASE_URL"))
//	…
//	store, err := sqlstore.New(db, sqlstore.PostgreSQL, sqlstore.Options{})
//	…
//	err = store.Migrate(ctx) // when the app starts, or is deployed
//	…
//	manager, err := tokens.New(tokens.Config{Store: store, …})
//
// Each call is one statement; a claim is a short transaction in all but
// PostgreSQL. Times are the database's own, so clocks of processes may differ,
// and are kept as microseconds since 1970, which no time zone can shift. The
// transaction isolation is expected to be the database's default.
//
// # Tables
//
// {prefix}grants has a row for each grant: id, version, data (sealed) and
// due_us. {prefix}leases has one for each grant that is being refreshed; rows
// that a crash left behind are taken over, and may be deleted at any time.
// {prefix}migrations has one for each migration. The prefix is "lokalise_" by
// default; in PostgreSQL the search_path decides which schema they are in. The
// statements are in the folder migrations beside this file.
//
// # Other migration tools
//
// Migrate is a convenience. [Files] has the migrations as plain .sql files:
//
//	provider, err := goose.NewProvider(goose.DialectPostgres, db, sqlstore.Files(sqlstore.PostgreSQL))
//	source, err := iofs.New(sqlstore.Files(sqlstore.MySQL), ".") // golang-migrate; multiStatements=true
//
// They create what is not there and nothing else, so it does no harm if Migrate
// runs as well. [Migrations] has them with another prefix, to be written into
// files of the app's own. There is no way down: DROP TABLE says it better.
//
// # SQLite
//
// SQLite suits apps on one machine. One process writes at a time and others
// wait, if a busy timeout says so; without one they fail at once. In WAL mode
// readers wait for nobody. With modernc.org/sqlite and with mattn/go-sqlite3:
//
//	sql.Open("sqlite", "file:grants.db?_pragma=busy_timeout(5000)&_pragma=journal_mode(WAL)")
//	sql.Open("sqlite3", "file:grants.db?_busy_timeout=5000&_journal_mode=WAL")
//
// Leave synchronous at its default FULL, since a token that a power failure
// takes back may be lost for good. A handful of connections is enough:
// db.SetMaxOpenConns(4). A call that waits for another writer may return as
// late as the busy timeout says, even if its context ends before. A database in
// memory belongs to one connection, so it needs SetMaxOpenConns(1).
//
// # MySQL and MariaDB
//
// No parameter of the connection is needed: parseTime, loc, clientFoundRows and
// interpolateParams may be as the app likes them. IDs are in VARBINARY columns:
// CONVERT(id USING utf8mb4) shows them.
//
// # PostgreSQL
//
// The database's encoding must be UTF8. Behind PgBouncer in transaction mode
// set the driver up as PgBouncer wants it; nothing here needs a session. After
// a crash of the server the leases are empty, by design.
package sqlstore
