package sqllimiter

import (
	"math"
	"slices"
	"time"

	"github.com/golokalise/lokalise/limiter"
)

// state is what a budget's row holds, as JSON. All times are milliseconds since
// 1970 on the database's clock. The script of limiter/redislimiter does the
// same.
type state struct {
	// Sent are the places of the last second and those ahead, in order.
	Sent []int64 `json:"sent,omitempty"`
	// Held is the moment before which nobody may take a place.
	Held int64 `json:"held,omitempty"`
	// Limit is the limit that the API named; 0 if it did not.
	Limit int `json:"limit,omitempty"`
	// Ahead is the place in the future of each party that has one.
	Ahead map[string]int64 `json:"ahead,omitempty"`
	// Asking are the members that were told to come again, the oldest first.
	Asking []asker `json:"asking,omitempty"`
	// Last is the party that took the latest place, Mixed when it last was
	// another one than before, and Pressed when somebody last had to wait.
	Last    string `json:"last,omitempty"`
	Mixed   int64  `json:"mixed,omitempty"`
	Pressed int64  `json:"pressed,omitempty"`
}

// asker is a member that was told to come again, and until when it is expected.
type asker struct {
	Party  string `json:"party"`
	Member string `json:"member"`
	Until  int64  `json:"until"`
}

const (
	// slack makes up for requests that travel at different speeds: two that
	// leave a second apart may arrive a little less apart.
	slack = 20
	// grace is how much later than it was told a member may come again and be
	// served before those that asked after it.
	grace = 500
	// recheck is when to ask again if another member of the party is expected.
	recheck = 20
	// absurd is how far ahead a place must lie so that a clock that was set
	// back must be the reason.
	absurd = 24 * 60 * 60 * 1000
)

// take does what [limiter.Server] says of Take.
func (s *state) take(now int64, r limiter.Request) limiter.Answer {
	n, span := s.window(r.PerSecond)
	step := (span + int64(n) - 1) / int64(n)
	s.forget(now, n, span)
	s.giveBack(r.Party, r.Back)
	elders := s.elders(r)
	at := s.next(now, n, span, step)
	again := int64(0)
	if ahead, ok := s.Ahead[r.Party]; ok {
		again = ahead - now
	} else if elders > 0 {
		again = recheck
	}
	wait := at - now
	if again > 0 {
		wait = max(wait, again) + int64(elders*max(1, len(s.Ahead)))*step
	}
	if wait > 0 {
		s.Pressed = now
	}
	switch {
	case wait > r.MaxWait.Milliseconds():
		s.stopAsking(r)
		return limiter.Answer{Wait: milliseconds(max(wait, r.MaxWait.Milliseconds()+1))}
	case again > 0:
		s.ask(r, now+again+grace)
		return limiter.Answer{Wait: milliseconds(again)}
	}
	s.stopAsking(r)
	s.place(now, at, r.Party)
	return limiter.Answer{Place: at, Wait: milliseconds(wait)}
}

func milliseconds(n int64) time.Duration { return time.Duration(n) * time.Millisecond }

// window returns how many places there are in how many milliseconds.
func (s *state) window(perSecond float64) (n int, span int64) {
	if s.Limit > 0 {
		perSecond = min(perSecond, float64(s.Limit))
	}
	whole := max(1, math.Floor(perSecond))
	return int(whole), int64(math.Ceil(whole/perSecond*1000)) + slack
}

// next returns the earliest free place. When several parties compete, places
// are spread over the second: taken all at once they would go to whoever asks
// most often.
func (s *state) next(now int64, n int, span, step int64) int64 {
	at := max(now, s.Held)
	if i := len(s.Sent) - n; i >= 0 {
		at = max(at, s.Sent[i]+span)
	}
	if competing := s.Mixed+span > now && s.Pressed+span > now; competing && len(s.Sent) > 0 {
		at = max(at, s.Sent[len(s.Sent)-1]+step)
	}
	return at
}

// place takes a place for a party.
func (s *state) place(now, at int64, party string) {
	i, _ := slices.BinarySearch(s.Sent, at)
	s.Sent = slices.Insert(s.Sent, i, at)
	if at > now {
		if s.Ahead == nil {
			s.Ahead = map[string]int64{}
		}
		s.Ahead[party] = at
	}
	if s.Last != party && s.Last != "" {
		s.Mixed = at
	}
	s.Last = party
}

// forget drops what does not count any more.
func (s *state) forget(now int64, n int, span int64) {
	if k := len(s.Sent); k > 0 && s.Sent[k-1] > now+absurd || s.Held > now+absurd {
		*s = state{}
	}
	for len(s.Sent) > n && s.Sent[0]+span < now {
		s.Sent = s.Sent[1:]
	}
	for party, at := range s.Ahead {
		if at <= now {
			delete(s.Ahead, party)
		}
	}
	s.Asking = slices.DeleteFunc(s.Asking, func(a asker) bool { return a.Until < now })
}

// giveBack frees a place that was not used.
func (s *state) giveBack(party string, place int64) {
	if i := slices.Index(s.Sent, place); i >= 0 {
		s.Sent = slices.Delete(s.Sent, i, i+1)
	}
	if s.Ahead[party] == place {
		delete(s.Ahead, party)
	}
}

// elders counts the members of the party that asked before this one.
func (s *state) elders(r limiter.Request) (n int) {
	for _, a := range s.Asking {
		switch {
		case a.Party != r.Party:
		case a.Member == r.Member:
			return n
		default:
			n++
		}
	}
	return n
}

func (s *state) find(r limiter.Request) int {
	return slices.IndexFunc(s.Asking, func(a asker) bool { return a.Party == r.Party && a.Member == r.Member })
}

func (s *state) ask(r limiter.Request, until int64) {
	if i := s.find(r); i >= 0 {
		s.Asking[i].Until = until
		return
	}
	s.Asking = append(s.Asking, asker{r.Party, r.Member, until})
}

func (s *state) stopAsking(r limiter.Request) {
	if i := s.find(r); i >= 0 {
		s.Asking = slices.Delete(s.Asking, i, i+1)
	}
}

// hold does what [limiter.Server] says of Hold.
func (s *state) hold(now int64, wait time.Duration, limit int) {
	if wait > 0 {
		s.Held = max(s.Held, now+wait.Milliseconds())
	}
	if limit > 0 {
		s.Limit = limit
	}
}

// expires is when the state may be forgotten: everything in it has passed then,
// except a limit, which the API names again.
func (s *state) expires(now int64, perSecond float64) int64 {
	_, span := s.window(perSecond)
	last := max(now, s.Held)
	if k := len(s.Sent); k > 0 {
		last = max(last, s.Sent[k-1])
	}
	for _, a := range s.Asking {
		last = max(last, a.Until)
	}
	return last + span + slack
}
