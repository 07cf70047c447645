// Package limitertest is the contract of lokalise.Limiter as tests. A limiter
// that passes may be shared by any number of processes, and treats them and
// their credentials fairly.
//
//	func TestLimiter(t *testing.T) {
//		limitertest.Run(t, func(t *testing.T) lokalise.Limiter { return open(t) }, limitertest.Options{})
//	}
//
// The tests take about six seconds, since the limits are about time.
package limitertest

import (
	"testing"
	"time"

	"github.com/golokalise/lokalise"
)

// Options fit the tests to a limiter.
type Options struct {
	// Reopen returns another limiter on the budgets of l, as a second process
	// would have it. Without it that is l itself, right for a limiter that
	// lives in one process.
	Reopen func(t *testing.T, l lokalise.Limiter) lokalise.Limiter

	// Interrupt breaks the connections behind l once. Without it there is no
	// test of connection loss, right for a limiter that has no connection.
	Interrupt func(t *testing.T, l lokalise.Limiter)

	// Kept returns how many budgets the server behind l keeps. Without it there
	// is no test that those that are not in use are forgotten.
	Kept func(t *testing.T, l lokalise.Limiter) int

	// Around runs a test. For a limiter without connections it can be
	// synctest.Test, so that no time passes. Defaults to calling the test.
	Around func(t *testing.T, test func(*testing.T))

	// Jitter is by how much the machine may delay a request after its moment,
	// or the test that measures it. Defaults to 0, which fits a bubble of
	// synctest only.
	Jitter time.Duration
}

func (o Options) withDefaults() Options {
	if o.Reopen == nil {
		o.Reopen = func(_ *testing.T, l lokalise.Limiter) lokalise.Limiter { return l }
	}
	if o.Around == nil {
		o.Around = func(t *testing.T, test func(*testing.T)) { test(t) }
	}
	return o
}

// suite is one run: how to get a limiter that nobody has used, and what fits it.
type suite struct {
	Options
	open func(t *testing.T) lokalise.Limiter
}

// Run holds the limiters that newLimiter returns against the contract. Each call
// of newLimiter must return one whose budgets are its own; it ends with the test
// that it was made for.
func Run(t *testing.T, newLimiter func(t *testing.T) lokalise.Limiter, options Options) {
	s := suite{options.withDefaults(), newLimiter}
	groups := []struct {
		name string
		test func(*testing.T)
	}{
		{"Limit", s.limit},
		{"Independent", s.independent},
		{"TenTenants", s.tenTenants},
		{"TwoTenants", s.twoTenants},
		{"MaxWait", s.maxWait},
		{"Deadline", s.deadline},
		{"Cancel", s.cancel},
		{"RefusedByAddress", s.refusedByAddress},
		{"Report", s.report},
		{"ReportLimit", s.reportLimit},
	}
	if s.Kept != nil {
		groups = append(groups, struct {
			name string
			test func(*testing.T)
		}{"Forgotten", s.forgotten})
	}
	if s.Interrupt != nil {
		groups = append(groups, struct {
			name string
			test func(*testing.T)
		}{"ConnectionLoss", s.connectionLoss})
	}
	for _, group := range groups {
		t.Run(group.name, func(t *testing.T) {
			t.Parallel()
			s.Around(t, group.test)
		})
	}
}

// pair opens a limiter as two processes have it.
func (s suite) pair(t *testing.T) [2]lokalise.Limiter {
	t.Helper()
	l := s.open(t)
	return [2]lokalise.Limiter{l, s.Reopen(t, l)}
}

// request is a reservation that may wait for a minute.
func request(credential, address string, perSecond float64) lokalise.Reservation {
	return lokalise.Reservation{Credential: credential, Address: address, PerSecond: perSecond, MaxWait: time.Minute}
}
