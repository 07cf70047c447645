package fidelity_test

import (
	"testing"

	"github.com/golokalise/lokalise/internal/e2e/jsontest"
)

// TestEveryOperationHasTheRecordedShape compares what the sandbox answers when
// everything is asked of it with what was recorded, operation by operation.
func TestEveryOperationHasTheRecordedShape(t *testing.T) {
	t.Parallel()
	all, sandbox := facts(t), drivenSandbox(t)
	explained, compared := newDifferences(), 0
	for id, did := range sandbox {
		want := all[id].recordedShape(t)
		if len(want) == 0 {
			continue
		}
		compared++
		for _, d := range jsontest.Diff(shape(t, did.answers...), want) {
			if explained.reason(id, d) == "" {
				t.Errorf("%s: %s", id, d)
			}
		}
	}
	t.Logf("%d operations compared with what was recorded", compared)
	for _, gone := range explained.unused() {
		t.Errorf("listed as a known difference, and is none any more: %s", gone)
	}
}
