// Package clock is the sandbox's time: the machine's own time plus an offset,
// or a time that stands still. Everything in the sandbox that expires, waits
// or is dated asks this clock, so that a test can pass an hour in no time.
package clock

import (
	"sync"
	"time"
)

// Clock tells the sandbox's time. It reads the machine's through time.Now, and
// therefore follows the fake time of a synctest bubble too. It is safe for use
// by many goroutines.
type Clock struct {
	mu     sync.Mutex
	offset time.Duration // ahead of the machine, while running
	frozen bool
	at     time.Time // the time, while frozen
	agenda agenda
	onSet  func(State)

	settled func() // see OnSettle; nil: nothing to wait for

	// running holds a token while due tasks run, so that they run one after
	// another in the order of their times, whoever makes the time pass. It is a
	// channel, since a task may wait for the time of a synctest bubble to pass,
	// and that stands still while a goroutine waits for a mutex.
	running chan struct{}
}

// New returns a clock that shows the machine's time. Inside a synctest bubble
// it must be made there.
func New() *Clock { return &Clock{running: make(chan struct{}, 1)} }

// lockTasks waits until no task runs, and keeps others from running any.
func (c *Clock) lockTasks() { c.running <- struct{}{} }

func (c *Clock) unlockTasks() { <-c.running }

// Now is the sandbox's time in UTC. It carries no monotonic reading: a laptop
// that slept for an hour has aged its tokens by an hour.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now()
}

func (c *Clock) now() time.Time {
	if c.frozen {
		return c.at
	}
	return machine().Add(c.offset)
}

// machine is the machine's time without the monotonic reading.
func machine() time.Time { return time.Now().UTC().Round(0) }

// Ahead is how far this clock is ahead of the machine's.
func (c *Clock) Ahead() time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.frozen {
		return c.at.Sub(machine())
	}
	return c.offset
}

// Frozen tells whether the clock stands still.
func (c *Clock) Frozen() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.frozen
}

// Freeze stops the clock at its present time. Only Advance moves it then. What
// is due at the present time still runs.
func (c *Clock) Freeze() {
	defer c.tell()
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.frozen {
		c.at, c.frozen = c.now(), true
	}
	c.arm()
}

// Resume lets a frozen clock run on from the time it shows.
func (c *Clock) Resume() {
	defer c.tell()
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.frozen {
		c.frozen, c.offset = false, c.at.Sub(machine())
	}
	c.arm()
}

// MaxAhead is how far the clock can be ahead of the machine's: a time.Duration
// holds 292 years.
const MaxAhead = 100 * 365 * 24 * time.Hour

// Advance moves the clock forward by d, at most to MaxAhead, and returns once
// every task that fell due on the way has run and settled (see OnSettle), each
// at its own time and in order. A negative or zero d does nothing: nothing in the sandbox can be
// undone by time. Advance must not be called from a task.
func (c *Clock) Advance(d time.Duration) {
	if d <= 0 {
		return
	}
	c.lockTasks()
	defer c.unlockTasks()
	defer c.tell()
	target := c.Now().Add(min(d, MaxAhead))
	if limit := machine().Add(MaxAhead); target.After(limit) {
		target = limit
	}
	c.tellBefore(target)
	for more := true; more; more = c.runNext(target, true) {
		c.settle()
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.moveTo(target)
	c.arm()
}

// Settle returns once everything that is due at the present time has run and
// settled (see OnSettle). Settle must not be called from a task.
func (c *Clock) Settle() {
	c.lockTasks()
	defer c.unlockTasks()
	for more := true; more; more = c.runNext(time.Time{}, false) {
		c.settle()
	}
}

// OnSettle sets what Advance and Settle wait for before they begin and after
// each task: what tasks have started on goroutines of their own. It is called
// before the clock is used. wait must end by itself, in seconds, since what it
// waits for may itself wait for the clock.
func (c *Clock) OnSettle(wait func()) { c.settled = wait }

func (c *Clock) settle() {
	if c.settled != nil {
		c.settled()
	}
}

// moveTo sets the clock to t unless it shows a later time already, which a
// slow task may have caused.
func (c *Clock) moveTo(t time.Time) {
	if now := c.now(); t.After(now) {
		c.at = t
		c.offset += t.Sub(now)
	}
}
