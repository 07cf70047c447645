package connect

import (
	"context"
	"sync"
	"time"
)

// memory is the default of [Config.Once].
type memory struct {
	now func() time.Time

	mu    sync.Mutex
	seen  map[string]bool
	order []remembered // the oldest first
}

type remembered struct {
	attempt string
	until   time.Time
}

func newMemory(now func() time.Time) *memory {
	return &memory{now: now, seen: map[string]bool{}}
}

func (m *memory) once(_ context.Context, attempt string) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	now := m.now()
	for len(m.order) > 0 && !m.order[0].until.After(now) {
		delete(m.seen, m.order[0].attempt)
		m.order = m.order[1:]
	}
	if m.seen[attempt] {
		return false, nil
	}
	m.seen[attempt] = true
	m.order = append(m.order, remembered{attempt, now.Add(AttemptLifetime)})
	return true, nil
}
