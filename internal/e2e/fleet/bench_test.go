package fleet_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/golokalise/lokalise/oauth"
	"github.com/golokalise/lokalise/tokens"
	"github.com/golokalise/lokalise/tokens/sqlstore"
)

// Benchmarks of many grants take minutes, so each measures once:
//
//	go test ./fleet -run '^$' -bench . -benchtime 1x -timeout 1h
//
// FLEET_STORED says how many grants there are, a million by default.

// instant is a token endpoint that answers at once: what is measured is the
// manager and its store.
type instant struct{ n atomic.Int64 }

func (i *instant) Refresh(_ context.Context, refreshToken string) (*oauth.Token, error) {
	return grantedFor(time.Hour, fmt.Sprint("access", i.n.Add(1)), refreshToken), nil
}

func grantedFor(life time.Duration, access, refresh string) *oauth.Token {
	return &oauth.Token{AccessToken: access, RefreshToken: refresh, TokenType: "Bearer", Expiry: time.Now().Add(life)}
}

// benchStore is a store of a kind with n grants in it, the first due of which
// are due when it returns.
func benchStore(b *testing.B, kind string, keys tokens.Keys, n, due int) (address storeAddress, putsPerSecond float64) {
	b.Helper()
	address = newDatabase(b, kind, true).store
	store, err := address.open()
	if err != nil {
		b.Fatal(err)
	}
	if s, ok := store.(*sqlstore.Store); ok {
		for deadline := time.Now().Add(30 * time.Second); s.Migrate(b.Context()) != nil && time.Now().Before(deadline); {
			time.Sleep(100 * time.Millisecond)
		}
	}
	m := benchManager(b, store, keys)
	start := time.Now()
	inParallel(b, n, func(i int) error {
		life := 24 * time.Hour
		if i < due {
			life = time.Second
		}
		_, err := m.Put(b.Context(), benchID(i), grantedFor(life, "access", fmt.Sprint("refresh", i)))
		return err
	})
	putsPerSecond = float64(n) / time.Since(start).Seconds()
	time.Sleep(time.Second) // until they are due
	return address, putsPerSecond
}

func benchID(i int) string { return fmt.Sprintf("tenant-%07d", i) }

func benchManager(b *testing.B, store tokens.Store, keys tokens.Keys) *tokens.Manager {
	b.Helper()
	m, err := tokens.New(tokens.Config{
		Clients: []tokens.Refresher{&instant{}}, Store: store, Keys: keys, Budget: unlimited{}, Workers: 16,
	})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = m.Close(context.WithoutCancel(b.Context())) })
	return m
}

type unlimited struct{}

func (unlimited) Wait(ctx context.Context) error { return ctx.Err() }

// inParallel does n things, sixteen at a time.
func inParallel(b *testing.B, n int, do func(i int) error) {
	b.Helper()
	var next atomic.Int64
	var wg sync.WaitGroup
	for range 16 {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				if err := do(i); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
	if b.Failed() {
		b.FailNow()
	}
}

func benchKeys(b *testing.B) *tokens.KeyRing {
	b.Helper()
	keys, err := tokens.NewKeyRing(tokens.NewKey("bench"))
	if err != nil {
		b.Fatal(err)
	}
	return keys
}

// BenchmarkManyGrants measures, with a million grants in the store: what it
// costs to refresh 10,000 that fall due, how many tokens a second come out of a
// cold cache, and what the grants take in the process's memory once all of them
// are cached.
func BenchmarkManyGrants(b *testing.B) {
	const due = 10_000
	n := setting(b, "FLEET_STORED", 1_000_000)
	for _, kind := range stores {
		b.Run(kind, func(b *testing.B) {
			keys := benchKeys(b)
			address, putsPerSecond := benchStore(b, kind, keys, n, due)
			store, err := address.open()
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				b.ReportMetric(putsPerSecond, "puts/s")
				b.ReportMetric(maintained(b, store, keys, due), "s/10000-due")
				perSecond, bytes := cold(b, store, keys, n)
				b.ReportMetric(perSecond, "cold-tokens/s")
				b.ReportMetric(bytes, "B/cached-grant")
			}
		})
	}
}

// maintained is how long Maintain takes to refresh what is due.
func maintained(b *testing.B, store tokens.Store, keys tokens.Keys, due int) (seconds float64) {
	b.Helper()
	ctx, stop := context.WithCancel(b.Context())
	defer stop()
	done := make(chan struct{})
	var n atomic.Int64
	m, err := tokens.New(tokens.Config{
		Clients: []tokens.Refresher{counted{refreshed: &n, want: int64(due), done: done}}, Store: store, Keys: keys, Budget: unlimited{}, Workers: 16,
	})
	if err != nil {
		b.Fatal(err)
	}
	start := time.Now()
	var running sync.WaitGroup
	running.Go(func() { _ = m.Maintain(ctx) }) // ends with the context
	<-done
	stop()
	running.Wait()
	if err := m.Close(context.WithoutCancel(ctx)); err != nil {
		b.Fatal(err)
	}
	return time.Since(start).Seconds()
}

// counted is an instant endpoint that says when it has answered often enough.
type counted struct {
	refreshed *atomic.Int64
	want      int64
	done      chan struct{}
}

func (c counted) Refresh(_ context.Context, refreshToken string) (*oauth.Token, error) {
	if c.refreshed.Add(1) == c.want {
		close(c.done)
	}
	return grantedFor(24*time.Hour, "renewed", refreshToken), nil
}

// cold asks for every token once, in a process that has none.
func cold(b *testing.B, store tokens.Store, keys tokens.Keys, n int) (perSecond, bytesEach float64) {
	b.Helper()
	m := benchManager(b, store, keys)
	before := heap()
	start := time.Now()
	inParallel(b, n, func(i int) error {
		_, err := m.Token(b.Context(), benchID(i))
		return err
	})
	perSecond = float64(n) / time.Since(start).Seconds()
	return perSecond, float64(heap()-before) / float64(n)
}

func heap() uint64 {
	runtime.GC()
	var s runtime.MemStats
	runtime.ReadMemStats(&s)
	return s.HeapAlloc
}

// coldJob has a process ask for tokens from a cold cache and say how many it got.
type coldJob struct {
	Store  storeAddress
	Keys   string
	Grants int
	From   int
	For    time.Duration
}

// workCold is the main function of such a process.
func workCold(text string) error {
	var j coldJob
	if err := json.Unmarshal([]byte(text), &j); err != nil {
		return err
	}
	store, err := j.Store.open()
	if err != nil {
		return err
	}
	keys, err := tokens.ParseKeys(j.Keys)
	if err != nil {
		return err
	}
	m, err := tokens.New(tokens.Config{Clients: []tokens.Refresher{&instant{}}, Store: store, Keys: keys})
	if err != nil {
		return err
	}
	ctx, stop := context.WithTimeout(context.Background(), j.For)
	defer stop()
	var next, got atomic.Int64
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for ctx.Err() == nil {
				i := (j.From + int(next.Add(1))) % j.Grants
				if _, err := m.Token(ctx, benchID(i)); err == nil {
					got.Add(1)
				}
			}
		})
	}
	wg.Wait()
	fmt.Println(got.Load())
	return m.Close(context.Background())
}

// BenchmarkProcesses measures how many tokens a second one to eight processes
// get out of one store, none of them cached. On a machine with few processors
// the database has to share them with its callers.
func BenchmarkProcesses(b *testing.B) {
	const grants, life = 100_000, 5 * time.Second
	for _, kind := range stores {
		b.Run(kind, func(b *testing.B) {
			key := tokens.NewKey("bench")
			keys, err := tokens.NewKeyRing(key)
			if err != nil {
				b.Fatal(err)
			}
			address, _ := benchStore(b, kind, keys, grants, 0)
			for _, processes := range []int{1, 2, 4, 8} {
				b.Run(fmt.Sprint(processes), func(b *testing.B) {
					for b.Loop() {
						got := fleetOf(b, processes, coldJob{Store: address, Keys: key.Encode(), Grants: grants, For: life})
						b.ReportMetric(float64(got)/life.Seconds(), "tokens/s")
					}
				})
			}
		})
	}
}

// fleetOf runs processes side by side and adds up what they got.
func fleetOf(b *testing.B, processes int, j coldJob) (total int64) {
	b.Helper()
	var wg sync.WaitGroup
	var sum atomic.Int64
	for i := range processes {
		j.From = i * j.Grants / processes
		text, err := json.Marshal(j)
		if err != nil {
			b.Fatal(err)
		}
		cmd := exec.CommandContext(b.Context(), os.Args[0])
		cmd.Env = append(os.Environ(), coldVar+"="+string(text))
		wg.Go(func() {
			out, err := cmd.Output()
			var n int64
			if err == nil {
				_, err = fmt.Sscan(string(out), &n)
			}
			if err != nil {
				b.Error(err)
			}
			sum.Add(n)
		})
	}
	wg.Wait()
	return sum.Load()
}
