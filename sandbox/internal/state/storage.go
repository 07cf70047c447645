package state

import (
	"context"
	"fmt"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// permissive lets text through that is not valid UTF-8, since a client can
// send such text.
var permissive = jsontext.AllowInvalidUTF8(true)

// Storage keeps the rows of a sandbox where they survive its end. It knows
// nothing of what is in them.
type Storage interface {
	// Load hands every stored row to row, in any order, and stops at its
	// first error. The bytes are row's to keep.
	Load(ctx context.Context, row func(Change) error) error
	// Save carries changes out in their order, all of them or none. When it
	// returns nil they are safe from the end of the process.
	Save(ctx context.Context, changes []Change) error
	// Close releases what the storage holds.
	Close() error
}

// Op is what a change does.
type Op int

// What a [Change] can do.
const (
	OpPut       Op = iota // adds the row, or replaces the one with its key
	OpDelete              // deletes the row with the key, if there is one
	OpDeleteAll           // deletes every row of the parent
	OpDropWorld           // deletes every row of the world
)

// Change is one change of a row. A row is named by world, table, parent and
// key; parent and key may be empty.
type Change struct {
	Op     Op
	World  string
	Table  string
	Parent string
	Key    string
	Data   []byte // of OpPut: the row, as JSON

	row any // of OpPut, until Data is needed
}

// encode fills in Data.
func (c *Change) encode() error {
	if c.Op != OpPut || c.Data != nil {
		return nil
	}
	var err error
	if c.Data, err = json.Marshal(c.row, permissive); err != nil {
		return fmt.Errorf("a row of %s cannot be written: %w", c.Table, err)
	}
	return nil
}

// save writes the changes of a world down, if anybody wants them.
func (u *Universe) save(world string, changes []Change) error {
	if u.storage == nil || len(changes) == 0 {
		return nil
	}
	for i := range changes {
		changes[i].World = world
		if err := changes[i].encode(); err != nil {
			return err
		}
	}
	if err := u.storage.Save(context.Background(), changes); err != nil {
		return fmt.Errorf("the sandbox's storage: %w", err)
	}
	return nil
}
