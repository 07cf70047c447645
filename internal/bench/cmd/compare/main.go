// Command compare measures the client beside its floors and the official Node
// SDK, each in a process of its own, and prints a table for each piece of work
// and the goals with whether they are met.
//
//	go run ./internal/bench/cmd/compare [-work regexp] [-impl regexp] [-rounds n]
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"regexp"
	"slices"

	"github.com/golokalise/lokalise/internal/bench/work"
)

// settings are the flags.
type settings struct {
	work, impl *regexp.Regexp
	rounds     int
	strict     bool
	rateHeader bool
}

func main() {
	var s settings
	works := flag.String("work", "", "measure only work whose name matches this regular expression")
	impls := flag.String("impl", "", "measure only implementations whose name matches; the floor is always there")
	flag.IntVar(&s.rounds, "rounds", 6, "rounds; each starts every implementation anew")
	flag.BoolVar(&s.strict, "strict", false, "exit with 1 when a goal is missed")
	flag.BoolVar(&s.rateHeader, "rate-headers", false, "let the stub send the recorded rate-limit headers")
	flag.Parse()
	var err error
	if s.work, err = regexp.Compile(*works); err == nil {
		s.impl, err = regexp.Compile(*impls)
	}
	if err == nil {
		ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
		err = compare(ctx, s, os.Stdout)
		stop()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "compare:", err)
		os.Exit(1)
	}
}

// compare measures everything that was asked for.
func compare(ctx context.Context, s settings, out io.Writer) error {
	bench, err := newBench(ctx, s)
	if err != nil {
		return err
	}
	defer bench.close()
	fmt.Fprintln(out, bench.about())
	results := map[string]result{}
	for _, w := range work.All() {
		if !s.work.MatchString(w.Name) {
			continue
		}
		r, err := bench.measure(ctx, w)
		if err != nil {
			return fmt.Errorf("%s: %w", w.Name, err)
		}
		results[w.Name] = r
		printWork(out, w, r, s.rounds)
	}
	if s.work.MatchString(binaryWork.Name) {
		if results[binaryWork.Name], err = bench.binarySizes(ctx); err != nil {
			return err
		}
		printWork(out, binaryWork, results[binaryWork.Name], 1)
	}
	verdicts := judge(goals, results)
	printGoals(out, verdicts)
	if s.strict && slices.ContainsFunc(verdicts, func(v verdict) bool { return !v.met }) {
		return errors.New("a goal is missed")
	}
	return nil
}
