package limiter

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"time"

	"github.com/golokalise/lokalise"
)

// Limiter is a [lokalise.Limiter] on a server.
type Limiter struct {
	server  Server
	options Options
	// member tells this process from the others.
	member string
	lines  lines
	outage outage
	// local is used while the server cannot be asked.
	local lokalise.Limiter
}

var _ lokalise.Limiter = (*Limiter)(nil)

// New returns a limiter on a server. It fails if the server is nil or a value
// of the options makes no sense.
func New(server Server, options Options) (*Limiter, error) {
	if server == nil {
		return nil, errors.New("limiter: the server is nil")
	}
	if options.OnError != FallBack && options.OnError != Fail {
		return nil, fmt.Errorf("limiter: OnError is %d, which is neither FallBack nor Fail", options.OnError)
	}
	options = options.withDefaults()
	return &Limiter{
		server:  server,
		options: options,
		member:  rand.Text()[:12],
		outage:  outage{logger: options.Logger, tell: options.OnOutage},
		local:   lokalise.NewLimiter(),
	}, nil
}

// serverError is a failure of the server, as opposed to a refusal.
type serverError struct{ err error }

func (e *serverError) Error() string {
	return fmt.Sprintf("limiter: the shared budget cannot be asked: %v", e.err)
}

func (e *serverError) Unwrap() error { return e.err }

// Wait implements [lokalise.Limiter]. A context that ends during a call of the
// server is noticed when the call ends.
func (l *Limiter) Wait(ctx context.Context, r lokalise.Reservation) error {
	if !(r.PerSecond > 0) {
		return nil // no limit
	}
	start := time.Now()
	maxWait := r.MaxWait
	left := func() lokalise.Reservation {
		r.MaxWait = max(maxWait-time.Since(start), 0)
		return r
	}
	err := l.outage.err(start)
	if err == nil {
		err = l.share(ctx, r, left)
	}
	var down *serverError
	if !errors.As(err, &down) || l.options.OnError == Fail {
		return err
	}
	own := left()
	own.PerSecond /= float64(l.options.Processes)
	return l.local.Wait(ctx, own)
}

// share waits for a turn among the requests of the process, and then for one
// among those of the fleet.
func (l *Limiter) share(ctx context.Context, r lokalise.Reservation, left func() lokalise.Reservation) error {
	start := time.Now()
	ln, err := l.lines.enter(ctx, r)
	if err != nil {
		return err
	}
	defer l.lines.leave(ln)
	if err := l.outage.since(start); err != nil {
		return err // what the one ahead found out need not be found out again
	}
	t := turn{limiter: l, line: ln, budgets: [2]Request{
		{Key: credentialKey(r), Party: l.member, Member: l.member, PerSecond: r.PerSecond},
		{Key: addressKey(r), Party: r.Credential, Member: l.member, PerSecond: r.PerSecond},
	}}
	return t.wait(ctx, left)
}

func credentialKey(r lokalise.Reservation) string { return "credential:" + r.Credential }
func addressKey(r lokalise.Reservation) string    { return "address:" + r.Address }

// Report implements [lokalise.Limiter]. The wait is put on the credential, as
// the limiter of one process does, for all processes of the fleet. A place that
// another process has taken already, at most one each, is still used.
func (l *Limiter) Report(ctx context.Context, r lokalise.Reservation, s lokalise.RateState) {
	own := r
	own.PerSecond /= float64(l.options.Processes)
	l.local.Report(ctx, own, s)
	if l.outage.err(time.Now()) != nil {
		return
	}
	_ = l.call(ctx, func(ctx context.Context) error {
		return l.server.Hold(ctx, credentialKey(r), s.Wait, s.Limit)
	})
}

// call calls the server. The call is not ended with the context, since it would
// then not be known whether it took a place.
func (l *Limiter) call(ctx context.Context, do func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), l.options.Timeout)
	defer cancel()
	if err := do(ctx); err != nil {
		down := &serverError{err}
		l.outage.begin(down, time.Now())
		return down
	}
	l.outage.end()
	return nil
}
