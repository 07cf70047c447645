//go:build linux

package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// BenchmarkSandboxUntilFirstAnswer starts the program, asks it until it answers,
// and reports how long that took and how much memory the process then has.
func BenchmarkSandboxUntilFirstAnswer(b *testing.B) {
	program := filepath.Join(b.TempDir(), "lokalise")
	if out, err := exec.CommandContext(b.Context(), "go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		b.Fatalf("go build: %v\n%s", err, out)
	}
	var took time.Duration
	peak := 0.0
	for b.Loop() {
		d, kB := startAndAsk(b, program)
		took += d
		peak = max(peak, kB)
	}
	b.ReportMetric(float64(took.Microseconds())/1000/float64(b.N), "ms/first-answer")
	b.ReportMetric(peak/1000, "MB-peak")
}

func startAndAsk(b *testing.B, program string) (took time.Duration, peak float64) {
	address := freeAddress(b)
	start := time.Now()
	cmd := exec.CommandContext(b.Context(), program, "sandbox", "--addr", address)
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	for !answers(b.Context(), address) {
		if time.Since(start) > time.Minute {
			b.Fatal("no answer in a minute")
		}
		time.Sleep(time.Millisecond / 2)
	}
	took = time.Since(start)
	peak = highWater(b, cmd.Process.Pid)
	if err := cmd.Process.Signal(syscall.SIGINT); err != nil {
		b.Fatal(err)
	}
	_ = cmd.Wait() // its code tells of the signal
	return took, peak
}

func freeAddress(b *testing.B) string {
	l, err := new(net.ListenConfig).Listen(b.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().String()
}

func answers(ctx context.Context, address string) bool {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+address+"/_sandbox/health", nil)
	if err != nil {
		return false
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return false
	}
	_ = res.Body.Close()
	return res.StatusCode == http.StatusOK
}

// highWater is the most memory that the process has had, in kB.
func highWater(b *testing.B, pid int) float64 {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		b.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(status), "VmHWM:")
	kB, err := strconv.ParseFloat(strings.Fields(rest)[0], 64)
	if err != nil {
		b.Fatal(err)
	}
	return kB
}
