package tokens

import (
	"hash/maphash"
	"sync"
)

// table holds the grants that this process knows, spread over shards so that
// callers for different grants do not meet at one lock.
type table struct {
	seed   maphash.Seed
	shards [64]shard
}

type shard struct {
	mu     sync.RWMutex
	grants map[string]*grant
	_      [24]byte // keeps the locks of two shards off one cache line
}

func (t *table) init() {
	t.seed = maphash.MakeSeed()
	for i := range t.shards {
		t.shards[i].grants = map[string]*grant{}
	}
}

func (t *table) shard(id string) *shard {
	return &t.shards[maphash.String(t.seed, id)%uint64(len(t.shards))]
}

// find returns the grant if the table has it.
func (t *table) find(id string) (*grant, bool) {
	s := t.shard(id)
	s.mu.RLock()
	defer s.mu.RUnlock()
	g, ok := s.grants[id]
	return g, ok
}

// each calls f for every grant, without a lock.
func (t *table) each(f func(*grant)) {
	for i := range t.shards {
		s := &t.shards[i]
		s.mu.RLock()
		grants := make([]*grant, 0, len(s.grants))
		for _, g := range s.grants {
			grants = append(grants, g)
		}
		s.mu.RUnlock()
		for _, g := range grants {
			f(g)
		}
	}
}

// lookup returns the grant of this ID and adds it to the table if need be.
func (m *Manager) lookup(id string) *grant {
	if g, ok := m.table.find(id); ok {
		return g
	}
	s := m.table.shard(id)
	s.mu.Lock()
	defer s.mu.Unlock()
	g, ok := s.grants[id]
	if !ok {
		g = &grant{m: m, id: id}
		s.grants[id] = g
	}
	return g
}

// forget takes a grant out of the table. The caller holds the grant's lock.
func (m *Manager) forget(g *grant) {
	g.dropped = true
	s := m.table.shard(g.id)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.grants[g.id] == g {
		delete(s.grants, g.id)
	}
}
