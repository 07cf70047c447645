package lokalise_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/golokalise/lokalise"
)

// limited returns options for a client with the default limits that talks to
// handler under the given base URL.
func limited(t *testing.T, handler http.HandlerFunc, base string, opts ...lokalise.Option) *lokalise.Client {
	t.Helper()
	all := []lokalise.Option{
		lokalise.WithBaseURL(base),
		lokalise.WithHTTPClient(&http.Client{Transport: newMemoryTransport(t, handler)}),
	}
	client, err := lokalise.New(append(all, withTestToken(opts)...)...)
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// arrivals notes when requests arrive.
type arrivals struct {
	mu sync.Mutex
	at []time.Time
}

func (a *arrivals) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a.mu.Lock()
	a.at = append(a.at, time.Now())
	a.mu.Unlock()
	answer(http.StatusOK, bareProject)(w, r)
}

// most returns the largest number of arrivals in any span of a length.
func (a *arrivals) most(span time.Duration) int {
	a.mu.Lock()
	defer a.mu.Unlock()
	most := 0
	for i, first := range a.at {
		n := 0
		for _, at := range a.at[i:] {
			if at.Sub(first) < span {
				n++
			}
		}
		most = max(most, n)
	}
	return most
}

// together calls f n times at once.
func together(n int, f func()) {
	var wg sync.WaitGroup
	for range n {
		wg.Go(f)
	}
	wg.Wait()
}

func TestSixRequestsASecondAndNoMore(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var seen arrivals
		client := limited(t, seen.ServeHTTP, uniqueURL())
		start := time.Now()
		together(6, func() { _ = get(t.Context(), client) })
		if took := time.Since(start); took != 0 {
			t.Errorf("the first six took %v", took)
		}
		together(30, func() {
			if err := get(t.Context(), client); err != nil {
				t.Error(err)
			}
		})
		if n := seen.most(time.Second); n != 6 {
			t.Errorf("%d requests in one second", n)
		}
		if took := time.Since(start); took < 5*time.Second || took > 6*time.Second {
			t.Errorf("36 requests took %v", took)
		}
	})
}

func TestClientsWithOneCredentialShareTheLimit(t *testing.T) {
	t.Parallel()
	keyed := func(key string) lokalise.Option { return lokalise.WithTokenSource(keyedSource{key}) }
	alone := func() lokalise.Option {
		return lokalise.WithTokenSource(sourceFunc(func(context.Context) (string, error) { return "t", nil }))
	}
	cases := map[string]struct {
		a, b   lokalise.Option
		egress string
		most   int
	}{
		"same token":                   {lokalise.WithAPIToken("one"), lokalise.WithAPIToken("one"), "elsewhere", 6},
		"same LimitKey":                {keyed("account"), keyed("account"), "elsewhere", 6},
		"another token, same address":  {lokalise.WithAPIToken("one"), lokalise.WithAPIToken("two"), "", 6},
		"another token and address":    {lokalise.WithAPIToken("one"), lokalise.WithAPIToken("two"), "elsewhere", 12},
		"another LimitKey and address": {keyed("account"), keyed("other"), "elsewhere", 12},
		"sources without LimitKey":     {alone(), alone(), "elsewhere", 12},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				var seen arrivals
				base := uniqueURL()
				clients := []*lokalise.Client{
					limited(t, seen.ServeHTTP, base, c.a),
					limited(t, seen.ServeHTTP, base, c.b, lokalise.WithEgress(c.egress)),
				}
				var wg sync.WaitGroup
				for _, client := range clients {
					wg.Go(func() {
						together(12, func() {
							if err := get(t.Context(), client); err != nil {
								t.Error(err)
							}
						})
					})
				}
				wg.Wait()
				if n := seen.most(time.Second); n != c.most {
					t.Errorf("%d requests in one second, want %d", n, c.most)
				}
			})
		})
	}
}

// keyedSource gives another token each time, for the same account.
type keyedSource struct{ key string }

func (s keyedSource) Token(context.Context) (string, error) {
	return strings.ReplaceAll(time.Now().Format("150405.000000000"), ".", ""), nil
}

func (s keyedSource) LimitKey() string { return s.key }

func TestCallThatMayNotWaitSaysWhenToComeBack(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var seen arrivals
		client := limited(t, seen.ServeHTTP, uniqueURL())
		together(6, func() { _ = get(t.Context(), client) })
		start := time.Now()
		for name, option := range map[string]lokalise.RequestOption{
			"NoWait":  lokalise.NoWait(),
			"MaxWait": lokalise.MaxWait(500 * time.Millisecond),
		} {
			err := get(t.Context(), client, option)
			var e *lokalise.LimitError
			if !errors.As(err, &e) || !errors.Is(err, lokalise.ErrRateLimited) {
				t.Fatalf("%s: got %v", name, err)
			}
			if e.Wait < time.Second || e.Wait > 1100*time.Millisecond || !e.RetryAt.Equal(start.Add(e.Wait)) {
				t.Errorf("%s: wait %v, retry at %v", name, e.Wait, e.RetryAt)
			}
		}
		if time.Since(start) != 0 || len(seen.at) != 6 {
			t.Errorf("%d requests, the last after %v", len(seen.at), time.Since(start))
		}
		time.Sleep(1100 * time.Millisecond)
		if err := get(t.Context(), client, lokalise.NoWait()); err != nil {
			t.Error(err)
		}
	})
}

func TestDeadlineThatCannotBeMetFailsAtOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var seen arrivals
		client := limited(t, seen.ServeHTTP, uniqueURL())
		together(6, func() { _ = get(t.Context(), client) })
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		defer cancel()
		start := time.Now()
		err := get(ctx, client)
		if !errors.Is(err, context.DeadlineExceeded) || !errors.Is(err, lokalise.ErrRateLimited) || time.Since(start) != 0 {
			t.Errorf("after %v: %v", time.Since(start), err)
		}
	})
}

func TestCanceledWaitGivesItsTurnBack(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var seen arrivals
		client := limited(t, seen.ServeHTTP, uniqueURL())
		together(6, func() { _ = get(t.Context(), client) })
		ctx, cancel := context.WithCancel(t.Context())
		go func() {
			time.Sleep(10 * time.Millisecond)
			cancel()
		}()
		together(60, func() {
			if err := get(ctx, client); !errors.Is(err, context.Canceled) {
				t.Errorf("got %v", err)
			}
		})
		start := time.Now()
		if err := get(t.Context(), client); err != nil || time.Since(start) > 1100*time.Millisecond {
			t.Errorf("after %v: %v", time.Since(start), err)
		}
	})
}

func TestLimiterFollowsTheRateHeaders(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		headers []string
		most    int
		// second is how long the second request waits after the first.
		second time.Duration
	}{
		"as recorded": {[]string{"X-Ratelimit-Limit", "10, 10;w=1, 10;w=1", "X-Ratelimit-Remaining", "9", "X-Ratelimit-Reset", "1"}, 6, 0},
		"lower limit": {[]string{"X-Ratelimit-Limit", "2, 2;w=1", "X-Ratelimit-Remaining", "1", "X-Ratelimit-Reset", "1"}, 2, 0},
		"used up":     {[]string{"X-Ratelimit-Limit", "10", "X-Ratelimit-Remaining", "0", "X-Ratelimit-Reset", "4"}, 1, 4 * time.Second},
		"nonsense":    {[]string{"X-Ratelimit-Limit", "many", "X-Ratelimit-Remaining", "0", "X-Ratelimit-Reset", "soon"}, 6, 0},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				var seen arrivals
				client := limited(t, with(seen.ServeHTTP, c.headers...), uniqueURL())
				start := time.Now()
				for range 2 {
					if err := get(t.Context(), client); err != nil {
						t.Fatal(err)
					}
				}
				if took := time.Since(start); took != c.second {
					t.Errorf("the second request waited %v, want %v", took, c.second)
				}
				for range 10 {
					if err := get(t.Context(), client); err != nil {
						t.Fatal(err)
					}
				}
				if n := seen.most(time.Second); n != c.most {
					t.Errorf("%d requests in one second, want %d", n, c.most)
				}
			})
		})
	}
}

func TestRefusalHoldsBackTheOtherCallsToo(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var seen arrivals
		handler, _ := inTurn(with(tooMany, "Retry-After", "5"), seen.ServeHTTP)
		client := limited(t, handler, uniqueURL())
		start := time.Now()
		done := make(chan error)
		go func() { done <- get(t.Context(), client) }()
		time.Sleep(time.Second)
		if err := get(t.Context(), client); err != nil || time.Since(start) < 5*time.Second {
			t.Errorf("after %v: %v", time.Since(start), err)
		}
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
}

func TestTenRequestsAtOnceForAProject(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		inFlight, most := map[string]int{}, map[string]int{}
		handler := func(w http.ResponseWriter, r *http.Request) {
			project, _, _ := strings.Cut(r.URL.Path, ":") // a branch belongs to its project
			mu.Lock()
			inFlight[project]++
			most[project] = max(most[project], inFlight[project])
			mu.Unlock()
			time.Sleep(time.Second)
			mu.Lock()
			inFlight[project]--
			mu.Unlock()
			answer(http.StatusOK, bareProject)(w, r)
		}
		base := uniqueURL()
		a := limited(t, handler, base, lokalise.WithRateLimit(0))
		b := limited(t, handler, base, lokalise.WithRateLimit(0), lokalise.WithAPIToken("other"))
		start := time.Now()
		ids := []lokalise.ProjectID{"p", lokalise.ProjectID("p").Branch("x"), "q"}
		var wg sync.WaitGroup
		for i := range 60 {
			wg.Go(func() {
				if _, err := []*lokalise.Client{a, b}[i%2].Projects.Get(t.Context(), ids[i%3]); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if most[prefix+"/api2/projects/p"] != 10 || most[prefix+"/api2/projects/q"] != 10 {
			t.Errorf("in flight: %v", most)
		}
		if took := time.Since(start); took != 4*time.Second {
			t.Errorf("40 requests for one project took %v", took)
		}
	})
}

func TestCapOnTheClient(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		slow := func(w http.ResponseWriter, r *http.Request) {
			time.Sleep(time.Second)
			answer(http.StatusOK, bareProject)(w, r)
		}
		client := limited(t, slow, uniqueURL(), lokalise.WithRateLimit(0), lokalise.WithMaxInFlight(3))
		start := time.Now()
		together(9, func() {
			if err := get(t.Context(), client); err != nil {
				t.Error(err)
			}
		})
		if took := time.Since(start); took != 3*time.Second {
			t.Errorf("took %v", took)
		}
		go together(3, func() { _ = get(t.Context(), client) })
		time.Sleep(100 * time.Millisecond)
		err := get(t.Context(), client, lokalise.NoWait())
		var e *lokalise.LimitError
		if !errors.As(err, &e) || !e.RetryAt.IsZero() {
			t.Errorf("got %v", err)
		}
		time.Sleep(time.Second)
	})
}

// ownLimiter is a limiter that a user brings.
type ownLimiter struct {
	mu      sync.Mutex
	waits   []lokalise.Reservation
	reports []lokalise.RateState
}

func (l *ownLimiter) Wait(_ context.Context, r lokalise.Reservation) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.waits = append(l.waits, r)
	return nil
}

func (l *ownLimiter) Report(_ context.Context, _ lokalise.Reservation, s lokalise.RateState) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.reports = append(l.reports, s)
}

func TestOwnLimiterIsAskedAndTold(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		own := new(ownLimiter)
		handler, _ := inTurn(with(tooMany, "Retry-After", "2"), answer(http.StatusOK, bareProject))
		client := limited(t, handler, uniqueURL(), lokalise.WithLimiter(own), lokalise.WithRateLimit(4), lokalise.WithMaxWait(10*time.Second))
		if err := get(t.Context(), client); err != nil {
			t.Fatal(err)
		}
		if len(own.waits) != 2 || len(own.reports) != 1 {
			t.Fatalf("%d waits, %d reports", len(own.waits), len(own.reports))
		}
		first, second := own.waits[0], own.waits[1]
		if first.PerSecond != 4 || first.MaxWait != 10*time.Second || first.Credential == "" || first.Address == "" {
			t.Errorf("first wait for %+v", first)
		}
		if second.MaxWait > 8*time.Second || second.Credential != first.Credential {
			t.Errorf("second wait for %+v", second)
		}
		if strings.Contains(first.Credential, testToken) {
			t.Error("the reservation shows the token")
		}
		if r := own.reports[0]; !r.Refused || r.Wait < 2*time.Second {
			t.Errorf("report %+v", r)
		}
	})
}
