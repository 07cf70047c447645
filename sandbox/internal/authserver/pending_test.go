package authserver

import (
	"testing"
	"time"
)

func TestOldestConsentPageGivesWayToNewOnes(t *testing.T) {
	t.Parallel()
	p, now := newPendingRequests(), time.Unix(0, 0)
	first := p.add(&authRequest{}, "s", now)
	var last string
	for range 3 * maxPending {
		last = p.add(&authRequest{}, "s", now)
	}
	if p.has(first) || p.take(first, "s", now) != nil {
		t.Error("the oldest is still there")
	}
	if !p.has(last) || p.take(last, "s", now) == nil {
		t.Error("the newest is not")
	}
	if len(p.byID) > maxPending || len(p.order) > maxPending {
		t.Errorf("%d pages and %d places", len(p.byID), len(p.order))
	}
}

func TestParametersAreAddedToAnyURI(t *testing.T) {
	t.Parallel()
	for uri, want := range map[string]string{
		"http://x":            "http://x?a=1&c=%26",
		"http://x/y?":         "http://x/y?a=1&c=%26",
		"http://x/y?z=%20&":   "http://x/y?z=%20&a=1&c=%26",
		"http://x/y?z":        "http://x/y?z&a=1&c=%26",
		"com.example:/oauth2": "com.example:/oauth2?a=1&c=%26",
	} {
		if got := withParams(uri, "a", "1", "b", "", "c", "&"); got != want {
			t.Errorf("%s: %s, want %s", uri, got, want)
		}
	}
}
