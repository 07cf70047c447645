package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/golokalise/lokalise/internal/bench/measure"
	"github.com/golokalise/lokalise/internal/bench/work"
)

// samples is everything that was measured of one implementation. Slice number i
// of one implementation was taken right beside slice number i of the others.
type samples struct {
	slices      []measure.Slice
	peaks       []measure.Memory
	connections int64     // opened while slices were taken, so after the warm-up
	sizes       []float64 // of the binary, with symbols and without
}

// result is what was measured of one piece of work, by implementation.
type result struct {
	order []string
	of    map[string]*samples
}

// measure runs all rounds of one piece of work.
func (b *bench) measure(ctx context.Context, w work.Work) (result, error) {
	r := result{order: b.implementations(w), of: map[string]*samples{}}
	for _, name := range r.order {
		r.of[name] = &samples{}
	}
	for round := range b.settings.rounds {
		if err := b.round(ctx, w, r, round); err != nil {
			return r, err
		}
	}
	return r, sameTally(r)
}

// implementations are the names of those that are asked for. The floor is
// always among them: everything is a ratio to it.
func (b *bench) implementations(w work.Work) []string {
	var names []string
	for n, i := range w.Impls {
		if n == 0 || b.settings.impl.MatchString(i.Name) {
			names = append(names, i.Name)
		}
	}
	if w.OnNode && b.node != "" && b.settings.impl.MatchString(work.Node) {
		names = append(names, work.Node)
	}
	return names
}

// round starts every implementation, warms it up and takes slices in turn,
// beginning with another one each time, so that a disturbance hits all alike.
func (b *bench) round(ctx context.Context, w work.Work, r result, number int) (err error) {
	peers := make([]*peer, 0, len(r.order))
	defer func() {
		if err != nil {
			for _, p := range peers {
				err = errors.Join(err, p.stop())
			}
		}
	}()
	for _, name := range r.order {
		p, err := b.start(ctx, w, name)
		if err != nil {
			return err
		}
		peers = append(peers, p)
		if w.Warm > 0 {
			if _, err := p.run(w.Warm, 0); err != nil {
				return err
			}
		}
	}
	for slice := range w.Slices {
		for i := range peers {
			p := peers[(i+number+slice)%len(peers)]
			if err := b.slice(ctx, w, p, r.of[p.name]); err != nil {
				return err
			}
		}
	}
	for len(peers) > 0 {
		p := peers[0]
		peers = peers[1:]
		memory, err := p.end()
		if err != nil {
			return err
		}
		r.of[p.name].peaks = append(r.of[p.name].peaks, memory)
	}
	return nil
}

// slice takes one slice, and counts the connections opened meanwhile.
func (b *bench) slice(ctx context.Context, w work.Work, p *peer, into *samples) error {
	before, err := b.stub.Stats(ctx)
	if err != nil {
		return err
	}
	slice, err := p.run(w.Ops, w.Slice)
	if err != nil {
		return err
	}
	after, err := b.stub.Stats(ctx)
	if err != nil {
		return err
	}
	into.slices = append(into.slices, slice)
	into.connections += after.Connections - before.Connections
	return nil
}

// sameTally checks that all implementations saw the same items.
func sameTally(r result) error {
	floor := r.of[r.order[0]].slices[0].Tally
	for _, name := range r.order {
		for _, slice := range r.of[name].slices {
			if slice.Tally != floor {
				return fmt.Errorf("%s saw %+v, %s %+v", name, slice.Tally, r.order[0], floor)
			}
		}
	}
	return nil
}
