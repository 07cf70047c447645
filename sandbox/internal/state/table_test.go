package state

import (
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/golokalise/lokalise/sandbox/internal/clock"
)

type row struct {
	parent string
	id     int64
	text   string
}

func newRows() *Table[int64, row] {
	return newTable(newData(), "rows", func(r *row) int64 { return r.id }, func(r *row) string { return r.parent })
}

// newWriter is a Tx on a world of its own.
func newWriter() *Tx {
	w := newTestUniverse().Default()
	return &Tx{data: w.data, world: w, writable: true}
}

func ids64(t *Table[int64, row], parent string) []int64 {
	var ids []int64
	for r := range t.All(parent) {
		ids = append(ids, r.id)
	}
	return ids
}

func TestTableKeepsRowsByParentInOrder(t *testing.T) {
	t.Parallel()
	table, tx := newRows(), newWriter()
	for _, id := range []int64{5, 1, 9, 3} {
		table.Put(tx, &row{parent: "a", id: id})
	}
	table.Put(tx, &row{parent: "b", id: 5, text: "other"})
	table.Put(tx, &row{parent: "a", id: 5, text: "changed"})
	if got := ids64(table, "a"); !slices.Equal(got, []int64{1, 3, 5, 9}) {
		t.Errorf("order %v", got)
	}
	if table.Get("a", 5).text != "changed" || table.Get("b", 5).text != "other" || table.Get("a", 2) != nil || table.Get("c", 5) != nil {
		t.Error("Get finds the wrong row")
	}
	if table.Len("a") != 4 || table.Len("b") != 1 || table.Len("c") != 0 {
		t.Errorf("lengths %d %d %d", table.Len("a"), table.Len("b"), table.Len("c"))
	}
}

func TestTableContinuesAfterAKey(t *testing.T) {
	t.Parallel()
	table, tx := newRows(), newWriter()
	for _, id := range []int64{10, 20, 30} {
		table.Put(tx, &row{parent: "a", id: id})
	}
	for after, want := range map[int64][]int64{0: {10, 20, 30}, 10: {20, 30}, 15: {20, 30}, 30: nil, 99: nil} {
		var got []int64
		for r := range table.After("a", after) {
			got = append(got, r.id)
		}
		if !slices.Equal(got, want) {
			t.Errorf("after %d: %v, want %v", after, got, want)
		}
	}
	for range table.After("b", 0) {
		t.Error("a parent without rows has one")
	}
	for range table.All("a") {
		break // stopping early is allowed
	}
}

// TestTableAgreesWithAMap does what comes to a random mind, on both.
func TestTableAgreesWithAMap(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	table, model := newRows(), map[string]map[int64]string{"a": {}, "b": {}}
	for step := range 20_000 {
		parent, id := []string{"a", "b"}[random.IntN(2)], random.Int64N(40)
		tx := newWriter()
		before := snapshot(model)
		switch random.IntN(10) {
		case 0:
			if got := table.DeleteAll(tx, parent); got != len(model[parent]) {
				t.Fatalf("step %d: DeleteAll says %d", step, got)
			}
			clear(model[parent])
		case 1, 2, 3:
			_, there := model[parent][id]
			if got := table.Delete(tx, parent, id); got != there {
				t.Fatalf("step %d: Delete says %v", step, got)
			}
			delete(model[parent], id)
		default:
			text := string(rune('a' + random.IntN(26)))
			table.Put(tx, &row{parent, id, text})
			model[parent][id] = text
		}
		if random.IntN(4) == 0 {
			tx.rollback()
			model = before
		}
		for parent, rows := range model {
			compare(t, step, table, parent, rows)
		}
	}
}

func snapshot(model map[string]map[int64]string) map[string]map[int64]string {
	copied := map[string]map[int64]string{}
	for parent, rows := range model {
		copied[parent] = map[int64]string{}
		for id, text := range rows {
			copied[parent][id] = text
		}
	}
	return copied
}

func compare(t *testing.T, step int, table *Table[int64, row], parent string, rows map[int64]string) {
	t.Helper()
	got := ids64(table, parent)
	if len(got) != len(rows) || !slices.IsSorted(got) || table.Len(parent) != len(rows) {
		t.Fatalf("step %d: %s has %v, want %v", step, parent, got, rows)
	}
	for id, text := range rows {
		if r := table.Get(parent, id); r == nil || r.text != text {
			t.Fatalf("step %d: %s/%d is %v, want %q", step, parent, id, r, text)
		}
	}
}

func newTestUniverse() *Universe { return NewUniverse(clock.New(), FixedCredentials(), nil) }

func TestFailedUpdateChangesNothing(t *testing.T) {
	t.Parallel()
	w := newTestUniverse().Default()
	count := func() (n int) {
		_ = w.View(func(tx *Tx) error {
			n = tx.Projects.Len("")
			return nil
		})
		return n
	}
	before, failed := count(), errors.New("no")
	change := func(tx *Tx) {
		for p := range tx.Projects.All("") {
			tx.Languages.DeleteAll(tx, p.ID)
			tx.Projects.Delete(tx, "", p.ID)
			break
		}
		tx.Projects.Put(tx, &Project{ID: "new"})
		tx.Projects.Put(tx, &Project{ID: "newer"})
	}
	err := w.Update(func(tx *Tx) error {
		change(tx)
		return failed
	})
	if !errors.Is(err, failed) || count() != before {
		t.Errorf("after a failure: %v, %d projects, %d before", err, count(), before)
	}
	func() {
		defer func() { _ = recover() }()
		_ = w.Update(func(tx *Tx) error {
			change(tx)
			panic("no")
		})
	}()
	if count() != before {
		t.Errorf("after a panic: %d projects, %d before", count(), before)
	}
	if err := w.Update(func(tx *Tx) error { change(tx); return nil }); err != nil || count() != before+1 {
		t.Errorf("after a success: %v, %d projects", err, count())
	}
}

func TestViewCannotChangeTheWorld(t *testing.T) {
	t.Parallel()
	w := newTestUniverse().Default()
	for name, change := range map[string]func(tx *Tx){
		"Put":       func(tx *Tx) { tx.Projects.Put(tx, &Project{ID: "x"}) },
		"Delete":    func(tx *Tx) { tx.Projects.Delete(tx, "", "x") },
		"DeleteAll": func(tx *Tx) { tx.Languages.DeleteAll(tx, "x") },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s did not panic", name)
				}
			}()
			_ = w.View(func(tx *Tx) error {
				change(tx)
				return nil
			})
		}()
	}
}

func TestTableDeletesManyAtOnce(t *testing.T) {
	t.Parallel()
	for _, n := range []int{2, 50, 100} { // a few, many, all
		tx := newWriter()
		table := newTable(tx.data, "rows", func(r *row) int64 { return r.id }, func(r *row) string { return r.parent })
		table.names = func(r *row) []string { return []string{r.text} }
		for id := range int64(100) {
			table.Put(tx, &row{parent: "a", id: id, text: "even"})
		}
		tx.undo = nil
		gone := []int64{999, 0} // one that is not there, one twice
		for id := range int64(n) {
			gone = append(gone, id)
		}
		if got := table.DeleteMany(tx, "a", gone); got != n {
			t.Errorf("%d deleted, want %d", got, n)
		}
		if got := len(table.Named("a", "even")); got != 100-n || table.Len("a") != 100-n || table.Get("a", 0) != nil {
			t.Errorf("%d by name and %d in all are left of 100 without %d", got, table.Len("a"), n)
		}
		table.Put(tx, &row{parent: "a", id: 500, text: "even"})
		tx.rollback()
		if got := ids64(table, "a"); len(got) != 100 || !slices.IsSorted(got) || len(table.Named("a", "even")) != 100 {
			t.Errorf("after the rollback: %v, %d by name", got, len(table.Named("a", "even")))
		}
	}
}

func TestVersionOfATableNeverGoesBack(t *testing.T) {
	t.Parallel()
	table, tx := newRows(), newWriter()
	last := table.Version("a")
	changed := func(what string) {
		t.Helper()
		now := table.Version("a")
		if now <= last {
			t.Errorf("%s: version %d after %d", what, now, last)
		}
		last = now
	}
	table.Put(tx, &row{parent: "a", id: 1})
	changed("the first row")
	table.Put(tx, &row{parent: "a", id: 1, text: "other"})
	changed("a changed row")
	table.Delete(tx, "a", 1)
	changed("the last row is gone")
	table.Put(tx, &row{parent: "a", id: 2})
	changed("a row again")
	table.DeleteAll(tx, "a")
	changed("all rows are gone")
	tx.rollback()
	changed("everything taken back")
}
