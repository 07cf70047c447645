package tokens_test

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/golokalise/lokalise/internal/testutil"
	"github.com/golokalise/lokalise/oauth"
	"github.com/golokalise/lokalise/tokens"
)

// ear is a metrics sink and a log that keep everything they are told.
type ear struct {
	mu   sync.Mutex
	text strings.Builder
}

func (e *ear) Write(p []byte) (int, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.text.Write(p)
}

func (e *ear) Add(name tokens.Counter, label string, n int64) { fmt.Fprintln(e, name, label, n) }

func (e *ear) Observe(name tokens.Duration, label string, d time.Duration) {
	fmt.Fprintln(e, name, label, d)
}

// say writes a value in every way that fmt and slog know.
func (e *ear) say(values ...any) {
	log := slog.New(slog.NewJSONHandler(e, nil))
	for _, v := range values {
		fmt.Fprintf(e, "%v %+v %#v %s %q %d %x\n", v, v, v, v, v, v, v)
		log.Info("value", "v", v)
		if err, ok := v.(error); ok {
			fmt.Fprintf(e, "%s %v\n", err.Error(), errors.Unwrap(err))
		}
	}
}

const (
	accessSecret  = "planted-access-3f9c2d7e51b84a60"
	refreshSecret = "planted-refresh-81d0c4b7a9e2f356"
	newSecret     = "planted-second-5b7e90f1c3d2a468"
)

// spy is a store that keeps every byte it was ever given.
type spy struct {
	*tokens.MemoryStore
	ear *ear
}

func (s spy) Put(ctx context.Context, rec tokens.Record, expected int64) error {
	fmt.Fprintf(s.ear, "%s %s %d %v\n", rec.ID, rec.Data, rec.Version, rec.Due)
	return s.MemoryStore.Put(ctx, rec, expected)
}

// Everything that leaves the manager, except to the callers of Token and to
// the token endpoint, is searched for planted secrets.
func TestPlantedSecretsNeverAppear(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		heard := &ear{}
		key := tokens.NewKey("planted")
		ring := mustRing(t, key)
		failures := []error{
			nil, errRejected, &oauth.Error{MaybeSent: true}, errClient,
			// A refresher of the app's own that quotes what it sent.
			fmt.Errorf("post failed: refresh_token=%s", refreshSecret),
			fmt.Errorf("post failed: %w", fmt.Errorf("%q", refreshSecret)),
		}
		server := newServer()
		server.answer = func(call int) error { return failures[(call-1)%len(failures)] }
		s := newSetup(t, func(c *tokens.Config) {
			c.Keys, c.Store = ring, spy{tokens.NewMemoryStore(), heard}
			c.Clients = []tokens.Refresher{naming{server}}
			c.Logger = slog.New(slog.NewTextHandler(heard, &slog.HandlerOptions{Level: slog.LevelDebug}))
			c.Metrics = heard
			c.OnEvent = func(e tokens.Event) { heard.say(e) }
		})
		for round := range 12 {
			id := fmt.Sprint("grant-", round)
			s.put(t, id, &oauth.Token{AccessToken: accessSecret, RefreshToken: refreshSecret, Expiry: time.Now().Add(time.Hour)})
			time.Sleep(2 * time.Hour)
			_, err := s.Token(t.Context(), id)
			status, statusErr := s.Status(t.Context(), id)
			heard.say(err, status, statusErr, s.Source(id))
		}
		list, err := s.List(t.Context(), "", 100)
		heard.say(list, err, ring, key, &key)
		secrets := []string{accessSecret, refreshSecret, newSecret, base64.StdEncoding.EncodeToString(key.Secret), string(key.Secret)}
		testutil.AssertNoSecret(t, "what was heard", heard.text.String(), secrets...)
		if !strings.Contains(heard.text.String(), "reauth_required") || !strings.Contains(heard.text.String(), "post failed") {
			t.Error("too little was heard for this test to mean anything")
		}
	})
}

// naming gives tokens that can be searched for.
type naming struct{ *server }

func (n naming) Refresh(ctx context.Context, refreshToken string) (*oauth.Token, error) {
	token, err := n.server.Refresh(ctx, refreshToken)
	if err == nil {
		token.AccessToken, token.RefreshToken = newSecret, newSecret
	}
	return token, err
}
