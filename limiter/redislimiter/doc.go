// Package redislimiter holds the processes that share a Redis or Valkey within
// Lokalise's rate limit together: a single server, one behind Sentinel, or a
// cluster. Package limiter says how, and what happens when Redis is down.
//
//	client := redis.NewClient(&redis.Options{Addr: "…", ContextTimeoutEnabled: true})
//	shared, err := redislimiter.New(client, redislimiter.Options{})
//	…
//	client, err := lokalise.New(lokalise.WithLimiter(shared), …)
//
// Taking a place is one Lua script with one key, which Redis runs as one step;
// the time is that of the server. Scripts are sent by their hash, and in full
// when the server does not have them. Redis 6.0 or newer is needed.
//
// # Keys
//
// The keys of budgets are strings that hold a JSON text and expire by
// themselves, a second after the last place in them:
//
//	lokalise:{credential:HASH}
//	lokalise:{address:EGRESS|HOST}
//
// The braces make each budget a slot of its own on a cluster, which spreads the
// credentials over its nodes. No script touches two of them.
//
// No key is worth keeping: persistence, replicas and maxmemory-policy may be as
// the app likes them. After a failover that lost the latest writes the limit may
// be exceeded for a second, and the client repeats what the API refuses.
//
// # Contexts
//
// go-redis keeps to Options.Timeout if ContextTimeoutEnabled is set on the
// client, which is recommended. Without it ReadTimeout (3 seconds by default)
// bounds each call, and DialTimeout (5 seconds) each attempt to connect.
package redislimiter
