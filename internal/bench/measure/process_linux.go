package measure

import (
	"bytes"
	"fmt"
	"os"
	"syscall"
	"time"
)

// CPU is the processor time that this process has used, in user and system mode.
func CPU() time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		return 0
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// Peak reads the peak of this process's memory.
func Peak() Memory {
	var m Memory
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return m
	}
	for line := range bytes.Lines(status) {
		if _, err := fmt.Sscanf(string(line), "VmHWM: %d kB", &m.PeakKiB); err == nil {
			break
		}
	}
	return m
}
