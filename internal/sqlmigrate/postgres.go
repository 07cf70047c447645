package sqlmigrate

import (
	"context"
	"hash/fnv"
	"strconv"
	"strings"
)

// PostgreSQLNow is PostgreSQL's time in microseconds since 1970, the same
// throughout a statement.
const PostgreSQLNow = "CAST(extract(epoch FROM statement_timestamp()) * 1000000 AS bigint)"

// LockPostgreSQL returns a [Schema].Lock that migrates in one transaction. Its
// advisory lock, which the name stands for, ends with it, which also works
// behind a pooler that shares connections.
func LockPostgreSQL(name string) func(context.Context, *Session, func(*Session) error) error {
	return func(ctx context.Context, in *Session, apply func(*Session) error) error {
		return in.InTransaction(ctx, func(tx *Session) error {
			hash := fnv.New32a()
			_, _ = hash.Write([]byte(name)) // it never fails
			if err := tx.Exec(ctx, "SELECT pg_advisory_xact_lock(?)", int64(hash.Sum32())); err != nil {
				return err
			}
			if err := tx.Exec(ctx, CreateTable); err != nil {
				return err
			}
			return apply(tx)
		})
	}
}

// Numbered writes each placeholder ? as $1, $2 and so on.
func Numbered(query string) string {
	var b strings.Builder
	for i, part := range strings.Split(query, "?") {
		if i > 0 {
			b.WriteString("$" + strconv.Itoa(i))
		}
		b.WriteString(part)
	}
	return b.String()
}
