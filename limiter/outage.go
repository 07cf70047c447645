package limiter

import (
	"log/slog"
	"sync"
	"time"
)

// outage knows whether the server can be asked, and tells when that changes.
type outage struct {
	logger *slog.Logger
	tell   func(error)

	mu    sync.Mutex
	cause error
	// failed is when the server last failed.
	failed time.Time
	// probe is when the next request asks the server again.
	probe time.Time
}

// err returns why the server cannot be asked. During an outage one request a
// second finds out whether it is over.
func (o *outage) err(now time.Time) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.cause != nil && !now.Before(o.probe) {
		o.probe = now.Add(probeEvery)
		return nil
	}
	return o.cause
}

// since returns why the server failed, if it did after a moment.
func (o *outage) since(moment time.Time) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.cause != nil && o.failed.After(moment) {
		return o.cause
	}
	return nil
}

func (o *outage) begin(cause error, now time.Time) {
	o.mu.Lock()
	began := o.cause == nil
	o.cause, o.failed, o.probe = cause, now, now.Add(probeEvery)
	o.mu.Unlock()
	if !began {
		return
	}
	o.logger.Warn("limiter: the shared budget cannot be asked", slog.String("error", cause.Error()))
	if o.tell != nil {
		o.tell(cause)
	}
}

func (o *outage) end() {
	o.mu.Lock()
	ended := o.cause != nil
	o.cause = nil
	o.mu.Unlock()
	if !ended {
		return
	}
	o.logger.Info("limiter: the shared budget is asked again")
	if o.tell != nil {
		o.tell(nil)
	}
}
