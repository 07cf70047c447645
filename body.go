package lokalise

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"
)

// body is the body of one answer. It bounds the size of the answer and the
// time spent waiting for it: a timer runs until the header is there and then
// during each read, but not between two reads, when the caller is at work.
type body struct {
	call   *call
	ctx    context.Context // the request's own, which ends with the body
	cancel context.CancelCauseFunc
	res    *http.Response

	timer   *time.Timer
	timeout time.Duration // for each wait; 0 is none
	budget  time.Duration // for all waits together; only with a deadline
	left    int64         // bytes that may still come

	err error // why reading failed; nil at the end of the body
}

// begin makes the context for an attempt and starts its timer.
func (b *body) begin(ctx context.Context, r *call) {
	*b = body{call: r, timeout: r.client.retry.attemptTimeout, left: r.client.maxAnswer}
	b.ctx, b.cancel = context.WithCancelCause(ctx)
	if !r.deadline.IsZero() {
		b.budget = max(time.Until(r.deadline), 1)
	}
	if d := b.nextWait(); d > 0 {
		cancel := b.cancel // the timer may outlive the attempt, see watch
		b.timer = time.AfterFunc(d, func() { cancel(errTimeout) })
	}
}

// watch returns the body of a request which, each time that the connection
// takes more of it, gives the attempt the time that one wait may take. A large
// file on a slow line needs longer than any single wait.
//
// net/http may go on reading after the attempt has ended. The timer is then
// started once more, and what it cancels is over already.
func (b *body) watch(payload io.ReadCloser) io.ReadCloser {
	if b.timer == nil || payload == nil {
		return payload
	}
	return &watchedBody{ReadCloser: payload, timer: b.timer, timeout: b.timeout, deadline: b.call.deadline}
}

type watchedBody struct {
	io.ReadCloser
	timer    *time.Timer
	timeout  time.Duration
	deadline time.Time
}

// Read implements io.Reader.
func (w *watchedBody) Read(p []byte) (int, error) {
	n, err := w.ReadCloser.Read(p)
	next := body{timeout: w.timeout}
	if !w.deadline.IsZero() {
		next.budget = max(time.Until(w.deadline), 1)
	}
	w.timer.Reset(next.nextWait())
	return n, err
}

// nextWait returns how long the next wait may take; 0 is as long as it likes.
func (b *body) nextWait() time.Duration {
	switch {
	case b.budget == 0:
		return b.timeout
	case b.timeout == 0:
		return b.budget
	}
	return min(b.timeout, b.budget)
}

// attach gives the body its answer, once there is one.
func (b *body) attach(res *http.Response) {
	b.res = res
	if b.call.deadline.IsZero() {
		return
	}
	b.budget = max(time.Until(b.call.deadline), 1)
}

// Read implements io.Reader. The end of the body frees the slots of the call.
func (b *body) Read(p []byte) (int, error) {
	if b.res.ContentLength > b.left {
		b.err = b.tooLarge()
		return 0, b.err
	}
	n, err := b.timedRead(p)
	b.left -= int64(n)
	switch {
	case b.left < 0:
		b.err = b.tooLarge()
		return 0, b.err
	case errors.Is(err, io.EOF):
		b.call.releaseTurn()
	case err != nil:
		err = b.explain(err)
		b.err = err
	}
	return n, err
}

func (b *body) timedRead(p []byte) (int, error) {
	if b.timer == nil {
		return b.res.Body.Read(p)
	}
	b.timer.Reset(b.nextWait())
	start := time.Now()
	n, err := b.res.Body.Read(p)
	b.timer.Stop()
	if b.budget > 0 {
		b.budget = max(b.budget-time.Since(start), 1)
	}
	return n, err
}

var errTooLarge = errors.New("it is too large")

func (b *body) tooLarge() error {
	return fmt.Errorf("%w: more than %d bytes", errTooLarge, b.call.client.maxAnswer)
}

// explain replaces the error of a canceled request by the reason for which it
// was canceled.
func (b *body) explain(err error) error {
	switch {
	case b.ctx.Err() == nil:
		return err
	case context.Cause(b.ctx) == errTimeout: //nolint:errorlint // it is set as it is, by the timer
		return errTimeout
	}
	return contextError(b.ctx)
}

// contextError returns the error of a context that ended, with the cause that
// somebody gave for it.
func contextError(ctx context.Context) error {
	err, cause := ctx.Err(), context.Cause(ctx)
	if errors.Is(cause, err) {
		return cause
	}
	return fmt.Errorf("%w: %w", err, cause)
}

// end closes the body and frees everything that the attempt holds. Calling it
// again does no harm.
func (b *body) end() {
	if b.cancel == nil {
		return
	}
	if b.timer != nil {
		b.timer.Stop()
	}
	if b.res != nil {
		_ = b.res.Body.Close() // nothing is lost when it fails
	}
	b.cancel(nil)
	b.cancel = nil
	b.call.releaseTurn()
}

// errTimeout ends an attempt that took too long.
var errTimeout error = timeoutError{}

type timeoutError struct{}

func (timeoutError) Error() string { return "no answer in time" }

// Timeout is what net.Error has.
func (timeoutError) Timeout() bool { return true }

// Is makes the error look like that of a context whose deadline passed.
func (timeoutError) Is(target error) bool { return target == context.DeadlineExceeded }

// drain reads what is left of a short body, so that its connection can be used
// again, and closes it.
func drain(res *http.Response) {
	const short = 4 << 10
	_, _ = io.CopyN(io.Discard, res.Body, short) // only for the connection's sake
	_ = res.Body.Close()
}
