package api

import (
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/golokalise/lokalise/sandbox/internal/clock"
)

// The documented limits
// (https://developers.lokalise.com/reference/api-rate-limits).
const (
	DefaultRate   = 6  // requests a second, for each token and for each address
	maxConcurrent = 10 // requests at once for a project
	window        = time.Second
)

// What the journal says about the limiter's decision.
const (
	limitAllowed = "allowed"
	limitToken   = "refused: requests a second of the token"
	limitAddress = "refused: requests a second of the address"
	limitProject = "refused: requests at once for the project"
)

// limiter counts requests over a window that slides on the sandbox's clock.
type limiter struct {
	clock *clock.Clock
	rate  int // 0: everything is allowed

	mu      sync.Mutex
	windows map[string]*slidingWindow
	swept   int            // windows left by the last dropIdle
	active  map[string]int // requests under way by project
}

// limitKey is something whose requests are counted, and what the journal says
// when there are too many.
type limitKey struct{ name, refusal string }

// slidingWindow holds the times of a key's latest requests, as many as the
// rate allows in one window.
type slidingWindow struct {
	times []time.Time // a circle
	next  int         // the oldest, which the next request replaces
}

func newLimiter(c *clock.Clock, rate int) *limiter {
	return &limiter{clock: c, rate: rate, windows: map[string]*slidingWindow{}, active: map[string]int{}}
}

// take counts a request against its token and its address, and writes the
// rate headers. A request that is refused does not count (assumed).
func (l *limiter) take(c *call) error {
	if l.rate == 0 {
		return nil
	}
	keys := []limitKey{{"address " + c.address(), limitAddress}}
	if token, _ := credential(c.request.Header); token != "" {
		keys = append(keys, limitKey{"token " + token, limitToken})
	}
	now := l.clock.Now()
	l.mu.Lock()
	defer l.mu.Unlock()
	used, oldest, refusal := 0, now, ""
	for _, key := range keys {
		if n, since := l.windows[key.name].used(now); n > 0 && n >= used {
			used, oldest, refusal = n, since, key.refusal
		}
	}
	reset := oldest.Add(window).Sub(now)
	if used >= l.rate {
		c.record.Limit = refusal
		writeRate(c.header, l.rate, 0, reset)
		return errTooMany
	}
	c.record.Limit = limitAllowed
	for _, key := range keys {
		l.window(key.name, now).add(now)
	}
	writeRate(c.header, l.rate, l.rate-used-1, reset)
	return nil
}

// enter counts a request as under way for its project, until release.
func (l *limiter) enter(c *call) (release func(), err error) {
	project := c.project.id
	if l.rate == 0 || project == "" {
		return func() {}, nil
	}
	key := c.who.world.Name + " " + project
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.active[key] >= maxConcurrent {
		c.record.Limit = limitProject
		return nil, errTooMany
	}
	l.active[key]++
	return func() { l.leave(key) }, nil
}

func (l *limiter) leave(key string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.active[key]--; l.active[key] == 0 {
		delete(l.active, key)
	}
}

// window returns the window of a key, a new one if need be.
func (l *limiter) window(key string, now time.Time) *slidingWindow {
	w := l.windows[key]
	if w == nil {
		l.dropIdle(now)
		w = &slidingWindow{times: make([]time.Time, l.rate)}
		l.windows[key] = w
	}
	return w
}

// dropIdle forgets the keys that sent nothing within a window, whenever there
// are twice as many keys as after the last time: any text can be sent as a
// token.
func (l *limiter) dropIdle(now time.Time) {
	const few = 1024
	if len(l.windows) < max(few, 2*l.swept) {
		return
	}
	for key, w := range l.windows {
		if used, _ := w.used(now); used == 0 {
			delete(l.windows, key)
		}
	}
	l.swept = len(l.windows)
}

// used counts the requests of the last window and finds the first of them.
func (w *slidingWindow) used(now time.Time) (n int, oldest time.Time) {
	if w == nil {
		return 0, now
	}
	since := now.Add(-window)
	for i := range w.times {
		at := w.times[(w.next+i)%len(w.times)]
		if !at.After(since) {
			continue
		}
		if n == 0 {
			oldest = at
		}
		n++
	}
	return n, oldest
}

func (w *slidingWindow) add(now time.Time) {
	w.times[w.next] = now
	w.next = (w.next + 1) % len(w.times)
}

// writeRate writes the headers in the form recorded in 2026: a list that
// starts with the limit and has its window twice, what is left of it, and whole
// seconds to wait. The number then was 10 although 6 is documented; here it is the one that is
// enforced.
func writeRate(h http.Header, rate, remaining int, reset time.Duration) {
	limit := strconv.Itoa(rate)
	h.Set("X-Ratelimit-Limit", limit+", "+limit+";w=1, "+limit+";w=1")
	h.Set("X-Ratelimit-Remaining", strconv.Itoa(remaining))
	h.Set("X-Ratelimit-Reset", strconv.Itoa(max(1, int((reset+time.Second-1)/time.Second))))
}
