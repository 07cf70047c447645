package state

// Append puts many new rows of one parent in at once, for less than as many
// Puts cost: they are undone and stored as one. Their keys ascend and are
// greater than those in the table. The table keeps the slice's rows, not the
// slice.
func (t *Table[K, T]) Append(tx *Tx, parent string, rows []*T) {
	tx.mustWrite()
	if len(rows) == 0 {
		return
	}
	before := t.Len(parent)
	tx.change(Change{many: t.puts(tx.world.Name, parent, rows)}, func() { t.truncate(tx.data, parent, before) })
	b := t.buckets[parent]
	if b == nil {
		b = &bucket[K, T]{rows: make(map[K]*T, len(rows))}
		t.buckets[parent] = b
	}
	b.version = tx.nextVersion()
	for _, row := range rows {
		key := t.key(row)
		if at := len(b.order); at > 0 && b.order[at-1] >= key {
			panic("state: " + t.name + ": rows are appended out of order")
		}
		b.order = append(b.order, key)
		b.rows[key] = row
		t.addNames(b, row)
	}
}

// expect makes room for n rows under a parent that has none yet: growing a map
// to a million rows copies it twenty times.
func (t *Table[K, T]) expect(tx *Tx, parent string, n int) {
	tx.mustWrite()
	if t.buckets[parent] != nil || n == 0 {
		return
	}
	b := &bucket[K, T]{rows: make(map[K]*T, n), order: make([]K, 0, n), version: tx.nextVersion()}
	if t.names != nil {
		b.named = make(map[string][]K, n)
	}
	t.buckets[parent] = b
}

// truncate takes the rows from a position on out again.
func (t *Table[K, T]) truncate(d *data, parent string, from int) {
	b := t.buckets[parent]
	b.version = d.nextVersion()
	for _, key := range b.order[from:] {
		t.unname(b, b.rows[key])
		delete(b.rows, key)
	}
	if b.order = b.order[:from]; from == 0 {
		t.drop(d, parent)
	}
}
