package lokalise_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/golokalise/lokalise"
)

// pages serves n pages of size projects each, named by their place in the
// list, as API v2 pages its lists.
type pages struct {
	n, size int
	mu      sync.Mutex
	asked   []string // the queries
}

func (p *pages) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	p.asked = append(p.asked, r.URL.RawQuery)
	p.mu.Unlock()
	number := max(1, atoi(r.URL.Query().Get("page")))
	w.Header().Set("X-Pagination-Page", strconv.Itoa(number))
	w.Header().Set("X-Pagination-Page-Count", strconv.Itoa(p.n))
	answer(http.StatusOK, p.body(number))(w, r)
}

func (p *pages) body(number int) string {
	var items []string
	if number <= p.n {
		for i := range p.size {
			items = append(items, fmt.Sprintf(`{"name": "%d"}`, (number-1)*p.size+i))
		}
	}
	return `{"projects": [` + strings.Join(items, ",") + `]}`
}

func (p *pages) queries() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return strings.Join(p.asked, " ")
}

func atoi(text string) int {
	n, _ := strconv.Atoi(text)
	return n
}

// names returns the names of projects, separated by spaces.
func names(projects []lokalise.Project) string {
	var all []string
	for _, p := range projects {
		all = append(all, p.Name)
	}
	return strings.Join(all, " ")
}

func TestAllGoesThroughEveryPage(t *testing.T) {
	t.Parallel()
	cases := []struct {
		n, size int
		options *lokalise.ProjectListOptions
		names   string
		queries string
	}{
		{0, 2, nil, "", ""},
		{1, 0, nil, "", ""},
		{1, 2, nil, "0 1", ""},
		{2, 2, nil, "0 1 2 3", " page=2"},
		{3, 1, &lokalise.ProjectListOptions{Limit: 1}, "0 1 2", "limit=1 page=2&limit=1 page=3&limit=1"},
		{3, 1, &lokalise.ProjectListOptions{Page: 2, TeamID: 7}, "1 2", "filter_team_id=7&page=2 filter_team_id=7&page=3"},
	}
	for _, prefetch := range []bool{true, false} {
		var opts []lokalise.RequestOption
		if !prefetch {
			opts = append(opts, lokalise.NoPrefetch())
		}
		for _, c := range cases {
			t.Run(fmt.Sprintf("%d pages of %d, prefetch %v", c.n, c.size, prefetch), func(t *testing.T) {
				t.Parallel()
				p := &pages{n: c.n, size: c.size}
				all := newServer(t, p.ServeHTTP).Projects.All(t.Context(), c.options, opts...)
				for range 2 { // an iterator can be used again
					got, err := collect(all)
					if err != nil || names(got) != c.names {
						t.Errorf("got %q, %v", names(got), err)
					}
				}
				if want := c.queries + " " + c.queries; p.queries() != want {
					t.Errorf("asked for %q, want %q", p.queries(), want)
				}
			})
		}
	}
}

func TestListWithoutPagingHeadersHasOnePage(t *testing.T) {
	t.Parallel()
	handler, count := inTurn(answer(http.StatusOK, `{"projects": [{"name": "a"}, {"name": "b"}]}`))
	got, err := collect(newServer(t, handler).Projects.All(t.Context(), nil))
	if err != nil || names(got) != "a b" || count.Load() != 1 {
		t.Errorf("%d requests, %q, %v", count.Load(), names(got), err)
	}
}

func TestNextPageIsAskedForWhileThisOneIsUsed(t *testing.T) {
	t.Parallel()
	for _, prefetch := range []bool{true, false} {
		synctest.Test(t, func(t *testing.T) {
			p := &pages{n: 3, size: 2}
			client := newMemoryServer(t, p.ServeHTTP)
			opts, want := []lokalise.RequestOption{lokalise.NoPrefetch()}, ""
			if prefetch {
				opts, want = nil, " page=2"
			}
			for _, err := range client.Projects.All(t.Context(), nil, opts...) {
				synctest.Wait()
				if err != nil || p.queries() != want {
					t.Errorf("prefetch %v: asked for %q, %v", prefetch, p.queries(), err)
				}
				break
			}
		})
	}
}

// A page that never ends gives its items all the same: no more than one of them
// is held at a time, whatever the size of the page.
func TestItemsComeOutOfAPageThatNeverEnds(t *testing.T) {
	t.Parallel()
	var sent atomic.Int64
	client := newServer(t, func(w http.ResponseWriter, _ *http.Request) {
		filler := strings.Repeat("x", 64<<10)
		_, err := io.WriteString(w, `{"projects": [{}`)
		for err == nil {
			_, err = fmt.Fprintf(w, `, {"description": "%s"}`, filler)
			sent.Add(1)
		}
	})
	n := int64(0)
	for _, err := range client.Projects.All(t.Context(), nil) {
		if err != nil {
			t.Fatal(err)
		}
		// What is under way fits into the buffers of the sockets.
		if ahead := sent.Load() - n; ahead > 512 {
			t.Fatalf("item %d, and %d more were taken from the server", n, ahead)
		}
		if n++; n == 2000 {
			break
		}
	}
}

// A synctest bubble fails when a goroutine is left at its end, and these ended
// only because the loop did.
func TestNothingIsLeftWhenTheLoopEnds(t *testing.T) {
	t.Parallel()
	ends := map[string]func(t *testing.T, all func(func(*lokalise.Project, error) bool)){
		"break in the first page": func(t *testing.T, all func(func(*lokalise.Project, error) bool)) {
			for _, err := range all {
				if err != nil {
					t.Error(err)
				}
				break
			}
		},
		"break after a while": func(t *testing.T, all func(func(*lokalise.Project, error) bool)) {
			for _, err := range all {
				if err != nil {
					t.Error(err)
				}
				time.Sleep(time.Minute)
				break
			}
		},
		"panic": func(t *testing.T, all func(func(*lokalise.Project, error) bool)) {
			defer func() {
				if recover() == nil {
					t.Error("the panic did not arrive")
				}
			}()
			for _, err := range all {
				panic(fmt.Sprint("in the loop: ", err))
			}
		},
	}
	for name, end := range ends {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				// The second page never comes, so the goroutine is waiting for it.
				p := &pages{n: 3, size: 2}
				client := newMemoryServer(t, func(w http.ResponseWriter, r *http.Request) {
					if r.URL.Query().Get("page") == "2" {
						silent(w, r)
						return
					}
					p.ServeHTTP(w, r)
				}, lokalise.WithAttemptTimeout(0), lokalise.WithCallTimeout(0), lokalise.WithMaxInFlight(2))
				start := time.Now()
				end(t, client.Projects.All(t.Context(), nil))
				if took := time.Since(start); took > time.Minute {
					t.Errorf("took %v", took)
				}
				// Connection and slots are free again.
				if err := get(t.Context(), client, lokalise.NoWait()); err != nil {
					t.Error(err)
				}
			})
		})
	}
}

func TestServerThatRepeatsAPageIsAnError(t *testing.T) {
	t.Parallel()
	handler := with(answer(http.StatusOK, `{"projects": [{"name": "a"}]}`), "X-Pagination-Page", "1", "X-Pagination-Page-Count", "9")
	counted, count := inTurn(handler)
	got, err := collect(newServer(t, counted).Projects.All(t.Context(), nil))
	if !errors.Is(err, lokalise.ErrRepeatedPage) || names(got) != "a" || count.Load() != 2 {
		t.Errorf("%d requests, %q, %v", count.Load(), names(got), err)
	}
}

func TestListThatBecomesShorterEnds(t *testing.T) {
	t.Parallel()
	first := with(answer(http.StatusOK, `{"projects": [{"name": "a"}]}`), "X-Pagination-Page", "1", "X-Pagination-Page-Count", "3")
	for name, rest := range map[string]http.HandlerFunc{
		"an empty page":        with(answer(http.StatusOK, `{"projects": []}`), "X-Pagination-Page", "2", "X-Pagination-Page-Count", "3"),
		"an empty page, alone": with(answer(http.StatusOK, `{"projects": []}`), "X-Pagination-Page", "2", "X-Pagination-Page-Count", "1"),
		"the last page":        with(answer(http.StatusOK, `{"projects": []}`), "X-Pagination-Page", "1", "X-Pagination-Page-Count", "1"),
	} {
		handler, count := inTurn(first, rest, rest, rest)
		got, err := collect(newServer(t, handler).Projects.All(t.Context(), nil, lokalise.NoPrefetch()))
		if err != nil || names(got) != "a" || count.Load() != 2 {
			t.Errorf("%s: %d requests, %q, %v", name, count.Load(), names(got), err)
		}
	}
}

func TestPageThatBreaksTellsItsPosition(t *testing.T) {
	t.Parallel()
	broken := func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Pagination-Page", "2")
		w.Header().Set("X-Pagination-Page-Count", "3")
		_, _ = w.Write([]byte(`{"projects": [{"name": "2"}, `))
		w.(http.Flusher).Flush()
		panic(http.ErrAbortHandler)
	}
	for name, second := range map[string]http.HandlerFunc{
		"broken":     broken,
		"refused":    answer(http.StatusForbidden, ""),
		"unreadable": with(answer(http.StatusOK, `{"projects": [{"name": "2"}, 7]}`), "X-Pagination-Page", "2", "X-Pagination-Page-Count", "3"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := &pages{n: 3, size: 2}
			var mended atomic.Bool
			client := newServer(t, func(w http.ResponseWriter, r *http.Request) {
				if !mended.Load() && r.URL.Query().Get("page") == "2" {
					second(w, r)
					return
				}
				p.ServeHTTP(w, r)
			}, lokalise.WithMaxAttempts(1))
			options := &lokalise.ProjectListOptions{Limit: 2}
			got, err := collect(client.Projects.All(t.Context(), options))
			var e *lokalise.PageError
			if !errors.As(err, &e) || e.Position != "limit=2&page=2" {
				t.Fatalf("got %v", err)
			}
			if !strings.HasPrefix(names(got), "0 1") {
				t.Errorf("before the break: %q", names(got))
			}
			mended.Store(true)
			// The position brings its own limit.
			rest, err := collect(client.Projects.All(t.Context(), nil, lokalise.From(e.Position)))
			if err != nil || names(rest) != "2 3 4 5" {
				t.Errorf("after it: %q, %v", names(rest), err)
			}
			if !strings.Contains(p.queries(), "page=2&limit=2") {
				t.Errorf("asked for %q", p.queries())
			}
		})
	}
}

func TestErrorBeforeTheFirstItemIsThatOfList(t *testing.T) {
	t.Parallel()
	_, err := collect(newServer(t, answer(http.StatusNotFound, "")).Projects.All(t.Context(), nil))
	var page *lokalise.PageError
	if !errors.Is(err, lokalise.ErrNotFound) || errors.As(err, &page) {
		t.Errorf("got %v", err)
	}
}

func TestPositionIsKnownBeforeEachItem(t *testing.T) {
	t.Parallel()
	p := &pages{n: 2, size: 2}
	client := newServer(t, p.ServeHTTP)
	var position string
	var response lokalise.Response
	var seen []string
	for project, err := range client.Projects.All(t.Context(), nil, lokalise.PositionInto(&position), lokalise.ResponseInto(&response)) {
		if err != nil {
			t.Fatal(err)
		}
		seen = append(seen, fmt.Sprintf("%s at %s, page %d", project.Name, position, response.Page.Number.Or(0)))
	}
	want := "[0 at page=1, page 1 1 at page=1, page 1 2 at page=2, page 2 3 at page=2, page 2]"
	if got := fmt.Sprint(seen); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestPositionOfAnotherListIsRefused(t *testing.T) {
	t.Parallel()
	handler, count := inTurn(answer(http.StatusOK, `{"projects": []}`))
	client := newServer(t, handler)
	for _, position := range []string{"cursor=abc", "page=0", "page=-1", "page=x", "limit=3", "page=1&limit=-2", "page=1&cursor=a", "%zz"} {
		_, err := collect(client.Projects.All(t.Context(), nil, lokalise.From(position)))
		if !errors.Is(err, lokalise.ErrInvalidRequest) {
			t.Errorf("%q: got %v", position, err)
		}
	}
	if count.Load() != 0 {
		t.Errorf("%d requests were sent", count.Load())
	}
}

func TestCanceledContextEndsTheLoop(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := &pages{n: 100, size: 2}
		client := newMemoryServer(t, p.ServeHTTP)
		ctx, cancel := context.WithCancel(t.Context())
		n := 0
		var last error
		for _, err := range client.Projects.All(ctx, nil) {
			if last = err; err != nil {
				break
			}
			if n++; n == 3 {
				cancel()
			}
		}
		if !errors.Is(last, context.Canceled) || n > 6 {
			t.Errorf("%d items, %v", n, last)
		}
		cancel()
	})
}

// The iterator's goroutine must not share anything with others that range over
// the same sequence.
func TestIteratorMayRunManyTimesAtOnce(t *testing.T) {
	t.Parallel()
	p := &pages{n: 5, size: 3}
	all := newServer(t, p.ServeHTTP).Projects.All(t.Context(), nil)
	together(8, func() {
		if got, err := collect(all); err != nil || len(got) != 15 {
			t.Errorf("%d items, %v", len(got), err)
		}
	})
}
