package state

import (
	"cmp"
	"iter"
	"slices"
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
	key     func(*T) K
	parent  func(*T) string
	buckets map[string]*bucket[K, T]
}

type bucket[K cmp.Ordered, T any] struct {
	rows  map[K]*T
	order []K
}

func newTable[K cmp.Ordered, T any](key func(*T) K, parent func(*T) string) Table[K, T] {
	return Table[K, T]{key: key, parent: parent, buckets: map[string]*bucket[K, T]{}}
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

// Len is the number of rows under a parent.
func (t *Table[K, T]) Len(parent string) int {
	if b := t.buckets[parent]; b != nil {
		return len(b.order)
	}
	return 0
}

// All goes through the rows under a parent in the order of their keys. The
// table must not change meanwhile.
func (t *Table[K, T]) All(parent string) iter.Seq[*T] {
	return t.from(parent, 0)
}

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
	tx.mustWrite()
	parent, key := t.parent(row), t.key(row)
	old := t.Get(parent, key)
	t.set(parent, key, row)
	tx.onRollback(func() {
		if old == nil {
			t.remove(parent, key)
		} else {
			t.set(parent, key, old)
		}
	})
}

// Delete takes the row out and tells whether it was there.
func (t *Table[K, T]) Delete(tx *Tx, parent string, key K) bool {
	tx.mustWrite()
	old := t.Get(parent, key)
	if old == nil {
		return false
	}
	t.remove(parent, key)
	tx.onRollback(func() { t.set(parent, key, old) })
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
	delete(t.buckets, parent)
	tx.onRollback(func() { t.buckets[parent] = b })
	return len(b.order)
}

func (t *Table[K, T]) set(parent string, key K, row *T) {
	b := t.buckets[parent]
	if b == nil {
		b = &bucket[K, T]{rows: map[K]*T{}}
		t.buckets[parent] = b
	}
	if _, there := b.rows[key]; !there {
		at := len(b.order)
		if at > 0 && b.order[at-1] > key {
			at, _ = slices.BinarySearch(b.order, key)
		}
		b.order = slices.Insert(b.order, at, key)
	}
	b.rows[key] = row
}

func (t *Table[K, T]) remove(parent string, key K) {
	b := t.buckets[parent]
	if at, found := slices.BinarySearch(b.order, key); found {
		b.order = slices.Delete(b.order, at, at+1)
	}
	delete(b.rows, key)
	if len(b.rows) == 0 {
		delete(t.buckets, parent)
	}
}
