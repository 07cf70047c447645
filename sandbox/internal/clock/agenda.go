package clock

import (
	"container/heap"
	"time"
)

// Timer is a task that waits for its time.
type Timer struct {
	clock *Clock
	due   time.Time
	order uint64 // of two tasks due at once, the one planned first runs first
	task  func()
	index int // position in the agenda, -1 once it ran or was stopped
}

// agenda holds the waiting tasks, earliest first, and the machine timer that
// wakes the clock for the first of them.
type agenda struct {
	timers  []*Timer
	planned uint64
	alarm   *time.Timer
	closed  bool
}

// AfterFunc runs task once d has passed on this clock: by itself while the
// clock runs, during Advance when that passes the time. Tasks run one at a
// time in the order of their times, and on a goroutine of the clock's or of
// Advance's caller, so a task that takes long starts a goroutine of its own.
func (c *Clock) AfterFunc(d time.Duration, task func()) *Timer {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.agenda.planned++
	t := &Timer{clock: c, due: c.now().Add(max(d, 0)), order: c.agenda.planned, task: task, index: -1}
	if !c.agenda.closed {
		heap.Push(&c.agenda, t)
		c.arm()
	}
	return t
}

// Stop takes the task off the agenda. It tells whether that kept the task from
// running.
func (t *Timer) Stop() bool {
	c := t.clock
	c.mu.Lock()
	defer c.mu.Unlock()
	if t.index < 0 {
		return false
	}
	heap.Remove(&c.agenda, t.index)
	c.arm()
	return true
}

// Close drops every waiting task and waits for the one that is running. Tasks
// planned later never run. The clock goes on telling the time.
func (c *Clock) Close() {
	c.mu.Lock()
	c.agenda.closed = true
	c.agenda.disarm()
	for _, t := range c.agenda.timers {
		t.index = -1
	}
	c.agenda.timers = nil
	c.mu.Unlock()
	c.lockTasks()
	defer c.unlockTasks()
}

// Pending is the number of tasks that wait.
func (c *Clock) Pending() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.agenda.Len()
}

// arm sets the machine timer for the first task. A frozen clock needs one only
// for what is due already. The caller holds c.mu.
func (c *Clock) arm() {
	c.agenda.disarm()
	if c.agenda.Len() == 0 {
		return
	}
	wait := c.agenda.timers[0].due.Sub(c.now())
	if c.frozen && wait > 0 {
		return
	}
	c.agenda.alarm = time.AfterFunc(max(wait, 0), c.wake)
}

// wake runs what is due by now and sets the next alarm.
func (c *Clock) wake() {
	c.lockTasks()
	defer c.unlockTasks()
	for c.runNext(time.Time{}, false) {
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.arm()
}

// runNext runs the first task if it is due, and tells whether there was one.
// When moving, the clock is set forward to the task's time, up to limit;
// otherwise only what is due at the present time runs. The caller holds
// the lock of the tasks.
func (c *Clock) runNext(limit time.Time, moving bool) bool {
	c.mu.Lock()
	if !moving {
		limit = c.now()
	}
	if c.agenda.Len() == 0 || c.agenda.timers[0].due.After(limit) {
		c.mu.Unlock()
		return false
	}
	t, _ := heap.Pop(&c.agenda).(*Timer)
	c.moveTo(t.due)
	c.mu.Unlock()
	t.task()
	return true
}

func (a *agenda) disarm() {
	if a.alarm != nil {
		a.alarm.Stop()
		a.alarm = nil
	}
}

// Len, Less, Swap, Push and Pop make the agenda a container/heap.
func (a *agenda) Len() int { return len(a.timers) }

func (a *agenda) Less(i, j int) bool {
	x, y := a.timers[i], a.timers[j]
	if x.due.Equal(y.due) {
		return x.order < y.order
	}
	return x.due.Before(y.due)
}

func (a *agenda) Swap(i, j int) {
	a.timers[i], a.timers[j] = a.timers[j], a.timers[i]
	a.timers[i].index, a.timers[j].index = i, j
}

func (a *agenda) Push(x any) {
	t, _ := x.(*Timer)
	t.index = len(a.timers)
	a.timers = append(a.timers, t)
}

func (a *agenda) Pop() any {
	last := len(a.timers) - 1
	t := a.timers[last]
	a.timers[last] = nil
	a.timers = a.timers[:last]
	t.index = -1
	return t
}
