package tokens

import (
	"container/heap"
	"context"
	"slices"
	"sync"
	"time"
)

// MemoryStore keeps records in memory. They end with the process, so it suits
// tests, and programs that connect anew at each start.
type MemoryStore struct {
	mu     sync.Mutex
	rows   map[string]*memoryRow
	due    dueHeap
	ids    []string // sorted unless stale
	stale  bool
	leases map[string]memoryLease
}

type memoryRow struct {
	rec   Record
	index int // position in the heap, -1 when never due
}

type memoryLease struct {
	owner string
	until time.Time
}

var (
	_ Store   = (*MemoryStore)(nil)
	_ Claimer = (*MemoryStore)(nil)
	_ Leaser  = (*MemoryStore)(nil)
)

// NewMemoryStore returns an empty store.
func NewMemoryStore() *MemoryStore {
	return &MemoryStore{rows: map[string]*memoryRow{}, leases: map[string]memoryLease{}}
}

// Get implements [Store].
func (s *MemoryStore) Get(ctx context.Context, id string) (Record, error) {
	if err := ctx.Err(); err != nil {
		return Record{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	row, ok := s.rows[id]
	if !ok {
		return Record{}, ErrNotFound
	}
	return copyRecord(row.rec), nil
}

// Put implements [Store].
func (s *MemoryStore) Put(ctx context.Context, rec Record, expected int64) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := CheckID(rec.ID); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	row, ok := s.rows[rec.ID]
	if s.version(row) != expected {
		return ErrConflict
	}
	if !ok {
		row = &memoryRow{index: -1}
		s.rows[rec.ID] = row
		s.ids, s.stale = append(s.ids, rec.ID), true
	}
	row.rec = copyRecord(rec)
	s.schedule(row)
	return nil
}

// Delete implements [Store].
func (s *MemoryStore) Delete(ctx context.Context, id string, expected int64) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	row, ok := s.rows[id]
	if !ok || row.rec.Version != expected {
		return ErrConflict
	}
	row.rec.Due = time.Time{}
	s.schedule(row)
	delete(s.rows, id)
	s.stale = true
	return nil
}

// List implements [Store].
func (s *MemoryStore) List(ctx context.Context, after string, limit int) ([]Record, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sortIDs()
	at, found := slices.BinarySearch(s.ids, after)
	if found {
		at++
	}
	var page []Record
	for _, id := range s.ids[at:min(len(s.ids), at+limit)] {
		page = append(page, copyRecord(s.rows[id].rec))
	}
	return page, nil
}

// Due implements [Store].
func (s *MemoryStore) Due(ctx context.Context, limit int) ([]Record, error) {
	return s.takeDue(ctx, limit, func(*memoryRow) {})
}

// Claim implements [Claimer].
func (s *MemoryStore) Claim(ctx context.Context, limit int, ttl time.Duration) ([]Record, error) {
	until := time.Now().Add(ttl)
	return s.takeDue(ctx, limit, func(row *memoryRow) { row.rec.Due = until })
}

// takeDue pops what is due, lets change decide when it is due again, and
// pushes it back.
func (s *MemoryStore) takeDue(ctx context.Context, limit int, change func(*memoryRow)) ([]Record, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	now := time.Now()
	s.mu.Lock()
	defer s.mu.Unlock()
	var taken []*memoryRow
	for len(taken) < limit && len(s.due) > 0 && !s.due[0].rec.Due.After(now) {
		taken = append(taken, heap.Pop(&s.due).(*memoryRow))
	}
	var out []Record
	for _, row := range taken {
		change(row)
		s.schedule(row)
		out = append(out, copyRecord(row.rec))
	}
	return out, nil
}

// Lease implements [Leaser].
func (s *MemoryStore) Lease(ctx context.Context, id, owner string, ttl time.Duration) (bool, error) {
	if err := ctx.Err(); err != nil {
		return false, err
	}
	now := time.Now()
	s.mu.Lock()
	defer s.mu.Unlock()
	if held, ok := s.leases[id]; ok && held.owner != owner && now.Before(held.until) {
		return false, nil
	}
	s.leases[id] = memoryLease{owner, now.Add(ttl)}
	return true, nil
}

// Unlease implements [Leaser].
func (s *MemoryStore) Unlease(ctx context.Context, id, owner string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.leases[id].owner == owner {
		delete(s.leases, id)
	}
	return nil
}

func (s *MemoryStore) version(row *memoryRow) int64 {
	if row == nil {
		return 0
	}
	return row.rec.Version
}

// schedule puts the row where its due time belongs in the heap.
func (s *MemoryStore) schedule(row *memoryRow) {
	never := row.rec.Due.IsZero()
	switch {
	case row.index >= 0 && never:
		heap.Remove(&s.due, row.index)
	case row.index >= 0:
		heap.Fix(&s.due, row.index)
	case !never:
		heap.Push(&s.due, row)
	}
}

// sortIDs makes ids the sorted list of what is stored.
func (s *MemoryStore) sortIDs() {
	if !s.stale {
		return
	}
	s.ids = slices.DeleteFunc(s.ids, func(id string) bool { return s.rows[id] == nil })
	slices.Sort(s.ids)
	s.ids = slices.Compact(s.ids)
	s.stale = false
}

func copyRecord(r Record) Record {
	r.Data = slices.Clone(r.Data)
	return r
}

// dueHeap orders rows by due time, for container/heap.
type dueHeap []*memoryRow

func (h dueHeap) Len() int           { return len(h) }
func (h dueHeap) Less(i, j int) bool { return h[i].rec.Due.Before(h[j].rec.Due) }

func (h dueHeap) Swap(i, j int) {
	h[i], h[j] = h[j], h[i]
	h[i].index, h[j].index = i, j
}

// Push implements [heap.Interface].
func (h *dueHeap) Push(x any) {
	row := x.(*memoryRow)
	row.index = len(*h)
	*h = append(*h, row)
}

// Pop implements [heap.Interface].
func (h *dueHeap) Pop() any {
	last := len(*h) - 1
	row := (*h)[last]
	(*h)[last] = nil
	*h = (*h)[:last]
	row.index = -1
	return row
}
