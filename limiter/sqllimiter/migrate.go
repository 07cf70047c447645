package sqllimiter

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"strings"

	"github.com/golokalise/lokalise/internal/sqlmigrate"
)

//go:embed migrations
var files embed.FS

// Files are the migrations as plain files with the default prefix, named and
// annotated so that goose, golang-migrate and psql take them as they are.
func Files() fs.FS {
	sub, err := fs.Sub(files, "migrations/postgres")
	if err != nil {
		return embed.FS{}
	}
	return sub
}

// Migrate brings the tables to what this version of the package needs. Any
// number of processes may call it at once: one does the work under a lock of
// the database while the others wait, until their contexts end. When there is
// nothing to do it only reads, so that an app that may not change the schema can
// call it too. A schema that is newer than this package is left alone.
func (l *Limiter) Migrate(ctx context.Context) error {
	steps, err := sqlmigrate.Steps(Files(), defaultPrefix, l.store.prefix)
	if err != nil {
		return fmt.Errorf("sqllimiter: %w", err)
	}
	schema := sqlmigrate.Schema{
		Steps: steps,
		Query: func(q string) string { return write(l.store.prefix, q) },
		Lock:  sqlmigrate.LockPostgreSQL("sqllimiter/" + l.store.prefix),
	}
	if err := schema.Migrate(ctx, l.store.db); err != nil {
		return fmt.Errorf("sqllimiter: migrate: %w", err)
	}
	return nil
}

// write writes out names, the time and placeholders.
func write(prefix, query string) string {
	return sqlmigrate.Numbered(strings.NewReplacer(
		"{limits}", prefix+"limits",
		"{migrations}", prefix+"limiter_migrations",
		"{now}", sqlmigrate.PostgreSQLNow,
		// The time after the row was locked, not that when waiting for it began.
		"{now_ms}", "CAST(extract(epoch FROM clock_timestamp()) * 1000 AS bigint)",
	).Replace(query))
}
