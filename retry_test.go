package lokalise_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strconv"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/golokalise/lokalise"
)

func create(ctx context.Context, c *lokalise.Client, opts ...lokalise.RequestOption) error {
	_, err := c.Projects.Create(ctx, &lokalise.ProjectCreateRequest{Name: "Website"}, opts...)
	return err
}

func get(ctx context.Context, c *lokalise.Client, opts ...lokalise.RequestOption) error {
	_, err := c.Projects.Get(ctx, projectID, opts...)
	return err
}

// with adds headers to an answer.
func with(next http.HandlerFunc, headers ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		for i := 0; i < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		next(w, r)
	}
}

// hangUp reads the request and closes the connection without an answer.
func hangUp(w http.ResponseWriter, r *http.Request) {
	_, _ = io.Copy(io.Discard, r.Body)
	conn, _, err := w.(http.Hijacker).Hijack()
	if err != nil {
		panic(err)
	}
	_ = conn.Close()
}

// breakOff sends the beginning of an answer and closes the connection.
func breakOff(w http.ResponseWriter, r *http.Request) {
	_, _ = io.Copy(io.Discard, r.Body)
	w.Header().Set("Content-Length", "1000")
	_, _ = io.WriteString(w, `{"project_id": "p", `)
	w.(http.Flusher).Flush()
	panic(http.ErrAbortHandler)
}

func TestServerErrorIsRetriedWithGrowingPauses(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var at []time.Time
		client := newMemoryServer(t, func(w http.ResponseWriter, r *http.Request) {
			at = append(at, time.Now())
			answer(http.StatusBadGateway, "<html>bad gateway</html>")(w, r)
		})
		err := get(t.Context(), client)
		var e *lokalise.APIError
		if !errors.As(err, &e) || !errors.Is(err, lokalise.ErrServer) || e.Attempts != 4 || len(at) != 4 {
			t.Fatalf("%d requests, %v", len(at), err)
		}
		for i, longest := range []time.Duration{500 * time.Millisecond, time.Second, 2 * time.Second} {
			if pause := at[i+1].Sub(at[i]); pause < longest/2 || pause > longest {
				t.Errorf("pause %d was %v, want between %v and %v", i, pause, longest/2, longest)
			}
		}
	})
}

func TestPostIsNotRepeatedAfterItMayHaveBeenAccepted(t *testing.T) {
	t.Parallel()
	for name, handler := range map[string]http.HandlerFunc{
		"server error":      answer(http.StatusServiceUnavailable, ""),
		"no answer":         hangUp,
		"half an answer":    breakOff,
		"unreadable answer": answer(http.StatusOK, `{"project_id"`),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			counted, count := inTurn(handler)
			if err := create(t.Context(), newServer(t, counted)); err == nil || count.Load() != 1 {
				t.Errorf("%d requests, %v", count.Load(), err)
			}
		})
	}
}

// net/http sends a request again by itself when a kept connection fails; a
// POST must not be among those.
func TestPostOnAKeptConnectionIsNotRepeatedByTheTransport(t *testing.T) {
	t.Parallel()
	handler, count := inTurn(answer(http.StatusOK, bareProject), hangUp, answer(http.StatusOK, bareProject))
	client := newServer(t, handler)
	if err := get(t.Context(), client); err != nil {
		t.Fatal(err)
	}
	err := create(t.Context(), client)
	var e *lokalise.RequestError
	if !errors.As(err, &e) || !e.MayHaveSucceeded || e.Retryable() || count.Load() != 2 {
		t.Errorf("%d requests, %v", count.Load(), err)
	}
}

func TestReadIsRepeatedAfterABrokenConnection(t *testing.T) {
	t.Parallel()
	for name, handler := range map[string]http.HandlerFunc{"no answer": hangUp, "half an answer": breakOff} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				// Three failures, since net/http repeats one by itself.
				handler, count := inTurn(handler, handler, handler, answer(http.StatusOK, bareProject))
				client := newMemoryServer(t, handler, lokalise.WithMaxAttempts(5))
				if err := get(t.Context(), client); err != nil {
					t.Errorf("%d requests, %v", count.Load(), err)
				}
			})
		})
	}
}

func TestHalfAnAnswerIsAnErrorInTheEnd(t *testing.T) {
	t.Parallel()
	client := newServer(t, breakOff, lokalise.WithMaxAttempts(1))
	err := get(t.Context(), client)
	if !errors.Is(err, lokalise.ErrDecode) || !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("got %v", err)
	}
}

// failingDial fails to connect a number of times.
func failingDial(t *testing.T, handler http.HandlerFunc, failures int64) (*http.Client, *atomic.Int64) {
	inner := newMemoryTransport(t, handler)
	dial, count := inner.DialContext, new(atomic.Int64)
	inner.DialContext = func(ctx context.Context, network, addr string) (net.Conn, error) {
		if count.Add(1) <= failures {
			return nil, &net.OpError{Op: "dial", Net: network, Err: errors.New("connection refused")}
		}
		return dial(ctx, network, addr)
	}
	return &http.Client{Transport: inner}, count
}

func TestPostIsRepeatedWhenNothingWasSent(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		transport, dials := failingDial(t, answer(http.StatusOK, bareProject), 2)
		client := newClient(t, uniqueURL(), lokalise.WithHTTPClient(transport))
		if err := create(t.Context(), client); err != nil || dials.Load() != 3 {
			t.Errorf("%d dials, %v", dials.Load(), err)
		}
	})
}

func TestUnreachableServerIsAnErrorThatMayBeTriedAgain(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		transport, dials := failingDial(t, answer(http.StatusOK, bareProject), 100)
		client := newClient(t, uniqueURL(), lokalise.WithHTTPClient(transport))
		err := create(t.Context(), client)
		var e *lokalise.RequestError
		if !errors.As(err, &e) || e.MayHaveSucceeded || !e.Retryable() || e.Attempts != 4 || dials.Load() != 4 {
			t.Errorf("%d dials, %+v", dials.Load(), err)
		}
	})
}

var tooMany = answer(http.StatusTooManyRequests, `{"error":{"message":"Too many requests","code":429}}`)

func TestRefusalIsWaitedForWhateverTheMethod(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		refusal    http.HandlerFunc
		from, upTo time.Duration
	}{
		"429 with Retry-After": {with(tooMany, "Retry-After", "3", "X-Ratelimit-Reset", "1"), 3 * time.Second, 4 * time.Second},
		"429 with reset":       {with(tooMany, "X-Ratelimit-Reset", "2"), 2 * time.Second, 2500 * time.Millisecond},
		"429 with Unix time":   {with(tooMany, "X-Ratelimit-Reset", "1893456000"), 250 * time.Millisecond, time.Second},
		"429 alone":            {tooMany, 250 * time.Millisecond, time.Second},
		"423":                  {answer(http.StatusLocked, ""), 250 * time.Millisecond, time.Second},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				handler, count := inTurn(c.refusal, answer(http.StatusOK, bareProject))
				start := time.Now()
				err := create(t.Context(), newMemoryServer(t, handler))
				took := time.Since(start)
				if err != nil || count.Load() != 2 || took < c.from || took > c.upTo {
					t.Errorf("%d requests in %v, %v", count.Load(), took, err)
				}
			})
		})
	}
}

func TestRetryAfterAsADate(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		date := time.Now().Add(5 * time.Second).UTC().Format(http.TimeFormat)
		handler, _ := inTurn(with(tooMany, "Retry-After", date), answer(http.StatusOK, bareProject))
		start := time.Now()
		err := get(t.Context(), newMemoryServer(t, handler))
		if took := time.Since(start); err != nil || took < 5*time.Second || took > 7*time.Second {
			t.Errorf("took %v, %v", took, err)
		}
	})
}

func TestRefusalIsReturnedWhenTheWaitIsTooLong(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		seconds int
		client  []lokalise.Option
		call    []lokalise.RequestOption
	}{
		"default":     {seconds: 61},
		"ten years":   {seconds: 10 * 365 * 86400},
		"WithMaxWait": {seconds: 6, client: []lokalise.Option{lokalise.WithMaxWait(5 * time.Second)}},
		"NoWait":      {seconds: 1, call: []lokalise.RequestOption{lokalise.NoWait()}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				handler, count := inTurn(with(tooMany, "Retry-After", strconv.Itoa(c.seconds)), answer(http.StatusOK, bareProject))
				start := time.Now()
				err := get(t.Context(), newMemoryServer(t, handler, c.client...), c.call...)
				var e *lokalise.APIError
				if !errors.As(err, &e) || !errors.Is(err, lokalise.ErrRateLimited) || e.RetryAfter != time.Duration(min(c.seconds, 86400))*time.Second {
					t.Fatalf("got %v", err)
				}
				if took := time.Since(start); took != 0 || count.Load() != 1 || !e.Retryable() {
					t.Errorf("%d requests in %v", count.Load(), took)
				}
			})
		})
	}
}

func TestServerErrorThatAsksForALongWaitIsReturned(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		handler, count := inTurn(with(answer(http.StatusServiceUnavailable, ""), "Retry-After", "3600"))
		client := newMemoryServer(t, handler, lokalise.WithCallTimeout(0))
		start := time.Now()
		err := get(t.Context(), client)
		if !errors.Is(err, lokalise.ErrServer) || count.Load() != 1 || time.Since(start) != 0 {
			t.Errorf("%d requests in %v, %v", count.Load(), time.Since(start), err)
		}
	})
}

func TestServerErrorWithRetryAfterIsWaitedFor(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		handler, _ := inTurn(with(answer(http.StatusServiceUnavailable, ""), "Retry-After", "20"), answer(http.StatusOK, bareProject))
		start := time.Now()
		err := get(t.Context(), newMemoryServer(t, handler))
		if took := time.Since(start); err != nil || took != 20*time.Second {
			t.Errorf("took %v, %v", took, err)
		}
	})
}

func TestEndlessRefusalsEndWithMaxWait(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		err := get(t.Context(), newMemoryServer(t, tooMany))
		took := time.Since(start)
		if !errors.Is(err, lokalise.ErrRateLimited) || took < 30*time.Second || took > time.Minute {
			t.Errorf("took %v, %v", took, err)
		}
	})
}

func TestNotImplementedIsNotRetried(t *testing.T) {
	t.Parallel()
	handler, count := inTurn(answer(http.StatusNotImplemented, ""))
	if err := get(t.Context(), newServer(t, handler)); !errors.Is(err, lokalise.ErrServer) || count.Load() != 1 {
		t.Errorf("%d requests, %v", count.Load(), err)
	}
}

// silent does not answer before the client gives up.
func silent(_ http.ResponseWriter, r *http.Request) {
	_, _ = io.Copy(io.Discard, r.Body)
	<-r.Context().Done()
}

func TestAttemptTimeout(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		handler, count := inTurn(silent, answer(http.StatusOK, bareProject))
		client := newMemoryServer(t, handler, lokalise.WithAttemptTimeout(10*time.Second))
		start := time.Now()
		err := get(t.Context(), client)
		if took := time.Since(start); err != nil || count.Load() != 2 || took < 10*time.Second || took > 11*time.Second {
			t.Errorf("%d requests in %v, %v", count.Load(), took, err)
		}
	})
}

func TestTimeoutOfTheHTTPClientBoundsAnAttempt(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		hc := &http.Client{Transport: newMemoryTransport(t, http.HandlerFunc(silent)), Timeout: 3 * time.Second}
		client := newClient(t, uniqueURL(), lokalise.WithHTTPClient(hc))
		start := time.Now()
		err := create(t.Context(), client)
		var timeout interface{ Timeout() bool }
		if !errors.Is(err, context.DeadlineExceeded) || !errors.As(err, &timeout) || !timeout.Timeout() {
			t.Errorf("got %v", err)
		}
		if took := time.Since(start); took != 3*time.Second {
			t.Errorf("took %v", took)
		}
	})
}

func TestCallTimeoutBoundsAllAttempts(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client := newMemoryServer(t, silent, lokalise.WithAttemptTimeout(10*time.Second), lokalise.WithCallTimeout(25*time.Second))
		start := time.Now()
		err := get(t.Context(), client)
		if took := time.Since(start); !errors.Is(err, context.DeadlineExceeded) || took > 25*time.Second {
			t.Errorf("took %v, %v", took, err)
		}
	})
}

func TestStalledBodyTimesOut(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client := newMemoryServer(t, func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.WriteString(w, `{"project_id": "p", `)
			w.(http.Flusher).Flush()
			<-r.Context().Done()
		}, lokalise.WithAttemptTimeout(10*time.Second), lokalise.WithMaxAttempts(1))
		start := time.Now()
		err := get(t.Context(), client)
		if took := time.Since(start); !errors.Is(err, context.DeadlineExceeded) || took != 10*time.Second {
			t.Errorf("took %v, %v", took, err)
		}
	})
}

// A body that comes slowly but steadily is no stall; the call's time bounds it.
func TestDrippingBodyIsBoundedByTheCallTimeout(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client := newMemoryServer(t, func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.WriteString(w, `{"name": "`)
			for r.Context().Err() == nil {
				_, _ = io.WriteString(w, "x")
				w.(http.Flusher).Flush()
				select {
				case <-time.After(5 * time.Second):
				case <-r.Context().Done():
				}
			}
		}, lokalise.WithMaxAttempts(1), lokalise.WithCallTimeout(time.Minute))
		start := time.Now()
		err := get(t.Context(), client)
		if took := time.Since(start); !errors.Is(err, context.DeadlineExceeded) || took != time.Minute {
			t.Errorf("took %v, %v", took, err)
		}
	})
}

func TestShortDeadlineReturnsTheServersError(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		defer cancel()
		start := time.Now()
		err := get(ctx, newMemoryServer(t, answer(http.StatusBadGateway, "")))
		if !errors.Is(err, lokalise.ErrServer) || time.Since(start) != 0 {
			t.Errorf("after %v: %v", time.Since(start), err)
		}
	})
}

func TestCanceledWhileWaiting(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		why := errors.New("the user left")
		ctx, cancel := context.WithCancelCause(t.Context())
		go func() {
			time.Sleep(100 * time.Millisecond)
			cancel(why)
		}()
		err := get(ctx, newMemoryServer(t, answer(http.StatusBadGateway, "")))
		if !errors.Is(err, context.Canceled) || !errors.Is(err, why) {
			t.Errorf("got %v", err)
		}
	})
}
