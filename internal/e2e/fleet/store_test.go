package fleet_test

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver pgx
	"github.com/redis/go-redis/v9"

	"github.com/golokalise/lokalise/tokens"
	"github.com/golokalise/lokalise/tokens/redisstore"
	"github.com/golokalise/lokalise/tokens/sqlstore"
)

// A server that goes away is what some tests are about: the driver need not log
// it.
var _ = silence()

func silence() struct{} {
	redis.SetLogger(silent{})
	return struct{}{}
}

type silent struct{}

func (silent) Printf(context.Context, string, ...any) {}

// storeAddress says where the store is that a fleet shares.
type storeAddress struct {
	Kind string // "PostgreSQL" or "Redis"
	Host string // with port
}

// open connects as one process does.
func (a storeAddress) open() (tokens.Store, error) {
	switch a.Kind {
	case "PostgreSQL":
		return a.sql()
	case "Redis":
		client := redis.NewClient(&redis.Options{Addr: a.Host, ContextTimeoutEnabled: true})
		return redisstore.New(client, redisstore.Options{})
	default:
		return nil, fmt.Errorf("unknown store %q", a.Kind)
	}
}

// ping asks whether the server answers.
func (a storeAddress) ping() error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	if a.Kind == "Redis" {
		client := redis.NewClient(&redis.Options{Addr: a.Host, ContextTimeoutEnabled: true})
		defer client.Close() //nolint:errcheck // nothing is left on it
		return client.Ping(ctx).Err()
	}
	db, err := a.db()
	if err != nil {
		return err
	}
	defer db.Close() //nolint:errcheck // nothing is left on it
	return db.PingContext(ctx)
}

func (a storeAddress) db() (*sql.DB, error) {
	return sql.Open("pgx", "postgres://postgres@"+a.Host+"/postgres?sslmode=disable")
}

func (a storeAddress) sql() (*sqlstore.Store, error) {
	db, err := a.db()
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(6)
	db.SetMaxIdleConns(6)
	return sqlstore.New(db, sqlstore.PostgreSQL, sqlstore.Options{})
}
