package tokens

import (
	"context"
	"fmt"
	"runtime"
	"testing"
	"time"

	"golang.org/x/time/rate"

	"github.com/golokalise/lokalise/oauth"
)

// instant answers every refresh at once.
type instant struct{}

// Refresh implements Refresher.
func (instant) Refresh(_ context.Context, refreshToken string) (*oauth.Token, error) {
	return &oauth.Token{AccessToken: "access", RefreshToken: refreshToken, Expiry: time.Now().Add(time.Hour)}, nil
}

func benchManager(b *testing.B) *Manager {
	b.Helper()
	ring, err := NewKeyRing(NewKey("bench"))
	if err != nil {
		b.Fatal(err)
	}
	m, err := New(Config{
		Clients: []Refresher{instant{}}, Store: NewMemoryStore(), Keys: ring, Budget: rate.NewLimiter(rate.Inf, 1),
	})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := m.Close(context.Background()); err != nil {
			b.Error(err)
		}
	})
	return m
}

// fill stores n grants whose tokens have expired.
func fill(b *testing.B, m *Manager, n int) {
	b.Helper()
	for i := range n {
		token := &oauth.Token{AccessToken: fmt.Sprint("expired-", i), RefreshToken: "r", Expiry: time.Now().Add(-time.Hour)}
		st := m.connect(token)
		st.Obtained, st.RefreshAt = time.Now().Add(-2*time.Hour), time.Now().Add(-time.Minute)
		if _, err := m.write(b.Context(), fmt.Sprint("g", i), st, 0); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkMaintain10000Due(b *testing.B) {
	const due = 10_000
	for b.Loop() {
		b.StopTimer()
		m := benchManager(b)
		fill(b, m, due)
		b.StartTimer()
		for more := true; more; {
			var err error
			if more, err = m.maintainOnce(b.Context()); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*due), "µs/grant")
}

// BenchmarkColdCache measures the first token of each grant, which is read
// from the store, opened and refreshed, and what a grant costs in memory.
func BenchmarkColdCache(b *testing.B) {
	const grants = 10_000
	var before, after runtime.MemStats
	for b.Loop() {
		b.StopTimer()
		m := benchManager(b)
		fill(b, m, grants)
		runtime.GC()
		runtime.ReadMemStats(&before)
		b.StartTimer()
		for i := range grants {
			if _, err := m.Token(b.Context(), fmt.Sprint("g", i)); err != nil {
				b.Fatal(err)
			}
		}
		b.StopTimer()
		runtime.GC()
		runtime.ReadMemStats(&after)
		b.StartTimer()
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*grants), "µs/grant")
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/grants, "heap-B/grant")
}
