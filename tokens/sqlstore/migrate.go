package sqlstore

import (
	"context"
	"embed"
	"fmt"
	"io/fs"

	"github.com/golokalise/lokalise/internal/sqlmigrate"
)

//go:embed migrations
var files embed.FS

// Migration is a step of the schema.
type Migration struct {
	// Version orders the steps. It begins with 1.
	Version int

	// Name is the file's name in [Files].
	Name string

	// SQL is one or more statements, each of which ends with a semicolon at
	// the end of a line.
	SQL string
}

// Files are the migrations of a dialect as plain files with the default prefix,
// named and annotated so that goose, golang-migrate and a database's own shell
// take them as they are. It is empty for an unknown dialect.
func Files(dialect Dialect) fs.FS {
	sub, err := fs.Sub(files, "migrations/"+dialect.String())
	if err != nil {
		return embed.FS{}
	}
	return sub
}

// Migrations returns the migrations of a dialect in their order, with the
// prefix in place of "lokalise_"; an empty prefix is the default one. It fails
// if the dialect or the prefix is none.
func Migrations(dialect Dialect, prefix string) ([]Migration, error) {
	if _, ok := features[dialect]; !ok {
		return nil, fmt.Errorf("sqlstore: unknown %v", dialect)
	}
	prefix, err := checkPrefix(prefix)
	if err != nil {
		return nil, err
	}
	steps, err := sqlmigrate.Steps(Files(dialect), defaultPrefix, prefix)
	if err != nil {
		return nil, fmt.Errorf("sqlstore: %w", err)
	}
	var all []Migration
	for _, step := range steps {
		all = append(all, Migration(step))
	}
	return all, nil
}

// Migrate brings the tables to what this version of the package needs. Any
// number of processes may call it at once: one does the work under a lock of
// the database while the others wait, until their contexts end. When there is
// nothing to do it only reads, so that an app that may not change the schema
// can call it too. A schema that is newer than this package is left alone.
//
// Each migration is recorded in the table {prefix}migrations.
func (s *Store) Migrate(ctx context.Context) error {
	all, err := Migrations(s.dialect, s.prefix)
	if err != nil {
		return err
	}
	schema := sqlmigrate.Schema{
		Query: func(q string) string { return s.feature.query(s.prefix, q) },
		Lock:  s.feature.lock("sqlstore/" + s.prefix),
	}
	for _, m := range all {
		schema.Steps = append(schema.Steps, sqlmigrate.Step(m))
	}
	return failure(ctx, "migrate", schema.Migrate(ctx, s.db))
}
