package state

import (
	"fmt"
	"slices"
)

// tokenIDs is the last id of a grant or access token, as a row.
type tokenIDs struct{ Last int64 }

// note remembers a change that is about to be made, and how to take it back.
func (t *tokenStore) note(c Change, undo func()) {
	t.changes = append(t.changes, c)
	t.undo = append(t.undo, undo)
}

// commit makes the changes since the last one stay, once save has written them
// down. When it cannot, they are taken back. The caller holds mu; nobody has
// seen the changes then.
func (t *tokenStore) commit(save func([]Change) error) error {
	changes, undo := t.changes, t.undo
	t.changes, t.undo = nil, nil
	if slices.ContainsFunc(changes, func(c Change) bool { return c.Op == OpPut }) {
		changes = append(changes, Change{Table: tableTokenIDs, row: &tokenIDs{t.last}})
	}
	err := save(changes)
	if err == nil {
		return nil
	}
	for _, takeBack := range slices.Backward(undo) {
		takeBack()
	}
	return err
}

// change runs fn while nobody else sees the tokens, and makes what it changed
// stay.
func (u *Universe) changeTokens(fn func(t *tokenStore)) error {
	t := &u.tokens
	t.mu.Lock()
	defer t.mu.Unlock()
	fn(t)
	return t.commit(u.save)
}

// loaded ends a loading, which has put rows in by the methods that note
// changes. Grants lead into the worlds.
func (t *tokenStore) loaded(worlds map[string]*World) error {
	t.changes, t.undo = nil, nil
	for _, g := range t.grants {
		w := worlds[g.World]
		if w == nil || len(g.Tokens) == 0 {
			return fmt.Errorf("its grant %d leads into no world, or has no token", g.ID)
		}
		g.home = w
		t.last = max(t.last, g.ID)
	}
	return nil
}
