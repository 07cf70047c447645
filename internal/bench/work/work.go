// Package work names what is measured, and holds each implementation of it: the
// floors and the client, side by side. The Go benchmarks and cmd/child run it.
//
// A new piece of work is a file here with a function that returns it, and a
// line in [All]. What the Node SDK does for the same work is in node/run.mjs.
package work

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

// Names of the implementations that goals speak of.
const (
	Ours = "ours" // the client of this repository
	Raw  = "raw"  // net/http with encoding/json, whole bodies
	Node = "node" // the official Node SDK
)

// Env is what an implementation gets to know about the run.
type Env struct {
	Base  string // root of the stub server
	Token string // any API token
	Dir   string // an empty folder to write into
	File  string // a file of UploadMB MiB
}

// UploadMB is the size of the file that is uploaded, in MiB.
const UploadMB = 50

// Tally sums up what one operation has seen. All implementations of a work
// must see the same, so that none wins by reading less.
type Tally struct {
	Items int64 `json:"items"`
	Sum   int64 `json:"sum"`
}

// Op does the work once.
type Op func(context.Context) (Tally, error)

// Impl is one way to do a piece of work.
type Impl struct {
	Name string
	// Open makes an Op and a function that frees what it holds.
	Open func(Env) (Op, func(), error)
}

// Work is something to measure.
type Work struct {
	Name  string
	About string
	// InFlight is the number of operations at once. Defaults to 1.
	InFlight int
	// Warm is the number of operations before anything is measured.
	Warm int
	// Ops bounds the operations of one slice, and Slice its time.
	Ops   int
	Slice time.Duration
	// Slices is the number of slices that an implementation gets in each round.
	Slices int
	// Long says that one operation takes seconds.
	Long bool
	// NeedsFile says that Env.File must be there.
	NeedsFile bool
	// OnNode says that node/run.mjs does this work too.
	OnNode bool
	// Impls are the implementations. The first one is the floor that the others
	// are compared with.
	Impls []Impl
}

// All lists every piece of work.
func All() []Work {
	return []Work{
		projectGet(), projectList(1), projectList(100), projectAll(),
		projectGetInFlight(32),
		keysList(), keysAll(), keysWalk(500), keysWalk(5000),
		upload(), download(),
	}
}

// Find returns the implementation of a piece of work.
func Find(name, impl string) (Work, Impl, error) {
	for _, w := range All() {
		if w.Name != name {
			continue
		}
		for _, i := range w.Impls {
			if i.Name == impl {
				return w, i, nil
			}
		}
		return w, Impl{}, fmt.Errorf("work %q has no implementation %q", name, impl)
	}
	return Work{}, Impl{}, fmt.Errorf("no work %q", name)
}

// Run does op at most n times, starting none after limit (zero: no limit), with
// inFlight of them at once. It answers with how many it did and with what each
// of them saw; two that saw different things are an error.
func Run(ctx context.Context, op Op, n, inFlight int, limit time.Duration) (int, Tally, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	r := runner{op: op, max: int64(n)}
	if limit > 0 {
		r.deadline = time.Now().Add(limit)
	}
	var wg sync.WaitGroup
	for range max(inFlight, 1) {
		wg.Go(func() {
			if err := r.work(ctx); err != nil {
				cancel(err)
			}
		})
	}
	wg.Wait()
	return int(r.done.Load()), r.tally, context.Cause(ctx)
}

// runner is the state that the goroutines of one Run share.
type runner struct {
	op            Op
	max           int64
	deadline      time.Time
	started, done atomic.Int64
	mu            sync.Mutex
	tally         Tally
	known         bool
}

func (r *runner) work(ctx context.Context) error {
	for ctx.Err() == nil && r.started.Add(1) <= r.max {
		tally, err := r.op(ctx)
		if err != nil {
			return err
		}
		r.done.Add(1)
		if err := r.same(tally); err != nil {
			return err
		}
		if !r.deadline.IsZero() && time.Now().After(r.deadline) {
			return nil
		}
	}
	return nil
}

// same checks that the operation saw what the first one saw.
func (r *runner) same(tally Tally) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.known {
		r.tally, r.known = tally, true
	}
	if tally != r.tally {
		return fmt.Errorf("an operation saw %+v, the first one %+v", tally, r.tally)
	}
	return nil
}
