package state

import (
	"errors"
	"time"
)

// Tx is one look at a world, or one change of it. The rows it hands out stay
// valid after it ends, since rows never change.
type Tx struct {
	*data
	world    *World
	writable bool
	undo     []func()
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

// onRollback remembers how to take a change back. Every change of a table
// passes here, once it is made: whoever wants to know of changes, a storage
// for one, hooks in at this place.
func (tx *Tx) onRollback(undo func()) { tx.undo = append(tx.undo, undo) }

// Now is the time on the sandbox's clock, in whole seconds as the API dates
// things.
func (tx *Tx) Now() time.Time { return tx.world.universe.clock.Now().Truncate(time.Second) }

// View runs fn while nobody changes the world.
func (w *World) View(fn func(tx *Tx) error) error {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return fn(&Tx{data: w.data, world: w})
}

// Update runs fn while nobody else sees the world. When fn fails or panics,
// every change it made is taken back.
func (w *World) Update(fn func(tx *Tx) error) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	tx := &Tx{data: w.data, world: w, writable: true}
	done := false
	defer func() {
		if !done {
			tx.rollback()
		}
	}()
	err := fn(tx)
	done = err == nil
	return err
}

func (tx *Tx) rollback() {
	for i := len(tx.undo) - 1; i >= 0; i-- {
		tx.undo[i]()
	}
}
