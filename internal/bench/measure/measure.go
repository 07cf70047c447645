// Package measure holds what a process measures about itself, and the form in
// which it reports it.
package measure

import (
	"time"

	"github.com/golokalise/lokalise/internal/bench/work"
)

// Slice is the report about a number of operations. Durations are nanoseconds
// in JSON.
type Slice struct {
	Ops   int           `json:"ops"`
	Tally work.Tally    `json:"tally"`
	Wall  time.Duration `json:"wall"`
	CPU   time.Duration `json:"cpu"`
	// Bytes and Allocs are what was allocated. The Node SDK cannot tell.
	Bytes  uint64 `json:"bytes"`
	Allocs uint64 `json:"allocs"`
}

// Memory is the report about a whole process.
type Memory struct {
	// PeakKiB is VmHWM, the largest resident set that the process ever had.
	// Zero: the system does not say.
	PeakKiB int64 `json:"peak_kib"`
}
