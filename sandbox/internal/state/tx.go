package state

import (
	"errors"
	"strconv"
	"time"
)

// Tx is one look at a world, or one change of it. The rows it hands out stay
// valid after it ends, since rows never change.
type Tx struct {
	*data
	world    *World
	writable bool
	undo     []func()
	changes  []Change // for the storage, if there is one
	effects  []Event  // to be told of at the end of the change
	after    []func() // to run once the change is made
}

// errReadOnly is what a defect of a handler turns into: it changed a world in
// a View.
var errReadOnly = errors.New("state: a View cannot change the world")

// mustWrite stops a handler that changes a world others are reading.
func (tx *Tx) mustWrite() {
	if !tx.writable {
		panic(errReadOnly)
	}
}

// change remembers a change that is about to be made, and how to take it back.
// Every change of a table passes here.
func (tx *Tx) change(c Change, undo func()) {
	tx.mustWrite()
	tx.undo = append(tx.undo, undo)
	if tx.world.universe.storage != nil {
		c.World = tx.world.Name
		tx.changes = append(tx.changes, c)
	}
}

// AfterCommit runs fn once the change is made and others can see the world
// again. It does not run when the change fails.
func (tx *Tx) AfterCommit(fn func()) {
	tx.mustWrite()
	tx.after = append(tx.after, fn)
}

// World is the world that the Tx looks at.
func (tx *Tx) World() *World { return tx.world }

// Now is the time on the sandbox's clock, in whole seconds as the API dates
// things.
func (tx *Tx) Now() time.Time { return tx.world.universe.clock.Now().UTC().Truncate(time.Second) }

// View runs fn while nobody changes the world.
func (w *World) View(fn func(tx *Tx) error) error {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return fn(&Tx{data: w.data, world: w})
}

// Update runs fn while nobody else sees the world. When fn fails or panics, or
// the storage does not take the change, every change it made is taken back.
func (w *World) Update(fn func(tx *Tx) error) error {
	after, err := w.update(fn)
	if err != nil {
		return err
	}
	for _, then := range after {
		then()
	}
	return nil
}

func (w *World) update(fn func(tx *Tx) error) (after []func(), err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.gone {
		return nil, ErrWorldGone
	}
	tx := &Tx{data: w.data, world: w, writable: true}
	done := false
	defer func() {
		if !done {
			tx.rollback()
		}
	}()
	if err := fn(tx); err != nil {
		return nil, err
	}
	tx.emitEffects()
	if err := w.universe.save(tx.changes); err != nil {
		return nil, err
	}
	done = true
	return tx.after, nil
}

func (tx *Tx) rollback() {
	for i := len(tx.undo) - 1; i >= 0; i-- {
		tx.undo[i]()
	}
}

// Memo returns what compute makes, as long as the version is the same: a
// number that is computed from many rows is not computed for every request.
// The key says what it is; key and version must not come from a client.
func Memo[T any](tx *Tx, key string, version uint64, compute func() T) T {
	type memo struct {
		version uint64
		value   T
	}
	if found, there := tx.memos.Load(key); there {
		if m, ok := found.(memo); ok && m.version == version {
			return m.value
		}
	}
	m := memo{version, compute()}
	tx.memos.Store(key, m)
	return m.value
}

// IDKey is a numeric id as the parent of rows.
func IDKey(id int64) string { return strconv.FormatInt(id, 10) }
