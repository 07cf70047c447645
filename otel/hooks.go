package otel

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strconv"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	semconv "go.opentelemetry.io/otel/semconv/v1.43.0"
	"go.opentelemetry.io/otel/semconv/v1.43.0/httpconv"
	"go.opentelemetry.io/otel/trace"

	"github.com/golokalise/lokalise"
)

// Attributes of spans that the conventions have no name for.
const (
	// processIDKey is the X-Lokalise-Process-Id header, which Lokalise's
	// support asks for.
	processIDKey = attribute.Key("lokalise.process_id")
	// waitedKey is how long the call has waited so far, for its turn and
	// between attempts, in seconds.
	waitedKey = attribute.Key("lokalise.waited")
)

// Hooks returns hooks for [lokalise.WithHooks]. Each attempt to send a request
// becomes a client span, which ends when the header of the answer arrived, and
// is counted in the histogram http.client.request.duration. It fails if the
// meter refuses the instrument.
func Hooks(options Options) (lokalise.Hooks, error) {
	duration, err := httpconv.NewClientRequestDuration(options.meter(), buckets)
	if err != nil {
		return lokalise.Hooks{}, fmt.Errorf("otel: %w", err)
	}
	w := watcher{options.tracer(), duration}
	return lokalise.Hooks{Start: w.start, Done: w.done}, nil
}

// watcher records attempts.
type watcher struct {
	tracer   trace.Tracer
	duration httpconv.ClientRequestDuration
}

func (w watcher) start(ctx context.Context, a lokalise.Attempt) context.Context {
	host, port := server(a.URL)
	attrs := []attribute.KeyValue{
		semconv.HTTPRequestMethodKey.String(a.Method),
		semconv.URLTemplate(a.Route),
		semconv.URLFull(a.URL),
		semconv.ServerAddress(host),
		semconv.ServerPort(port),
		waitedKey.Float64(a.Waited.Seconds()),
	}
	if a.Number > 1 {
		attrs = append(attrs, semconv.HTTPRequestResendCount(a.Number-1))
	}
	ctx, _ = w.tracer.Start(ctx, a.Method+" "+a.Route, trace.WithSpanKind(trace.SpanKindClient), trace.WithAttributes(attrs...))
	return ctx
}

func (w watcher) done(ctx context.Context, a lokalise.Attempt, r lokalise.AttemptResult) {
	result := outcome(r)
	span := trace.SpanFromContext(ctx)
	span.SetAttributes(result...)
	if r.ProcessID != "" {
		span.SetAttributes(processIDKey.String(r.ProcessID))
	}
	if failed(r) {
		span.SetStatus(codes.Error, "") // error.type says which
	}
	host, port := server(a.URL)
	w.duration.Record(ctx, r.Duration.Seconds(), httpconv.RequestMethodAttr(a.Method), host, port,
		append(result, semconv.URLTemplate(a.Route))...)
	span.End()
}

func failed(r lokalise.AttemptResult) bool { return r.Status == 0 || r.Status >= 400 }

// outcome is what spans and metrics say about the end of an attempt. Texts of
// errors are not among it: there are too many different ones.
func outcome(r lokalise.AttemptResult) []attribute.KeyValue {
	var attrs []attribute.KeyValue
	if r.Status != 0 {
		attrs = append(attrs, semconv.HTTPResponseStatusCode(r.Status))
	}
	if failed(r) {
		attrs = append(attrs, semconv.ErrorTypeKey.String(errorType(r)))
	}
	return attrs
}

// errorType is the status, or a word for why there was none.
func errorType(r lokalise.AttemptResult) string {
	var timeout interface{ Timeout() bool }
	switch {
	case r.Status != 0:
		return strconv.Itoa(r.Status)
	case errors.Is(r.Err, context.Canceled):
		return "canceled"
	case errors.Is(r.Err, context.DeadlineExceeded), errors.As(r.Err, &timeout) && timeout.Timeout():
		return "timeout"
	}
	return "connection"
}

// server is the host and the port of a URL.
func server(text string) (host string, port int) {
	u, err := url.Parse(text)
	if err != nil {
		return "", 0
	}
	port, err = strconv.Atoi(u.Port())
	switch {
	case err == nil:
	case u.Scheme == "http":
		port = 80
	default:
		port = 443
	}
	return u.Hostname(), port
}
