package clock_test

import (
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/golokalise/lokalise/sandbox/internal/clock"
)

func TestAdvanceRunsDueTasksInOrderEachAtItsTime(t *testing.T) {
	t.Parallel()
	c := clock.New()
	c.Freeze()
	begin := c.Now()
	var ran []time.Duration
	note := func() { ran = append(ran, c.Now().Sub(begin)) }
	c.AfterFunc(3*time.Minute, note)
	c.AfterFunc(time.Minute, func() {
		note()
		c.AfterFunc(time.Minute, note) // falls due within the same Advance
	})
	c.AfterFunc(time.Hour, note)
	c.Advance(10 * time.Minute)
	if want := []time.Duration{time.Minute, 2 * time.Minute, 3 * time.Minute}; !slices.Equal(ran, want) {
		t.Errorf("ran at %v, want %v", ran, want)
	}
	if got := c.Now().Sub(begin); got != 10*time.Minute || c.Pending() != 1 {
		t.Errorf("after %v with %d waiting", got, c.Pending())
	}
}

func TestTasksDueAtOnceRunInTheOrderTheyWerePlanned(t *testing.T) {
	t.Parallel()
	c := clock.New()
	c.Freeze()
	var ran []int
	for i := range 50 {
		c.AfterFunc(time.Second, func() { ran = append(ran, i) })
	}
	c.Advance(time.Second)
	if len(ran) != 50 || !slices.IsSorted(ran) {
		t.Errorf("%v", ran)
	}
}

func TestTasksRunByThemselvesWhileTheClockRuns(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := clock.New()
		defer c.Close()
		c.Advance(time.Hour) // ahead of the machine, and still running
		begin := time.Now()
		var ran []time.Duration
		for _, d := range []time.Duration{2 * time.Second, time.Second, 5 * time.Second} {
			c.AfterFunc(d, func() { ran = append(ran, time.Since(begin)) })
		}
		time.Sleep(3 * time.Second)
		synctest.Wait()
		if want := []time.Duration{time.Second, 2 * time.Second}; !slices.Equal(ran, want) {
			t.Errorf("ran after %v, want %v", ran, want)
		}
	})
}

func TestFrozenClockRunsNoTaskUntilItIsAdvanced(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := clock.New()
		defer c.Close()
		var ran atomic.Int32
		c.AfterFunc(time.Second, func() { ran.Add(1) })
		c.Freeze()
		time.Sleep(time.Hour)
		synctest.Wait()
		if ran.Load() != 0 {
			t.Error("a task ran while the clock stood still")
		}
		c.Resume() // from where it stood
		time.Sleep(time.Second)
		synctest.Wait()
		if ran.Load() != 1 {
			t.Error("the task did not run after Resume")
		}
	})
}

func TestStoppedTaskDoesNotRun(t *testing.T) {
	t.Parallel()
	c := clock.New()
	c.Freeze()
	ran := false
	timer := c.AfterFunc(time.Second, func() { ran = true })
	if !timer.Stop() || timer.Stop() {
		t.Error("Stop does not tell what it did")
	}
	done := c.AfterFunc(time.Second, func() {})
	c.Advance(time.Minute)
	if ran || done.Stop() {
		t.Errorf("ran %v", ran)
	}
}

func TestClosedClockTellsTheTimeAndRunsNothing(t *testing.T) {
	t.Parallel()
	c := clock.New()
	c.Freeze()
	ran := false
	waiting := c.AfterFunc(time.Second, func() { ran = true })
	c.Close()
	later := c.AfterFunc(time.Second, func() { ran = true })
	before := c.Now()
	c.Advance(time.Minute)
	if ran || waiting.Stop() || later.Stop() || c.Pending() != 0 {
		t.Error("a task survived Close")
	}
	if got := c.Now().Sub(before); got != time.Minute {
		t.Errorf("advanced by %v", got)
	}
}

func TestSlowTaskDoesNotTurnTheClockBack(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := clock.New()
		defer c.Close()
		c.AfterFunc(time.Second, func() { time.Sleep(time.Minute) })
		before := c.Now()
		c.Advance(2 * time.Second)
		if got := c.Now().Sub(before); got < time.Minute {
			t.Errorf("the clock shows %v, and a minute passed", got)
		}
	})
}

func TestManyAdvanceAtOnceAndNothingIsLost(t *testing.T) {
	t.Parallel()
	c := clock.New()
	c.Freeze()
	before := c.Now()
	var ran atomic.Int32
	var wg sync.WaitGroup
	for range 50 {
		wg.Go(func() {
			c.AfterFunc(time.Second, func() { ran.Add(1) })
			c.Advance(time.Second)
			_ = c.Now()
		})
	}
	wg.Wait()
	c.Advance(time.Second)
	if got := c.Now().Sub(before); got != 51*time.Second || ran.Load() != 50 {
		t.Errorf("advanced by %v, %d ran", got, ran.Load())
	}
}

func TestFrozenClockRunsWhatIsDueAtOnce(t *testing.T) {
	t.Parallel()
	c := clock.New()
	c.Freeze()
	ran := make(chan struct{})
	c.AfterFunc(0, func() { close(ran) })
	<-ran
}

func TestAdvanceWaitsForWhatATaskStarted(t *testing.T) {
	t.Parallel()
	c := clock.New()
	c.Freeze()
	var under sync.WaitGroup
	c.OnSettle(under.Wait)
	start := c.Now()
	var ended []time.Duration
	for i := range 3 {
		c.AfterFunc(time.Duration(i+1)*time.Minute, func() {
			under.Go(func() {
				time.Sleep(time.Millisecond)
				ended = append(ended, c.Now().Sub(start)) // no lock: one at a time
			})
		})
	}
	c.Advance(time.Hour)
	if want := []time.Duration{time.Minute, 2 * time.Minute, 3 * time.Minute}; !slices.Equal(ended, want) {
		t.Errorf("ended at %v, want %v", ended, want)
	}
}

func TestSettleRunsWhatIsDueAndMovesNothing(t *testing.T) {
	t.Parallel()
	c := clock.New()
	c.Freeze()
	before, ran := c.Now(), 0
	c.OnSettle(func() {})
	c.AfterFunc(0, func() { c.AfterFunc(0, func() { ran++ }) })
	c.AfterFunc(time.Second, func() { t.Error("a task ran that was not due") })
	c.Settle()
	if ran != 1 || !c.Now().Equal(before) {
		t.Errorf("ran %d, moved %v", ran, c.Now().Sub(before))
	}
}
