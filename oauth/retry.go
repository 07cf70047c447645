package oauth

import (
	"context"
	"errors"
	"math/rand/v2"
	"net/http"
	"strconv"
	"time"
)

const (
	// maxTries is how often a request is sent at most.
	maxTries = 3

	// firstPause is the longest wait after the first try; it doubles after the
	// next.
	firstPause = 500 * time.Millisecond

	// maxPause is the longest Retry-After that is waited for. A caller who
	// holds a user's request open is served better by an error than by a
	// minute's silence.
	maxPause = 10 * time.Second

	// maxRetryAfter keeps absurd values of the header in range.
	maxRetryAfter = 24 * time.Hour
)

// repeatable tells whether the request may be sent again without any risk that
// the server acts on it twice.
func (e *Error) repeatable(g grant) bool {
	if g.once {
		return false
	}
	if e.Status == 0 {
		return !e.MaybeSent
	}
	return g.repeatRefused && e.refused()
}

// refused tells whether the server turned the request away without acting on
// it: too many requests, or not in service.
func (e *Error) refused() bool {
	return e.Status == http.StatusTooManyRequests || e.Status == http.StatusServiceUnavailable
}

// pause waits before the next try and tells whether there is to be one.
func (c *Client) pause(ctx context.Context, try int, failure *Error) bool {
	wait := pauseAfter(try, failure.RetryAfter)
	if failure.RetryAfter > maxPause {
		return false
	}
	if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) <= wait {
		return false // the next try could not even start
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		failure.interrupted(ctx.Err())
		return false
	}
}

// interrupted records that the caller gave up between two tries.
func (e *Error) interrupted(err error) {
	if e.cause != nil {
		err = errors.Join(err, e.cause)
	}
	e.cause = &cause{err}
}

// pauseAfter is the wait after the given try. With a Retry-After the jitter goes
// on top, so as not to come too early; without one it is taken off.
func pauseAfter(try int, retryAfter time.Duration) time.Duration {
	longest := firstPause << (try - 1)
	jitter := rand.N(longest / 2) //nolint:gosec // spreads load, guards nothing
	if retryAfter > 0 {
		return retryAfter + jitter
	}
	return longest - jitter
}

// retryAfter reads the Retry-After header: seconds or a date (RFC 9110 section
// 10.2.3). Whatever is no time in the future counts as absent. No recording of
// Lokalise has the header.
func retryAfter(header string, now time.Time) time.Duration {
	var wait time.Duration
	if seconds, err := strconv.ParseInt(header, 10, 64); err == nil {
		wait = time.Duration(min(seconds, int64(maxRetryAfter/time.Second))) * time.Second
	} else if date, err := http.ParseTime(header); err == nil {
		wait = date.Sub(now)
	}
	return max(0, min(wait, maxRetryAfter))
}
