package tokens_test

import "testing"

// How long a cached token takes is measured in internal/bench, beside others.
func TestCachedTokenAllocatesNothing(t *testing.T) {
	s := newSetup(t, nil)
	s.connect(t, "g")
	source, ctx := s.Source("g"), t.Context()
	for name, f := range map[string]func(){
		"source":  func() { _, _ = source.Token(ctx) },
		"manager": func() { _, _ = s.Token(ctx, "g") },
	} {
		if n := testing.AllocsPerRun(1000, f); n != 0 {
			t.Errorf("%s: %v allocations", name, n)
		}
	}
}
