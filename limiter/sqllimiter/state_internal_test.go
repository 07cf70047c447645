package sqllimiter

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/golokalise/lokalise/limiter"
)

// begin is when the tests begin, in milliseconds since 1970.
const begin = 1_800_000_000_000

func ask(party, member string, maxWait time.Duration) limiter.Request {
	return limiter.Request{Key: "k", Party: party, Member: member, PerSecond: 6, MaxWait: maxWait}
}

// most is the largest number of places within a second.
func most(places []int64) (most int) {
	slices.Sort(places)
	for i := range places {
		n := 0
		for _, at := range places[i:] {
			if at < places[i]+1000 {
				n++
			}
		}
		most = max(most, n)
	}
	return most
}

// TestNeverMoreThanTheLimit asks, gives back, exchanges and forgets in any order
// for parties with several members. Places that are kept keep the limit, and
// each party has one place ahead at most.
func TestNeverMoreThanTheLimit(t *testing.T) {
	t.Parallel()
	for seed := range uint64(50) {
		random := rand.New(rand.NewPCG(seed, 0))
		var s state
		now := int64(begin)
		var kept []int64
		ahead := map[string]int64{}
		for range 2000 {
			now += random.Int64N(60)
			r := ask(fmt.Sprint("party-", random.IntN(4)), fmt.Sprint("member-", random.IntN(3)), time.Duration(random.IntN(3000))*time.Millisecond)
			a := s.take(now, r)
			switch {
			case a.Place == 0:
				if a.Wait <= 0 {
					t.Fatalf("seed %d: nothing was taken and nothing is to be waited for", seed)
				}
				continue
			case a.Place != now+a.Wait.Milliseconds() || a.Wait > r.MaxWait:
				t.Fatalf("seed %d: place %d in %v at %d, may wait %v", seed, a.Place, a.Wait, now, r.MaxWait)
			case ahead[r.Party] > now:
				t.Fatalf("seed %d: %s has two places ahead", seed, r.Party)
			}
			if a.Place > now && random.IntN(4) == 0 {
				s.giveBack(r.Party, a.Place)
				continue
			}
			kept = append(kept, a.Place)
			ahead[r.Party] = a.Place
		}
		if n := most(kept); n > 6 {
			t.Errorf("seed %d: %d places in a second", seed, n)
		}
		if len(kept) < 100 {
			t.Errorf("seed %d: only %d places were taken", seed, len(kept))
		}
	}
}

// TestMembersOfAPartyAreServedInTheirOrder: the one that asked first comes late
// and is waited for; one that never comes again is not, for longer than the
// grace.
func TestMembersOfAPartyAreServedInTheirOrder(t *testing.T) {
	t.Parallel()
	var s state
	now := int64(begin)
	for range 7 { // the last one is ahead
		if a := s.take(now, ask("p", "one", time.Minute)); a.Place == 0 {
			t.Fatalf("got %+v", a)
		}
	}
	two := s.take(now, ask("p", "two", time.Minute))
	three := s.take(now, ask("p", "three", time.Minute))
	if two.Place != 0 || three.Place != 0 || two.Wait != 1020*time.Millisecond {
		t.Fatalf("got %+v and %+v, want that both come again", two, three)
	}
	now += two.Wait.Milliseconds()
	if a := s.take(now, ask("p", "three", time.Minute)); a.Place != 0 || a.Wait != recheck*time.Millisecond {
		t.Errorf("three is served before two: %+v", a)
	}
	if a := s.take(now, ask("p", "four", 0)); a.Place != 0 || a.Wait <= 0 {
		t.Errorf("four, which may not wait, got %+v", a)
	}
	now += grace + 1
	if a := s.take(now, ask("p", "three", time.Minute)); a.Place == 0 {
		t.Errorf("three waits for two, which does not come: %+v", a)
	}
}

func TestPlaceIsExchanged(t *testing.T) {
	t.Parallel()
	var s state
	first := s.take(begin, ask("p", "m", 0))
	again := ask("p", "m", 0)
	again.Back = first.Place
	if a := s.take(begin+300, again); a.Place != begin+300 || len(s.Sent) != 1 {
		t.Errorf("got %+v, %d places are taken", a, len(s.Sent))
	}
}

func TestClockThatWasSetBackStartsOver(t *testing.T) {
	t.Parallel()
	var s state
	s.take(begin, ask("p", "m", 0))
	s.hold(begin, time.Hour, 0)
	if a := s.take(begin-2*absurd, ask("p", "m", 0)); a.Place == 0 {
		t.Errorf("got %+v", a)
	}
}

func TestStateExpiresWhenAllInItHasPassed(t *testing.T) {
	t.Parallel()
	var s state
	s.take(begin, ask("p", "m", 0))
	if got := s.expires(begin, 6); got != begin+1040 {
		t.Errorf("it expires %d ms after the only place", got-begin)
	}
	s.hold(begin, time.Minute, 2)
	if got := s.expires(begin, 6); got < begin+60_000 {
		t.Errorf("it expires %d ms after it was held for a minute", got-begin)
	}
}
