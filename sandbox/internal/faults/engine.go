package faults

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"sync/atomic"
)

// MaxRules is how many rules an engine holds.
const MaxRules = 1000

// Engine holds the rules of a sandbox. It is safe for use by many goroutines;
// a nil one has no rules.
type Engine struct {
	operations []string

	mu    sync.Mutex
	rules []*counted
	last  int64
	any   atomic.Bool // there are rules: most sandboxes have none, and every request asks
}

// counted is a rule with what it has done.
type counted struct {
	Status
	random *rand.Rand
}

// Status is a rule and what it has done.
type Status struct {
	ID      int64
	Rule    Rule
	Seen    int // requests that it is for
	Applied int // requests that it hit
}

// Spent tells whether the rule will hit nothing any more.
func (s Status) Spent() bool { return s.Rule.Times > 0 && s.Applied >= s.Rule.Times }

// NewEngine makes an engine that knows the operations.
func NewEngine(operations []string) *Engine { return &Engine{operations: operations} }

// Add adds rules in their order, all or none, and returns their ids.
func (e *Engine) Add(rules ...Rule) ([]int64, error) {
	added := make([]*counted, len(rules))
	for i, r := range rules {
		err := r.checkOperation(e.operations)
		if err == nil {
			err = r.check()
		}
		if err != nil {
			return nil, err
		}
		r.Name, r.Header = r.name(), r.Header.Clone()
		added[i] = &counted{Status: Status{Rule: r}, random: rand.New(rand.NewPCG(r.Seed, 0))} //nolint:gosec // it has to be the same each time
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if len(e.rules)+len(added) > MaxRules {
		e.rules = slices.DeleteFunc(e.rules, func(r *counted) bool { return r.Spent() })
	}
	if len(e.rules)+len(added) > MaxRules {
		return nil, fmt.Errorf("there are %d faults already, and no more than %d are held; clear some", len(e.rules), MaxRules)
	}
	ids := make([]int64, len(added))
	for i, r := range added {
		e.last++
		r.ID, ids[i] = e.last, e.last
	}
	e.rules = append(e.rules, added...)
	e.any.Store(len(e.rules) > 0)
	return ids, nil
}

// List returns the rules in the order in which they are tried, spent ones
// included.
func (e *Engine) List() []Status {
	e.mu.Lock()
	defer e.mu.Unlock()
	list := make([]Status, len(e.rules))
	for i, r := range e.rules {
		list[i] = r.Status
		list[i].Rule.Header = r.Rule.Header.Clone()
	}
	return list
}

// Remove drops the rules that drop chooses and counts them.
func (e *Engine) Remove(drop func(Status) bool) int {
	e.mu.Lock()
	defer e.mu.Unlock()
	before := len(e.rules)
	e.rules = slices.DeleteFunc(e.rules, func(r *counted) bool { return drop(r.Status) })
	e.any.Store(len(e.rules) > 0)
	return before - len(e.rules)
}

// Idle tells whether there are no rules.
func (e *Engine) Idle() bool { return e == nil || !e.any.Load() }

// Hit finds the fault of a request, or nil. The first rule that applies wins;
// later ones do not see the request.
func (e *Engine) Hit(c Call) *Hit {
	if e.Idle() {
		return nil
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, r := range e.rules {
		if !r.Spent() && r.Rule.matches(&c) && r.applies() {
			return &Hit{rule: r.Rule}
		}
	}
	return nil
}

// applies counts a request of the rule and decides about it.
func (r *counted) applies() bool {
	r.Seen++
	// Drawn for skipped ones too: what happens to the n-th request follows from
	// the seed alone.
	drawn := r.Rule.Probability == 0 || r.random.Float64() < r.Rule.Probability
	if r.Seen <= r.Rule.Skip || !drawn {
		return false
	}
	r.Applied++
	return true
}
