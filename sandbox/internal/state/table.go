package state

import (
	"cmp"
	"fmt"
	"iter"
	"maps"
	"slices"

	"github.com/go-json-experiment/json"
)

// Table holds the rows of one resource in memory, grouped by parent and
// ordered by key within it: the languages of a project, the keys of a project.
// Finding a row, adding one with the highest key, and continuing a list after
// a key do not get slower as a table grows.
//
// A row that is in a table is never changed. To change one, put a changed copy
// under the same key; whoever still holds the old row keeps a consistent view
// of it.
type Table[K cmp.Ordered, T any] struct {
	name    string
	key     func(*T) K
	parent  func(*T) string
	names   func(*T) []string // what Named finds a row by; nil: nothing
	buckets map[string]*bucket[K, T]
	emptied map[string]uint64 // versions of the parents that have no rows any more
}

type bucket[K cmp.Ordered, T any] struct {
	rows    map[K]*T
	order   []K
	named   map[string][]K
	version uint64
}

// newTable makes a table and adds it to what a world stores, under its name.
func newTable[K cmp.Ordered, T any](d *data, name string, key func(*T) K, parent func(*T) string) *Table[K, T] {
	t := &Table[K, T]{name: name, key: key, parent: parent, buckets: map[string]*bucket[K, T]{}, emptied: map[string]uint64{}}
	d.tables[name] = t
	return t
}

// noParent is the parent function of a resource that belongs to nothing.
func noParent[T any](*T) string { return "" }

// Get returns the row, or nil when there is none.
func (t *Table[K, T]) Get(parent string, key K) *T {
	b := t.buckets[parent]
	if b == nil {
		return nil
	}
	return b.rows[key]
}

// Named returns the rows under a parent that go by a name, in the order in
// which they got it.
func (t *Table[K, T]) Named(parent, name string) []*T {
	b := t.buckets[parent]
	if b == nil {
		return nil
	}
	keys := b.named[name]
	rows := make([]*T, len(keys))
	for i, key := range keys {
		rows[i] = b.rows[key]
	}
	return rows
}

// Len is the number of rows under a parent.
func (t *Table[K, T]) Len(parent string) int {
	if b := t.buckets[parent]; b != nil {
		return len(b.order)
	}
	return 0
}

// Version changes whenever a row under the parent does, and is then higher than
// any version before, of any parent. What was computed from the rows stays true
// as long as it is the same. It is 0 when there never were any rows.
func (t *Table[K, T]) Version(parent string) uint64 {
	if b := t.buckets[parent]; b != nil {
		return b.version
	}
	return t.emptied[parent]
}

// drop takes a parent's rows out as a whole.
func (t *Table[K, T]) drop(d *data, parent string) {
	delete(t.buckets, parent)
	t.emptied[parent] = d.nextVersion()
}

// All goes through the rows under a parent in the order of their keys. The
// table must not change meanwhile.
func (t *Table[K, T]) All(parent string) iter.Seq[*T] {
	return t.from(parent, 0)
}

// Rows copies the list of rows under a parent, for a loop that changes them.
func (t *Table[K, T]) Rows(parent string) []*T {
	return slices.AppendSeq(make([]*T, 0, t.Len(parent)), t.All(parent))
}

// Slice goes through the rows under a parent from a position, 0 being the
// first.
func (t *Table[K, T]) Slice(parent string, from int) iter.Seq[*T] { return t.from(parent, from) }

// After goes through the rows whose keys are greater than key.
func (t *Table[K, T]) After(parent string, key K) iter.Seq[*T] {
	b := t.buckets[parent]
	if b == nil {
		return func(func(*T) bool) {}
	}
	at, found := slices.BinarySearch(b.order, key)
	if found {
		at++
	}
	return t.from(parent, at)
}

func (t *Table[K, T]) from(parent string, at int) iter.Seq[*T] {
	return func(yield func(*T) bool) {
		b := t.buckets[parent]
		if b == nil {
			return
		}
		for _, key := range b.order[min(at, len(b.order)):] {
			if !yield(b.rows[key]) {
				return
			}
		}
	}
}

// Put adds the row, or replaces the one with the same parent and key.
func (t *Table[K, T]) Put(tx *Tx, row *T) {
	parent, key := t.parent(row), t.key(row)
	old := t.Get(parent, key)
	tx.change(Change{Table: t.name, Parent: parent, Key: fmt.Sprint(key), row: row}, func() {
		if old == nil {
			t.remove(tx.data, parent, key)
		} else {
			t.set(tx.data, parent, key, old)
		}
	})
	t.set(tx.data, parent, key, row)
}

// Delete takes the row out and tells whether it was there.
func (t *Table[K, T]) Delete(tx *Tx, parent string, key K) bool {
	tx.mustWrite()
	old := t.Get(parent, key)
	if old == nil {
		return false
	}
	tx.change(Change{Op: OpDelete, Table: t.name, Parent: parent, Key: fmt.Sprint(key)}, func() { t.set(tx.data, parent, key, old) })
	t.remove(tx.data, parent, key)
	return true
}

// DeleteAll takes every row under a parent out and returns how many there
// were. It takes the same time for one row and for a million.
func (t *Table[K, T]) DeleteAll(tx *Tx, parent string) int {
	tx.mustWrite()
	b := t.buckets[parent]
	if b == nil {
		return 0
	}
	tx.change(Change{Op: OpDeleteAll, Table: t.name, Parent: parent}, func() {
		b.version = tx.nextVersion()
		t.buckets[parent] = b
	})
	t.drop(tx.data, parent)
	return len(b.order)
}

func (t *Table[K, T]) set(d *data, parent string, key K, row *T) {
	b := t.buckets[parent]
	if b == nil {
		b = &bucket[K, T]{rows: map[K]*T{}}
		t.buckets[parent] = b
	}
	b.version = d.nextVersion()
	if old, there := b.rows[key]; there {
		t.unname(b, old)
	} else {
		b.insert(key)
	}
	b.rows[key] = row
	t.addNames(b, row)
}

// addNames lets Named find a row.
func (t *Table[K, T]) addNames(b *bucket[K, T], row *T) {
	if t.names == nil {
		return
	}
	if b.named == nil {
		b.named = map[string][]K{}
	}
	for _, name := range t.names(row) {
		b.named[name] = append(b.named[name], t.key(row))
	}
}

// insert puts a new key into the order, which is at the end for all but the
// oddest.
func (b *bucket[K, T]) insert(key K) {
	at := len(b.order)
	if at > 0 && b.order[at-1] > key {
		at, _ = slices.BinarySearch(b.order, key)
	}
	b.order = slices.Insert(b.order, at, key)
}

func (t *Table[K, T]) unname(b *bucket[K, T], row *T) {
	if t.names == nil {
		return
	}
	for _, name := range t.names(row) {
		keys := slices.DeleteFunc(b.named[name], func(k K) bool { return k == t.key(row) })
		if len(keys) == 0 {
			delete(b.named, name)
		} else {
			b.named[name] = keys
		}
	}
}

func (t *Table[K, T]) remove(d *data, parent string, key K) {
	b := t.buckets[parent]
	b.version = d.nextVersion()
	if at, found := slices.BinarySearch(b.order, key); found {
		b.order = slices.Delete(b.order, at, at+1)
	}
	t.unname(b, b.rows[key])
	delete(b.rows, key)
	if len(b.rows) == 0 {
		t.drop(d, parent)
	}
}

// storedTable is a table as a storage sees it.
type storedTable interface {
	// load puts a stored row in.
	load(d *data, stored []byte) error
	// dump is every row that is in the table now. It can be gone through after
	// the table has changed.
	dump() iter.Seq[Change]
}

func (t *Table[K, T]) load(d *data, stored []byte) error {
	row := new(T)
	if err := json.Unmarshal(stored, row, permissive); err != nil {
		return fmt.Errorf("a row of %s cannot be read: %w", t.name, err)
	}
	t.set(d, t.parent(row), t.key(row), row)
	return nil
}

func (t *Table[K, T]) dump() iter.Seq[Change] {
	kept := make([]iter.Seq[Change], 0, len(t.buckets))
	for _, parent := range slices.Sorted(maps.Keys(t.buckets)) {
		kept = append(kept, t.puts("", parent, t.Rows(parent)))
	}
	return func(yield func(Change) bool) {
		for _, rows := range kept {
			for c := range rows {
				if !yield(c) {
					return
				}
			}
		}
	}
}

// puts are the changes that put the rows, which have the parent.
func (t *Table[K, T]) puts(world, parent string, rows []*T) iter.Seq[Change] {
	return func(yield func(Change) bool) {
		for _, row := range rows {
			if !yield(Change{World: world, Table: t.name, Parent: parent, Key: fmt.Sprint(t.key(row)), row: row}) {
				return
			}
		}
	}
}
