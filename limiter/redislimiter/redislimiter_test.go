package redislimiter_test

import (
	"testing"

	"github.com/redis/go-redis/v9"

	"github.com/golokalise/lokalise/limiter"
	"github.com/golokalise/lokalise/limiter/redislimiter"
)

// The limiter is held against its contract on a real Redis, single and as a
// cluster, in internal/e2e.

func TestOptionsAreChecked(t *testing.T) {
	t.Parallel()
	client := redis.NewClient(&redis.Options{Addr: "127.0.0.1:0"})
	defer client.Close() //nolint:errcheck // it never connected
	for prefix, ok := range map[string]bool{"": true, "acme:lokalise": true, "{": false, "a}b": false} {
		if _, err := redislimiter.New(client, redislimiter.Options{Prefix: prefix}); (err == nil) != ok {
			t.Errorf("prefix %q: %v", prefix, err)
		}
	}
	if _, err := redislimiter.New(nil, redislimiter.Options{}); err == nil {
		t.Error("New takes nil for a client")
	}
	if _, err := redislimiter.New(client, redislimiter.Options{Options: limiter.Options{OnError: -1}}); err == nil {
		t.Error("New takes -1 for a policy")
	}
}
