package lokalise

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/golokalise/lokalise/internal/redact"
)

// Hooks are functions that the client calls around each attempt to send a
// request, for tracing and metrics. Any of them may be nil. They are called in
// the goroutine of the call, or in that of an iterator that fetches ahead, and
// must be safe for many at once. Nothing that they are given holds a secret.
type Hooks struct {
	// Start is called before an attempt is sent, after it has waited for its
	// turn. The attempt uses the context that it returns, so that a span can
	// reach the transport.
	Start func(ctx context.Context, a Attempt) context.Context
	// Done is called when the header of the answer arrived or the attempt
	// failed.
	Done func(ctx context.Context, a Attempt, r AttemptResult)
}

// Attempt is one request about to be sent.
type Attempt struct {
	// Method and Route are those of the operation, with the route's
	// placeholders: "/projects/{project_id}". There are few different ones,
	// which makes them good names for metrics.
	Method, Route string
	// URL is where the request goes, secret query values masked.
	URL string
	// Number counts the attempts of the call, from 1.
	Number int
	// Waited is how long the call has waited so far: for its turn and between
	// attempts.
	Waited time.Duration
}

// AttemptResult is how an attempt ended.
type AttemptResult struct {
	// Status is the HTTP status code, 0 when there was no answer.
	Status int
	// Header is the header of the answer, secret values masked.
	Header http.Header
	// ProcessID is the X-Lokalise-Process-Id header.
	ProcessID string
	// Duration is the time until the header of the answer arrived.
	Duration time.Duration
	// Err is why there was no answer.
	Err error
	// Retry reports that the client will send the request again.
	Retry bool
}

// watching reports whether anybody wants to know about attempts. When nobody
// does, describing them costs nothing.
func (c *Client) watching() bool {
	return c.logger != nil || c.hooks.Start != nil || c.hooks.Done != nil
}

func (r *call) describe() Attempt {
	return Attempt{
		Method: r.method,
		Route:  r.path.route,
		URL:    redact.URL(&r.url),
		Number: r.attempts,
		Waited: r.waited,
	}
}

// started tells the hooks that an attempt begins.
func (r *call) started(ctx context.Context) context.Context {
	if start := r.client.hooks.Start; start != nil {
		return start(ctx, r.describe())
	}
	return ctx
}

// ended tells hooks and log how an attempt ended and what comes of it.
func (r *call) ended(ctx context.Context, res *http.Response, err error, took time.Duration, next verdict) {
	result := AttemptResult{Duration: took, Err: err, Retry: next.again}
	if res != nil {
		result.Status = res.StatusCode
		result.ProcessID = res.Header.Get(processIDHeader)
	}
	attempt := r.describe()
	if done := r.client.hooks.Done; done != nil {
		if res != nil {
			result.Header = redact.Header(res.Header)
		}
		done(ctx, attempt, result)
	}
	if r.client.logger != nil {
		r.log(ctx, attempt, result, next)
	}
}

func (r *call) log(ctx context.Context, a Attempt, result AttemptResult, next verdict) {
	attrs := []slog.Attr{
		slog.String("method", a.Method),
		slog.String("url", a.URL),
		slog.Int("attempt", a.Number),
		slog.Duration("took", result.Duration),
	}
	if result.Status != 0 {
		attrs = append(attrs, slog.Int("status", result.Status))
	}
	if result.ProcessID != "" {
		attrs = append(attrs, slog.String("process_id", result.ProcessID))
	}
	if result.Err != nil {
		attrs = append(attrs, slog.String("error", result.Err.Error()))
	}
	if !result.Retry {
		r.client.logger.LogAttrs(ctx, slog.LevelDebug, "lokalise: request", attrs...)
		return
	}
	attrs = append(attrs, slog.Duration("retry_in", next.wait), slog.String("reason", next.reason))
	r.client.logger.LogAttrs(ctx, slog.LevelInfo, "lokalise: request will be repeated", attrs...)
}
