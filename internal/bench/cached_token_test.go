package bench

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/oauth2"

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
	return "", errNone
}

type tokenSource interface {
	Token(ctx context.Context) (string, error)
}

func cachedSources(b *testing.B) map[string]tokenSource {
	m, err := tokens.New(tokens.Config{
		Clients: []tokens.Refresher{refused{}}, Store: tokens.NewMemoryStore(), Keys: tokens.NoEncryption(),
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
	reused := oauth2.ReuseTokenSource(&oauth2.Token{AccessToken: "a", Expiry: token.Expiry}, nil)
	return map[string]tokenSource{"floor": f, "source": m.Source("g"), "manager": byID{m}, "x-oauth2": others{reused}}
}

var errNone = errors.New("there is no token")

// refused is a token endpoint that must not be needed.
type refused struct{}

func (refused) Refresh(context.Context, string) (*oauth.Token, error) { return nil, errNone }

// others is a token source of golang.org/x/oauth2.
type others struct{ oauth2.TokenSource }

func (o others) Token(context.Context) (string, error) {
	t, err := o.TokenSource.Token()
	if err != nil {
		return "", err
	}
	return t.AccessToken, nil
}

type byID struct{ m *tokens.Manager }

func (b byID) Token(ctx context.Context) (string, error) { return b.m.Token(ctx, "g") }

// BenchmarkCachedToken takes a token that is cached: with a source, by the id of
// its grant, and with the library that most programs use; beside them what no
// such thing can do without.
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
