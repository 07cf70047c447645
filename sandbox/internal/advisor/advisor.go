// Package advisor watches which operations a program uses, and says which
// scopes it needs for them.
package advisor

import (
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/golokalise/lokalise/sandbox/internal/journal"
)

// Advisor counts the operations that were used in each world. Unlike the
// journal it forgets nothing, and its size is bounded by the number of
// operations and of worlds.
type Advisor struct {
	mu     sync.Mutex
	worlds map[string]*usage
}

type usage struct {
	operations map[string]*Operation // by id
	held       map[string]bool       // scopes of the OAuth tokens that were used
	tokens     bool                  // an OAuth token was used
}

// New returns an Advisor that has seen nothing.
func New() *Advisor { return &Advisor{worlds: map[string]*usage{}} }

// Operation is an operation that was used.
type Operation struct {
	ID       string
	Scope    string // that it takes; empty: none is known
	Basis    string // how the scope is known, see package api
	Requests int
	Refused  int // requests that were refused because the scope was missing
}

// Observe counts a request. One that named no operation, or whose credential
// was no good, says nothing about scopes.
func (a *Advisor) Observe(r *journal.Record) {
	switch r.Credential {
	case journal.CredentialAPIToken, journal.CredentialReadOnly, journal.CredentialBearer:
	default:
		return
	}
	if r.Operation == "" || r.World == "" {
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	u := a.worlds[r.World]
	if u == nil {
		u = &usage{operations: map[string]*Operation{}, held: map[string]bool{}}
		a.worlds[r.World] = u
	}
	op := u.operations[r.Operation]
	if op == nil {
		op = &Operation{ID: r.Operation, Scope: r.Scope, Basis: r.ScopeBasis}
		u.operations[r.Operation] = op
	}
	op.Requests++
	if r.ScopeMissing != "" {
		op.Refused++
	}
	u.tokens = u.tokens || r.Credential == journal.CredentialBearer
	for _, scope := range r.Scopes {
		u.held[scope] = true
	}
}

// Forget drops what was seen in a world.
func (a *Advisor) Forget(world string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.worlds, world)
}

// Need is a scope that is needed, and what for.
type Need struct {
	Scope      string
	Operations []Operation
	Missing    bool // requests were refused because no token had it
}

// Report is what was seen in a world.
type Report struct {
	Requests int
	Needed   []Need      // by scope
	Unused   []string    // scopes that tokens hold and no operation took
	Unknown  []Operation // whose scope is not known
	Closed   []Operation // that no OAuth token opens
	Tokens   bool        // whether an OAuth token was used at all
}

// basisNone is how operations.json marks an operation that no OAuth token
// opens.
const basisNone = "none"

// Report sums up a world.
func (a *Advisor) Report(world string) Report {
	a.mu.Lock()
	defer a.mu.Unlock()
	u := a.worlds[world]
	if u == nil {
		return Report{}
	}
	report := Report{Tokens: u.tokens}
	needs := map[string]*Need{}
	for _, id := range slices.Sorted(maps.Keys(u.operations)) {
		op := *u.operations[id]
		report.Requests += op.Requests
		switch {
		case op.Basis == basisNone:
			report.Closed = append(report.Closed, op)
		case op.Scope == "":
			report.Unknown = append(report.Unknown, op)
		default:
			need := needs[op.Scope]
			if need == nil {
				need = &Need{Scope: op.Scope}
				needs[op.Scope] = need
			}
			need.Operations = append(need.Operations, op)
			need.Missing = need.Missing || op.Refused > 0
		}
	}
	for _, need := range needs {
		report.Needed = append(report.Needed, *need)
	}
	slices.SortFunc(report.Needed, func(a, b Need) int { return strings.Compare(a.Scope, b.Scope) })
	for _, scope := range slices.Sorted(maps.Keys(u.held)) {
		if needs[scope] == nil {
			report.Unused = append(report.Unused, scope)
		}
	}
	return report
}
