// Package storetest is the contract of tokens.Store as tests. A store that
// passes may be used by any number of processes.
//
//	func TestStore(t *testing.T) {
//		storetest.Run(t, func(t *testing.T) tokens.Store { return open(t) }, storetest.Options{})
//	}
//
// A store's server may have another time than the machine of the test. Minutes of
// difference are no fault, and no test asks for an exact time; that the store
// keeps to one clock is what the group Clock checks.
//
// With the environment variable STORETEST_RECORDS the paging test walks through
// another number of records, such as 1000000 to see how a database behaves:
//
//	STORETEST_RECORDS=1000000 go test ./mystore -run TestStore/List -timeout 1h
package storetest

import (
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/golokalise/lokalise/tokens"
)

// Options fit the tests to a store.
type Options struct {
	// Records is how many records the paging test walks through, unless
	// STORETEST_RECORDS says another number. Defaults to 10,000.
	Records int

	// Writers is how many goroutines fight over one record. Defaults to 100.
	Writers int

	// Reopen returns another handle on the data behind s, as a second process
	// would have it. Without it the second handle is s itself, right for a
	// store that lives in one process.
	Reopen func(t *testing.T, s tokens.Store) tokens.Store

	// Interrupt breaks the connections behind s once, in whatever way the
	// system fails in practice. Without it there is no test of connection
	// loss, right for a store that has no connection.
	Interrupt func(t *testing.T, s tokens.Store)

	// Patience bounds how long a test waits for the store's clock. Defaults
	// to 10 seconds.
	Patience time.Duration
}

func (o Options) withDefaults(t *testing.T) Options {
	t.Helper()
	if text := os.Getenv("STORETEST_RECORDS"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 {
			t.Fatalf("STORETEST_RECORDS is %q, want a number above 0", text)
		}
		o.Records = n
	}
	if o.Records == 0 {
		o.Records = 10_000
	}
	if o.Writers == 0 {
		o.Writers = 100
	}
	if o.Reopen == nil {
		o.Reopen = func(_ *testing.T, s tokens.Store) tokens.Store { return s }
	}
	if o.Patience == 0 {
		o.Patience = 10 * time.Second
	}
	return o
}

// suite is one run: how to get an empty store, and what fits it.
type suite struct {
	Options
	open func(t *testing.T) tokens.Store
}

// Run holds the stores that newStore returns against the contract. Each call
// of newStore must return an empty store that shares nothing with the others;
// it ends with the test it was made for.
func Run(t *testing.T, newStore func(t *testing.T) tokens.Store, options Options) {
	t.Helper()
	s := suite{options.withDefaults(t), newStore}
	groups := []struct {
		name string
		test func(*testing.T)
	}{
		{"Put", s.put},
		{"Delete", s.delete},
		{"Bytes", s.bytes},
		{"IDs", s.ids},
		{"List", s.list},
		{"Due", s.due},
		{"Claim", s.claim},
		{"Clock", s.clock},
		{"Lease", s.lease},
		{"ParallelUpdate", s.parallelUpdate},
		{"ParallelCreate", s.parallelCreate},
		{"CanceledContext", s.canceled},
		{"DamagedRecords", s.damaged},
	}
	for _, group := range groups {
		t.Run(group.name, group.test)
	}
	if s.Interrupt != nil {
		t.Run("ConnectionLoss", s.connectionLoss)
	}
}
