package clock

import "time"

// State is what a clock needs to go on after a restart as if there had been
// none: a running one has run on meanwhile, a frozen one has not.
type State struct {
	OffsetNanoseconds int64 // ahead of the machine, while running
	Frozen            bool
	At                time.Time // the time, while frozen
}

// State returns the clock's state.
func (c *Clock) State() State {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.state()
}

func (c *Clock) state() State {
	return State{OffsetNanoseconds: int64(c.offset), Frozen: c.frozen, At: c.at}
}

// Set puts the clock into a state, before it is used.
func (c *Clock) Set(s State) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.offset, c.frozen, c.at = time.Duration(s.OffsetNanoseconds), s.Frozen, s.At
	c.arm()
}

// OnSet has fn called with the clock's state when somebody moves, freezes or
// resumes it, before that returns. Before Advance runs tasks, fn gets the state
// that the clock will have after them, so that nobody who keeps states can be
// left with a time before that of a task that ran. OnSet is called before the
// clock is used; fn must not use the clock.
func (c *Clock) OnSet(fn func(State)) { c.onSet = fn }

// tell calls back after a change. The caller does not hold c.mu.
func (c *Clock) tell() {
	if c.onSet != nil {
		c.onSet(c.State())
	}
}

// tellBefore calls back before Advance moves to target.
func (c *Clock) tellBefore(target time.Time) {
	if c.onSet == nil {
		return
	}
	c.mu.Lock()
	s := c.state()
	s.OffsetNanoseconds += int64(target.Sub(c.now()))
	s.At = target
	c.mu.Unlock()
	c.onSet(s)
}
