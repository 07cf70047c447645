// Package redisstore keeps grants in Redis or Valkey, for any number of
// processes that share it: a single server, one behind Sentinel, or a cluster.
//
//	client := redis.NewClient(&redis.Options{Addr: "…", ContextTimeoutEnabled: true})
//	store, err := redisstore.New(client, redisstore.Options{})
//	…
//	manager, err := tokens.New(tokens.Config{Store: store, …})
//
// Each write is one Lua script, which Redis runs as one step; times are those
// of the server. Scripts are sent by their hash, and in full when the server
// does not have them yet or any more. Writes are never sent twice, whatever the
// client's MaxRetries says: an answer that got lost is an error, and the
// manager looks what became of it. Redis 6.2 or newer is needed.
//
// # Keys
//
// All keys begin with {prefix}, with the braces, so that a cluster keeps them
// in one slot and scripts may use several of them:
//
//	{lokalise}:grant:ID   a string: version, colon, sealed grant
//	{lokalise}:ids        a sorted set of all IDs in the order of their bytes
//	{lokalise}:due        a sorted set of IDs by when they are due, in
//	                      microseconds since 1970
//	{lokalise}:lease:ID   a string with the owner; it expires by itself
//
// One slot is one node: the grants must fit into its memory. A grant takes about
// its size and 300 bytes. Several stores with different prefixes spread over a
// cluster.
//
// # Setting Redis up
//
// A grant that Redis forgets is lost: its user must connect again. So:
//
//   - maxmemory-policy noeviction, or keys vanish when memory is short;
//   - appendonly yes, and appendfsync always if a power failure must not take
//     back a rotated refresh token: everysec loses up to a second;
//   - with replicas, a failover may lose the last writes, since Redis
//     replicates them after it has answered. min-replicas-to-write narrows that.
//
// When Redis comes back empty, all grants are [tokens.ErrNotFound], and nothing
// that was there before can be written back by a process that remembers it.
//
// # Contexts
//
// go-redis looks at a context before it sends, and at its deadline while it
// waits if ContextTimeoutEnabled is set, which is recommended. A cancellation
// while it waits is noticed when the answer comes or ReadTimeout (3 seconds by
// default) is over.
package redisstore
