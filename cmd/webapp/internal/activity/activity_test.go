package activity_test

import (
	"testing"
	"time"

	"github.com/golokalise/lokalise/cmd/webapp/internal/activity"
)

func TestNewestFirstAndNotForEver(t *testing.T) {
	t.Parallel()
	l := activity.New(time.Now)
	const many = 100
	for range many {
		l.Add("a", activity.Plain, "something")
	}
	l.Add("b", activity.Good, "elsewhere")
	recent := l.Recent("a")
	if len(recent) != 40 || recent[0].ID != many || recent[39].ID != many-39 {
		t.Errorf("there are %d, from %d to %d", len(recent), recent[0].ID, recent[len(recent)-1].ID)
	}
	if b := l.Recent("b"); len(b) != 1 || b[0].Text != "elsewhere" || b[0].ID != 1 {
		t.Errorf("the other workspace has %+v", b)
	}
}

func TestWatchersOfTheWorkspaceWake(t *testing.T) {
	t.Parallel()
	l := activity.New(time.Now)
	a, b := l.Changed("a"), l.Changed("b")
	l.Add("a", activity.Plain, "something")
	select {
	case <-a:
	default:
		t.Error("who watches is not told")
	}
	select {
	case <-b:
		t.Error("who watches another workspace is told")
	default:
	}
}

func TestGenerationIsNewsOnce(t *testing.T) {
	t.Parallel()
	l := activity.New(time.Now)
	first := time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)
	second := first.Add(time.Hour)
	for i, step := range []struct {
		connection time.Time
		generation int64
		news       bool
	}{
		{first, 1, false},
		{first, 1, false},
		{first, 2, true},
		{first, 2, false},
		{first, 1, false},
		{second, 1, false},
		{second, 2, true},
	} {
		if news := l.Generation("a", step.connection, step.generation); news != step.news {
			t.Errorf("step %d: news is %t", i, news)
		}
	}
}
