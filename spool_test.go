package lokalise_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/golokalise/lokalise"
)

// bigPages serves pages that are larger than what fits into the buffers
// between server and client, so that an answer stays under way until it is
// read.
func bigPages(n int) http.HandlerFunc {
	const size, filler = 20, 12 << 10
	return func(w http.ResponseWriter, r *http.Request) {
		number := max(1, atoi(r.URL.Query().Get("page")))
		w.Header().Set("X-Pagination-Page", fmt.Sprint(number))
		w.Header().Set("X-Pagination-Page-Count", fmt.Sprint(n))
		_, _ = io.WriteString(w, `{"projects": [`)
		for i := range size {
			if i > 0 {
				_, _ = io.WriteString(w, ",")
			}
			_, err := fmt.Fprintf(w, `{"name": "%d", "description": "%s"}`, (number-1)*size+i, strings.Repeat("x", filler))
			if err != nil {
				return
			}
		}
		_, _ = io.WriteString(w, `]}`)
	}
}

// api answers lists with big pages and everything else with a project.
func api(n int) http.HandlerFunc {
	list := bigPages(n)
	return func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/projects") {
			list(w, r)
			return
		}
		answer(http.StatusOK, bareProject)(w, r)
	}
}

// Ten loops hold all ten slots with their pages, and the body of each needs one.
func TestTenLoopsThatCallTheAPIOnAClientCappedAtTenFinish(t *testing.T) {
	t.Parallel()
	for _, opts := range [][]lokalise.RequestOption{nil, {lokalise.NoPrefetch()}} {
		synctest.Test(t, func(t *testing.T) {
			client := newMemoryServer(t, api(2), lokalise.WithMaxInFlight(10))
			start := time.Now()
			together(10, func() {
				n := 0
				for _, err := range client.Projects.All(t.Context(), nil, opts...) {
					if err != nil {
						t.Error(err)
						return
					}
					if err := get(t.Context(), client); err != nil {
						t.Error(err)
						return
					}
					n++
				}
				if n != 40 {
					t.Errorf("%d items", n)
				}
			})
			if took := time.Since(start); took > 10*time.Second {
				t.Errorf("took %v", took)
			}
		})
	}
}

func TestBodyOfTheLoopMayTakeAnHour(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client := newMemoryServer(t, api(3), lokalise.WithMaxInFlight(1))
		n := 0
		for project, err := range client.Projects.All(t.Context(), nil) {
			if err != nil {
				t.Fatal(err)
			}
			if project.Name != fmt.Sprint(n) {
				t.Fatalf("got item %s, want %d", project.Name, n)
			}
			if n%7 == 0 {
				time.Sleep(time.Hour)
				// After a second the slot and the connection are free.
				if err := get(t.Context(), client, lokalise.NoWait()); err != nil {
					t.Fatal(err)
				}
			}
			n++
		}
		if n != 60 {
			t.Errorf("%d items", n)
		}
	})
}

func TestSlotIsKeptForASecondWithoutARead(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client := newMemoryServer(t, api(1), lokalise.WithMaxInFlight(1))
		for _, err := range client.Projects.All(t.Context(), nil) {
			if err != nil {
				t.Fatal(err)
			}
			time.Sleep(900 * time.Millisecond)
			if err := get(t.Context(), client, lokalise.NoWait()); !errors.Is(err, lokalise.ErrRateLimited) {
				t.Errorf("after 0.9 s: %v", err)
			}
			time.Sleep(200 * time.Millisecond)
			if err := get(t.Context(), client, lokalise.NoWait()); err != nil {
				t.Errorf("after 1.1 s: %v", err)
			}
			break
		}
	})
}

// The rest of a page that does not fit is an error with a position, not memory
// without bounds.
func TestSpoolIsBounded(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client := newMemoryServer(t, api(2), lokalise.WithMaxSpool(70<<10), lokalise.WithMaxInFlight(1))
		n := 0
		var last error
		for _, err := range client.Projects.All(t.Context(), nil) {
			if last = err; err != nil {
				break
			}
			if n++; n == 2 {
				time.Sleep(time.Minute)
				if err := get(t.Context(), client, lokalise.NoWait()); err != nil {
					t.Errorf("the slot is not free: %v", err)
				}
			}
		}
		var e *lokalise.PageError
		if !errors.As(last, &e) || e.Position != "page=1" || !strings.Contains(e.Error(), "WithMaxSpool") {
			t.Fatalf("after %d items: %v", n, last)
		}
		rest, err := collect(client.Projects.All(t.Context(), nil, lokalise.From(e.Position)))
		if err != nil || len(rest) != 40 {
			t.Errorf("%d items after it, %v", len(rest), err)
		}
	})
}

// What breaks while the loop is busy is told when the loop gets there.
func TestConnectionThatBreaksWhileSpooling(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client := newMemoryServer(t, func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, `{"projects": [{"name": "0"}`)
			w.(http.Flusher).Flush()
			time.Sleep(2 * time.Second)
			_, _ = io.WriteString(w, `, {"name": "1"}, {"na`)
			w.(http.Flusher).Flush()
			panic(http.ErrAbortHandler)
		}, lokalise.WithMaxAttempts(1))
		n := 0
		var last error
		for _, err := range client.Projects.All(t.Context(), nil) {
			if last = err; err != nil {
				break
			}
			n++
			time.Sleep(10 * time.Second)
		}
		if !errors.Is(last, io.ErrUnexpectedEOF) || n != 2 {
			t.Errorf("%d items, %v", n, last)
		}
	})
}

// Time that the body of the loop takes is not counted, time that the server
// takes is.
func TestTimeoutsCountOnlyTheTimeSpentReading(t *testing.T) {
	t.Parallel()
	slow := func(pause time.Duration) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.WriteString(w, `{"projects": [`)
			for i := range 10 {
				if i > 0 {
					_, _ = io.WriteString(w, ",")
				}
				_, _ = fmt.Fprintf(w, `{"name": "%d"}`, i)
				w.(http.Flusher).Flush()
				select {
				case <-time.After(pause):
				case <-r.Context().Done():
					return
				}
			}
			_, _ = io.WriteString(w, `]}`)
		}
	}
	opts := []lokalise.Option{lokalise.WithAttemptTimeout(10 * time.Second), lokalise.WithCallTimeout(20 * time.Second), lokalise.WithMaxAttempts(1)}
	synctest.Test(t, func(t *testing.T) {
		n := 0
		for _, err := range newMemoryServer(t, slow(time.Second), opts...).Projects.All(t.Context(), nil) {
			if err != nil {
				t.Fatalf("after %d items: %v", n, err)
			}
			time.Sleep(900 * time.Millisecond)
			n++
		}
		if n != 10 {
			t.Errorf("%d items", n)
		}
	})
	// Nor does the timer of a wait go on behind it.
	synctest.Test(t, func(t *testing.T) {
		client := newMemoryServer(t, slow(100*time.Millisecond), lokalise.WithAttemptTimeout(500*time.Millisecond), lokalise.WithMaxAttempts(1))
		for _, err := range client.Projects.All(t.Context(), nil) {
			if err != nil {
				t.Fatal(err)
			}
			time.Sleep(900 * time.Millisecond)
		}
	})
	for name, pause := range map[string]time.Duration{"each wait": 11 * time.Second, "all waits": 9 * time.Second} {
		synctest.Test(t, func(t *testing.T) {
			_, err := collect(newMemoryServer(t, slow(pause), opts...).Projects.All(t.Context(), nil))
			var timeout interface{ Timeout() bool }
			if !errors.As(err, &timeout) || !timeout.Timeout() {
				t.Errorf("%s: got %v", name, err)
			}
		})
	}
}

// With one slot, which the page under way holds, the next page must not stand
// in line for it before the calls of the loop's body.
func TestFetchingAheadTakesOnlyAFreeSlot(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client := newMemoryServer(t, api(2), lokalise.WithMaxInFlight(1))
		for _, err := range client.Projects.All(t.Context(), nil) {
			if err != nil {
				t.Fatal(err)
			}
			start := time.Now()
			if err := get(t.Context(), client); err != nil {
				t.Fatal(err)
			}
			if took := time.Since(start); took != time.Second {
				t.Errorf("the body of the loop got its slot after %v", took)
			}
			break
		}
	})
}
