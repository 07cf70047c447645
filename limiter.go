package lokalise

import (
	"context"
	"time"
)

// Limiter spaces out the requests of a credential and of an address.
//
// The client has one of its own, which all clients of a process share. Another
// one can be given by [WithLimiter], to hold a fleet of processes within a
// limit together: limiter/redislimiter and limiter/sqllimiter are such. Its
// methods are called by many goroutines at once.
type Limiter interface {
	// Wait returns when one request may be sent. It returns a [LimitError]
	// when that would take longer than r.MaxWait, without waiting, and the
	// context's error when the context ends before.
	Wait(ctx context.Context, r Reservation) error
	// Report tells what the API said about the limit: that it refused a
	// request, or that the next one would be refused. It is not called for
	// answers that say neither.
	Report(ctx context.Context, r Reservation, s RateState)
}

// Reservation is the request for which a [Limiter] is asked.
type Reservation struct {
	// Credential stands for the credential of the request: a hash of the base
	// URL and a fixed token, or of the base URL and the token source's
	// LimitKey. It never changes when an access token is renewed.
	Credential string
	// Address stands for the address from which the request goes out and the
	// host to which it goes.
	Address string
	// PerSecond is how many requests a second the client was configured to
	// send, for the credential and for the address alike.
	PerSecond float64
	// MaxWait is how long the request may be held back; at 0 it may not wait.
	MaxWait time.Duration
}

// Check returns the error by which a limiter refuses a request that would have
// to wait: a [LimitError] if the wait is longer than MaxWait or than the context
// lasts. It returns nil if the request may wait that long.
func (r Reservation) Check(ctx context.Context, wait time.Duration) error {
	if wait <= 0 {
		return nil
	}
	now := time.Now()
	refusal := &LimitError{RetryAt: now.Add(wait), Wait: wait, MaxWait: max(r.MaxWait, 0)}
	if wait > r.MaxWait {
		return refusal
	}
	if deadline, ok := ctx.Deadline(); ok && deadline.Before(refusal.RetryAt) {
		refusal.cause = context.DeadlineExceeded
		return refusal
	}
	return nil
}

// RateState is what an answer said about the limit, in the headers that were
// recorded since 2026: x-ratelimit-limit, -remaining and -reset.
type RateState struct {
	// Limit is how many requests a second the API allows; 0 if it did not say.
	Limit int
	// Refused reports that the request was refused, by status 429 or 423.
	Refused bool
	// Wait is how long the next request has to wait.
	Wait time.Duration
}
