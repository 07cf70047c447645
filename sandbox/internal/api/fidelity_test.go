package api

import (
	"os"
	"strings"
	"testing"
)

func TestFidelityPageHasARowForEveryModeledOperation(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../../../docs/sandbox-fidelity.md")
	if err != nil {
		t.Fatal(err)
	}
	_, operations, _ := strings.Cut(string(page), "## Operations")
	for _, op := range Operations() {
		row := strings.Contains(operations, "\n| `"+op.ID+"` |")
		if _, modeled := endpoints[op.ID]; modeled != row {
			t.Errorf("%s: modeled %v, has a row %v", op.ID, modeled, row)
		}
	}
}
