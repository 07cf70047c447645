package measure_test

import (
	"runtime"
	"testing"
	"time"

	"github.com/golokalise/lokalise/internal/bench/measure"
)

func TestCPUTimeGrowsWithWork(t *testing.T) {
	t.Parallel()
	if runtime.GOOS != "linux" {
		t.Skip("measured on Linux only")
	}
	before := measure.CPU()
	for measure.CPU() < before+time.Millisecond {
	}
}

func TestPeakCoversWhatWasAllocated(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("measured on Linux only")
	}
	before := measure.Peak().PeakKiB
	block := make([]byte, 64<<20)
	for i := range block {
		block[i] = 1
	}
	after := measure.Peak().PeakKiB
	runtime.KeepAlive(block)
	if before == 0 || after-before < 50<<10 {
		t.Errorf("peak grew from %d to %d KiB over a block of 64 MiB", before, after)
	}
}
