package limiter

import (
	"log/slog"
	"time"
)

// Policy is what becomes of requests while the server cannot be asked.
type Policy int

const (
	// FallBack lets each process keep its own part of the limit, see
	// [Options].Processes. A limiter that is down then stops no app; at worst
	// the API refuses some requests, which the client repeats.
	FallBack Policy = iota
	// Fail makes requests fail at once, with an error that says why.
	Fail
)

// Options fit a [Limiter] to a fleet. The zero value is fine.
type Options struct {
	// OnError says what becomes of requests while the server cannot be asked.
	// Defaults to FallBack.
	OnError Policy

	// Processes is how many processes share the budgets: each takes that part
	// of the limit while it falls back. Defaults to 1, which lets each process
	// use the whole limit meanwhile.
	Processes int

	// Timeout bounds each call of the server. Defaults to 1 second.
	Timeout time.Duration

	// Logger gets a warning when an outage begins and a line when it ends.
	// Defaults to none.
	Logger *slog.Logger

	// OnOutage is called with the error when an outage begins and with nil when
	// it ends. It must not block. Defaults to none.
	OnOutage func(err error)
}

const (
	defaultTimeout = time.Second
	// probeEvery is how long an outage lasts before the server is asked again.
	probeEvery = time.Second
)

func (o Options) withDefaults() Options {
	if o.Processes <= 0 {
		o.Processes = 1
	}
	if o.Timeout <= 0 {
		o.Timeout = defaultTimeout
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	return o
}
