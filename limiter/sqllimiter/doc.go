// Package sqllimiter holds the processes that share a PostgreSQL database
// within Lokalise's rate limit together. Package limiter says how, and what
// happens when the database is down. It works on a [sql.DB] that the app opens
// with the driver of its choice, and brings none.
//
//	db, err := sql.Open("pgx", os.Getenv("DATABASE_URL"))
//	…
//	shared, err := sqllimiter.New(db, sqllimiter.Options{})
//	…
//	err = shared.Migrate(ctx) // when the app starts, or is deployed
//	…
//	client, err := lokalise.New(lokalise.WithLimiter(shared), …)
//
// A place is taken in one short transaction of two statements, which locks the
// budget's row; the time is the database's. PostgreSQL ends the transaction by
// itself when a process falls silent in the middle of it. That is fast enough for
// budgets of some requests a second; where Redis is at hand, limiter/redislimiter
// needs one round trip instead of four. PostgreSQL 10 or newer is needed.
//
// # Tables
//
// {prefix}limits has a row for each budget that is in use. Rows of budgets that
// are not are deleted once a minute by whichever process takes a place then.
// {prefix}limiter_migrations has one for each migration. The prefix is
// "lokalise_" by default; the search_path decides which schema they are in.
// [Files] has the migrations for other tools.
package sqllimiter
