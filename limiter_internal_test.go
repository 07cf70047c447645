package lokalise

import (
	"context"
	"fmt"
	"testing"
	"testing/synctest"
	"time"
)

func TestIdleKeysAreDropped(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := newProcessLimiter()
		for i := range 10_000 {
			key := fmt.Sprint(i)
			if err := l.Wait(t.Context(), Reservation{Credential: key, Address: key, PerSecond: 6}); err != nil {
				t.Fatal(err)
			}
			time.Sleep(100 * time.Millisecond)
		}
		// About ten keys are in use at a time.
		if n := len(l.credentials); n > 50 {
			t.Errorf("%d keys are kept", n)
		}
	})
}

func TestSlotsForgetKeysThatAreNotInUse(t *testing.T) {
	t.Parallel()
	var s slots[string]
	for i := range 100 {
		key := fmt.Sprint(i)
		if err := s.acquire(t.Context(), key, 1, 0); err != nil {
			t.Fatal(err)
		}
		s.release(key)
	}
	if len(s.keys) != 0 {
		t.Errorf("%d keys are kept", len(s.keys))
	}
}

func TestSlotsAreGrantedInOrder(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var s slots[string]
		if !s.try("k", 1) {
			t.Fatal("the first slot is taken")
		}
		var order []int
		for i := range 5 {
			go func() {
				if err := s.acquire(t.Context(), "k", 1, time.Hour); err != nil {
					t.Error(err)
				}
				order = append(order, i)
				s.release("k")
			}()
			synctest.Wait()
		}
		if s.try("k", 2) {
			t.Error("try went ahead of those who wait")
		}
		s.release("k")
		synctest.Wait()
		if fmt.Sprint(order) != "[0 1 2 3 4]" {
			t.Errorf("order was %v", order)
		}
	})
}

func TestSlotOfACanceledWaiterIsNotLost(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var s slots[string]
		s.try("k", 1)
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error)
		go func() { done <- s.acquire(ctx, "k", 1, time.Hour) }()
		synctest.Wait()
		cancel()
		if err := <-done; err == nil {
			t.Error("a canceled waiter got a slot")
		}
		s.release("k")
		if !s.try("k", 1) {
			t.Error("the slot is lost")
		}
	})
}

// A key that a test in a synctest bubble left behind lies decades away from the
// real clock.
func TestRecordOfAnotherClockIsForgotten(t *testing.T) {
	t.Parallel()
	l := newProcessLimiter()
	l.credentials["k"] = &window{sent: []time.Time{time.Now().AddDate(20, 0, 0)}, blocked: time.Now().AddDate(20, 0, 0)}
	if err := l.Wait(t.Context(), Reservation{Credential: "k", Address: "k", PerSecond: 1}); err != nil {
		t.Error(err)
	}
}

func TestFractionsOfARate(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := newProcessLimiter()
		start := time.Now()
		for range 3 {
			r := Reservation{Credential: "k", Address: "k", PerSecond: 0.5, MaxWait: time.Minute}
			if err := l.Wait(t.Context(), r); err != nil {
				t.Fatal(err)
			}
		}
		if took := time.Since(start); took < 4*time.Second || took > 4200*time.Millisecond {
			t.Errorf("three requests took %v", took)
		}
	})
}
