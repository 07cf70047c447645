// Package otel records what the API client and the token manager do with
// OpenTelemetry: a span and a duration for each attempt to send a request, and
// the counters and durations of package tokens.
//
//	hooks, err := otel.Hooks(otel.Options{})
//	…
//	client, err := lokalise.New(lokalise.WithHooks(hooks), …)
//
//	metrics, err := otel.TokenMetrics(otel.Options{})
//	…
//	manager, err := tokens.New(tokens.Config{Metrics: metrics, …})
//
// Names follow OpenTelemetry's semantic conventions for HTTP clients, version
// 1.43.0, and begin with "lokalise." where those have none. No attribute holds a
// token, a grant's ID, a header or a body.
package otel
