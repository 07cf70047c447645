package tokens

import (
	"context"
	"log/slog"
	"sync/atomic"
	"time"
)

// EventKind says what happened.
type EventKind string

const (
	// EventConnected means: a new grant was stored.
	EventConnected EventKind = "connected"

	// EventReconnected means: a grant was replaced under the same ID. It is
	// healthy, whatever it was before.
	EventReconnected EventKind = "reconnected"

	// EventDeleted means: this process deleted a grant.
	EventDeleted EventKind = "deleted"

	// EventHealth means: a grant became healthy, degraded or in need of
	// reauthorization. The process that recorded the change in the store
	// tells of it, so a fleet tells once.
	EventHealth EventKind = "health"

	// EventSaveFailed means: a new token could not be stored. It is kept in memory,
	// given to nobody, and the save is retried; if the process ends before
	// EventSaved, the token is lost.
	EventSaveFailed EventKind = "save_failed"

	// EventSaved means: the save that had failed worked, or somebody else had
	// stored a newer token meanwhile.
	EventSaved EventKind = "saved"

	// EventMissing means: a grant that this process had used is gone from the
	// store. It was disconnected elsewhere, or lost there; it is not written
	// back.
	EventMissing EventKind = "missing"

	// EventUnreadable means: Maintain met a record that cannot be opened.
	EventUnreadable EventKind = "unreadable"
)

// Event tells of a change. It holds no secret.
type Event struct {
	Time    time.Time
	GrantID string
	Kind    EventKind

	// From, To and Reason go with EventHealth; Reason also with
	// EventSaveFailed.
	From, To Health
	Reason   Reason

	// Text is a cause in words, with the grant's secrets masked; may be empty.
	Text string
}

// LogValue lists what is set.
func (e Event) LogValue() slog.Value {
	attrs := []slog.Attr{slog.String("kind", string(e.Kind)), slog.String("grant", e.GrantID)}
	for _, attr := range []slog.Attr{
		slog.String("from", string(e.From)), slog.String("to", string(e.To)), slog.String("reason", string(e.Reason)), slog.String("text", e.Text),
	} {
		if attr.Value.String() != "" {
			attrs = append(attrs, attr)
		}
	}
	return slog.GroupValue(attrs...)
}

// level makes what needs a person visible.
func (e Event) level() slog.Level {
	switch {
	case e.Kind == EventSaveFailed, e.Kind == EventUnreadable, e.To == ReauthRequired:
		return slog.LevelError
	case e.Kind == EventMissing, e.To == Degraded:
		return slog.LevelWarn
	}
	return slog.LevelInfo
}

// tell delivers an event to the function, the log and the counters.
func (m *Manager) tell(e Event) {
	e.Time = m.clock()
	m.cfg.Metrics.Add(Events, string(e.Kind), 1)
	m.log.LogAttrs(context.WithoutCancel(m.ctx), e.level(), "tokens: event", slog.Any("event", e))
	if m.cfg.OnEvent != nil {
		m.cfg.OnEvent(e)
	}
}

// tellHealth tells of a change of health between two states of a grant.
func (m *Manager) tellHealth(id string, before, after state) {
	if before.Health == after.Health && before.Reason == after.Reason {
		return
	}
	m.cfg.Metrics.Add(HealthChanges, string(after.Health), 1)
	m.tell(Event{
		GrantID: id, Kind: EventHealth,
		From: before.Health, To: after.Health, Reason: after.Reason,
	})
}

// EventChannel is an OnEvent function that puts events into a channel. It
// never blocks the manager: when the channel is full, events are dropped and
// counted.
//
//	events := tokens.NewEventChannel(100)
//	cfg.OnEvent = events.Send
//	for event := range events.C { … }
type EventChannel struct {
	C       <-chan Event
	c       chan Event
	dropped atomic.Int64
}

// NewEventChannel returns a channel that holds up to size events.
func NewEventChannel(size int) *EventChannel {
	c := make(chan Event, size)
	return &EventChannel{C: c, c: c}
}

// Send implements Config.OnEvent.
func (c *EventChannel) Send(e Event) {
	select {
	case c.c <- e:
	default:
		c.dropped.Add(1)
	}
}

// Dropped is how many events found the channel full.
func (c *EventChannel) Dropped() int64 { return c.dropped.Load() }
