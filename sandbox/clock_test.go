package sandbox_test

import (
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/golokalise/lokalise/sandbox"
)

func TestClockAdvancesAndStandsStill(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	c := b.Clock()
	c.Freeze()
	before := c.Now()
	c.Advance(90 * time.Minute)
	if got := c.Now().Sub(before); got != 90*time.Minute {
		t.Errorf("advanced by %v", got)
	}
	if !c.Frozen() || c.Now().Location() != time.UTC {
		t.Errorf("frozen %v, zone %v", c.Frozen(), c.Now().Location())
	}
	c.Advance(-time.Hour)
	if got := c.Now().Sub(before); got != 90*time.Minute {
		t.Errorf("went back to %v", got)
	}
	c.Resume()
	if got := c.Ahead(); c.Frozen() || got < 89*time.Minute || got > 90*time.Minute {
		t.Errorf("ahead by %v after Resume", got)
	}
}

// TestEverythingFollowsTheTimeOfABubble runs a whole hour of a token's life in
// no time, over the in-memory listener.
func TestEverythingFollowsTheTimeOfABubble(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := start(t, sandbox.InMemory())
		if !b.Clock().Now().Equal(time.Now()) {
			t.Errorf("the clock says %s, the bubble %s", b.Clock().Now(), time.Now())
		}
		token := b.grant()
		time.Sleep(time.Hour - time.Second)
		if a := b.bearer(token.AccessToken, "GET", "/projects", ""); a.status != http.StatusOK {
			t.Errorf("a second before: %d", a.status)
		}
		time.Sleep(time.Second)
		if a := b.bearer(token.AccessToken, "GET", "/projects", ""); a.status != http.StatusUnauthorized {
			t.Errorf("an hour later: %d", a.status)
		}
		for range 10 { // more than the rate, each in a window of its own
			time.Sleep(time.Second)
			if a := b.api("GET", "/projects", ""); a.status != http.StatusOK {
				t.Errorf("%d", a.status)
			}
		}
	})
}
