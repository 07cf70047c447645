// Package bench holds benchmarks that put the Lokalise client beside what it is
// measured against: plain net/http with two JSON decoders, and the official
// Node SDK. README.md says what is measured and how.
package bench
