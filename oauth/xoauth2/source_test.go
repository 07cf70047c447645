package xoauth2_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/oauth2"

	"github.com/golokalise/lokalise/oauth"
	"github.com/golokalise/lokalise/oauth/xoauth2"
)

// tokenServer rotates refresh tokens: the n-th answer carries access-n and
// refresh-n, and only the refresh token before it is good.
func tokenServer(t *testing.T, lifetime time.Duration) *oauth.Client {
	t.Helper()
	var mu sync.Mutex
	number := 0
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		var request map[string]string
		if err := json.NewDecoder(r.Body).Decode(&request); err != nil || request["refresh_token"] != fmt.Sprintf("refresh-%d", number) {
			w.WriteHeader(http.StatusBadRequest)
			_, _ = fmt.Fprint(w, `{"error":"invalid_grant"}`)
			return
		}
		number++
		_, _ = fmt.Fprintf(w, `{"access_token":"access-%d","refresh_token":"refresh-%d","expires_in":%d}`, number, number, int(lifetime.Seconds()))
	}))
	t.Cleanup(srv.Close)
	client, err := oauth.New(oauth.Config{ClientID: "id", ClientSecret: "secret", Host: srv.URL})
	if err != nil {
		t.Fatal(err)
	}
	return client
}

func accessToken(t *testing.T, source oauth2.TokenSource) string {
	t.Helper()
	token, err := source.Token()
	if err != nil {
		t.Fatal(err)
	}
	return token.AccessToken
}

func TestTokenSourceHandsOutAGoodTokenWithoutARequest(t *testing.T) {
	t.Parallel()
	source := xoauth2.TokenSource(t.Context(), tokenServer(t, time.Hour), &oauth.Token{AccessToken: "given", Expiry: time.Now().Add(time.Hour)})
	if got := accessToken(t, source); got != "given" {
		t.Errorf("token = %q", got)
	}
}

func TestTokenSourceRefreshesOnceFromARefreshToken(t *testing.T) {
	t.Parallel()
	source := xoauth2.TokenSource(t.Context(), tokenServer(t, time.Hour), &oauth.Token{RefreshToken: "refresh-0"})
	var group sync.WaitGroup
	for range 20 {
		group.Go(func() {
			if token, err := source.Token(); err != nil || token.AccessToken != "access-1" {
				t.Errorf("token = %v, %v", token, err)
			}
		})
	}
	group.Wait()
}

func TestTokenSourceFollowsARotatedRefreshTokenAndKeepsTheScopes(t *testing.T) {
	t.Parallel()
	given := &oauth.Token{RefreshToken: "refresh-0", Scopes: []oauth.Scope{oauth.ScopeReadKeys}}
	source := xoauth2.TokenSource(t.Context(), tokenServer(t, time.Second), given) // within x/oauth2's margin: never good
	for n := 1; n <= 3; n++ {
		token, err := source.Token()
		if err != nil || token.AccessToken != fmt.Sprintf("access-%d", n) || token.Extra("scope") != "read_keys" {
			t.Fatalf("token %d = %+v, %v", n, token, err)
		}
	}
}

func TestTokenSourceFailsAsRefreshDoes(t *testing.T) {
	t.Parallel()
	client := tokenServer(t, time.Hour)
	_, err := xoauth2.TokenSource(t.Context(), client, &oauth.Token{RefreshToken: "dead"}).Token()
	if !errors.Is(err, oauth.ErrNeedsReauth) {
		t.Errorf("dead token: %v", err)
	}
	if _, err := xoauth2.TokenSource(t.Context(), client, nil).Token(); !errors.Is(err, oauth.ErrNoRefreshToken) {
		t.Errorf("no token: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := xoauth2.TokenSource(ctx, client, &oauth.Token{RefreshToken: "refresh-0"}).Token(); !errors.Is(err, context.Canceled) {
		t.Errorf("canceled: %v", err)
	}
}

// sourceFunc is a Source made of a function.
type sourceFunc func(context.Context) (string, error)

func (f sourceFunc) Token(ctx context.Context) (string, error) { return f(ctx) }

func TestFromSourceAsksEachTimeUnderItsContext(t *testing.T) {
	t.Parallel()
	type key struct{}
	ctx := context.WithValue(t.Context(), key{}, "mark")
	calls := 0
	source := xoauth2.FromSource(ctx, sourceFunc(func(ctx context.Context) (string, error) {
		calls++
		return fmt.Sprint(ctx.Value(key{}), calls), nil
	}))
	for _, want := range []string{"mark1", "mark2"} {
		token, err := source.Token()
		if err != nil || token.AccessToken != want || !token.Valid() || token.Type() != "Bearer" {
			t.Errorf("token = %+v, %v; want %s", token, err, want)
		}
	}
	ours := errors.New("store down")
	failing := xoauth2.FromSource(ctx, sourceFunc(func(context.Context) (string, error) { return "", ours }))
	if token, err := failing.Token(); token != nil || !errors.Is(err, ours) {
		t.Errorf("failing source: %v, %v", token, err)
	}
}

// x/oauth2 wraps sources in a cache of its own, which must not keep a token that
// the source has renewed.
func TestFromSourceIsAskedAgainBehindACacheOfXOAuth2(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		calls := 0
		cached := oauth2.ReuseTokenSource(nil, xoauth2.FromSource(t.Context(), sourceFunc(func(context.Context) (string, error) {
			calls++
			return fmt.Sprint("access-", calls), nil
		})))
		for _, want := range []string{"access-1", "access-2", "access-3"} {
			if got := accessToken(t, cached); got != want {
				t.Errorf("token = %q, want %q", got, want)
			}
			time.Sleep(2 * time.Second)
		}
	})
}

// failingSource is an x/oauth2 source that fails.
type failingSource struct{ err error }

func (f failingSource) Token() (*oauth2.Token, error) { return nil, f.err }

func TestToSourceGivesTheAccessToken(t *testing.T) {
	t.Parallel()
	source := xoauth2.ToSource(oauth2.StaticTokenSource(&oauth2.Token{AccessToken: "access"}))
	if got, err := source.Token(t.Context()); err != nil || got != "access" {
		t.Errorf("token = %q, %v", got, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if got, err := source.Token(ctx); got != "" || !errors.Is(err, context.Canceled) {
		t.Errorf("canceled: %q, %v", got, err)
	}
	ours := errors.New("down")
	if got, err := xoauth2.ToSource(failingSource{ours}).Token(t.Context()); got != "" || !errors.Is(err, ours) {
		t.Errorf("failing: %q, %v", got, err)
	}
}
