package main

import (
	"fmt"
	"io"
	"text/tabwriter"
	"time"

	"github.com/golokalise/lokalise/internal/bench/work"
)

// printWork prints the table of one piece of work.
func printWork(out io.Writer, w work.Work, r result, rounds int) {
	fmt.Fprintf(out, "\n%s: %s\n", w.Name, w.About)
	t := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	defer func() { _ = t.Flush() }() // standard output: nowhere to tell
	if w.Name == binaryWork.Name {
		printSizes(t, r)
		return
	}
	fmt.Fprintf(t, "medians of %d × %d slices\ttime/op\t× %[3]s\tCPU/op\t× %[3]s\tB/op\tallocs/op\tpeak MB\tnew conns\t\n", rounds, w.Slices, r.order[0])
	for _, name := range r.order {
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%d\t\n", name,
			duration(absolute(r, name, wall)), ratioText(r, name, wall),
			duration(absolute(r, name, cpu)), ratioText(r, name, cpu),
			count(absolute(r, name, bytes)), count(absolute(r, name, allocs)),
			megabytes(absolute(r, name, peak)), r.of[name].connections)
	}
}

func printSizes(t io.Writer, r result) {
	fmt.Fprint(t, "\tMB\t× raw\tMB stripped\t× raw\t\n")
	for _, name := range r.order {
		fmt.Fprintf(t, "%s\t%.2f\t%s\t%.2f\t%s\t\n", name,
			absolute(r, name, size).median/1e6, ratioText(r, name, size),
			absolute(r, name, stripped).median/1e6, ratioText(r, name, stripped))
	}
}

// printGoals prints the goals, the ratio's quartiles beside its median.
func printGoals(out io.Writer, verdicts []verdict) {
	if len(verdicts) == 0 {
		return
	}
	fmt.Fprintln(out)
	t := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	defer func() { _ = t.Flush() }() // standard output: nowhere to tell
	fmt.Fprint(t, "goal\tmeasured\tquartiles\t\n")
	for _, v := range verdicts {
		if !v.measured.known() {
			fmt.Fprintf(t, "%s\t\t\tnot measured\n", v.goal)
			continue
		}
		text := "MISSED"
		if v.met {
			text = "met"
		}
		fmt.Fprintf(t, "%s\t%.4g\t%.4g to %.4g\t%s\n", v.goal, v.measured.median, v.measured.low, v.measured.high, text)
	}
}

func duration(s spread) string {
	d := time.Duration(s.median)
	switch {
	case d < time.Millisecond:
		return fmt.Sprintf("%.1f µs", s.median/1e3)
	case d < time.Second:
		return fmt.Sprintf("%.2f ms", s.median/1e6)
	}
	return fmt.Sprintf("%.2f s", s.median/1e9)
}

func ratioText(r result, name string, m metric) string {
	return fmt.Sprintf("%.2f", ratio(r, name, r.order[0], m).median)
}

// count leaves out what was not measured.
func count(s spread) string {
	if s.median == 0 {
		return "-"
	}
	return fmt.Sprintf("%.0f", s.median)
}

// megabytes leaves out what was not measured.
func megabytes(s spread) string {
	if s.median == 0 {
		return "-"
	}
	return fmt.Sprintf("%.1f", s.median)
}
