package lokalise

import (
	"math"
	"slices"
	"time"
)

// window is the record of one key: when the latest requests were sent. Another
// one may go when there are fewer than the limit in the second before it. A
// token bucket would be simpler, but it lets twice the limit pass in the second
// after a pause, which the API refuses.
type window struct {
	// sent holds when requests were sent, in order: those of the last second.
	sent []time.Time
	// blocked is the moment before which the API wants no request.
	blocked time.Time
	// serverLimit is the limit that the API named, if it did.
	serverLimit int
	// span is the length of time to which the limit applies.
	span time.Duration
}

// slack makes up for requests that travel at different speeds: two that leave
// a second apart may arrive a little less apart.
const slack = 20 * time.Millisecond

// next returns the earliest moment, not before now, at which one more request
// keeps the limit.
func (w *window) next(now time.Time, perSecond float64) time.Time {
	return w.after(now, perSecond, 0)
}

// after returns the moment at which one more request keeps the limit when some
// others go before it, as soon as they may.
func (w *window) after(now time.Time, perSecond float64, others int) time.Time {
	w.forgetOtherClock(now)
	n := w.limit(perSecond)
	for len(w.sent) > n && w.sent[0].Add(w.span).Before(now) {
		w.sent = slices.Delete(w.sent, 0, 1)
	}
	at := latest(now, w.blocked)
	if i := len(w.sent) + others%n - n; i >= 0 {
		at = latest(at, w.sent[i].Add(w.span))
	}
	return at.Add(time.Duration(others/n) * w.span)
}

// limit returns how many requests the span holds, and sets the span: a second,
// or longer where less than one request a second is allowed. What counts is
// the configured rate, or the API's own where that is lower. The API's never
// raises it, since what is documented (6 a second) is less than what it names
// (10).
func (w *window) limit(perSecond float64) int {
	if w.serverLimit > 0 {
		perSecond = min(perSecond, float64(w.serverLimit))
	}
	n := max(1, math.Floor(perSecond))
	w.span = time.Duration(n/perSecond*float64(time.Second)) + slack
	return int(n)
}

// forgetOtherClock starts over when the record lies so far ahead that another
// clock must have written it: that of a test whose time is not the real one.
func (w *window) forgetOtherClock(now time.Time) {
	const absurd = 24 * time.Hour
	ahead := w.blocked
	if n := len(w.sent); n > 0 {
		ahead = latest(ahead, w.sent[n-1])
	}
	if ahead.Sub(now) > absurd {
		*w = window{}
	}
}

// idle reports whether forgetting the record would change nothing.
func (w *window) idle(now time.Time) bool {
	if w.blocked.After(now) {
		return false
	}
	n := len(w.sent)
	return n == 0 || w.sent[n-1].Add(w.span).Before(now)
}

// dropIdle looks at a few keys and forgets those that are idle. It runs once
// for each new key, so that the records cannot outnumber the keys in use by
// much, without anything that has to run beside the requests.
func dropIdle[R interface{ idle(now time.Time) bool }](records map[string]R, now time.Time) {
	const looks = 4
	n := 0
	for key, r := range records {
		if r.idle(now) {
			delete(records, key)
		}
		if n++; n == looks {
			return
		}
	}
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
