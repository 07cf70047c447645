package storetest

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/golokalise/lokalise/oauth"
	"github.com/golokalise/lokalise/tokens"
)

// noEndpoint is for managers that must not need the token endpoint.
type noEndpoint struct{ t *testing.T }

// Refresh implements tokens.Refresher.
func (n noEndpoint) Refresh(context.Context, string) (*oauth.Token, error) {
	n.t.Error("the token endpoint was asked")
	return nil, errors.New("storetest: there is no token endpoint")
}

func (s suite) manager(t *testing.T, store tokens.Store, keys tokens.Keys) *tokens.Manager {
	t.Helper()
	m, err := tokens.New(tokens.Config{
		Clients: []tokens.Refresher{noEndpoint{t}}, Store: store, Keys: keys, StoreTimeout: s.Patience,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := m.Close(context.WithoutCancel(t.Context())); err != nil {
			t.Errorf("Close: %v", err)
		}
	})
	return m
}

// damaged checks that sealed records pass through the store unharmed, and
// that the store does not mend, hide or choke on damaged ones, so that the
// manager refuses them by name.
func (s suite) damaged(t *testing.T) {
	store := s.open(t)
	ring, err := tokens.NewKeyRing(tokens.NewKey("storetest"))
	if err != nil {
		t.Fatal(err)
	}
	m := s.manager(t, store, ring)
	token := &oauth.Token{AccessToken: "access", RefreshToken: "refresh", Expiry: time.Now().Add(time.Hour)}
	if _, err := m.Put(t.Context(), "grant", token); err != nil {
		t.Fatal(err)
	}
	other := s.manager(t, s.Reopen(t, store), ring)
	if got, err := other.Token(t.Context(), "grant"); err != nil || got != "access" {
		t.Fatalf("second process: Token = %q, %v", got, err)
	}
	whole := mustGet(t, store, "grant")
	for name, damage := range map[string]func(tokens.Record) tokens.Record{
		"one bit changed": func(r tokens.Record) tokens.Record { r.Data[len(r.Data)/2] ^= 1; return r },
		"cut short":       func(r tokens.Record) tokens.Record { r.Data = r.Data[:len(r.Data)-1]; return r },
		"cut to half":     func(r tokens.Record) tokens.Record { r.Data = r.Data[:len(r.Data)/2]; return r },
		"emptied":         func(r tokens.Record) tokens.Record { r.Data = []byte{}; return r },
		"grown":           func(r tokens.Record) tokens.Record { r.Data = append(r.Data, 0); return r },
		"newer version":   func(r tokens.Record) tokens.Record { r.Version++; return r },
	} {
		rec := whole
		rec.Data = bytes.Clone(whole.Data)
		replace(t, store, damage(rec))
		_, err := m.Status(t.Context(), "grant")
		if !errors.Is(err, tokens.ErrUnreadable) || !strings.Contains(err.Error(), "grant") {
			t.Errorf("%s: Status = %v, want ErrUnreadable naming the grant", name, err)
		}
	}
	replace(t, store, whole)
	if _, err := m.Status(t.Context(), "grant"); err != nil {
		t.Errorf("the record put back whole: %v", err)
	}
}

// replace puts a record in place of the one with its ID.
func replace(t *testing.T, store tokens.Store, rec tokens.Record) {
	t.Helper()
	if err := store.Delete(t.Context(), rec.ID, mustGet(t, store, rec.ID).Version); err != nil {
		t.Fatal(err)
	}
	mustPut(t, store, rec, 0)
}
