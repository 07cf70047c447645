package sqllimiter

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"regexp"
	"sync/atomic"
	"time"

	"github.com/go-json-experiment/json"

	"github.com/golokalise/lokalise/limiter"
)

// Options fit a [Limiter] to a database and a fleet. The zero value is fine.
type Options struct {
	limiter.Options

	// Prefix begins the names of tables, so that several limiters fit into one
	// schema: lower-case letters, digits and _, at most 40, not beginning with
	// a digit. Defaults to "lokalise_".
	Prefix string
}

const defaultPrefix = "lokalise_"

// prefixes are safe without quotes. With what is appended they stay below
// PostgreSQL's 63 bytes.
var prefixes = regexp.MustCompile(`^[a-z_][a-z0-9_]{0,39}$`)

// Limiter is a [lokalise.Limiter] whose budgets are in PostgreSQL.
type Limiter struct {
	*limiter.Limiter
	store *store
}

// New returns a limiter on a database that the app has opened, and goes on to
// own. It does not connect. The table must be there before the limiter is used:
// see [Limiter.Migrate]. It fails if the prefix or another option makes no
// sense.
func New(db *sql.DB, options Options) (*Limiter, error) {
	if db == nil {
		return nil, errors.New("sqllimiter: the database is nil")
	}
	prefix := options.Prefix
	if prefix == "" {
		prefix = defaultPrefix
	}
	if !prefixes.MatchString(prefix) {
		return nil, fmt.Errorf("sqllimiter: prefix %q must be at most 40 of a-z, 0-9 and _, without a digit in front", prefix)
	}
	s := newStore(db, prefix)
	l, err := limiter.New(s, options.Options)
	if err != nil {
		return nil, err
	}
	return &Limiter{l, s}, nil
}

// Sweep deletes the rows of budgets that are not in use. The limiter does so
// once a minute by itself.
func (l *Limiter) Sweep(ctx context.Context) error { return l.store.sweep(ctx) }

// store is a [limiter.Server].
type store struct {
	db                *sql.DB
	prefix            string
	lock, save, clean string
	// swept is when this process last swept, in seconds since 1970.
	swept atomic.Int64
}

func newStore(db *sql.DB, prefix string) *store {
	return &store{
		db:     db,
		prefix: prefix,
		// It locks the row, which it adds if there is none. A process that is
		// cut off from the database must not keep the lock.
		lock: write(prefix, "INSERT INTO {limits} AS l (key, state, expires_ms) VALUES (?, '{}', 0) "+
			"ON CONFLICT (key) DO UPDATE SET key = excluded.key "+
			"RETURNING l.state, {now_ms}, set_config('idle_in_transaction_session_timeout', '2000', true)"),
		save: write(prefix, "UPDATE {limits} SET state = ?, expires_ms = ? WHERE key = ?"),
		clean: write(prefix, "DELETE FROM {limits} WHERE key IN (SELECT key FROM {limits} "+
			"WHERE expires_ms < {now_ms} FOR UPDATE SKIP LOCKED)"),
	}
}

// Take implements [limiter.Server].
func (s *store) Take(ctx context.Context, r limiter.Request) (a limiter.Answer, err error) {
	err = s.change(ctx, r.Key, r.PerSecond, func(st *state, now int64) { a = st.take(now, r) })
	if err == nil {
		s.sweepNowAndThen(ctx)
	}
	return a, err
}

// Return implements [limiter.Server].
func (s *store) Return(ctx context.Context, r limiter.Request) error {
	return s.change(ctx, r.Key, r.PerSecond, func(st *state, _ int64) {
		st.giveBack(r.Party, r.Back)
		st.stopAsking(r)
	})
}

// Hold implements [limiter.Server].
func (s *store) Hold(ctx context.Context, key string, wait time.Duration, limit int) error {
	return s.change(ctx, key, 1, func(st *state, now int64) { st.hold(now, wait, limit) })
}

// change changes the state of a budget while nobody else does.
func (s *store) change(ctx context.Context, key string, perSecond float64, do func(st *state, now int64)) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return failure("begin", err)
	}
	defer tx.Rollback() //nolint:errcheck // it does nothing after Commit
	var text, setting string
	var now int64
	if err := tx.QueryRowContext(ctx, s.lock, key).Scan(&text, &now, &setting); err != nil {
		return failure("lock", err)
	}
	var st state
	if err := json.Unmarshal([]byte(text), &st); err != nil {
		st = state{} // no version of this package wrote it: the budget starts over
	}
	do(&st, now)
	next, err := json.Marshal(st)
	if err != nil {
		return failure("encode", err)
	}
	if _, err := tx.ExecContext(ctx, s.save, string(next), st.expires(now, perSecond), key); err != nil {
		return failure("save", err)
	}
	return failure("commit", tx.Commit())
}

// sweepNowAndThen sweeps once a minute. That it failed is nobody's concern: it
// is done again.
func (s *store) sweepNowAndThen(ctx context.Context) {
	const every = 60
	now, last := time.Now().Unix(), s.swept.Load()
	if now-last >= every && s.swept.CompareAndSwap(last, now) {
		_ = s.sweep(ctx)
	}
}

func (s *store) sweep(ctx context.Context) error {
	_, err := s.db.ExecContext(ctx, s.clean)
	return failure("sweep", err)
}

func failure(what string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("sqllimiter: %s: %w", what, err)
}
