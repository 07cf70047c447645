package stores_test

import (
	"context"
	"errors"
	"net"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/golokalise/lokalise/internal/e2e/need"
	"github.com/golokalise/lokalise/tokens"
	"github.com/golokalise/lokalise/tokens/redisstore"
	"github.com/golokalise/lokalise/tokens/storetest"
)

// keyspace is the part of a Redis that belongs to one test.
type keyspace struct {
	prefix  string
	connect func(name string) redis.UniversalClient
}

// client connects as one more process would. Connections bear the prefix as
// their name.
func (k *keyspace) client(t *testing.T) redis.UniversalClient {
	t.Helper()
	client := k.connect(k.prefix)
	t.Cleanup(func() { _ = client.Close() })
	return client
}

func (k *keyspace) store(t *testing.T) *redisstore.Store {
	t.Helper()
	store, err := redisstore.New(k.client(t), redisstore.Options{Prefix: k.prefix})
	if err != nil {
		t.Fatal(err)
	}
	return store
}

// newKeyspace is empty, and is emptied after the test.
func newKeyspace(t *testing.T, connect func(name string) redis.UniversalClient) *keyspace {
	t.Helper()
	k := &keyspace{prefix: uniqueName(), connect: connect}
	client := k.client(t)
	t.Cleanup(func() { k.empty(t, client) })
	return k
}

// empty deletes all keys.
func (k *keyspace) empty(t *testing.T, client redis.UniversalClient) {
	t.Helper()
	ctx := context.WithoutCancel(t.Context())
	iter := client.Scan(ctx, 0, "{"+k.prefix+"}*", 1000).Iterator()
	var keys []string
	for iter.Next(ctx) {
		keys = append(keys, iter.Val())
	}
	if err := iter.Err(); err != nil {
		t.Fatal(err)
	}
	if len(keys) > 0 {
		if err := client.Unlink(ctx, keys...).Err(); err != nil {
			t.Fatal(err)
		}
	}
}

// interrupt ends the connections that bear the prefix as their name.
func (k *keyspace) interrupt(t *testing.T, client redis.UniversalClient) {
	t.Helper()
	list, err := client.ClientList(t.Context()).Result()
	if err != nil {
		t.Fatal(err)
	}
	found := false
	for line := range strings.Lines(list) {
		if !strings.Contains(line, " name="+k.prefix+" ") {
			continue
		}
		found = true
		id := strings.TrimPrefix(strings.Fields(line)[0], "id=")
		// One that has ended already is none to be killed.
		_ = client.ClientKillByFilter(t.Context(), "ID", id, "SKIPME", "no").Err()
	}
	if !found {
		t.Error("there was no connection to end")
	}
}

// single is the server that need finds.
func single(t *testing.T) func(name string) redis.UniversalClient {
	t.Helper()
	address := need.Redis(t)
	return func(name string) redis.UniversalClient {
		return redis.NewClient(&redis.Options{Addr: address, ClientName: name, ContextTimeoutEnabled: true})
	}
}

// cluster is a server of the test's own in cluster mode. With one node it
// refuses scripts and transactions across slots as with many.
func cluster(t *testing.T) func(name string) redis.UniversalClient {
	t.Helper()
	program, err := exec.LookPath("redis-server")
	if err != nil {
		need.Missing(t, "redis-server", "run make services")
	}
	address, port := freePort(t)
	_, busPort := freePort(t)
	cmd := exec.Command(program, "--bind", "127.0.0.1", "--port", port, "--cluster-enabled", "yes", "--cluster-port", busPort,
		"--cluster-announce-ip", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", t.TempDir())
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait() // killed, as it should be
	})
	node := redis.NewClient(&redis.Options{Addr: address})
	defer node.Close() //nolint:errcheck // nothing is left on it
	await(t, "the server to answer", func() error { return node.Ping(t.Context()).Err() })
	if err := node.Do(t.Context(), "cluster", "addslotsrange", 0, 16383).Err(); err != nil {
		t.Fatal(err)
	}
	await(t, "the cluster to be whole", func() error {
		info, err := node.ClusterInfo(t.Context()).Result()
		if err == nil && !strings.Contains(info, "cluster_state:ok") {
			err = errors.New(info)
		}
		return err
	})
	return func(name string) redis.UniversalClient {
		return redis.NewClusterClient(&redis.ClusterOptions{Addrs: []string{address}, ClientName: name, ContextTimeoutEnabled: true})
	}
}

// freePort is one that nobody listened on just now.
func freePort(t *testing.T) (address, port string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close() //nolint:errcheck // nobody connected
	return l.Addr().String(), strconv.Itoa(l.Addr().(*net.TCPAddr).Port)
}

// await polls, since another process has nothing to wait on.
func await(t *testing.T, what string, ready func() error) {
	t.Helper()
	deadline := time.After(20 * time.Second)
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		err := ready()
		if err == nil {
			return
		}
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatalf("waited for %s: %v", what, err)
		}
	}
}

func TestRedisStoreKeepsTheContract(t *testing.T) {
	t.Parallel()
	for name, server := range map[string]func(*testing.T) func(string) redis.UniversalClient{
		"Single": single, "Cluster": cluster,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			connect := server(t)
			var mu sync.Mutex
			of := map[tokens.Store]*keyspace{}
			behind := func(s tokens.Store) *keyspace {
				mu.Lock()
				defer mu.Unlock()
				return of[s]
			}
			storetest.Run(t, func(t *testing.T) tokens.Store {
				k := newKeyspace(t, connect)
				s := k.store(t)
				mu.Lock()
				defer mu.Unlock()
				of[s] = k
				return s
			}, storetest.Options{
				Records: 3000, // the default takes long on a database
				Reopen:  func(t *testing.T, s tokens.Store) tokens.Store { return behind(s).store(t) },
				Interrupt: func(t *testing.T, s tokens.Store) {
					client := connect("interrupter")
					defer client.Close() //nolint:errcheck // nothing is left on it
					behind(s).interrupt(t, client)
				},
			})
		})
	}
}

func TestEmptiedRedisForgetsEverythingAndTakesNothingBack(t *testing.T) {
	t.Parallel()
	k := newKeyspace(t, single(t))
	store := k.store(t)
	ctx := t.Context()
	old := tokens.Record{ID: "a", Version: 1, Data: []byte("a"), Due: time.Now().Add(-time.Hour)}
	if err := store.Put(ctx, old, 0); err != nil {
		t.Fatal(err)
	}
	k.empty(t, k.client(t))

	if _, err := store.Get(ctx, "a"); !errors.Is(err, tokens.ErrNotFound) {
		t.Errorf("Get = %v, want ErrNotFound", err)
	}
	if err := store.Put(ctx, tokens.Record{ID: "a", Version: 2}, 1); !errors.Is(err, tokens.ErrConflict) {
		t.Errorf("Put = %v, want ErrConflict", err)
	}
	if recs, err := store.Claim(ctx, 10, time.Hour); err != nil || len(recs) != 0 {
		t.Errorf("Claim = %d records, %v", len(recs), err)
	}
	if recs, err := store.List(ctx, "", 10); err != nil || len(recs) != 0 {
		t.Errorf("List = %d records, %v", len(recs), err)
	}
}

func TestScriptsThatTheServerForgotAreSentInFull(t *testing.T) {
	t.Parallel()
	k := newKeyspace(t, single(t))
	store, client := k.store(t), k.client(t)
	put(t, store, "a")
	if err := client.ScriptFlush(t.Context()).Err(); err != nil {
		t.Fatal(err)
	}
	put(t, store, "b")
	if got, err := store.Lease(t.Context(), "b", "me", time.Hour); err != nil || !got {
		t.Errorf("Lease = %t, %v", got, err)
	}
}

// TestDamagedValueIsReportedAndNotOverwritten: what is there but makes no sense
// may be somebody's grant.
func TestDamagedValueIsReportedAndNotOverwritten(t *testing.T) {
	t.Parallel()
	k := newKeyspace(t, single(t))
	store := k.store(t)
	put(t, store, "a")
	if err := k.client(t).Set(t.Context(), "{"+k.prefix+"}:grant:a", "garbage", 0).Err(); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Get(t.Context(), "a"); err == nil || errors.Is(err, tokens.ErrNotFound) || !strings.Contains(err.Error(), `"a"`) {
		t.Errorf("Get = %v, want an error that names the grant", err)
	}
	for _, expected := range []int64{0, 1} {
		if err := store.Put(t.Context(), tokens.Record{ID: "a", Version: 2}, expected); !errors.Is(err, tokens.ErrConflict) {
			t.Errorf("Put, expected %d = %v, want ErrConflict", expected, err)
		}
	}
}
