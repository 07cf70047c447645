package main

import (
	"math"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/golokalise/lokalise/internal/bench/measure"
	"github.com/golokalise/lokalise/internal/bench/work"
)

// TestCompareRunsEveryImplementation does a real, short run: it builds the
// programs, starts the stub server and each implementation.
func TestCompareRunsEveryImplementation(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("builds four programs")
	}
	var out strings.Builder
	err := compare(t.Context(), settings{
		work: regexp.MustCompile("^(project-get|binary)$"), impl: regexp.MustCompile(""), rounds: 1,
	}, &out)
	if err != nil {
		t.Fatal(err)
	}
	text := out.String()
	for _, want := range []string{"raw", "raw+jsonv2", "ours", "project-get: time ≤ 1.05 × raw", "binary: bytes ≤ 1.12 × raw"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing in\n%s", want, text)
		}
	}
	if ran, skipped := strings.Contains(text, "node  "), strings.Contains(text, "node: skipped"); ran == skipped {
		t.Errorf("node ran: %t, was skipped: %t, in\n%s", ran, skipped, text)
	}
}

func TestSpreadIsMedianAndQuartiles(t *testing.T) {
	t.Parallel()
	values := []float64{5, 1, 4, 2, 3}
	if got, want := spreadOf(values), (spread{2, 3, 4}); got != want {
		t.Errorf("got %v, want %v", got, want)
	}
	if values[0] != 5 {
		t.Error("the values were moved")
	}
	if got := spreadOf([]float64{1, 2}).median; got != 1.5 {
		t.Errorf("the median of 1 and 2 is %v", got)
	}
	if got := spreadOf(nil).median; !math.IsNaN(got) {
		t.Errorf("the median of nothing is %v", got)
	}
}

// made returns a result in which ours takes twice the floor's time when both
// are disturbed, and half of it otherwise.
func made() result {
	slices := func(walls ...time.Duration) *samples {
		s := &samples{}
		for _, w := range walls {
			s.slices = append(s.slices, measure.Slice{Ops: 2, Wall: w})
		}
		return s
	}
	return result{order: []string{work.Raw, work.Ours}, of: map[string]*samples{
		work.Raw: slices(100, 100, 1000), work.Ours: slices(50, 50, 2000),
	}}
}

func TestRatiosAreTakenSliceBySlice(t *testing.T) {
	t.Parallel()
	if got := ratio(made(), work.Ours, work.Raw, wall); got.median != 0.5 || got.high != 1.25 {
		t.Errorf("got %+v", got)
	}
	if got := absolute(made(), work.Ours, wall).median; got != 25 {
		t.Errorf("time per operation is %v", got)
	}
}

func TestGoalsAreJudgedByTheMedian(t *testing.T) {
	t.Parallel()
	verdicts := judge([]goal{
		{"w", wall, work.Raw, 0.5},
		{"w", wall, work.Raw, 0.49},
		{"w", wall, "", 25},
		{"w", wall, work.Node, 1}, // not measured
		{"other", wall, "", 1},    // not asked for
	}, map[string]result{"w": made()})
	if len(verdicts) != 4 {
		t.Fatalf("got %d verdicts", len(verdicts))
	}
	for i, met := range []bool{true, false, true, false} {
		if verdicts[i].met != met {
			t.Errorf("goal %v: met is %t with %+v", verdicts[i].goal, verdicts[i].met, verdicts[i].measured)
		}
	}
	if verdicts[3].measured.known() {
		t.Error("what was not measured has a result")
	}
}

func TestDifferentTalliesAreAnError(t *testing.T) {
	t.Parallel()
	r := made()
	if err := sameTally(r); err != nil {
		t.Error(err)
	}
	r.of[work.Ours].slices[1].Tally.Sum = 1
	if sameTally(r) == nil {
		t.Error("no error")
	}
}

func TestGoalsNameMeasuredWork(t *testing.T) {
	t.Parallel()
	known := map[string]bool{binaryWork.Name: true}
	for _, w := range work.All() {
		known[w.Name] = true
	}
	for _, g := range goals {
		if !known[g.work] {
			t.Errorf("%v: there is no such work", g)
		}
	}
}
