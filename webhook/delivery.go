package webhook

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"github.com/golokalise/lokalise"
)

const (
	projectIDHeader = "Project-Id"
	webhookIDHeader = "Webhook-Id"
)

// Delivery is one event as it arrived.
type Delivery struct {
	// Event is what happened. It may be one that this package does not know.
	Event lokalise.WebhookEvent
	// ProjectID is the header Project-Id; empty where there is none.
	ProjectID lokalise.ProjectID
	// WebhookID is the header Webhook-Id; empty where there is none.
	WebhookID string
	// Body is the whole delivery, with everything that the type of the event
	// does not name.
	Body json.RawMessage
}

// errNoEvent is what a delivery is answered with that is JSON of another kind.
var errNoEvent = errors.New("the delivery is not a JSON object with an event")

func newDelivery(h http.Header, body []byte) (*Delivery, error) {
	var head struct {
		Event lokalise.WebhookEvent `json:"event"`
	}
	if err := json.Unmarshal(body, &head); err != nil || head.Event == "" {
		return nil, errNoEvent
	}
	return &Delivery{
		Event:     lokalise.WebhookEvent(clean(string(head.Event))),
		ProjectID: lokalise.ProjectID(clean(h.Get(projectIDHeader))),
		WebhookID: clean(h.Get(webhookIDHeader)),
		Body:      body,
	}, nil
}

// Key names the delivery: SHA-256 over the webhook and the body, in hex.
// Lokalise gives deliveries no number, and repeats one byte for byte; two equal
// events within one second would have the same key.
func (d *Delivery) Key() string {
	sum := sha256.New()
	_, _ = fmt.Fprintf(sum, "%d:%s", len(d.WebhookID), d.WebhookID)
	_, _ = sum.Write(d.Body)
	return hex.EncodeToString(sum.Sum(nil))
}

// Decode reads the body into e, which is the type of some event or one of the
// caller's own.
func (d *Delivery) Decode(e any) error {
	if err := json.Unmarshal(d.Body, e); err != nil {
		return fmt.Errorf("webhook: event %s: %w", d.Event, err)
	}
	return nil
}

// Event is a type of this package that holds the payload of one event.
type Event interface {
	// Name is the event that the type is for.
	Name() lokalise.WebhookEvent
}

// On registers a function for the event whose type it takes. A delivery that
// does not fit the type counts as an error, so that Lokalise sends it again and
// a mended program can still handle it.
func On[E Event](h *Handler, handle func(ctx context.Context, d *Delivery, e *E) error) {
	var zero E
	name := zero.Name()
	h.typed[name] = append(h.typed[name], func(ctx context.Context, d *Delivery) error {
		e := new(E)
		if err := d.Decode(e); err != nil {
			return err
		}
		return handle(ctx, d, e)
	})
}
