package work_test

import (
	"context"
	"errors"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"github.com/golokalise/lokalise/internal/bench/stub"
	"github.com/golokalise/lokalise/internal/bench/work"
)

func TestEveryImplementationSeesTheSame(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(stub.New(stub.Options{}).Handler())
	t.Cleanup(server.Close)
	file := t.TempDir() + "/upload.json"
	if err := stub.WriteUpload(file, 1<<20); err != nil {
		t.Fatal(err)
	}
	for _, w := range work.All() {
		if w.Long { // half a million keys, half a gigabyte: measured only
			continue
		}
		var first work.Tally
		for n, impl := range w.Impls {
			op, free, err := impl.Open(work.Env{Base: server.URL, Token: "any", Dir: t.TempDir(), File: file})
			if err != nil {
				t.Fatal(err)
			}
			done, tally, err := work.Run(t.Context(), op, max(w.InFlight, 1), w.InFlight, 0)
			free()
			if err != nil || done == 0 || tally.Items == 0 {
				t.Fatalf("%s as %s: %d done, %+v, %v", w.Name, impl.Name, done, tally, err)
			}
			if n == 0 {
				first = tally
			}
			if tally != first {
				t.Errorf("%s: %s saw %+v, %s %+v", w.Name, impl.Name, tally, w.Impls[0].Name, first)
			}
		}
	}
}

func TestNamesAreUniqueAndFound(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, w := range work.All() {
		if w.Impls[0].Name == work.Ours {
			t.Errorf("%s: the first implementation is not a floor", w.Name)
		}
		for _, impl := range w.Impls {
			name := w.Name + " " + impl.Name
			if seen[name] {
				t.Errorf("%s is there twice", name)
			}
			seen[name] = true
			if found, i, err := work.Find(w.Name, impl.Name); err != nil || found.Name != w.Name || i.Name != impl.Name {
				t.Errorf("%s is not found: %v", name, err)
			}
		}
	}
	if _, _, err := work.Find("project-get", "none"); err == nil {
		t.Error("an unknown implementation is found")
	}
	if _, _, err := work.Find("none", work.Raw); err == nil {
		t.Error("an unknown work is found")
	}
}

func TestRunDoesWhatItIsToldAtOnce(t *testing.T) {
	t.Parallel()
	var now, most atomic.Int64
	gate := make(chan struct{})
	op := func(context.Context) (work.Tally, error) {
		if n := now.Add(1); n == 4 {
			most.Store(n)
			close(gate)
		}
		<-gate // opens when four are inside
		now.Add(-1)
		return work.Tally{Items: 1}, nil
	}
	done, tally, err := work.Run(t.Context(), op, 4, 4, 0)
	if done != 4 || tally.Items != 1 || err != nil || most.Load() != 4 {
		t.Errorf("%d done, %+v, %v, %d at once", done, tally, err, most.Load())
	}
}

func TestRunStopsAtItsLimit(t *testing.T) {
	t.Parallel()
	op := func(context.Context) (work.Tally, error) { return work.Tally{}, nil }
	done, _, err := work.Run(t.Context(), op, 5, 1, time.Nanosecond)
	if done != 1 || err != nil {
		t.Errorf("%d done, %v", done, err)
	}
}

func TestRunReportsTheFirstError(t *testing.T) {
	t.Parallel()
	boom := errors.New("boom")
	_, _, err := work.Run(t.Context(), func(context.Context) (work.Tally, error) { return work.Tally{}, boom }, 10, 3, 0)
	if !errors.Is(err, boom) {
		t.Errorf("got %v", err)
	}
}

func TestRunNoticesAnOperationThatSawLess(t *testing.T) {
	t.Parallel()
	var n int64
	op := func(context.Context) (work.Tally, error) {
		n++
		return work.Tally{Items: n}, nil
	}
	if _, _, err := work.Run(t.Context(), op, 2, 1, 0); err == nil {
		t.Error("no error")
	}
}
