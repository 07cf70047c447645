package redisstore_test

import (
	"bytes"
	"errors"
	"net"
	"sync/atomic"
	"testing"

	"github.com/redis/go-redis/v9"

	"github.com/golokalise/lokalise/tokens"
	"github.com/golokalise/lokalise/tokens/redisstore"
)

// The store is held against its contract on a real Redis, single and as a
// cluster, in internal/e2e.

func TestPrefixCannotMoveKeysToOtherSlots(t *testing.T) {
	t.Parallel()
	client := redis.NewClient(&redis.Options{Addr: "127.0.0.1:0"})
	defer client.Close() //nolint:errcheck // it never connected
	for prefix, ok := range map[string]bool{"": true, "acme:lokalise": true, "{": false, "a}b": false, "{x}": false} {
		if _, err := redisstore.New(client, redisstore.Options{Prefix: prefix}); (err == nil) != ok {
			t.Errorf("prefix %q: %v", prefix, err)
		}
	}
	if _, err := redisstore.New(nil, redisstore.Options{}); err == nil {
		t.Error("New takes nil for a client")
	}
}

// deafServer reads scripts and hangs up instead of answering. It counts them.
func deafServer(t *testing.T) (address string, scripts *atomic.Int64) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	scripts = &atomic.Int64{}
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go hangUp(conn, scripts)
		}
	}()
	return l.Addr().String(), scripts
}

func hangUp(conn net.Conn, scripts *atomic.Int64) {
	defer conn.Close() //nolint:errcheck // that is the point
	buf := make([]byte, 4096)
	for {
		n, err := conn.Read(buf)
		if err != nil {
			return
		}
		if bytes.Contains(buf[:n], []byte("evalsha")) {
			scripts.Add(1)
			return
		}
		// A client that is new here introduces itself, and must be told no.
		if _, err := conn.Write([]byte("-ERR unknown command\r\n")); err != nil {
			return
		}
	}
}

func TestWriteWhoseAnswerIsLostIsNotSentAgain(t *testing.T) {
	t.Parallel()
	address, scripts := deafServer(t)
	client := redis.NewClient(&redis.Options{Addr: address, Protocol: 2, DisableIdentity: true, MaxRetries: 5})
	defer client.Close() //nolint:errcheck // nothing is left on it
	store, err := redisstore.New(client, redisstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for name, write := range map[string]func() error{
		"Put":    func() error { return store.Put(t.Context(), tokens.Record{ID: "a", Version: 2}, 1) },
		"Delete": func() error { return store.Delete(t.Context(), "a", 1) },
	} {
		scripts.Store(0)
		err := write()
		if err == nil || errors.Is(err, tokens.ErrConflict) || errors.Is(err, tokens.ErrNotFound) {
			t.Errorf("%s = %v, want that its outcome is unknown", name, err)
		}
		if n := scripts.Load(); n != 1 {
			t.Errorf("%s was sent %d times", name, n)
		}
	}
}
