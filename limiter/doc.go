// Package limiter holds a fleet of processes within Lokalise's rate limit
// together. The budgets are kept on a server that all of them reach: in Redis
// by module limiter/redislimiter, in PostgreSQL by package limiter/sqllimiter,
// or anywhere else by an implementation of [Server] that passes
// limiter/limitertest.
//
//	shared, err := redislimiter.New(client, redislimiter.Options{})
//	…
//	client, err := lokalise.New(lokalise.WithLimiter(shared), …)
//
// # What is kept
//
// There is a budget for each credential and one for each address, as in the
// limiter of one process: never more than PerSecond requests in any second. It
// is counted exactly, over a sliding window, since the API counts so. GCRA would
// need less memory, but it guarantees that only with a burst of one, where a
// pause earns nothing and six requests at once take a second; with a burst of
// six, eleven may fall into one second.
//
// A request takes a place in the budget of its credential, waits for it, and
// then takes one at the address: one round trip each, and one more for each time
// it is told to come again. When the address made it wait, its place at the
// credential has passed, and it takes a new one in exchange. What is taken and
// not used is given back.
//
// # Fairness
//
// At an address each credential has at most one place ahead of time, whatever
// the number of its requests and processes. The next one is given out when that
// has passed, behind those of the other credentials: they take turns. With k
// credentials that want to send, each waits for k places, however many
// requests a greedy one holds ready. The processes of a credential take turns
// in the same way, in the order in which they came, and so do the requests
// within a process.
//
// A process that dies leaves at most one place unused, which passes by itself,
// and is not waited for longer than half a second.
//
// # When the server is down
//
// By default requests go on within the limits of their own process, see
// [FallBack]; [Fail] makes them fail instead. After an outage begins the server
// is asked again once a second. In the second in which the budgets change hands
// the limit may be exceeded; the client repeats what the API refuses.
package limiter
