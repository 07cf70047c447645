package otel

import (
	"context"
	"fmt"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"

	"github.com/golokalise/lokalise/tokens"
)

// description is how a number of package tokens appears in OpenTelemetry.
type description struct {
	name, unit, text string
	// label is the attribute that holds the label.
	label attribute.Key
}

var counters = map[tokens.Counter]description{
	tokens.Refreshes:     {"lokalise.tokens.refreshes", "{refresh}", "Refreshes that were sent", "lokalise.outcome"},
	tokens.StoreErrors:   {"lokalise.tokens.store.errors", "{error}", "Calls of the store that failed", "lokalise.call"},
	tokens.HealthChanges: {"lokalise.tokens.health_changes", "{change}", "Changes of a grant's health", "lokalise.health"},
	tokens.Events:        {"lokalise.tokens.events", "{event}", "Events", "lokalise.event"},
	tokens.Maintained:    {"lokalise.tokens.maintained", "{grant}", "Grants that maintenance claimed", "lokalise.action"},
}

var durations = map[tokens.Duration]description{
	tokens.RefreshDuration: {"lokalise.tokens.refresh.duration", "s", "How long a sent refresh took", "lokalise.outcome"},
	tokens.StoreDuration:   {"lokalise.tokens.store.duration", "s", "How long a call of the store took", "lokalise.call"},
}

// TokenMetrics returns the counters and durations of a token manager, for
// [tokens.Config].Metrics. It fails if the meter refuses an instrument.
func TokenMetrics(options Options) (tokens.Metrics, error) {
	meter := options.meter()
	m := &tokenMetrics{map[tokens.Counter]metric.Int64Counter{}, map[tokens.Duration]metric.Float64Histogram{}}
	for key, d := range counters {
		c, err := meter.Int64Counter(d.name, metric.WithUnit(d.unit), metric.WithDescription(d.text))
		if err != nil {
			return nil, fmt.Errorf("otel: %w", err)
		}
		m.counters[key] = c
	}
	for key, d := range durations {
		h, err := meter.Float64Histogram(d.name, metric.WithUnit(d.unit), metric.WithDescription(d.text), buckets)
		if err != nil {
			return nil, fmt.Errorf("otel: %w", err)
		}
		m.durations[key] = h
	}
	return m, nil
}

// tokenMetrics is a [tokens.Metrics]. Its methods are given no context, so its
// measurements belong to no span.
type tokenMetrics struct {
	counters  map[tokens.Counter]metric.Int64Counter
	durations map[tokens.Duration]metric.Float64Histogram
}

// Add implements [tokens.Metrics]. What this version does not know is ignored.
func (m *tokenMetrics) Add(name tokens.Counter, label string, n int64) {
	if c, ok := m.counters[name]; ok {
		c.Add(context.Background(), n, metric.WithAttributes(counters[name].label.String(label)))
	}
}

// Observe implements [tokens.Metrics]. What this version does not know is
// ignored.
func (m *tokenMetrics) Observe(name tokens.Duration, label string, d time.Duration) {
	if h, ok := m.durations[name]; ok {
		h.Record(context.Background(), d.Seconds(), metric.WithAttributes(durations[name].label.String(label)))
	}
}
