// Package stores holds the token stores and the limiters of a fleet against
// their contracts, on the real databases. Each test has a schema, a database, a
// file or a prefix of its own and drops it afterwards.
package stores
