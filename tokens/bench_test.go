package tokens_test

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"github.com/golokalise/lokalise/oauth"
	"github.com/golokalise/lokalise/tokens"
)

// The floor under a cached token: an atomic pointer and a look at the clock.
type floor struct {
	p     atomic.Pointer[floorToken]
	begun time.Time
}

type floorToken struct {
	token string
	until time.Duration
}

func (f *floor) Token(context.Context) (string, error) {
	if t := f.p.Load(); t != nil && time.Since(f.begun) < t.until {
		return t.token, nil
	}
	return "", tokens.ErrUnavailable
}

type tokenSource interface {
	Token(ctx context.Context) (string, error)
}

func cachedSources(b *testing.B) map[string]tokenSource {
	m, err := tokens.New(tokens.Config{
		Clients: []tokens.Refresher{newServer()}, Store: tokens.NewMemoryStore(), Keys: tokens.NoEncryption(),
	})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := m.Close(context.Background()); err != nil {
			b.Error(err)
		}
	})
	token := &oauth.Token{AccessToken: "a", RefreshToken: "r", Expiry: time.Now().Add(time.Hour)}
	if _, err := m.Put(b.Context(), "g", token); err != nil {
		b.Fatal(err)
	}
	f := &floor{begun: time.Now()}
	f.p.Store(&floorToken{"a", time.Hour})
	return map[string]tokenSource{"floor": f, "source": m.Source("g"), "manager": byID{m}}
}

type byID struct{ m *tokens.Manager }

func (b byID) Token(ctx context.Context) (string, error) { return b.m.Token(ctx, "g") }

func BenchmarkCachedToken(b *testing.B) {
	for name, source := range cachedSources(b) {
		b.Run(name+"/1", func(b *testing.B) {
			ctx := b.Context()
			b.ReportAllocs()
			for b.Loop() {
				if _, err := source.Token(ctx); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(name+"/8", func(b *testing.B) {
			ctx := b.Context()
			b.ReportAllocs()
			b.SetParallelism(4) // times two processors
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					if _, err := source.Token(ctx); err != nil {
						b.Error(err)
						return
					}
				}
			})
		})
	}
}

func TestCachedTokenAllocatesNothing(t *testing.T) {
	s := newSetup(t, nil)
	s.connect(t, "g")
	source, ctx := s.Source("g"), t.Context()
	for name, f := range map[string]func(){
		"source":  func() { _, _ = source.Token(ctx) },
		"manager": func() { _, _ = s.Token(ctx, "g") },
	} {
		if n := testing.AllocsPerRun(1000, f); n != 0 {
			t.Errorf("%s: %v allocations", name, n)
		}
	}
}
