package main

import (
	"math"
	"slices"

	"github.com/golokalise/lokalise/internal/bench/measure"
)

// spread is a median with its quartiles.
type spread struct{ low, median, high float64 }

// known reports whether there was anything to measure.
func (s spread) known() bool { return !math.IsNaN(s.median) }

// spreadOf finds the median and the quartiles. No value gives NaN.
func spreadOf(values []float64) spread {
	if len(values) == 0 {
		return spread{math.NaN(), math.NaN(), math.NaN()}
	}
	values = slices.Sorted(slices.Values(values))
	at := func(q float64) float64 {
		place := q * float64(len(values)-1)
		below := int(place)
		above := min(below+1, len(values)-1)
		return values[below] + (values[above]-values[below])*(place-float64(below))
	}
	return spread{at(0.25), at(0.5), at(0.75)}
}

// metric takes a number from the samples of one implementation, one for each
// slice or round.
type metric struct {
	name string
	// of gives the values; two implementations' values are paired by index.
	of func(*samples) []float64
}

func perOp(value func(measure.Slice) float64) func(*samples) []float64 {
	return func(s *samples) []float64 {
		values := make([]float64, len(s.slices))
		for i, slice := range s.slices {
			values[i] = value(slice) / float64(slice.Ops)
		}
		return values
	}
}

var (
	wall   = metric{"time", perOp(func(s measure.Slice) float64 { return float64(s.Wall) })}
	cpu    = metric{"CPU", perOp(func(s measure.Slice) float64 { return float64(s.CPU) })}
	bytes  = metric{"B/op", perOp(func(s measure.Slice) float64 { return float64(s.Bytes) })}
	allocs = metric{"allocs/op", perOp(func(s measure.Slice) float64 { return float64(s.Allocs) })}
	peak   = metric{"peak MB", func(s *samples) []float64 {
		values := make([]float64, len(s.peaks))
		for i, m := range s.peaks {
			values[i] = float64(m.PeakKiB) * 1024 / 1e6
		}
		return values
	}}
	connections = metric{"new connections", func(s *samples) []float64 { return []float64{float64(s.connections)} }}
)

// absolute is the metric of one implementation.
func absolute(r result, name string, m metric) spread {
	s, ok := r.of[name]
	if !ok {
		return spreadOf(nil)
	}
	return spreadOf(m.of(s))
}

// ratio is the metric of one implementation to that of another, slice by slice.
func ratio(r result, name, against string, m metric) spread {
	a, ok := r.of[name]
	b, known := r.of[against]
	if !ok || !known {
		return spreadOf(nil)
	}
	values, others := m.of(a), m.of(b)
	ratios := make([]float64, len(values))
	for i := range values {
		ratios[i] = values[i] / others[i]
	}
	return spreadOf(ratios)
}
