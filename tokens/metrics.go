package tokens

import "time"

// Metrics receives what the manager counts and measures. Labels come from
// small fixed sets; grant IDs are never among them. Methods are called from
// many goroutines and must not block.
type Metrics interface {
	// Add adds n to a counter.
	Add(name Counter, label string, n int64)

	// Observe records one duration.
	Observe(name Duration, label string, d time.Duration)
}

// Counter names what is counted.
type Counter string

const (
	// Refreshes counts refreshes that were sent, by outcome.
	Refreshes Counter = "refreshes"

	// StoreErrors counts failed calls of the store, by call. A conflict or a
	// missing grant is no failure.
	StoreErrors Counter = "store_errors"

	// HealthChanges counts changes of health, by the new health.
	HealthChanges Counter = "health_changes"

	// Events counts events, by kind.
	Events Counter = "events"

	// Maintained counts what Maintain claimed, by what it did.
	Maintained Counter = "maintained"
)

// Duration names what is measured.
type Duration string

const (
	// RefreshDuration is how long a sent refresh took, by outcome.
	RefreshDuration Duration = "refresh"

	// StoreDuration is how long a call of the store took, by call.
	StoreDuration Duration = "store"
)

// noMetrics is used when no Metrics are configured.
type noMetrics struct{}

func (noMetrics) Add(Counter, string, int64) {}

func (noMetrics) Observe(Duration, string, time.Duration) {}
