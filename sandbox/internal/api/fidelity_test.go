package api

import (
	"testing"

	"github.com/golokalise/lokalise/sandbox/internal/fidelity"
)

func TestEveryModeledOperationHasANote(t *testing.T) {
	t.Parallel()
	for _, op := range fidelity.Operations() {
		if _, modeled := endpoints[op.ID]; modeled != op.IsModeled() {
			t.Errorf("%s: modeled %v, has a note in sandbox/internal/fidelity/notes.json: %v", op.ID, modeled, op.IsModeled())
		}
	}
	for id := range endpoints {
		if fidelity.Notes()[id].Answer == "" {
			t.Errorf("%s has no note in sandbox/internal/fidelity/notes.json", id)
		}
	}
}
