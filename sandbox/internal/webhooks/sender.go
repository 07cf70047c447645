// Package webhooks sends what happens in the sandbox to the webhooks that want
// to know. An event becomes a row for each of them in the change that made it
// happen, and a job on the sandbox's clock; the job makes the request.
package webhooks

import (
	"context"
	"log/slog"
	"net/http"
	"net/url"
	"strconv"
	"sync"
	"time"

	"github.com/golokalise/lokalise/sandbox/internal/clock"
	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// atOnce is how many requests are under way at a time.
const atOnce = 8

// Config is what a Sender works with.
type Config struct {
	Clock    *clock.Clock
	Universe *state.Universe
	// Client makes the requests. nil: one that speaks to the network directly.
	Client *http.Client
	// Allows tells whether requests may go to a host, which has its port.
	Allows func(host string) bool
	// Logger is told of deliveries that failed.
	Logger *slog.Logger
}

// Sender makes deliveries. Close ends it.
type Sender struct {
	clock  *clock.Clock
	client *http.Client
	allows func(host string) bool
	logger *slog.Logger
	slots  chan struct{} // holds a token for each request under way

	ctx    context.Context //nolint:containedctx // of all requests; Close cancels it
	cancel context.CancelFunc

	mu    sync.Mutex
	left  int             // attempts that fell due and are not over
	idle  chan struct{}   // closed once left is 0; nil while it is
	lines map[line][]turn // of each webhook with an attempt under way, what follows it
}

// line is the webhook that attempts are for.
type line struct {
	world *state.World
	id    string
}

// New makes a sender and has the universe and the clock tell it what to do. It
// is called before they are used.
func New(cfg Config) *Sender {
	s := &Sender{clock: cfg.Clock, client: newClient(cfg.Client), allows: cfg.Allows, logger: cfg.Logger, slots: make(chan struct{}, atOnce), lines: map[line][]turn{}}
	s.ctx, s.cancel = context.WithCancel(context.Background())
	cfg.Universe.HandleEvents(queue)
	cfg.Universe.HandleJobs(state.DeliveryJob, s.handle)
	cfg.Clock.OnSettle(s.Wait)
	return s
}

// newClient is the client that makes the requests, or one like the user's. It
// keeps no connection, so that none is left when the sandbox is closed, and
// follows no redirect: the address is the one that somebody allowed.
func newClient(given *http.Client) *http.Client {
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	if given != nil {
		copied := *given
		client = &copied
	}
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return client
}

// queue puts a delivery in for each webhook that wants the event.
func queue(tx *state.Tx, e state.Event) {
	if e.Payload == nil || e.ProjectID == "" {
		return
	}
	var data []byte
	for h := range tx.Webhooks.All(e.ProjectID) {
		if !h.Wants(e, wholeProject[e.Name]) {
			continue
		}
		if data == nil {
			data = body(tx, e)
		}
		tx.Deliver(h, e.Name, data)
	}
}

// turn is an attempt that is to be made.
type turn struct {
	world    *state.World
	job      *state.Job
	delivery *state.Delivery
}

// handle has an attempt made. It runs on the clock's goroutine, so the attempt
// is another's. A webhook is sent one delivery at a time, in the order in which
// they fall due, so that a receiver sees the same order in every run.
func (s *Sender) handle(w *state.World, j *state.Job) {
	d := find(w, j)
	if d == nil {
		_ = w.Update(func(tx *state.Tx) error { // a storage that fails is logged there
			tx.Done(j)
			return nil
		})
		return
	}
	to := line{w, d.WebhookID}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.left++; s.left == 1 {
		s.idle = make(chan struct{})
	}
	waiting, busy := s.lines[to]
	s.lines[to] = append(waiting, turn{w, j, d})
	if !busy {
		go s.serve(to)
	}
}

// find returns the delivery that a job is about, or nil when it is forgotten.
func find(w *state.World, j *state.Job) (d *state.Delivery) {
	id, _ := strconv.ParseInt(j.Arg, 10, 64) // written by us
	_ = w.View(func(tx *state.Tx) error {    // the function does not fail
		d = tx.Deliveries.Get("", id)
		return nil
	})
	return d
}

// serve makes the attempts of a line until none is left.
func (s *Sender) serve(to line) {
	for {
		s.mu.Lock()
		if len(s.lines[to]) == 0 {
			delete(s.lines, to)
			s.mu.Unlock()
			return
		}
		next := s.lines[to][0]
		s.lines[to] = s.lines[to][1:]
		s.mu.Unlock()
		s.take(next)
	}
}

func (s *Sender) take(t turn) {
	defer s.over()
	select {
	case s.slots <- struct{}{}:
		defer func() { <-s.slots }()
		s.attempt(t)
	case <-s.ctx.Done():
	}
}

func (s *Sender) over() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.left--; s.left == 0 {
		close(s.idle)
		s.idle = nil
	}
}

// Wait returns once every attempt is over that had fallen due by the time of
// the call.
func (s *Sender) Wait() {
	s.mu.Lock()
	idle := s.idle
	s.mu.Unlock()
	if idle != nil {
		<-idle
	}
}

// Cancel breaks off every attempt, as if it had never been made. Nothing is
// attempted any more.
func (s *Sender) Cancel() { s.cancel() }

// Close is Cancel, and waits for the goroutines to end.
func (s *Sender) Close() {
	s.Cancel()
	s.Wait()
}

// attempt makes one attempt of a delivery. Its rows are changed when it is
// over, so that one which the end of the process breaks off is made again.
func (s *Sender) attempt(t turn) {
	d, secret := t.delivery, t.delivery.Secret
	_ = t.world.View(func(tx *state.Tx) error { // the function does not fail
		d = tx.Deliveries.Get("", d.ID)
		if h := tx.Webhooks.Get(t.delivery.ProjectID, t.delivery.WebhookID); h != nil {
			secret = h.Secret
		}
		return nil
	})
	var o outcome
	if d != nil && d.Status == state.DeliveryWaiting {
		if o = s.post(d, secret); s.ctx.Err() != nil {
			return
		}
	}
	err := t.world.Update(func(tx *state.Tx) error {
		if tx.Done(t.job) && o.tried {
			s.finish(tx, t.delivery.ID, o)
		}
		return nil
	})
	if err != nil {
		s.logger.Error("sandbox: an attempt of a delivery cannot be written down", "delivery", t.delivery.ID, "error", err)
	}
}

// finish writes down what came of an attempt and plans the next one.
func (s *Sender) finish(tx *state.Tx, id int64, o outcome) {
	old := tx.Deliveries.Get("", id)
	if old == nil {
		return
	}
	d := *old
	d.Attempts++
	d.ResponseStatus, d.Response, d.Error, d.NextAttempt = o.status, o.excerpt, o.problem, time.Time{}
	wait, again := pause(d.Attempts, tx.Now().Sub(d.CreatedAt))
	switch {
	case o.problem == "":
		d.Status = state.DeliverySent
	case d.Status == state.DeliveryCanceled:
	case o.final || !again || d.Event == state.PingEvent:
		d.Status = state.DeliveryFailed
	default:
		d.NextAttempt = tx.Schedule(state.DeliveryJob, state.IDKey(id), wait).Due
	}
	tx.Deliveries.Put(tx, &d)
	if o.problem != "" {
		s.logger.Info("sandbox: a delivery failed", "delivery", id, "event", d.Event, "attempts", d.Attempts, "status", string(d.Status), "reason", o.problem)
	}
}

const (
	// firstPause is documented: "about a minute"
	// (https://developers.lokalise.com/docs/webhooks-guide).
	firstPause = time.Minute
	// lastPause is assumed, as is that pauses double up to it.
	lastPause = 4 * time.Hour
	// giveUpAfter is documented.
	giveUpAfter = 24 * time.Hour
)

// pause is how long after a number of failed attempts the next one is made.
// again is false when that would be too late.
func pause(attempts int, age time.Duration) (wait time.Duration, again bool) {
	wait = lastPause
	if doubled := attempts - 1; doubled < 8 {
		wait = min(firstPause<<max(doubled, 0), lastPause)
	}
	return wait, age+wait <= giveUpAfter
}

// allowed tells whether a request may go to an address.
func (s *Sender) allowed(u *url.URL) bool {
	return (u.Scheme == "http" || u.Scheme == "https") && s.allows(u.Host)
}
