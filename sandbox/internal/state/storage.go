package state

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// permissive lets text through that is not valid UTF-8, since a client can
// send such text.
var permissive = jsontext.AllowInvalidUTF8(true)

// Storage keeps the rows of a sandbox where they survive its end. It knows
// nothing of what is in them. It is used by one sandbox at a time, from many
// goroutines.
type Storage interface {
	// Load hands every stored row to row as an OpPut, in any order, and stops
	// at its first error, which it returns. The bytes are row's to keep. It is
	// called once, before anything is saved.
	Load(ctx context.Context, row func(Change) error) error
	// Save carries changes out in their order, all of them or none. When it
	// returns nil they are safe from the end of the process. It goes through
	// changes once and stops at an error in it, which it returns; the bytes in
	// a change are good until the next one. There can be millions of changes,
	// which are made while Save takes them.
	Save(ctx context.Context, changes iter.Seq2[Change, error]) error
	// Close releases what the storage holds.
	Close() error
}

// Op is what a change does.
type Op int

// What a [Change] can do.
const (
	OpPut       Op = iota // adds the row, or replaces the one with its key
	OpDelete              // deletes the row with the key, if there is one
	OpDeleteAll           // deletes every row of the table that has the parent
	OpDropWorld           // deletes every row of the world
)

// Change is one change of a row. A row is named by world, table, parent and
// key; world, parent and key may be empty. What concerns no world alone has
// the world "".
type Change struct {
	Op     Op
	World  string
	Table  string
	Parent string
	Key    string
	Data   []byte // of OpPut: the row, as JSON

	row  any              // of OpPut, until Data is needed
	many iter.Seq[Change] // in place of everything else: rows put at once
}

// ErrStorage is in the chain of every error of a storage.
var ErrStorage = errors.New("the sandbox's storage failed")

// encoded goes through changes as a storage takes them.
func encoded(changes []Change) iter.Seq2[Change, error] {
	return func(yield func(Change, error) bool) {
		for _, c := range changes {
			for one := range c.each() {
				err := one.encode()
				if !yield(one, err) || err != nil {
					return
				}
			}
		}
	}
}

// each goes through the changes that a change stands for.
func (c Change) each() iter.Seq[Change] {
	if c.many != nil {
		return c.many
	}
	return func(yield func(Change) bool) { yield(c) }
}

// encode fills in Data.
func (c *Change) encode() error {
	if c.Op != OpPut || c.row == nil {
		return nil
	}
	var err error
	if c.Data, err = json.Marshal(c.row, permissive); err != nil {
		return fmt.Errorf("a row of %s cannot be written: %w", c.Table, err)
	}
	return nil
}

// save writes changes down, if anybody wants them.
func (u *Universe) save(changes []Change) error {
	if u.storage == nil || len(changes) == 0 {
		return nil
	}
	if err := u.storage.Save(context.Background(), encoded(changes)); err != nil {
		u.logger.Error("sandbox: the storage failed; nothing was changed", "error", err)
		return fmt.Errorf("%w: %w", ErrStorage, err)
	}
	return nil
}
