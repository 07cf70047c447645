// Package storetest is the contract of tokens.Store as tests. A store that
// passes may be used by any number of processes.
//
//	func TestStore(t *testing.T) {
//		storetest.Run(t, func(t *testing.T) tokens.Store { return open(t) }, storetest.Options{})
//	}
package storetest

import (
	"testing"
	"time"

	"github.com/golokalise/lokalise/tokens"
)

// Options fit the tests to a store.
type Options struct {
	// Records is how many records the paging test walks through, a million to
	// see how a database behaves. Defaults to 10,000.
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

func (o Options) withDefaults() Options {
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
	s := suite{options.withDefaults(), newStore}
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
