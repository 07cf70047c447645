package stores_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/golokalise/lokalise"
	"github.com/golokalise/lokalise/limiter"
	"github.com/golokalise/lokalise/limiter/limitertest"
	"github.com/golokalise/lokalise/limiter/redislimiter"
	"github.com/golokalise/lokalise/limiter/sqllimiter"
	"github.com/golokalise/lokalise/tokens"
)

// jitter is by how much this machine may be late, busy as it is with browsers,
// fleets and compilers of the other suites.
const jitter = 400 * time.Millisecond

// registry remembers what lies behind each limiter of a test.
type registry[B any] struct {
	mu sync.Mutex
	of map[lokalise.Limiter]B
}

func (r *registry[B]) add(l lokalise.Limiter, behind B) lokalise.Limiter {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.of == nil {
		r.of = map[lokalise.Limiter]B{}
	}
	r.of[l] = behind
	return l
}

func (r *registry[B]) behind(l lokalise.Limiter) B {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.of[l]
}

func newSQLLimiter(t *testing.T, d *database, options limiter.Options) *sqllimiter.Limiter {
	t.Helper()
	l, err := sqllimiter.New(d.open(t), sqllimiter.Options{Options: options})
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return l
}

func TestSQLLimiterKeepsTheContract(t *testing.T) {
	t.Parallel()
	var all registry[*database]
	limitertest.Run(t, func(t *testing.T) lokalise.Limiter {
		d := postgreSQL(t)
		return all.add(newSQLLimiter(t, d, limiter.Options{}), d)
	}, limitertest.Options{
		Reopen: func(t *testing.T, l lokalise.Limiter) lokalise.Limiter {
			return newSQLLimiter(t, all.behind(l), limiter.Options{})
		},
		Interrupt: func(t *testing.T, l lokalise.Limiter) { all.behind(l).interrupt(t) },
		Kept: func(t *testing.T, l lokalise.Limiter) int {
			if err := l.(*sqllimiter.Limiter).Sweep(t.Context()); err != nil {
				t.Fatal(err)
			}
			return count(t, all.behind(l).open(t), "lokalise_limits")
		},
		Jitter: jitter,
	})
}

func (k *keyspace) limiter(t *testing.T, options limiter.Options) *redislimiter.Limiter {
	t.Helper()
	l, err := redislimiter.New(k.client(t), redislimiter.Options{Prefix: k.prefix, Options: options})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// budgets counts the keys of limiters.
func (k *keyspace) budgets(t *testing.T) int {
	t.Helper()
	keys, err := k.client(t).Keys(t.Context(), k.prefix+":*").Result()
	if err != nil {
		t.Fatal(err)
	}
	return len(keys)
}

func TestRedisLimiterKeepsTheContract(t *testing.T) {
	t.Parallel()
	for name, server := range map[string]func(*testing.T) func(string) redis.UniversalClient{
		"Single": single, "Cluster": cluster,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			connect := server(t)
			var all registry[*keyspace]
			limitertest.Run(t, func(t *testing.T) lokalise.Limiter {
				k := newKeyspace(t, connect)
				return all.add(k.limiter(t, limiter.Options{}), k)
			}, limitertest.Options{
				Reopen: func(t *testing.T, l lokalise.Limiter) lokalise.Limiter {
					return all.behind(l).limiter(t, limiter.Options{})
				},
				Interrupt: func(t *testing.T, l lokalise.Limiter) {
					client := connect("interrupter")
					defer client.Close() //nolint:errcheck // nothing is left on it
					all.behind(l).interrupt(t, client)
				},
				Kept:   func(t *testing.T, l lokalise.Limiter) int { return all.behind(l).budgets(t) },
				Jitter: jitter,
			})
		})
	}
}

// TestProcessThatDiedHoldsNobodyUp: it has a place ahead at the address and is
// expected to come again, when its connections end.
// The refreshes of a fleet share one budget: what one process has taken of it,
// another has not.
func TestBudgetOfRefreshesIsShared(t *testing.T) {
	t.Parallel()
	k, d := newKeyspace(t, single(t)), postgreSQL(t)
	type sharer interface {
		Budget(name string, perSecond float64) *limiter.Budget
	}
	for name, pair := range map[string][2]sharer{
		"Redis":      {k.limiter(t, limiter.Options{}), k.limiter(t, limiter.Options{})},
		"PostgreSQL": {newSQLLimiter(t, d, limiter.Options{}), newSQLLimiter(t, d, limiter.Options{})},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			const onceInAMinute = 1.0 / 60
			var one, other tokens.Budget = pair[0].Budget("refreshes", onceInAMinute), pair[1].Budget("refreshes", onceInAMinute)
			if err := one.Wait(t.Context()); err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
			defer cancel()
			if err := other.Wait(ctx); err == nil {
				t.Error("the other process got what was taken")
			}
			if err := pair[1].Budget("others", onceInAMinute).Wait(t.Context()); err != nil {
				t.Errorf("a budget of another name: %v", err)
			}
		})
	}
}

func TestProcessThatDiedHoldsNobodyUp(t *testing.T) {
	t.Parallel()
	k := newKeyspace(t, single(t))
	d := postgreSQL(t)
	client, db := k.client(t), d.open(t)
	dyingRedis, err := redislimiter.New(client, redislimiter.Options{Prefix: k.prefix})
	if err != nil {
		t.Fatal(err)
	}
	dyingSQL, err := sqllimiter.New(db, sqllimiter.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		alive, dying lokalise.Limiter
		die          func() error
	}{
		"Redis":      {k.limiter(t, limiter.Options{}), dyingRedis, client.Close},
		"PostgreSQL": {newSQLLimiter(t, d, limiter.Options{}), dyingSQL, db.Close},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := lokalise.Reservation{Credential: "one", Address: "here", PerSecond: 6, MaxWait: time.Minute}
			for range 50 {
				go func() { _ = c.dying.Wait(t.Context(), r) }() // ends with the test
			}
			time.Sleep(500 * time.Millisecond)
			if err := c.die(); err != nil {
				t.Fatal(err)
			}
			start := time.Now()
			for _, r.Credential = range []string{"two", "one"} {
				if err := c.alive.Wait(t.Context(), r); err != nil {
					t.Fatal(err)
				}
				// A second for those that went, half a one for the dead.
				if took := time.Since(start); took > 1500*time.Millisecond+jitter {
					t.Errorf("a request of tenant %s went after %v", r.Credential, took)
				}
			}
		})
	}
}

func TestAppGoesOnWhileRedisIsDown(t *testing.T) {
	t.Parallel()
	address, _ := freePort(t)
	client := redis.NewClient(&redis.Options{Addr: address, ContextTimeoutEnabled: true, MaxRetries: -1})
	defer client.Close() //nolint:errcheck // it never connected
	outages := make(chan error, 10)
	r := lokalise.Reservation{Credential: "one", Address: "here", PerSecond: 6, MaxWait: time.Minute}
	l, err := redislimiter.New(client, redislimiter.Options{Options: limiter.Options{
		Processes: 2, OnOutage: func(err error) { outages <- err },
	}})
	if err != nil {
		t.Fatal(err)
	}
	var start time.Time
	for i := range 4 { // three a second are this process's part
		if err := l.Wait(t.Context(), r); err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			start = time.Now()
		}
	}
	if took := time.Since(start); took < 900*time.Millisecond {
		t.Errorf("the fourth request went %v after the first", took)
	}
	if err := <-outages; err == nil || !strings.Contains(err.Error(), "redislimiter") {
		t.Errorf("the outage is %v", err)
	}
	strict, err := redislimiter.New(client, redislimiter.Options{Options: limiter.Options{OnError: limiter.Fail}})
	if err != nil {
		t.Fatal(err)
	}
	if err := strict.Wait(t.Context(), r); err == nil || !strings.Contains(err.Error(), "shared budget") {
		t.Errorf("Wait = %v, want that the budget cannot be asked", err)
	}
}
