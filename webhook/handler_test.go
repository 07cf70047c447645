package webhook_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/golokalise/lokalise"
	"github.com/golokalise/lokalise/internal/testutil"
	"github.com/golokalise/lokalise/webhook"
)

const (
	secret = "0f1e2d3c4b5a69788796a5b4c3d2e1f001122334"
	// keyAdded is an event as one arrives.
	keyAdded = `{"event": "project.key.added", "project": {"id": "20008339586cded200e0d8.29879849", "name": "Website", "branch": "main"},
 "key": {"id": 77, "name": "title", "base_value": "Hello", "tags": ["home"], "filenames": {"ios": null, "web": "en.json"}},
 "user": {"email": "ada@example.com", "full_name": "Ada"}, "created_at": "2026-03-02 08:15:00", "created_at_timestamp": 1772439300}`
)

func newHandler(t *testing.T, cfg webhook.Config) *webhook.Handler {
	t.Helper()
	if cfg.Secrets == nil {
		cfg.Secrets = []string{secret}
	}
	h, err := webhook.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// deliver posts a body with a secret and returns the status.
func deliver(t *testing.T, h http.Handler, withSecret, body string) int {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/hook", strings.NewReader(body))
	if withSecret != "" {
		r.Header.Set("X-Secret", withSecret)
	}
	r.Header.Set("Project-Id", "20008339586cded200e0d8.29879849")
	r.Header.Set("Webhook-Id", "abc123")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Code
}

func TestNewRefusesMissingAndEmptySecrets(t *testing.T) {
	t.Parallel()
	for _, cfg := range []webhook.Config{{}, {Secrets: []string{secret, ""}}, {Secrets: []string{secret}, MaxBody: -1}} {
		if _, err := webhook.New(cfg); !errors.Is(err, webhook.ErrConfig) {
			t.Errorf("%d secrets: got %v, want ErrConfig", len(cfg.Secrets), err)
		}
	}
}

func TestTypedFunctionGetsTheEvent(t *testing.T) {
	t.Parallel()
	h := newHandler(t, webhook.Config{})
	var got *webhook.KeyAdded
	var delivery *webhook.Delivery
	webhook.On(h, func(_ context.Context, d *webhook.Delivery, e *webhook.KeyAdded) error {
		got, delivery = e, d
		return nil
	})
	webhook.On(h, func(context.Context, *webhook.Delivery, *webhook.KeyModified) error {
		t.Error("the function of another event ran")
		return nil
	})
	if status := deliver(t, h, secret, keyAdded); status != http.StatusOK {
		t.Fatalf("status %d", status)
	}
	if got == nil || got.Key.ID != 77 || got.Key.Filenames.Web != "en.json" || got.User.Email != "ada@example.com" ||
		got.Project.Branch != "main" || got.CreatedAt.Time.Unix() != 1772439300 || got.CreatedAtTimestamp != 1772439300 {
		t.Errorf("got %+v", got)
	}
	if delivery.Event != lokalise.EventKeyAdded || delivery.WebhookID != "abc123" ||
		delivery.ProjectID != "20008339586cded200e0d8.29879849" || string(delivery.Body) != keyAdded {
		t.Errorf("got %+v", delivery)
	}
}

func TestOnAnyGetsKnownAndUnknownEventsRaw(t *testing.T) {
	t.Parallel()
	h := newHandler(t, webhook.Config{})
	var names []string
	h.OnAny(func(_ context.Context, d *webhook.Delivery) error {
		names = append(names, string(d.Event))
		var own struct{ Tomorrow int }
		if err := d.Decode(&own); err != nil {
			return err
		}
		names = append(names, strings.Repeat("x", own.Tomorrow))
		return nil
	})
	for _, body := range []string{keyAdded, `{"event": "project.invented", "tomorrow": 3}`} {
		if status := deliver(t, h, secret, body); status != http.StatusOK {
			t.Errorf("status %d for %s", status, body)
		}
	}
	if got := strings.Join(names, ","); got != "project.key.added,,project.invented,xxx" {
		t.Errorf("got %s", got)
	}
}

func TestSecretIsRequired(t *testing.T) {
	t.Parallel()
	h := newHandler(t, webhook.Config{})
	h.OnAny(func(context.Context, *webhook.Delivery) error {
		t.Error("an event without the secret was handled")
		return nil
	})
	for _, wrong := range []string{"", secret[:39], secret + "0", strings.ToUpper(secret), "wrong"} {
		if status := deliver(t, h, wrong, keyAdded); status != http.StatusUnauthorized {
			t.Errorf("secret %q: status %d", wrong, status)
		}
	}
}

func TestAnyOfSeveralSecretsIsGood(t *testing.T) {
	t.Parallel()
	h := newHandler(t, webhook.Config{Secrets: []string{"the-old-secret", secret}})
	for _, good := range []string{"the-old-secret", secret} {
		if status := deliver(t, h, good, keyAdded); status != http.StatusOK {
			t.Errorf("status %d", status)
		}
	}
}

func TestSecretInAnotherHeader(t *testing.T) {
	t.Parallel()
	h := newHandler(t, webhook.Config{SecretHeader: "X-Our-Secret"})
	if status := deliver(t, h, secret, keyAdded); status != http.StatusUnauthorized {
		t.Errorf("the default header still counts: status %d", status)
	}
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/hook", strings.NewReader(keyAdded))
	r.Header.Set("X-Our-Secret", secret)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if w.Code != http.StatusOK {
		t.Errorf("status %d", w.Code)
	}
}

// Lokalise sends the ping when the webhook is made, before the app can know its
// secret, and wants a 2xx for it.
func TestPingIsAnsweredWithAndWithoutSecret(t *testing.T) {
	t.Parallel()
	var pings []bool
	h := newHandler(t, webhook.Config{OnPing: func(_ context.Context, verified bool) { pings = append(pings, verified) }})
	h.OnAny(func(context.Context, *webhook.Delivery) error {
		t.Error("a ping was taken for an event")
		return nil
	})
	for _, with := range []string{"", secret} {
		if status := deliver(t, h, with, `["ping"]`); status != http.StatusOK {
			t.Errorf("status %d", status)
		}
	}
	if len(pings) != 2 || pings[0] || !pings[1] {
		t.Errorf("got %v", pings)
	}
}

func TestErrorIsAnsweredSoThatLokaliseRetries(t *testing.T) {
	t.Parallel()
	h := newHandler(t, webhook.Config{})
	calls := 0
	webhook.On(h, func(context.Context, *webhook.Delivery, *webhook.KeyAdded) error {
		calls++
		if calls == 1 {
			return errors.New("the queue is down")
		}
		return nil
	})
	for i, want := range []int{http.StatusInternalServerError, http.StatusOK} {
		if status := deliver(t, h, secret, keyAdded); status != want {
			t.Errorf("delivery %d: status %d, want %d", i+1, status, want)
		}
	}
}

func TestEventThatDoesNotFitItsTypeIsAskedForAgain(t *testing.T) {
	t.Parallel()
	h := newHandler(t, webhook.Config{})
	webhook.On(h, func(context.Context, *webhook.Delivery, *webhook.KeyAdded) error { return nil })
	if status := deliver(t, h, secret, `{"event": "project.key.added", "key": 5}`); status != http.StatusInternalServerError {
		t.Errorf("status %d", status)
	}
}

func TestEventThatNobodyWantsIsAccepted(t *testing.T) {
	t.Parallel()
	if status := deliver(t, newHandler(t, webhook.Config{}), secret, keyAdded); status != http.StatusOK {
		t.Errorf("status %d", status)
	}
}

func TestBadRequestsAreRefused(t *testing.T) {
	t.Parallel()
	h := newHandler(t, webhook.Config{MaxBody: 300})
	cases := []struct {
		name, body string
		want       int
	}{
		{"not JSON", "event=ping", http.StatusBadRequest},
		{"another array", `["pong"]`, http.StatusBadRequest},
		{"no event", `{"project": {}}`, http.StatusBadRequest},
		{"event of another kind", `{"event": {}}`, http.StatusBadRequest},
		{"cut short", keyAdded[:200], http.StatusBadRequest},
		{"empty", "", http.StatusBadRequest},
		{"nested deeply", strings.Repeat("[", 299), http.StatusBadRequest},
		{"too large", `{"event": "` + strings.Repeat("x", 300) + `"}`, http.StatusRequestEntityTooLarge},
	}
	for _, c := range cases {
		if status := deliver(t, h, secret, c.body); status != c.want {
			t.Errorf("%s: status %d, want %d", c.name, status, c.want)
		}
	}
}

func TestDeeplyNestedDeliveryIsRefused(t *testing.T) {
	t.Parallel()
	h := newHandler(t, webhook.Config{})
	h.OnAny(func(context.Context, *webhook.Delivery) error {
		t.Error("it was delivered")
		return nil
	})
	nested := strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000)
	for _, body := range []string{nested, `{"event": "project.keys.added", "x": ` + nested + `}`} {
		if status := deliver(t, h, secret, body); status != http.StatusBadRequest {
			t.Errorf("%.20s: status %d", body, status)
		}
	}
}

func TestOnlyPostIsAllowed(t *testing.T) {
	t.Parallel()
	w := httptest.NewRecorder()
	newHandler(t, webhook.Config{}).ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/hook", nil))
	if w.Code != http.StatusMethodNotAllowed || w.Header().Get("Allow") != http.MethodPost {
		t.Errorf("status %d, Allow %q", w.Code, w.Header().Get("Allow"))
	}
}

// endless is a body that goes on for ever and counts what is read of it.
type endless struct{ read int }

func (e *endless) Read(p []byte) (int, error) {
	e.read += len(p)
	return copy(p, bytes.Repeat([]byte("x"), len(p))), nil
}

func TestBodyWithoutSecretIsHardlyRead(t *testing.T) {
	t.Parallel()
	body := new(endless)
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/hook", body)
	w := httptest.NewRecorder()
	newHandler(t, webhook.Config{}).ServeHTTP(w, r)
	if w.Code != http.StatusUnauthorized || body.read > 8<<10 {
		t.Errorf("status %d after %d bytes", w.Code, body.read)
	}
}

func TestSecretIsNeverSaid(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	h := newHandler(t, webhook.Config{Logger: slog.New(slog.NewJSONHandler(&log, nil))})
	h.OnAny(func(context.Context, *webhook.Delivery) error { return errors.New("no") })
	for _, body := range []string{keyAdded, "nonsense"} {
		deliver(t, h, secret, body)
	}
	deliver(t, h, secret+"x", keyAdded)
	if !strings.Contains(log.String(), "project.key.added") {
		t.Error("the log says nothing, so this test shows nothing")
	}
	testutil.AssertNoSecret(t, "the log", log.String(), secret)
	if found := testutil.FindSecret("planted "+secret, secret); len(found) == 0 {
		t.Error("the search does not find a planted secret")
	}
}

func TestDeduplicatorHandlesARepeatOnce(t *testing.T) {
	t.Parallel()
	h := newHandler(t, webhook.Config{Deduplicator: webhook.NewMemoryDeduplicator(2)})
	calls := 0
	h.OnAny(func(context.Context, *webhook.Delivery) error {
		calls++
		if calls == 1 {
			return io.ErrUnexpectedEOF // a failure must not count as handled
		}
		return nil
	})
	want := []int{http.StatusInternalServerError, http.StatusOK, http.StatusOK}
	for i := range want {
		if status := deliver(t, h, secret, keyAdded); status != want[i] {
			t.Errorf("delivery %d: status %d, want %d", i+1, status, want[i])
		}
	}
	if calls != 2 {
		t.Errorf("handled %d times", calls)
	}
}

func TestMemoryDeduplicatorForgetsTheOldest(t *testing.T) {
	t.Parallel()
	d := webhook.NewMemoryDeduplicator(2)
	for _, key := range []string{"a", "b", "b", "c"} {
		if err := d.MarkHandled(t.Context(), key); err != nil {
			t.Fatal(err)
		}
	}
	for key, want := range map[string]bool{"a": false, "b": true, "c": true} {
		if got, err := d.Handled(t.Context(), key); got != want || err != nil {
			t.Errorf("%s: got %v, %v", key, got, err)
		}
	}
}

// brokenDeduplicator fails at one of its calls.
type brokenDeduplicator struct{ handled, mark error }

func (b brokenDeduplicator) Handled(context.Context, string) (bool, error) { return false, b.handled }
func (b brokenDeduplicator) MarkHandled(context.Context, string) error     { return b.mark }

func TestDeduplicatorThatFailsIsAnsweredWithAnError(t *testing.T) {
	t.Parallel()
	for _, d := range []brokenDeduplicator{{handled: io.EOF}, {mark: io.EOF}} {
		h := newHandler(t, webhook.Config{Deduplicator: d})
		if status := deliver(t, h, secret, keyAdded); status != http.StatusInternalServerError {
			t.Errorf("status %d", status)
		}
	}
}

func FuzzDelivery(f *testing.F) {
	for _, seed := range []string{keyAdded, `["ping"]`, `{"event":"project.imported","import_options":[]}`, `{"event":1}`, "", "[[[["} {
		f.Add(seed, true)
		f.Add(seed, false)
	}
	h, err := webhook.New(webhook.Config{Secrets: []string{secret}, MaxBody: 1 << 16})
	if err != nil {
		f.Fatal(err)
	}
	h.OnAny(func(_ context.Context, d *webhook.Delivery) error {
		for _, e := range allEvents() {
			_ = d.Decode(e.target) // an error is fine, a panic is not
		}
		return nil
	})
	f.Fuzz(func(t *testing.T, body string, good bool) {
		with := ""
		if good {
			with = secret
		}
		status := deliver(t, h, with, body)
		if !good && status == http.StatusOK && strings.TrimSpace(body) != "" && !strings.Contains(body, "ing") {
			t.Errorf("accepted %q without the secret", body)
		}
	})
}
