package api

import (
	"testing"

	"github.com/golokalise/lokalise/sandbox/internal/fidelity"
)

func TestEveryModelledOperationHasANote(t *testing.T) {
	t.Parallel()
	for _, op := range fidelity.Operations() {
		if _, modelled := endpoints[op.ID]; modelled != op.IsModelled() {
			t.Errorf("%s: modelled %v, has a note in sandbox/internal/fidelity/notes.json: %v", op.ID, modelled, op.IsModelled())
		}
	}
	for id := range endpoints {
		if fidelity.Notes()[id].Answer == "" {
			t.Errorf("%s has no note in sandbox/internal/fidelity/notes.json", id)
		}
	}
}
