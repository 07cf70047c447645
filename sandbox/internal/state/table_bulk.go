package state

import (
	"fmt"
	"slices"
)

// fewRows is how many rows Delete takes out faster one by one.
const fewRows = 4

// DeleteMany takes the rows with the keys out and returns how many were there.
// It goes through the parent's rows once, where one Delete after the other
// would move them each time.
func (t *Table[K, T]) DeleteMany(tx *Tx, parent string, keys []K) int {
	tx.mustWrite()
	b := t.buckets[parent]
	if b == nil {
		return 0
	}
	gone := make(map[K]*T, len(keys))
	for _, key := range keys {
		if row := b.rows[key]; row != nil {
			gone[key] = row
		}
	}
	switch {
	case len(gone) == len(b.order):
		return t.DeleteAll(tx, parent)
	case len(gone) <= fewRows:
		for key := range gone {
			t.Delete(tx, parent, key)
		}
	default:
		t.deleteMany(tx, parent, b, gone)
	}
	return len(gone)
}

func (t *Table[K, T]) deleteMany(tx *Tx, parent string, b *bucket[K, T], gone map[K]*T) {
	before := b.order
	undo := func() {
		b.version = tx.nextVersion()
		b.order = before
		for key, row := range gone {
			b.rows[key] = row
			t.addNames(b, row)
		}
		t.buckets[parent] = b
	}
	after := make([]K, 0, len(before)-len(gone))
	for _, key := range before {
		row, goes := gone[key]
		if !goes {
			after = append(after, key)
			continue
		}
		tx.change(Change{Op: OpDelete, Table: t.name, Parent: parent, Key: fmt.Sprint(key)}, undo)
		undo = func() {} // the first takes everything back
		t.unname(b, row)
		delete(b.rows, key)
	}
	b.order, b.version = slices.Clip(after), tx.nextVersion()
}
