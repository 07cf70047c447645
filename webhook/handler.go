package webhook

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"slices"
	"strings"

	"github.com/golokalise/lokalise"
)

const (
	// DefaultSecretHeader is the header that carries the secret, unless another
	// one was set in Lokalise.
	DefaultSecretHeader = "X-Secret"
	// DefaultMaxBody is the largest delivery that is read, in bytes.
	DefaultMaxBody = 10 << 20
)

// ErrConfig is the class of all errors of [New].
var ErrConfig = errors.New("webhook: invalid configuration")

// Config is what a [Handler] needs to know.
type Config struct {
	// Secrets are the secrets of the webhooks that deliver here. At least one is
	// required. While a secret is regenerated, give the old and the new one.
	Secrets []string
	// SecretHeader is the header that carries the secret. Defaults to
	// [DefaultSecretHeader].
	SecretHeader string
	// MaxBody is the largest delivery to read, in bytes; a larger one is
	// answered with 413. Defaults to [DefaultMaxBody].
	MaxBody int64
	// Deduplicator remembers what was handled. Defaults to none: a delivery that
	// Lokalise repeats is handled again.
	Deduplicator Deduplicator
	// OnPing is told of pings, and whether they came with a secret that is
	// known. Defaults to nothing.
	OnPing func(ctx context.Context, verified bool)
	// Logger is told of deliveries that were refused or failed. Defaults to
	// silence.
	Logger *slog.Logger
}

// Handler receives deliveries. Functions are registered with [On] and
// [Handler.OnAny] before it serves.
type Handler struct {
	cfg     Config
	secrets [][sha256.Size]byte
	typed   map[lokalise.WebhookEvent][]func(context.Context, *Delivery) error
	any     []func(context.Context, *Delivery) error
}

// New returns a handler. The error is of class [ErrConfig] and says what is
// missing.
func New(cfg Config) (*Handler, error) {
	if len(cfg.Secrets) == 0 || slices.Contains(cfg.Secrets, "") {
		return nil, fmt.Errorf("%w: Secrets needs at least one, and none may be empty", ErrConfig)
	}
	if cfg.MaxBody < 0 {
		return nil, fmt.Errorf("%w: MaxBody is negative", ErrConfig)
	}
	if cfg.MaxBody == 0 {
		cfg.MaxBody = DefaultMaxBody
	}
	if cfg.SecretHeader == "" {
		cfg.SecretHeader = DefaultSecretHeader
	}
	if cfg.Logger == nil {
		cfg.Logger = slog.New(slog.DiscardHandler)
	}
	h := &Handler{cfg: cfg, typed: map[lokalise.WebhookEvent][]func(context.Context, *Delivery) error{}}
	for _, secret := range cfg.Secrets {
		h.secrets = append(h.secrets, sha256.Sum256([]byte(secret)))
	}
	h.cfg.Secrets = nil // their digests are all that is needed from here on
	return h, nil
}

// OnAny registers a function for all events, those included that this package
// does not know; it runs before the ones for a single event.
func (h *Handler) OnAny(handle func(ctx context.Context, d *Delivery) error) {
	h.any = append(h.any, handle)
}

// ServeHTTP receives one delivery.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		http.Error(w, "a delivery is a POST", http.StatusMethodNotAllowed)
		return
	}
	verified := h.knows(r.Header.Get(h.cfg.SecretHeader))
	limit := h.cfg.MaxBody
	if !verified {
		limit = min(limit, maxPing)
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, limit))
	switch {
	case err == nil && isPing(body):
		h.ping(w, r, verified)
	case !verified:
		h.refuse(w, r, http.StatusUnauthorized, "the secret is missing or not known")
	case isTooLarge(err):
		h.refuse(w, r, http.StatusRequestEntityTooLarge, "the delivery is larger than the handler reads")
	case err != nil:
		h.refuse(w, r, http.StatusBadRequest, "the delivery broke off")
	default:
		h.receive(w, r, body)
	}
}

// knows compares a secret with all known ones, in a time that tells nothing of
// them.
func (h *Handler) knows(secret string) bool {
	digest := sha256.Sum256([]byte(secret))
	found := 0
	for i := range h.secrets {
		found |= subtle.ConstantTimeCompare(digest[:], h.secrets[i][:])
	}
	return found == 1
}

// maxPing bounds what is read of a delivery without a known secret.
const maxPing = 1 << 10

// isPing reports whether the body is ["ping"], an array where every event is
// an object (official sample application).
func isPing(body []byte) bool {
	var list []string
	return json.Unmarshal(body, &list) == nil && len(list) == 1 && list[0] == "ping"
}

// ping answers a ping, also one without the secret: Lokalise sends it when the
// webhook is made, and only the answer to that tells the app its secret. A ping
// causes nothing.
func (h *Handler) ping(w http.ResponseWriter, r *http.Request, verified bool) {
	if h.cfg.OnPing != nil {
		h.cfg.OnPing(r.Context(), verified)
	}
	w.WriteHeader(http.StatusOK)
}

func (h *Handler) receive(w http.ResponseWriter, r *http.Request, body []byte) {
	d, err := newDelivery(r.Header, body)
	if err != nil {
		h.refuse(w, r, http.StatusBadRequest, err.Error())
		return
	}
	if err := h.deliver(r.Context(), d); err != nil {
		h.cfg.Logger.ErrorContext(r.Context(), "webhook event failed; Lokalise will send it again",
			"event", string(d.Event), "project", d.ProjectID, "webhook", d.WebhookID, "error", err)
		http.Error(w, "the event was not handled", http.StatusInternalServerError)
		return
	}
	w.WriteHeader(http.StatusOK)
}

// deliver runs all functions for the event. The first error ends it.
func (h *Handler) deliver(ctx context.Context, d *Delivery) error {
	if h.cfg.Deduplicator != nil {
		handled, err := h.cfg.Deduplicator.Handled(ctx, d.Key())
		if err != nil {
			return fmt.Errorf("webhook: deduplicator: %w", err)
		}
		if handled {
			return nil
		}
	}
	for _, handle := range slices.Concat(h.any, h.typed[d.Event]) {
		if err := handle(ctx, d); err != nil {
			return err
		}
	}
	if h.cfg.Deduplicator == nil {
		return nil
	}
	if err := h.cfg.Deduplicator.MarkHandled(ctx, d.Key()); err != nil {
		return fmt.Errorf("webhook: deduplicator: %w", err)
	}
	return nil
}

func (h *Handler) refuse(w http.ResponseWriter, r *http.Request, status int, why string) {
	h.cfg.Logger.WarnContext(r.Context(), "webhook delivery refused", "status", status, "reason", why,
		"remote", r.RemoteAddr, "webhook", clean(r.Header.Get(webhookIDHeader)))
	http.Error(w, why, status)
}

func isTooLarge(err error) bool {
	var tooLarge *http.MaxBytesError
	return errors.As(err, &tooLarge)
}

// clean bounds a text that somebody else wrote and takes line breaks and other
// control characters out of it, so that it can stand in a log.
func clean(text string) string {
	const most = 100
	text = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, text)
	return text[:min(len(text), most)]
}
