package tokens_test

import (
	"context"
	"strings"
	"testing"

	"github.com/golokalise/lokalise"
	"github.com/golokalise/lokalise/oauth"
	"github.com/golokalise/lokalise/tokens"
)

// The client finds the optional methods by their shape, so a misspelled one
// would be silently dead.
var (
	_ lokalise.TokenSource           = (*tokens.Source)(nil)
	_ lokalise.TokenInvalidator      = (*tokens.Source)(nil)
	_ interface{ LimitKey() string } = (*tokens.Source)(nil)
	_ tokens.Refresher               = (*oauth.Client)(nil)
)

func TestSourceKeepsItsLimitKeyAcrossTokens(t *testing.T) {
	t.Parallel()
	s := newSetup(t, nil)
	s.connect(t, "g")
	source := s.Source("g")
	before := source.LimitKey()
	if err := s.Refresh(t.Context(), "g"); err != nil {
		t.Fatal(err)
	}
	if after := source.LimitKey(); after != before || after == s.Source("other").LimitKey() {
		t.Errorf("limit keys %q, then %q", before, after)
	}
	if token, err := source.Token(t.Context()); err != nil || token != "access-1" {
		t.Errorf("Token = %q, %v", token, err)
	}
}

func TestSourceOfAGrantThatComesLater(t *testing.T) {
	t.Parallel()
	s := newSetup(t, nil)
	source := s.Source("g")
	if _, err := source.Token(t.Context()); err == nil {
		t.Error("a token before the grant")
	}
	s.connect(t, "g")
	if token, err := source.Token(t.Context()); err != nil || token != "access-0" {
		t.Errorf("Token = %q, %v", token, err)
	}
	if err := source.InvalidateToken(t.Context(), "access-0"); err != nil {
		t.Fatal(err)
	}
	if token, err := source.Token(t.Context()); err != nil || token != "access-1" {
		t.Errorf("Token = %q, %v", token, err)
	}
}

func TestBadGrantIDsAreRefused(t *testing.T) {
	t.Parallel()
	s := newSetup(t, nil)
	for _, id := range []string{"", strings.Repeat("x", tokens.MaxIDLength+1), "\xff", "a\x00b"} {
		if _, err := s.Put(t.Context(), id, &oauth.Token{AccessToken: "a"}); err == nil {
			t.Errorf("Put accepted %q", id)
		}
		if _, err := s.Token(t.Context(), id); err == nil {
			t.Errorf("Token accepted %q", id)
		}
		for name, call := range map[string]func(context.Context, string) error{
			"Refresh": s.Refresh, "Delete": s.Delete,
			"InvalidateToken": func(ctx context.Context, id string) error { return s.InvalidateToken(ctx, id, "x") },
		} {
			if call(t.Context(), id) == nil {
				t.Errorf("%s accepted %q", name, id)
			}
		}
	}
}

func TestListPagesThroughGrants(t *testing.T) {
	t.Parallel()
	s := newSetup(t, nil)
	s.connect(t, "a")
	s.connect(t, "c")
	plant(t, s.store, tokens.Record{ID: "b", Version: 1, Data: []byte("garbage")})
	var seen []string
	for after := ""; ; {
		page, err := s.List(t.Context(), after, 2)
		if err != nil {
			t.Fatal(err)
		}
		if len(page) == 0 {
			break
		}
		for _, status := range page {
			after = status.ID
			seen = append(seen, status.ID)
			if (status.Err != nil) != (status.ID == "b") || (status.Health == tokens.Healthy) == (status.ID == "b") {
				t.Errorf("%+v", status)
			}
		}
	}
	if got := strings.Join(seen, ""); got != "abc" {
		t.Errorf("listed %q", got)
	}
}

func TestEventChannelDropsInsteadOfBlocking(t *testing.T) {
	t.Parallel()
	events := tokens.NewEventChannel(2)
	for range 5 {
		events.Send(tokens.Event{Kind: tokens.EventConnected})
	}
	if len(events.C) != 2 || events.Dropped() != 3 {
		t.Errorf("%d held, %d dropped", len(events.C), events.Dropped())
	}
}
