package lokalise

import (
	"context"
	"slices"
	"sync"
	"time"
)

// slots counts the requests in flight for each key, and makes those above the
// cap wait in the order in which they came. A key exists only while something
// is in flight for it.
type slots[K comparable] struct {
	mu   sync.Mutex
	keys map[K]*slotQueue
}

type slotQueue struct {
	inUse   int
	waiting []*slotWaiter
}

type slotWaiter struct {
	most    int
	granted chan struct{}
}

// projectKey names a project: the base URL and the identifier without branch.
type projectKey struct{ base, project string }

// sharedSlots counts the requests of all clients in the process, since the
// API's limit of ten at once is one of the project.
var sharedSlots slots[projectKey]

// try takes a slot if one is free and nobody waits for it.
func (s *slots[K]) try(key K, most int) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	q := s.queue(key)
	if q.inUse >= most || len(q.waiting) > 0 {
		return false
	}
	q.inUse++
	return true
}

// acquire takes a slot, waiting for it at most maxWait.
func (s *slots[K]) acquire(ctx context.Context, key K, most int, maxWait time.Duration) error {
	w := s.enqueue(key, most)
	if w == nil {
		return nil
	}
	timer := time.NewTimer(maxWait)
	defer timer.Stop()
	var err error
	select {
	case <-w.granted:
		return nil
	case <-ctx.Done():
		err = contextError(ctx)
	case <-timer.C:
		err = &LimitError{Wait: maxWait, MaxWait: maxWait}
	}
	s.leave(key, w)
	return err
}

// enqueue takes a slot and returns nil, or joins the queue.
func (s *slots[K]) enqueue(key K, most int) *slotWaiter {
	s.mu.Lock()
	defer s.mu.Unlock()
	q := s.queue(key)
	if q.inUse < most && len(q.waiting) == 0 {
		q.inUse++
		return nil
	}
	w := &slotWaiter{most: most, granted: make(chan struct{})}
	q.waiting = append(q.waiting, w)
	return w
}

// leave gives up waiting. The slot may have been granted in this very moment;
// then it goes back.
func (s *slots[K]) leave(key K, w *slotWaiter) {
	s.mu.Lock()
	defer s.mu.Unlock()
	q := s.queue(key)
	if i := slices.Index(q.waiting, w); i >= 0 {
		q.waiting = slices.Delete(q.waiting, i, i+1)
	} else {
		q.inUse--
	}
	s.settle(key, q)
}

// release gives a slot back.
func (s *slots[K]) release(key K) {
	s.mu.Lock()
	defer s.mu.Unlock()
	q := s.queue(key)
	q.inUse--
	s.settle(key, q)
}

// settle grants what is free to those who wait longest, and forgets the key
// when nothing is left of it.
func (s *slots[K]) settle(key K, q *slotQueue) {
	for len(q.waiting) > 0 && q.inUse < q.waiting[0].most {
		close(q.waiting[0].granted)
		q.waiting = slices.Delete(q.waiting, 0, 1)
		q.inUse++
	}
	if q.inUse == 0 && len(q.waiting) == 0 {
		delete(s.keys, key)
	}
}

func (s *slots[K]) queue(key K) *slotQueue {
	q, ok := s.keys[key]
	if !ok {
		if s.keys == nil {
			s.keys = map[K]*slotQueue{}
		}
		q = new(slotQueue)
		s.keys[key] = q
	}
	return q
}
