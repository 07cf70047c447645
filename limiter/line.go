package limiter

import (
	"context"
	"math"
	"slices"
	"sync"
	"time"

	"github.com/golokalise/lokalise"
)

// lines make the requests of this process with one credential and one address
// ask the server one after the other, so that a thousand that wait are one
// member to it.
type lines struct {
	mu    sync.Mutex
	lines map[pair]*line
}

type pair struct{ credential, address string }

// line is a queue.
type line struct {
	pair
	owner *lines
	// waiting are those behind the first, which is with the server.
	waiting []chan struct{}
	// ready is when the first has its turn, as far as is known.
	ready time.Time
}

// enter waits until the request is the first of its line. It must leave then.
func (l *lines) enter(ctx context.Context, r lokalise.Reservation) (*line, error) {
	if err := contextError(ctx); err != nil {
		return nil, err
	}
	start := time.Now()
	ln, turn, wait := l.join(r, start)
	if turn == nil {
		return ln, nil
	}
	err := r.Check(ctx, max(wait, 1)) // at least one is ahead
	if err == nil {
		err = await(ctx, turn, r.MaxWait)
	}
	if err == nil {
		return ln, nil
	}
	if !l.giveUp(ln, turn) { // its turn has just come
		l.leave(ln)
	}
	return nil, err
}

func await(ctx context.Context, turn chan struct{}, maxWait time.Duration) error {
	timer := time.NewTimer(maxWait)
	defer timer.Stop()
	select {
	case <-turn:
		return nil
	case <-ctx.Done():
		return contextError(ctx)
	case <-timer.C:
		return &lokalise.LimitError{RetryAt: time.Now(), Wait: maxWait, MaxWait: maxWait}
	}
}

// join appends a request. If it is the first, turn is nil; otherwise wait is how
// long its turn takes at least: the others of this process alone fill so many
// seconds.
func (l *lines) join(r lokalise.Reservation, now time.Time) (ln *line, turn chan struct{}, wait time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	key := pair{r.Credential, r.Address}
	ln, ok := l.lines[key]
	if !ok {
		if l.lines == nil {
			l.lines = map[pair]*line{}
		}
		ln = &line{pair: key, owner: l}
		l.lines[key] = ln
		return ln, nil, 0
	}
	turn = make(chan struct{})
	ln.waiting = append(ln.waiting, turn)
	n := max(1, math.Floor(r.PerSecond))
	spans := math.Floor(float64(len(ln.waiting)) / n)
	wait = max(ln.ready.Sub(now), 0) + time.Duration(spans*n/r.PerSecond*float64(time.Second))
	return ln, turn, wait
}

// expect notes when the first of the line has its turn.
func (ln *line) expect(at time.Time) {
	ln.owner.mu.Lock()
	defer ln.owner.mu.Unlock()
	ln.ready = at
}

// leave lets the next one be the first.
func (l *lines) leave(ln *line) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(ln.waiting) == 0 {
		delete(l.lines, ln.pair)
		return
	}
	close(ln.waiting[0])
	ln.waiting = slices.Delete(ln.waiting, 0, 1)
}

// giveUp takes a request out of a line. It reports false if its turn has come.
func (l *lines) giveUp(ln *line, turn chan struct{}) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	i := slices.Index(ln.waiting, turn)
	if i < 0 {
		return false
	}
	ln.waiting = slices.Delete(ln.waiting, i, i+1)
	return true
}
