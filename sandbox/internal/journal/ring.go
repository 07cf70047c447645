package journal

import "sync"

// Bounds of the ring: whichever is reached first pushes the oldest records
// out.
const (
	MaxRecords = 2000
	maxBytes   = 8 << 20
)

// Ring holds the latest records. It is safe for use by many goroutines.
type Ring struct {
	mu      sync.Mutex
	records []*Record // a circle; the oldest at head
	head    int
	count   int
	bytes   int
	seq     uint64
	added   chan struct{} // closed by the next Add; nil: nobody waits
}

// NewRing returns an empty ring.
func NewRing() *Ring { return new(Ring) }

// Add numbers the record, puts it in and returns its number. From here on it
// must not change.
func (g *Ring) Add(r *Record) (seq uint64) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.records == nil {
		g.records = make([]*Record, MaxRecords)
	}
	g.seq++
	r.Seq = g.seq
	g.own(r)
	g.bytes += r.weight
	if g.count == MaxRecords {
		g.dropOldest()
	}
	g.records[(g.head+g.count)%MaxRecords] = r
	g.count++
	for g.bytes > maxBytes && g.count > 1 {
		g.dropOldest()
	}
	if g.added != nil {
		close(g.added)
		g.added = nil
	}
	return r.Seq
}

// Added returns a channel that is closed once another record is in the ring.
// Who takes it before looking at the records misses none.
func (g *Ring) Added() <-chan struct{} {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.added == nil {
		g.added = make(chan struct{})
	}
	return g.added
}

// Last is the number of the latest record there was, 0 before the first.
func (g *Ring) Last() uint64 {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.seq
}

// Replace puts a record in the place of the one with its number, if that is
// still there.
func (g *Ring) Replace(r *Record) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for i := g.count - 1; i >= 0; i-- {
		if at := &g.records[(g.head+i)%MaxRecords]; (*at).Seq == r.Seq {
			g.own(r)
			g.bytes += r.weight - (*at).weight
			*at = r
			return
		}
	}
}

// own sets the fields of a record that belong to the ring.
func (g *Ring) own(r *Record) { r.weight, r.masked = r.estimate(), new(maskedOnce) }

func (g *Ring) dropOldest() {
	g.bytes -= g.records[g.head].weight
	g.records[g.head] = nil
	g.head = (g.head + 1) % MaxRecords
	g.count--
}

// Records returns the records with a number above after, oldest first.
func (g *Ring) Records(after uint64) []*Record {
	g.mu.Lock()
	defer g.mu.Unlock()
	out := make([]*Record, 0, g.count)
	for i := range g.count {
		if r := g.records[(g.head+i)%MaxRecords]; r.Seq > after {
			out = append(out, r)
		}
	}
	return out
}

// Find returns the record with the number seq, or nil.
func (g *Ring) Find(seq uint64) *Record {
	g.mu.Lock()
	defer g.mu.Unlock()
	for i := range g.count {
		if r := g.records[(g.head+i)%MaxRecords]; r.Seq == seq {
			return r
		}
	}
	return nil
}

// Len is the number of records held.
func (g *Ring) Len() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.count
}

// Clear forgets every record. Numbers go on from where they were, so that a
// reader who asks for what came after a number misses nothing.
func (g *Ring) Clear() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.records, g.head, g.count, g.bytes = nil, 0, 0, 0
}
