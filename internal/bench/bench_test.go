package bench_test

import (
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/golokalise/lokalise/internal/bench/stub"
	"github.com/golokalise/lokalise/internal/bench/work"
)

// BenchmarkWork measures every piece of work but the longest in every
// implementation in this process; the stub server is another one. The names are
// made for
//
//	benchstat -col /impl
func BenchmarkWork(b *testing.B) {
	server := startStub(b)
	file := ""
	for _, w := range work.All() {
		if w.Long {
			continue // cmd/compare does it
		}
		b.Run(w.Name, func(b *testing.B) {
			for _, impl := range w.Impls {
				b.Run("impl="+impl.Name, func(b *testing.B) {
					if w.NeedsFile && file == "" {
						file = writeUpload(b)
					}
					measureImpl(b, server, w, impl, work.Env{
						Base: server.URL, Token: strings.Repeat("0", 40), Dir: b.TempDir(), File: file,
					})
				})
			}
		})
	}
}

// measureImpl runs one implementation, and reports the connections it opened
// after the warm-up.
func measureImpl(b *testing.B, server *stub.Process, w work.Work, impl work.Impl, env work.Env) {
	op, free, err := impl.Open(env)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(free)
	if _, _, err := work.Run(b.Context(), op, w.Warm, w.InFlight, 0); err != nil {
		b.Fatal(err)
	}
	before, err := server.Stats(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	b.ResetTimer()
	if _, _, err := work.Run(b.Context(), op, b.N, w.InFlight, 0); err != nil {
		b.Fatal(err)
	}
	b.StopTimer()
	after, err := server.Stats(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(after.Connections-before.Connections), "new-conns")
}

// startStub builds the stub server and runs it until the benchmark ends.
func startStub(tb testing.TB) *stub.Process {
	tb.Helper()
	name := filepath.Join(tb.TempDir(), "stub")
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	build := exec.CommandContext(tb.Context(), "go", "build", "-o", name, "./cmd/stub")
	if out, err := build.CombinedOutput(); err != nil {
		tb.Fatalf("build the stub server: %v\n%s", err, out)
	}
	server, err := stub.Start(exec.CommandContext(tb.Context(), name))
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		// The context of tb has ended by now, which kills the process too.
		_ = server.Stop()
	})
	return server
}

// writeUpload writes the file that is uploaded.
func writeUpload(tb testing.TB) string {
	tb.Helper()
	name := filepath.Join(tb.TempDir(), "upload.json")
	if err := stub.WriteUpload(name, work.UploadMB<<20); err != nil {
		tb.Fatal(err)
	}
	return name
}
