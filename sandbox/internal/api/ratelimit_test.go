package api

import (
	"errors"
	"fmt"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/golokalise/lokalise/sandbox/internal/clock"
	"github.com/golokalise/lokalise/sandbox/internal/journal"
	"github.com/golokalise/lokalise/sandbox/internal/state"
)

func limitedCall(token string) *call {
	r := httptest.NewRequest("GET", "http://localhost/", nil)
	r.Header.Set("X-Api-Token", token)
	return &call{
		request: r, header: httptest.NewRecorder().Header(), record: &journal.Record{},
		who: identity{world: &state.World{Name: "w"}}, project: projectRef{id: "p"},
	}
}

func TestEleventhRequestAtOnceForAProjectIsRefused(t *testing.T) {
	t.Parallel()
	l := newLimiter(clock.New(), 6)
	var releases []func()
	for i := range 10 {
		release, err := l.enter(limitedCall("a"))
		if err != nil {
			t.Fatalf("request %d: %v", i+1, err)
		}
		releases = append(releases, release)
	}
	c := limitedCall("b")
	if _, err := l.enter(c); !errors.Is(err, errTooMany) || c.record.Limit != limitProject {
		t.Errorf("the eleventh: %v, %q", err, c.record.Limit)
	}
	other := limitedCall("a")
	other.project.id = "other"
	if _, err := l.enter(other); err != nil {
		t.Errorf("another project: %v", err)
	}
	releases[0]()
	if _, err := l.enter(limitedCall("a")); err != nil {
		t.Errorf("once one has ended: %v", err)
	}
}

func TestLimiterThatIsOffLetsEverythingIn(t *testing.T) {
	t.Parallel()
	l := newLimiter(clock.New(), 0)
	for range 20 {
		if _, err := l.enter(limitedCall("a")); err != nil || l.take(limitedCall("a")) != nil {
			t.Fatal("refused")
		}
	}
}

func TestIdleKeysAreForgotten(t *testing.T) {
	t.Parallel()
	c := clock.New()
	c.Freeze()
	l := newLimiter(c, 1001)
	for i := range 3000 {
		if i%1000 == 0 {
			c.Advance(2 * time.Second)
		}
		if err := l.take(limitedCall(fmt.Sprint(i))); err != nil {
			t.Fatal(err)
		}
	}
	if len(l.windows) > 2100 {
		t.Errorf("%d keys are remembered", len(l.windows))
	}
}
