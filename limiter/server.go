package limiter

import (
	"context"
	"time"
)

// Server keeps budgets for a fleet. Each call is one step, for all processes
// in one order, on the server's own clock. Methods are called by many
// goroutines at once. A call has a deadline of [Options].Timeout.
type Server interface {
	// Take takes a place in a budget, or says when to ask again.
	Take(ctx context.Context, r Request) (Answer, error)
	// Return gives the place Back back, and forgets that the member waits.
	Return(ctx context.Context, r Request) error
	// Hold lets nobody take a place before a time has passed, and not more
	// than limit places a second from now on if that is above 0.
	Hold(ctx context.Context, key string, wait time.Duration, limit int) error
}

// Request asks for a place.
type Request struct {
	// Key is the budget.
	Key string
	// Party is on whose behalf the place is wanted. A party has at most one
	// place in the future, so that parties take turns.
	Party string
	// Member is the process that asks. Members of a party are served in the
	// order in which they first asked.
	Member string
	// PerSecond is how many places a second has; a fraction, such as 0.5, is
	// one place in more than a second.
	PerSecond float64
	// MaxWait is how far ahead the place may be.
	MaxWait time.Duration
	// Back is a place in the same budget that is given back first; 0 is none.
	Back int64
}

// Answer is a place or a time to come again.
type Answer struct {
	// Place identifies the place that was taken. At 0 none was.
	Place int64
	// Wait is how far ahead the place is. Without a place it is when to ask
	// again; if that is longer than the request's MaxWait, the server does not
	// expect it back.
	Wait time.Duration
}
