package sandbox

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/golokalise/lokalise/internal/redact"
	"github.com/golokalise/lokalise/sandbox/internal/state"
	"github.com/golokalise/lokalise/sandbox/internal/webhooks"
)

// webhookSettings is what the options for webhooks fill in.
type webhookSettings struct {
	hosts  []string
	client *http.Client
	open   bool // nothing leaves the process, so every host may be sent to
}

// WithWebhookHosts lets webhooks be delivered to these hosts, with any port
// unless one is named. Loopback names and addresses are always delivered to;
// a delivery to any other host fails without being sent, so that a sandbox
// bothers nobody.
func WithWebhookHosts(hosts ...string) Option {
	return func(s *settings) error {
		for _, host := range hosts {
			if err := checkHost(host); err != nil {
				return err
			}
		}
		s.webhooks.hosts = append(s.webhooks.hosts, hosts...)
		return nil
	}
}

// WithWebhookClient makes the requests to webhooks with a client of the
// caller's: one that trusts a test server's certificate, say. Redirects are
// not followed, whatever the client says. Defaults to a client that reaches
// the network without a proxy.
func WithWebhookClient(client *http.Client) Option {
	return func(s *settings) error {
		if client == nil {
			return errors.New("WithWebhookClient got a nil client")
		}
		s.webhooks.client, s.webhooks.open = client, false
		return nil
	}
}

// WithWebhookHandler has a handler receive what is sent to webhooks, whatever
// their address, without a connection. It works with [InMemory] and inside a
// testing/synctest bubble.
func WithWebhookHandler(receiver http.Handler) Option {
	return func(s *settings) error {
		if receiver == nil {
			return errors.New("WithWebhookHandler got a nil handler")
		}
		s.webhooks.client, s.webhooks.open = &http.Client{Transport: webhooks.Direct(receiver)}, true
		return nil
	}
}

// newSender makes what delivers webhooks.
func (s *Server) newSender() *webhooks.Sender {
	to := newGuard(s.settings.webhooks.hosts)
	return webhooks.New(webhooks.Config{
		Clock:    s.clock,
		Universe: s.universe,
		Client:   s.settings.webhooks.client,
		Allows:   func(host string) bool { return s.settings.webhooks.open || to.allows(host) },
		Logger:   s.settings.logger,
	})
}

// ErrNoDelivery is what Replay answers for a number that no delivery has.
var ErrNoDelivery = errors.New("sandbox: there is no such delivery")

// Delivery is an event on its way to a webhook. No secret is in it.
type Delivery struct {
	ID        int64           `json:"id"` // counts up from 1 in each world
	WebhookID string          `json:"webhook_id"`
	ProjectID string          `json:"project_id"`
	Event     string          `json:"event"` // "ping" for the ping
	URL       string          `json:"url"`
	Body      json.RawMessage `json:"body"`
	CreatedAt time.Time       `json:"created_at"`          // on the sandbox's clock
	ReplayOf  int64           `json:"replay_of,omitempty"` // delivery

	Status         DeliveryStatus `json:"status"`
	Attempts       int            `json:"attempts"`
	NextAttempt    time.Time      `json:"next_attempt,omitzero"`     // on the sandbox's clock
	ResponseStatus int            `json:"response_status,omitempty"` // of the last attempt; 0: no answer came
	Response       string         `json:"response,omitempty"`        // its body's first 1,024 bytes
	Error          string         `json:"error,omitempty"`           // why the last attempt failed
}

// DeliveryStatus is how far a delivery has come.
type DeliveryStatus string

// What can be the matter with a delivery.
const (
	DeliveryWaiting  DeliveryStatus = "waiting"  // for its first or next attempt
	DeliverySent     DeliveryStatus = "sent"     // the receiver answered 2xx
	DeliveryFailed   DeliveryStatus = "failed"   // no attempt is left
	DeliveryCanceled DeliveryStatus = "canceled" // its webhook was deleted
)

// Deliveries lists what the default world sent to webhooks or has still to
// send, oldest first. About 2,000 are kept. A first attempt begins once the
// request that caused it is answered; [Clock.Settle] waits for its end.
func (s *Server) Deliveries() []Delivery { return s.deliveries(s.universe.Default()) }

// Replay sends a delivery of the default world again, byte for byte, with the
// webhook's present secret and to its present address. It is a new delivery,
// whose attempts are made like any other's. The error is [ErrNoDelivery].
func (s *Server) Replay(id int64) (Delivery, error) { return s.replay(s.universe.Default(), id) }

// Settle returns once everything that is due by now has happened: the first
// attempts of deliveries to webhooks above all. The clock is not moved.
func (c *Clock) Settle() { c.inner.Settle() }

func (s *Server) deliveries(w *state.World) []Delivery {
	var rows []*state.Delivery
	_ = w.View(func(tx *state.Tx) error { // the function does not fail
		rows = tx.Deliveries.Rows("")
		return nil
	})
	list := make([]Delivery, len(rows))
	for i, d := range rows {
		list[i] = s.delivery(d)
	}
	return list
}

func (s *Server) replay(w *state.World, id int64) (Delivery, error) {
	var made *state.Delivery
	err := w.Update(func(tx *state.Tx) error {
		d := tx.Deliveries.Get("", id)
		if d == nil {
			return fmt.Errorf("%w: %d", ErrNoDelivery, id)
		}
		made = tx.Replay(d)
		return nil
	})
	if err != nil {
		return Delivery{}, err
	}
	return s.delivery(made), nil
}

// delivery is a row with its secrets masked.
func (s *Server) delivery(d *state.Delivery) Delivery {
	mask := s.mask()
	address := ""
	if u, err := url.Parse(d.URL); err == nil {
		address = mask.Text(redact.URL(u))
	}
	return Delivery{
		ID: d.ID, WebhookID: d.WebhookID, ProjectID: d.ProjectID, Event: d.Event, URL: address,
		Body: json.RawMessage(mask.Text(string(d.Body))), CreatedAt: d.CreatedAt, ReplayOf: d.ReplayOf,
		Status: DeliveryStatus(d.Status), Attempts: d.Attempts, NextAttempt: d.NextAttempt,
		ResponseStatus: d.ResponseStatus, Response: mask.Text(d.Response), Error: mask.Text(d.Error),
	}
}
