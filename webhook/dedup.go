package webhook

import (
	"context"
	"sync"
)

// Deduplicator remembers which deliveries were handled. Handled is asked before
// the functions run and MarkHandled is called after all of them succeeded, so a
// delivery that fails in between comes again. Two processes that receive one
// delivery at the same moment may both handle it; an implementation that must
// rule that out holds a lock between the two calls.
type Deduplicator interface {
	Handled(ctx context.Context, key string) (bool, error)
	MarkHandled(ctx context.Context, key string) error
}

// MemoryDeduplicator remembers the newest deliveries of this process.
type MemoryDeduplicator struct {
	mu   sync.Mutex
	seen map[string]bool
	ring []string
	next int
}

// NewMemoryDeduplicator returns a deduplicator that remembers as many
// deliveries as size says, at about 200 bytes each; at least one.
func NewMemoryDeduplicator(size int) *MemoryDeduplicator {
	return &MemoryDeduplicator{seen: map[string]bool{}, ring: make([]string, max(size, 1))}
}

// Handled reports whether the delivery is remembered.
func (m *MemoryDeduplicator) Handled(_ context.Context, key string) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.seen[key], nil
}

// MarkHandled remembers the delivery and forgets the oldest one if need be.
func (m *MemoryDeduplicator) MarkHandled(_ context.Context, key string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.seen[key] {
		return nil
	}
	delete(m.seen, m.ring[m.next])
	m.seen[key], m.ring[m.next] = true, key
	m.next = (m.next + 1) % len(m.ring)
	return nil
}
