package sandbox

import (
	"time"

	"github.com/golokalise/lokalise/sandbox/internal/clock"
)

// Clock is the sandbox's time. It starts as the machine's, or the bubble's
// inside testing/synctest, and only moves forward. Tokens, codes, rate limits
// and everything that is dated follow it.
type Clock struct{ inner *clock.Clock }

// Now is the sandbox's time in UTC.
func (c *Clock) Now() time.Time { return c.inner.Now() }

// Advance moves the clock forward by d and returns once everything that fell
// due on the way has happened, in order. Zero or less does nothing.
func (c *Clock) Advance(d time.Duration) { c.inner.Advance(d) }

// Freeze stops the clock. Rate limits follow the clock, so that a frozen one
// never lets a client that has used its requests up send another; use
// [WithoutRateLimit] or Advance.
func (c *Clock) Freeze() { c.inner.Freeze() }

// Resume lets a frozen clock run on from the time it shows.
func (c *Clock) Resume() { c.inner.Resume() }

// Frozen tells whether the clock stands still.
func (c *Clock) Frozen() bool { return c.inner.Frozen() }

// Ahead is how far the clock is ahead of the machine's. It is negative for a
// clock that has been standing still.
func (c *Clock) Ahead() time.Duration { return c.inner.Ahead() }
