package tokens_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/golokalise/lokalise/oauth"
	"github.com/golokalise/lokalise/tokens"
)

// The herd again, through the real client, which repeats a refused request when
// somebody else calls it.
func TestHerdCausesOneRequestOfTheRealClient(t *testing.T) {
	t.Parallel()
	for name, status := range map[string]int{"503": http.StatusServiceUnavailable, "429": http.StatusTooManyRequests} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var requests atomic.Int64
			srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				requests.Add(1)
				w.WriteHeader(status)
			}))
			t.Cleanup(srv.Close)
			client, err := oauth.New(oauth.Config{ClientID: strings.Repeat("a", 40), ClientSecret: strings.Repeat("b", 40), Host: srv.URL})
			if err != nil {
				t.Fatal(err)
			}
			m, err := tokens.New(tokens.Config{Clients: []tokens.Refresher{client}, Store: tokens.NewMemoryStore(), Keys: tokens.NoEncryption()})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = m.Close(t.Context()) })
			token := &oauth.Token{AccessToken: "a", RefreshToken: strings.Repeat("c", 40), TokenType: "Bearer", Expiry: time.Now().Add(time.Hour)}
			if _, err := m.Put(t.Context(), "g", token); err != nil {
				t.Fatal(err)
			}
			if err := m.InvalidateToken(t.Context(), "g", token.AccessToken); err != nil {
				t.Fatal(err)
			}
			var wg sync.WaitGroup
			for range 1000 {
				wg.Go(func() {
					if _, err := m.Token(t.Context(), "g"); !errors.Is(err, tokens.ErrUnavailable) {
						t.Errorf("got %v", err)
					}
				})
			}
			wg.Wait()
			if n := requests.Load(); n != 1 {
				t.Errorf("%d requests, want 1", n)
			}
		})
	}
}
