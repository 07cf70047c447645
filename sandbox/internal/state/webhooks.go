package state

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"time"
)

// Webhook tells somebody about events in a project.
type Webhook struct {
	ProjectID string
	ID        string // 40 hexadecimal characters, as recorded
	Order     int64  // in which they were made
	URL       string
	Branch    string // empty: all
	Secret    string
	Events    []string
	Languages []EventLanguages
}

// EventLanguages narrows an event to some languages, by their codes.
type EventLanguages struct {
	Event string
	ISOs  []string
}

// Secret is a word that must not be shown. One that is not good any more is
// still none of anybody's business, so it stays.
type Secret struct {
	Word      string
	ProjectID string // what it is good for, where somebody has to find that by the word alone
}

// IssueSecret makes a secret of 40 hexadecimal characters that is masked
// wherever the sandbox shows something.
func (tx *Tx) IssueSecret() string {
	s := &Secret{Word: NewSecret()}
	tx.Secrets.Put(tx, s)
	return s.Word
}

// NewWebhook puts a webhook in, with an id and a secret of its own, and returns
// it as it is in the table.
func (tx *Tx) NewWebhook(h Webhook) *Webhook {
	h.Order = tx.NextID("webhooks")
	sum := sha256.Sum256([]byte("webhook " + strconv.FormatInt(h.Order, 10)))
	h.ID, h.Secret = hex.EncodeToString(sum[:20]), tx.IssueSecret()
	tx.Webhooks.Put(tx, &h)
	return &h
}

// DeleteWebhook deletes a webhook and cancels what it has still to deliver. It
// tells whether the webhook was there.
func (tx *Tx) DeleteWebhook(projectID, id string) bool {
	if !tx.Webhooks.Delete(tx, projectID, id) {
		return false
	}
	for _, d := range tx.Deliveries.Rows("") {
		if d.WebhookID == id && d.Status == DeliveryWaiting {
			canceled := *d
			canceled.Status, canceled.NextAttempt = DeliveryCanceled, time.Time{}
			tx.Deliveries.Put(tx, &canceled)
		}
	}
	return true
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

// Delivery is an event on its way to a webhook, with everything that takes, so
// that it arrives when the project is gone: project.deleted would not otherwise.
type Delivery struct {
	ID        int64
	WebhookID string
	ProjectID string
	Event     string // "ping" for the ping
	URL       string
	Secret    string // of when the event happened; the webhook's own goes first
	Body      []byte
	CreatedAt time.Time
	ReplayOf  int64 // delivery, or 0

	Status         DeliveryStatus
	Attempts       int
	NextAttempt    time.Time // zero: none
	ResponseStatus int       // of the last attempt, 0 when there was no answer
	Response       string    // the beginning of its body
	Error          string    // why the last attempt failed
}

// PingEvent is the Event of a delivery that only asks whether the receiver is
// there.
const PingEvent = "ping"

// DeliveryJob is the kind of the jobs that attempt a delivery. Their argument
// is its id.
const DeliveryJob = "delivery"

// keptDeliveries is how many deliveries a world remembers. Those that wait are
// never forgotten.
const keptDeliveries = 2000

// Deliver puts a delivery of the body to the webhook in, and has it attempted
// once the change is made.
func (tx *Tx) Deliver(h *Webhook, event string, body []byte) *Delivery {
	return tx.putDelivery(&Delivery{WebhookID: h.ID, ProjectID: h.ProjectID, Event: event, URL: h.URL, Secret: h.Secret, Body: body})
}

// Ping has a webhook's receiver asked whether it is there.
func (tx *Tx) Ping(h *Webhook) *Delivery { return tx.Deliver(h, PingEvent, []byte(`["ping"]`)) }

// Replay puts a delivery in that is the same as another, byte for byte. It goes
// where the webhook sends events now.
func (tx *Tx) Replay(d *Delivery) *Delivery {
	again := &Delivery{WebhookID: d.WebhookID, ProjectID: d.ProjectID, Event: d.Event, URL: d.URL, Secret: d.Secret, Body: d.Body, ReplayOf: d.ID}
	if h := tx.Webhooks.Get(d.ProjectID, d.WebhookID); h != nil {
		again.URL = h.URL
	}
	return tx.putDelivery(again)
}

func (tx *Tx) putDelivery(d *Delivery) *Delivery {
	tx.forgetDeliveries()
	d.ID, d.CreatedAt, d.Status, d.NextAttempt = tx.NextID("deliveries"), tx.Now(), DeliveryWaiting, tx.Now()
	tx.Deliveries.Put(tx, d)
	tx.Schedule(DeliveryJob, IDKey(d.ID), 0)
	return d
}

// forgetDeliveries makes room for another delivery.
func (tx *Tx) forgetDeliveries() {
	if tx.Deliveries.Len("") < keptDeliveries {
		return
	}
	for d := range tx.Deliveries.All("") {
		if d.Status != DeliveryWaiting {
			tx.Deliveries.Delete(tx, "", d.ID)
			return
		}
	}
}

// Wants tells whether the webhook is to be told of the event. Events that
// concern a project as a whole are no branch's, so a webhook of one branch is
// told of them too (assumed).
func (h *Webhook) Wants(e Event, wholeProject bool) bool {
	if !slices.Contains(h.Events, e.Name) {
		return false
	}
	if h.Branch != "" && !wholeProject && BranchContent(h.ProjectID, h.Branch) != BranchContent(h.ProjectID, e.Branch) {
		return false
	}
	for _, only := range h.Languages {
		if only.Event == e.Name && len(only.ISOs) > 0 {
			return slices.ContainsFunc(e.Languages, func(iso string) bool { return slices.Contains(only.ISOs, iso) })
		}
	}
	return true
}
