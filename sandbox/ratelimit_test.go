package sandbox_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/golokalise/lokalise/sandbox"
)

func TestSeventhRequestInASecondIsRefused(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	b.Clock().Freeze()
	for i := range 6 {
		a := b.api("GET", "/projects", "")
		if want := fmt.Sprint(5 - i); a.status != http.StatusOK || a.header.Get("X-Ratelimit-Remaining") != want {
			t.Fatalf("request %d: %d, remaining %s, want %s", i+1, a.status, a.header.Get("X-Ratelimit-Remaining"), want)
		}
	}
	a := b.api("GET", "/projects", "")
	if a.status != http.StatusTooManyRequests || a.message(t) != "Too many requests. Cool your jets and try again in a bit" {
		t.Errorf("%d %s", a.status, a.body)
	}
	if a.header.Get("Retry-After") != "" {
		t.Error("Retry-After was never recorded")
	}
	if got := b.last().Limit; got != "refused: requests a second of the token" {
		t.Errorf("the journal says %q", got)
	}
}

func TestRateHeadersHaveTheRecordedForm(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithRateLimit(10))
	for name, a := range map[string]answer{
		"200": b.api("GET", "/projects", ""),
		"400": b.send("GET", "/api2/projects", ""),
		"401": b.send("GET", "/api2/projects", "", "X-Api-Token", never),
		"404": b.api("GET", "/nothing", ""),
	} {
		if got := a.header.Get("X-Ratelimit-Limit"); got != "10, 10;w=1, 10;w=1" {
			t.Errorf("%s: limit %q", name, got)
		}
		if got := a.header.Get("X-Ratelimit-Reset"); got != "1" {
			t.Errorf("%s: reset %q is no number of seconds to go", name, got)
		}
	}
}

func TestRateWindowSlidesOnTheClock(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithRateLimit(2))
	b.Clock().Freeze()
	status := func() int { return b.api("GET", "/projects", "").status }
	if got := status(); got != 200 {
		t.Fatal(got)
	}
	b.Clock().Advance(600 * time.Millisecond)
	if got := status(); got != 200 {
		t.Fatal(got)
	}
	if got := status(); got != 429 {
		t.Fatalf("the third within a second: %d", got)
	}
	b.Clock().Advance(400 * time.Millisecond) // a second after the first
	if got := status(); got != 200 {
		t.Fatalf("once the first has left the window: %d", got)
	}
	if got := status(); got != 429 {
		t.Fatalf("the second is still in it: %d", got)
	}
}

func TestRateIsCountedByAddressToo(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	b.Clock().Freeze()
	for i := range 6 { // a token each, none of them real
		b.send("GET", "/api2/projects", "", "X-Api-Token", fmt.Sprintf("%040d", i))
	}
	if a := b.api("GET", "/projects", ""); a.status != http.StatusTooManyRequests {
		t.Errorf("%d", a.status)
	}
	if got := b.last().Limit; got != "refused: requests a second of the address" {
		t.Errorf("the journal says %q", got)
	}
}

func TestRateLimitIsTurnedOff(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	b.Clock().Freeze()
	for range 30 {
		a := b.api("GET", "/projects", "")
		if a.status != http.StatusOK || a.header.Get("X-Ratelimit-Limit") != "" {
			t.Fatalf("%d %v", a.status, a.header)
		}
	}
}

func TestOAuthServerHasNoRateLimit(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	b.Clock().Freeze()
	token := b.grant()
	for range 30 {
		if a := b.refresh(token.RefreshToken); a.status != http.StatusOK {
			t.Fatalf("%d %s", a.status, a.body)
		}
	}
}

func TestRateLimitMustBePositive(t *testing.T) {
	t.Parallel()
	for _, n := range []int{0, -1} {
		if _, err := sandbox.New(sandbox.WithRateLimit(n)); err == nil {
			t.Errorf("%d was accepted", n)
		}
	}
}
