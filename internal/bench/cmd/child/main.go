// Command child does one piece of work in one implementation, and measures
// itself. cmd/compare starts it, writes commands to its standard input and
// reads a JSON line for each:
//
//	run N MS   do the work at most N times, starting none after MS milliseconds
//	end        report the peak of the memory, and end
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime"
	"time"

	"github.com/golokalise/lokalise/internal/bench/measure"
	"github.com/golokalise/lokalise/internal/bench/work"
)

func main() {
	var env work.Env
	name := flag.String("work", "", "what to do")
	impl := flag.String("impl", "", "how to do it")
	flag.StringVar(&env.Base, "base", "", "root of the stub server")
	flag.StringVar(&env.Token, "token", "", "API token")
	flag.StringVar(&env.Dir, "dir", "", "folder to write into")
	flag.StringVar(&env.File, "file", "", "file to upload")
	flag.Parse()
	if err := serve(*name, *impl, env); err != nil {
		fmt.Fprintf(os.Stderr, "%s as %s: %v\n", *name, *impl, err)
		os.Exit(1)
	}
}

// serve obeys the commands until the last one.
func serve(name, impl string, env work.Env) error {
	w, i, err := work.Find(name, impl)
	if err != nil {
		return err
	}
	op, free, err := i.Open(env)
	if err != nil {
		return err
	}
	defer free()
	input := bufio.NewReader(os.Stdin)
	answers := json.NewEncoder(os.Stdout)
	for {
		line, err := input.ReadString('\n')
		if errors.Is(err, io.EOF) {
			return nil // whoever started this process is gone
		}
		if err != nil {
			return err
		}
		if line == "end\n" {
			return answers.Encode(measure.Peak())
		}
		var n, ms int
		if _, err := fmt.Sscanf(line, "run %d %d\n", &n, &ms); err != nil {
			return fmt.Errorf("command %q: %w", line, err)
		}
		slice, err := run(op, n, w.InFlight, time.Duration(ms)*time.Millisecond)
		if err != nil {
			return err
		}
		if err := answers.Encode(slice); err != nil {
			return err
		}
	}
}

// run measures one slice.
func run(op work.Op, n, inFlight int, limit time.Duration) (measure.Slice, error) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	cpu, start := measure.CPU(), time.Now()
	done, tally, err := work.Run(context.Background(), op, n, inFlight, limit)
	slice := measure.Slice{Ops: done, Tally: tally, Wall: time.Since(start), CPU: measure.CPU() - cpu}
	runtime.ReadMemStats(&after)
	slice.Bytes = after.TotalAlloc - before.TotalAlloc
	slice.Allocs = after.Mallocs - before.Mallocs
	return slice, err
}
