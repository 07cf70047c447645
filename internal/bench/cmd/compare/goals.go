package main

import (
	"fmt"

	"github.com/golokalise/lokalise/internal/bench/work"
)

// goal is a bound on what our client may cost.
type goal struct {
	work    string
	metric  metric
	against string // an implementation; empty for an absolute bound
	limit   float64
}

// goals are the project's goals.
var goals = []goal{
	{"project-get", wall, work.Raw, 1.05},
	{"project-get", allocs, "", 100},
	{"project-list-1", wall, work.Raw, 1.05},
	{"project-get-32", wall, work.Raw, 1.0},
	{"project-get-32", connections, "", 0},
	{"project-list-100", wall, work.Raw, 0.65},
	{"project-all-100", wall, work.Raw, 0.65},
	{"keys-list-5000", wall, work.Raw, 0.65},
	{"keys-list-5000", cpu, work.Raw, 0.55},
	{"keys-list-5000", bytes, work.Raw, 0.5},
	{"keys-all-5000", wall, work.Raw, 0.65},
	{"keys-all-5000", cpu, work.Raw, 0.55},
	{"keys-all-5000", bytes, "", 13e6},
	{"keys-all-5000", peak, "", 20},
	{"keys-walk-500", wall, work.Node, 1},
	{"keys-walk-500", peak, "", 20},
	{"keys-walk-5000", wall, work.Node, 1},
	{"keys-walk-5000", peak, "", 20},
	{"upload", wall, work.Stream, 1.3},
	{"upload", peak, "", 15},
	{"download", wall, work.Stream, 1.2},
	{"download", peak, "", 20},
	{binaryWork.Name, size, work.Raw, 1.12},
}

// verdict is a goal with what was measured.
type verdict struct {
	goal
	measured spread
	met      bool
}

// judge holds the goals against the results; those of work that was not asked
// for are left out. What nobody measured (because the Node SDK is not installed,
// or an implementation was not asked for) is not met.
func judge(goals []goal, results map[string]result) []verdict {
	var verdicts []verdict
	for _, g := range goals {
		r, ok := results[g.work]
		if !ok {
			continue
		}
		v := verdict{goal: g}
		if g.against == "" {
			v.measured = absolute(r, work.Ours, g.metric)
		} else {
			v.measured = ratio(r, work.Ours, g.against, g.metric)
		}
		v.met = v.measured.median <= g.limit
		verdicts = append(verdicts, v)
	}
	return verdicts
}

// String says what the goal is.
func (g goal) String() string {
	if g.against == "" {
		return fmt.Sprintf("%s: %s ≤ %g", g.work, g.metric.name, g.limit)
	}
	return fmt.Sprintf("%s: %s ≤ %g × %s", g.work, g.metric.name, g.limit, g.against)
}
