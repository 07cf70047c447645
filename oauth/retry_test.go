package oauth_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/golokalise/lokalise/oauth"
)

// script answers request after request with the next handler, the last one
// again and again.
func script(hits *atomic.Int32, handlers ...http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n := int(hits.Add(1))
		handlers[min(n, len(handlers))-1](w, r)
	})
}

// away answers a status with a Retry-After header.
func away(status int, retryAfter string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if retryAfter != "" {
			w.Header().Set("Retry-After", retryAfter)
		}
		answer(status, `{"error":"slow_down"}`)(w, r)
	}
}

func TestRefreshOnceIsNotRepeated(t *testing.T) {
	t.Parallel()
	for name, handler := range map[string]http.HandlerFunc{"429": away(429, ""), "503": away(503, ""), "429 with Retry-After": away(429, "1")} {
		var hits atomic.Int32
		client := newClient(t, "http://localhost", using(memoryTransport(t, script(&hits, handler, answer(200, refreshAnswer)))))
		_, err := client.RefreshOnce(t.Context(), testRefrsh)
		if e := asError(t, err); hits.Load() != 1 || e.Tries != 1 {
			t.Errorf("%s: %d requests, %v", name, hits.Load(), err)
		}
		token, err := client.RefreshOnce(t.Context(), testRefrsh)
		if err != nil || token.RefreshToken != testRefrsh {
			t.Errorf("%s: then %v, %v", name, token, err)
		}
	}
}

func TestRefreshIsRepeatedAfter429And503(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		handlers      []http.HandlerFunc
		hits          int32
		ok            bool
		after, before time.Duration
	}{
		"429 once":                 {[]http.HandlerFunc{away(429, ""), answer(200, refreshAnswer)}, 2, true, 250 * time.Millisecond, 500 * time.Millisecond},
		"503 once":                 {[]http.HandlerFunc{away(503, ""), answer(200, refreshAnswer)}, 2, true, 250 * time.Millisecond, 500 * time.Millisecond},
		"both":                     {[]http.HandlerFunc{away(503, ""), away(429, ""), answer(200, refreshAnswer)}, 3, true, 750 * time.Millisecond, 1500 * time.Millisecond},
		"for ever":                 {[]http.HandlerFunc{away(503, "")}, 3, false, 750 * time.Millisecond, 1500 * time.Millisecond},
		"Retry-After in seconds":   {[]http.HandlerFunc{away(429, "7"), answer(200, refreshAnswer)}, 2, true, 7 * time.Second, 7250 * time.Millisecond},
		"Retry-After as a date":    {[]http.HandlerFunc{away(503, fixedNow.Add(4*time.Second).Format(http.TimeFormat)), answer(200, refreshAnswer)}, 2, true, 4 * time.Second, 4250 * time.Millisecond},
		"Retry-After of zero":      {[]http.HandlerFunc{away(429, "0"), answer(200, refreshAnswer)}, 2, true, 250 * time.Millisecond, 500 * time.Millisecond},
		"Retry-After in the past":  {[]http.HandlerFunc{away(429, "-5"), answer(200, refreshAnswer)}, 2, true, 250 * time.Millisecond, 500 * time.Millisecond},
		"Retry-After of words":     {[]http.HandlerFunc{away(429, "soon"), answer(200, refreshAnswer)}, 2, true, 250 * time.Millisecond, 500 * time.Millisecond},
		"Retry-After out of reach": {[]http.HandlerFunc{away(429, "11"), answer(200, refreshAnswer)}, 1, false, 0, 0},
		"then a 500":               {[]http.HandlerFunc{away(429, ""), answer(500, ``), answer(200, refreshAnswer)}, 2, false, 250 * time.Millisecond, 500 * time.Millisecond},
		"then a refusal":           {[]http.HandlerFunc{away(429, ""), answer(400, `{"error":"invalid_grant"}`), answer(200, refreshAnswer)}, 2, false, 250 * time.Millisecond, 500 * time.Millisecond},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				var hits atomic.Int32
				client := newClient(t, "http://localhost", using(memoryTransport(t, script(&hits, test.handlers...))))
				started := time.Now()
				_, err := client.Refresh(t.Context(), testRefrsh)
				took := time.Since(started)
				if (err == nil) != test.ok || hits.Load() != test.hits {
					t.Errorf("err = %v after %d requests, want %d", err, hits.Load(), test.hits)
				}
				if took < test.after || took > test.before {
					t.Errorf("took %s, want %s to %s", took, test.after, test.before)
				}
				if !test.ok && asError(t, err).Tries != int(test.hits) {
					t.Errorf("tries = %d", asError(t, err).Tries)
				}
			})
		})
	}
}

func TestRefreshReportsRetryAfter(t *testing.T) {
	t.Parallel()
	for header, want := range map[string]time.Duration{
		"90":                   90 * time.Second,
		"999999999999999999":   24 * time.Hour,
		"9999999999999999999":  0, // no number any more
		"":                     0,
		"1.5":                  0,
		"-1":                   0,
		"Fri, 01 Jan 2100 x":   0,
		"-9223372036854775808": 0,
		fixedNow.Add(time.Minute).Format(http.TimeFormat):  time.Minute,
		fixedNow.Add(-time.Minute).Format(http.TimeFormat): 0,
	} {
		srv := newServer(t, away(429, header))
		_, err := newClient(t, srv.URL).Exchange(t.Context(), testCode)
		if got := asError(t, err).RetryAfter; got != want {
			t.Errorf("%q: %s, want %s", header, got, want)
		}
	}
}

func TestPausesAreJittered(t *testing.T) {
	t.Parallel()
	for _, header := range []string{"", "1"} {
		synctest.Test(t, func(t *testing.T) {
			var hits atomic.Int32
			client := newClient(t, "http://localhost", using(memoryTransport(t, script(&hits, away(503, header)))))
			seen := map[time.Duration]bool{}
			for range 10 {
				started := time.Now()
				if _, err := client.Refresh(t.Context(), testRefrsh); err == nil {
					t.Fatal("no error")
				}
				seen[time.Since(started)] = true
			}
			if len(seen) < 5 { // of 10, each out of hundreds of millions
				t.Errorf("Retry-After %q: ten refreshes took %d different times", header, len(seen))
			}
		})
	}
}

func TestRefreshDoesNotWaitPastTheContext(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var hits atomic.Int32
		client := newClient(t, "http://localhost", using(memoryTransport(t, script(&hits, away(503, "5")))))
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
		defer cancel()
		started := time.Now()
		_, err := client.Refresh(ctx, testRefrsh)
		failure := asError(t, err)
		if failure.Status != 503 || failure.Ambiguous() || failure.RetryAfter != 5*time.Second {
			t.Errorf("err = %v", err)
		}
		if took := time.Since(started); took != 0 {
			t.Errorf("waited %s for a try that could not be made", took)
		}
	})
}

func TestACancelBetweenTwoTriesStopsAtOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var hits atomic.Int32
		client := newClient(t, "http://localhost", using(memoryTransport(t, script(&hits, away(503, "5")))))
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)
		started := time.Now()
		_, err := client.Refresh(ctx, testRefrsh)
		failure := asError(t, err)
		if failure.Status != 503 || failure.Ambiguous() || !errors.Is(err, context.Canceled) {
			t.Errorf("ambiguous = %v: %v", failure.Ambiguous(), err)
		}
		if took := time.Since(started); took != time.Second || hits.Load() != 1 {
			t.Errorf("%d requests in %s", hits.Load(), took)
		}
	})
}

// failingDial is a transport whose first dials fail before anything is sent.
func failingDial(t *testing.T, failures int, err error, handler http.Handler) (*http.Transport, *atomic.Int32) {
	t.Helper()
	transport := memoryTransport(t, handler)
	dial := transport.DialContext
	var dials atomic.Int32
	transport.DialContext = func(ctx context.Context, network, addr string) (net.Conn, error) {
		if int(dials.Add(1)) <= failures {
			return nil, err
		}
		return dial(ctx, network, addr)
	}
	return transport, &dials
}

func TestWhatWasNeverSentIsRepeated(t *testing.T) {
	t.Parallel()
	refused := &net.OpError{Op: "dial", Net: "tcp", Err: syscall.ECONNREFUSED}
	for _, call := range calls {
		for _, test := range []struct {
			name     string
			failures int
			dials    int32
			hits     int32
		}{
			{"one failed dial", 1, 2, 1},
			{"two failed dials", 2, 3, 1},
			{"dials that go on failing", 9, 3, 0},
		} {
			t.Run(call.name+", "+test.name, func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					var hits atomic.Int32
					transport, dials := failingDial(t, test.failures, refused, script(&hits, answer(200, exchangeAnswer)))
					_, err := call.do(t.Context(), newClient(t, "http://localhost", using(transport)))
					if dials.Load() != test.dials || hits.Load() != test.hits {
						t.Errorf("%d dials, %d requests; want %d and %d", dials.Load(), hits.Load(), test.dials, test.hits)
					}
					if test.hits == 1 {
						if err != nil {
							t.Errorf("err = %v", err)
						}
						return
					}
					failure := asError(t, err)
					if failure.Ambiguous() || failure.MaybeSent || !failure.Temporary() || !errors.Is(err, syscall.ECONNREFUSED) {
						t.Errorf("ambiguous = %v, maybe sent = %v: %v", failure.Ambiguous(), failure.MaybeSent, err)
					}
				})
			})
		}
	}
}

func TestAnExchangeLostAfterAFailedDialIsNotRepeated(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var hits atomic.Int32
		transport, dials := failingDial(t, 1, errors.New("no route"), script(&hits, lostAnswer))
		_, err := newClient(t, "http://localhost", using(transport)).Exchange(t.Context(), testCode)
		if failure := asError(t, err); !failure.Ambiguous() || failure.Tries != 2 {
			t.Errorf("ambiguous = %v after %d tries", failure.Ambiguous(), failure.Tries)
		}
		if dials.Load() != 2 || hits.Load() != 1 {
			t.Errorf("%d dials, %d requests", dials.Load(), hits.Load())
		}
	})
}

func TestADefaultTimeoutAppliesWhenTheCallerSetNone(t *testing.T) {
	t.Parallel()
	never := func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body) // the server looks for a hang-up only after the body
		<-r.Context().Done()
	}
	for name, test := range map[string]struct {
		context time.Duration
		client  time.Duration
		want    time.Duration
	}{
		"none":                {0, 0, oauth.DefaultTimeout},
		"shorter context":     {2 * time.Second, 0, 2 * time.Second},
		"longer context":      {2 * time.Minute, 0, 2 * time.Minute},
		"shorter HTTP client": {0, 5 * time.Second, 5 * time.Second},
		"longer HTTP client":  {0, 5 * time.Minute, 5 * time.Minute},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				var hits atomic.Int32
				client := newClient(t, "http://localhost", using(memoryTransport(t, script(&hits, never))),
					func(c *oauth.Config) { c.HTTPClient.Timeout = test.client })
				ctx := t.Context()
				if test.context > 0 {
					var cancel context.CancelFunc
					ctx, cancel = context.WithTimeout(ctx, test.context)
					defer cancel()
				}
				started := time.Now()
				_, err := client.Exchange(ctx, testCode)
				if took := time.Since(started); took != test.want {
					t.Errorf("took %s, want %s", took, test.want)
				}
				if failure := asError(t, err); !failure.Ambiguous() || !errors.Is(err, context.DeadlineExceeded) {
					t.Errorf("ambiguous = %v: %v", failure.Ambiguous(), err)
				}
			})
		})
	}
}
