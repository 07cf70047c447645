package lokalise

import (
	"context"
	"errors"
	"math/rand/v2"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// retryPolicy bounds how long a call goes on trying.
type retryPolicy struct {
	attempts       int
	attemptTimeout time.Duration
	callTimeout    time.Duration
}

// verdict is what comes of an attempt.
type verdict struct {
	// again is set when the request is to be sent once more, after wait.
	again bool
	wait  time.Duration
	// reason is why, for the log.
	reason string
	// refused is set when the API said that the request came too soon.
	refused bool
	// renew is set when another token has to be asked for first.
	renew bool
}

// judgeError decides about an attempt that got no answer.
func (r *call) judgeError(ctx context.Context, err error) verdict {
	var redirect *RedirectError
	switch {
	case ctx.Err() != nil, errors.As(err, &redirect), errors.Is(err, errNotRetryable):
		return verdict{}
	case !r.replayable():
		return verdict{}
	case notSent(err):
		return r.fault("nothing was sent")
	case r.idempotent:
		return r.fault("no answer")
	}
	return verdict{}
}

// judgeStatus decides about an answer that is not a success.
func (r *call) judgeStatus(res *http.Response, e *APIError) verdict {
	switch {
	case !r.replayable():
		return verdict{}
	case errors.Is(e, ErrUnauthorized):
		return verdict{again: !r.renewed && r.client.credential.source != nil, renew: true, reason: "the token was refused"}
	case e.Status == http.StatusTooManyRequests, e.Status == http.StatusLocked:
		return r.refusal(res, e)
	case e.Status >= http.StatusInternalServerError && e.Status != http.StatusNotImplemented && r.idempotent:
		if r.waited+e.RetryAfter > r.maxWait {
			return verdict{}
		}
		v := r.fault("server error")
		v.wait = max(v.wait, e.RetryAfter)
		return v
	}
	return verdict{}
}

// fault decides about a failure of the network or the server.
func (r *call) fault(reason string) verdict {
	r.faults++
	if r.faults >= r.client.retry.attempts {
		return verdict{}
	}
	return verdict{again: true, wait: backoff(r.faults), reason: reason}
}

// refusal decides about an answer that says the request came too soon. Nothing
// was done, so that any request may be sent again.
func (r *call) refusal(res *http.Response, e *APIError) verdict {
	r.refusals++
	wait := e.RetryAfter
	if wait == 0 {
		wait = rateReset(res.Header)
	}
	if wait == 0 {
		wait = backoff(r.refusals)
	}
	left := r.maxWait - r.waited
	if wait > left {
		return verdict{wait: wait, refused: true}
	}
	// Callers that were refused together shall not come back together.
	wait = min(wait+jitter(wait/4), left)
	return verdict{again: true, wait: wait, refused: true, reason: "rate limited"}
}

// backoff returns the pause before the nth retry: half a second, doubled each
// time up to eight, of which one half is left to chance.
func backoff(n int) time.Duration {
	const first, last = 500 * time.Millisecond, 8 * time.Second
	d := first << min(n-1, 10)
	d = min(d, last)
	return d/2 + jitter(d/2)
}

func jitter(d time.Duration) time.Duration {
	if d <= 0 {
		return 0
	}
	return rand.N(d) //nolint:gosec // spreads retries, protects nothing
}

// pause waits before the next attempt. It returns false when the context ends
// or the call's time would be over by then.
func (r *call) pause(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return true
	}
	if !r.deadline.IsZero() && time.Now().Add(d).After(r.deadline) {
		return false
	}
	if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) < d {
		return false
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		r.waited += d
		return true
	case <-ctx.Done():
		return false
	}
}

// errNotRetryable marks failures before sending that another try would repeat.
var errNotRetryable = errors.New("not retryable")

// notSent reports whether an error means that no byte of the request left: the
// name was not found, or no connection came about. Errors of TLS are not
// counted, since net/http does not tell them from those of a request.
func notSent(err error) bool {
	var dns *net.DNSError
	if errors.As(err, &dns) {
		return true
	}
	var op *net.OpError
	return errors.As(err, &op) && (op.Op == "dial" || op.Op == "proxyconnect")
}

// retryAfter reads the header Retry-After, seconds or a date (RFC 9110, section
// 10.2.3). Lokalise was never seen to send it; proxies may.
func retryAfter(h http.Header, now time.Time) time.Duration {
	text := h.Get("Retry-After")
	if text == "" {
		return 0
	}
	if d, ok := seconds(text); ok {
		return d
	}
	if at, err := http.ParseTime(text); err == nil && at.After(now) {
		return min(at.Sub(now), longestWait)
	}
	return 0
}

// The rate headers, recorded in 2026 on API v1 and seen on v2:
//
//	x-ratelimit-limit: 10, 10;w=1, 10;w=1
//	x-ratelimit-remaining: 9
//	x-ratelimit-reset: 1
const (
	rateLimitHeader     = "X-Ratelimit-Limit"
	rateRemainingHeader = "X-Ratelimit-Remaining"
	rateResetHeader     = "X-Ratelimit-Reset"
)

// rateReset reads the header that says how long the window has to go, in
// seconds. It is not a Unix time, whatever some descriptions say; a number that
// can only be one is left aside.
func rateReset(h http.Header) time.Duration {
	if d, ok := seconds(firstOf(h, rateResetHeader)); ok && d < longestWait {
		return d
	}
	return 0
}

// rateState reads what the headers say about the limit. The second result is
// false when there is nothing a limiter has to know.
func rateState(h http.Header) (s RateState, ok bool) {
	limit := firstOf(h, rateLimitHeader)
	if limit == "" {
		return s, false
	}
	if n, err := strconv.Atoi(limit); err == nil && n > 0 {
		s.Limit = n
	}
	if firstOf(h, rateRemainingHeader) == "0" {
		s.Wait = rateReset(h)
	}
	return s, true
}

// firstOf returns the first number of a header that is a comma list whose
// items may have parameters.
func firstOf(h http.Header, name string) string {
	values := h[name]
	if len(values) == 0 {
		return ""
	}
	text, _, _ := strings.Cut(values[0], ",")
	text, _, _ = strings.Cut(text, ";")
	return strings.TrimSpace(text)
}

// longestWait is what a wait that an answer asks for is cut to. It is longer
// than anybody waits, and short enough to calculate with.
const longestWait = 24 * time.Hour

// seconds reads a number of seconds, also one with a fraction.
func seconds(text string) (time.Duration, bool) {
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || !(n >= 0) { // not a number, or NaN
		return 0, false
	}
	return time.Duration(min(n, longestWait.Seconds()) * float64(time.Second)), true
}
