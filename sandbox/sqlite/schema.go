package sqlite

import (
	"context"
	"fmt"
)

// applicationID marks a file as a sandbox's (PRAGMA application_id): "LkSb".
const applicationID = 0x4c6b5362

// migrations lead from one version of the schema to the next; the version is
// PRAGMA user_version. What was released is never edited.
var migrations = []string{
	// The rows of a parent, a table and a world stand together, so that each of
	// them is deleted as one range.
	`CREATE TABLE rows (
		world  TEXT NOT NULL,
		tbl    TEXT NOT NULL,
		parent TEXT NOT NULL,
		key    TEXT NOT NULL,
		data   BLOB NOT NULL,
		PRIMARY KEY (world, tbl, parent, key)
	) WITHOUT ROWID`,
}

// version is the version of the file's schema, 0 for a new file. It fails for a
// file that is no sandbox's or that a newer version wrote.
func (f *file) version(ctx context.Context) (int, error) {
	var id, version, tables int
	for query, into := range map[string]*int{
		"PRAGMA application_id":              &id,
		"PRAGMA user_version":                &version,
		"SELECT count(*) FROM sqlite_schema": &tables,
	} {
		if err := f.conn.QueryRowContext(ctx, query).Scan(into); err != nil {
			return 0, fmt.Errorf("%s: %w", query, err)
		}
	}
	switch {
	case id == 0 && version == 0 && tables == 0:
		return 0, nil
	case id != applicationID:
		return 0, ErrNotSandbox
	case version > len(migrations):
		return 0, fmt.Errorf("%w (version %d; this program knows up to %d)", ErrNewer, version, len(migrations))
	}
	return version, nil
}

// migrate brings the schema to the newest version, within a transaction.
func (f *file) migrate(ctx context.Context, version int) error {
	if version == len(migrations) {
		return nil
	}
	for _, statement := range migrations[version:] {
		if err := f.exec(ctx, statement); err != nil {
			return err
		}
	}
	return f.exec(ctx,
		fmt.Sprintf("PRAGMA application_id = %d", applicationID),
		fmt.Sprintf("PRAGMA user_version = %d", len(migrations)))
}
