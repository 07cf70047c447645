package otel_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	sdkmetric "go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
	"go.opentelemetry.io/otel/trace"

	"github.com/golokalise/lokalise"
	"github.com/golokalise/lokalise/otel"
	"github.com/golokalise/lokalise/tokens"
)

// recorder keeps what was recorded.
type recorder struct {
	spans  *tracetest.InMemoryExporter
	reader *sdkmetric.ManualReader
}

func newRecorder() (*recorder, otel.Options) {
	r := &recorder{tracetest.NewInMemoryExporter(), sdkmetric.NewManualReader()}
	return r, otel.Options{
		TracerProvider: sdktrace.NewTracerProvider(sdktrace.WithSyncer(r.spans)),
		MeterProvider:  sdkmetric.NewMeterProvider(sdkmetric.WithReader(r.reader)),
	}
}

func (r *recorder) metrics(t *testing.T) map[string]metricdata.Metrics {
	t.Helper()
	var all metricdata.ResourceMetrics
	if err := r.reader.Collect(t.Context(), &all); err != nil {
		t.Fatal(err)
	}
	byName := map[string]metricdata.Metrics{}
	for _, scope := range all.ScopeMetrics {
		for _, m := range scope.Metrics {
			byName[m.Name] = m
		}
	}
	return byName
}

// attributes returns attributes by name.
func attributes(attrs []attribute.KeyValue) map[string]string {
	all := map[string]string{}
	for _, a := range attrs {
		all[string(a.Key)] = a.Value.String()
	}
	return all
}

const secret = "planted-secret-0123456789abcdef"

// watched returns a client with hooks, whose token is the planted secret.
func watched(t *testing.T, options otel.Options, handler http.HandlerFunc, opts ...lokalise.Option) *lokalise.Client {
	t.Helper()
	srv := httptest.NewServer(handler)
	t.Cleanup(srv.Close)
	hooks, err := otel.Hooks(options)
	if err != nil {
		t.Fatal(err)
	}
	client, err := lokalise.New(append([]lokalise.Option{
		lokalise.WithBaseURL(srv.URL), lokalise.WithAPIToken(secret), lokalise.WithHooks(hooks),
	}, opts...)...)
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// inTurn answers with one status after the other, and with the last one from
// then on.
func inTurn(statuses ...int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		status := statuses[0]
		if len(statuses) > 1 {
			statuses = statuses[1:]
		}
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("X-Lokalise-Process-Id", "process-1")
		w.WriteHeader(status)
		body := `{"project_id":"p","name":"n"}`
		if status != http.StatusOK {
			body = fmt.Sprintf(`{"error":{"code":%d,"message":"no"}}`, status)
		}
		_, _ = fmt.Fprint(w, body)
	}
}

func TestEachAttemptIsASpan(t *testing.T) {
	t.Parallel()
	r, options := newRecorder()
	client := watched(t, options, inTurn(http.StatusBadGateway, http.StatusOK))
	ctx, parent := options.TracerProvider.Tracer("app").Start(t.Context(), "app")
	if _, err := client.Projects.Get(ctx, "p"); err != nil {
		t.Fatal(err)
	}
	spans := r.spans.GetSpans()
	if len(spans) != 2 {
		t.Fatalf("%d spans, want one for each of two attempts", len(spans))
	}
	for i, want := range []map[string]string{
		{"http.response.status_code": "502", "error.type": "502"},
		{"http.response.status_code": "200", "http.request.resend_count": "1"},
	} {
		span, got := spans[i], attributes(spans[i].Attributes)
		want["http.request.method"], want["url.template"] = "GET", "/projects/{project_id}"
		want["server.address"], want["lokalise.process_id"] = "127.0.0.1", "process-1"
		for name, value := range want {
			if got[name] != value {
				t.Errorf("span %d: %s is %q, want %q", i, name, got[name], value)
			}
		}
		if span.Name != "GET /projects/{project_id}" || span.SpanKind != trace.SpanKindClient {
			t.Errorf("span %d is %q, kind %v", i, span.Name, span.SpanKind)
		}
		if failed := span.Status.Code == codes.Error; failed != (i == 0) {
			t.Errorf("span %d has status %v", i, span.Status)
		}
		if span.Parent.SpanID() != parent.SpanContext().SpanID() {
			t.Errorf("span %d is no child of the app's", i)
		}
	}
}

func TestEachAttemptIsMeasured(t *testing.T) {
	t.Parallel()
	r, options := newRecorder()
	client := watched(t, options, inTurn(http.StatusBadGateway, http.StatusOK))
	if _, err := client.Projects.Get(t.Context(), "p"); err != nil {
		t.Fatal(err)
	}
	m := r.metrics(t)["http.client.request.duration"]
	h, ok := m.Data.(metricdata.Histogram[float64])
	if !ok || m.Unit != "s" || len(h.DataPoints) != 2 {
		t.Fatalf("the durations are %+v", m)
	}
	for _, p := range h.DataPoints {
		got := attributes(p.Attributes.ToSlice())
		if p.Count != 1 || p.Sum <= 0 || got["url.template"] != "/projects/{project_id}" || got["error.type"] == "" != (got["http.response.status_code"] == "200") {
			t.Errorf("%d requests of %v: %v", p.Count, p.Sum, got)
		}
		for _, manifold := range []string{"url.full", "lokalise.process_id"} {
			if _, ok := got[manifold]; ok {
				t.Errorf("a metric has %s", manifold)
			}
		}
	}
}

type transport func(*http.Request) (*http.Response, error)

func (f transport) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func TestFailuresWithoutAnAnswerAreTold(t *testing.T) {
	t.Parallel()
	for want, cause := range map[string]error{
		"connection": errors.New("refused " + secret),
		"timeout":    context.DeadlineExceeded,
		"canceled":   context.Canceled,
	} {
		r, options := newRecorder()
		broken := &http.Client{Transport: transport(func(*http.Request) (*http.Response, error) { return nil, cause })}
		client := watched(t, options, nil, lokalise.WithHTTPClient(broken))
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond) // it would be sent again
		if _, err := client.Projects.Get(ctx, "p"); err == nil {
			t.Fatal("a broken connection gave an answer")
		}
		cancel()
		span := r.spans.GetSpans()[0]
		if got := attributes(span.Attributes); got["error.type"] != want || span.Status.Code != codes.Error {
			t.Errorf("%v: error.type is %q, status %v; want %q", cause, got["error.type"], span.Status, want)
		}
		noSecret(t, r)
	}
}

// noSecret looks for the planted secret in all that was recorded.
func noSecret(t *testing.T, r *recorder) {
	t.Helper()
	recorded := fmt.Sprintf("%+v", r.spans.GetSpans())
	metrics, err := json.Marshal(r.metrics(t))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(recorded, "url.template") || !strings.Contains(string(metrics), "url.template") {
		t.Fatal("nothing was recorded")
	}
	if strings.Contains(recorded+string(metrics), secret) {
		t.Error("the token was recorded")
	}
}

func TestNothingThatIsRecordedHoldsASecret(t *testing.T) {
	t.Parallel()
	r, options := newRecorder()
	client := watched(t, options, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Set-Cookie", secret)
		w.Header().Set("Location", "/api2/projects/p?token="+secret)
		if r.URL.RawQuery == "" {
			w.WriteHeader(http.StatusTemporaryRedirect)
			return
		}
		inTurn(http.StatusForbidden)(w, r)
	})
	if _, err := client.Projects.Get(t.Context(), "p"); err == nil {
		t.Fatal("a refusal gave an answer")
	}
	noSecret(t, r)
}

func TestTokenMetrics(t *testing.T) {
	t.Parallel()
	r, options := newRecorder()
	m, err := otel.TokenMetrics(options)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []tokens.Counter{tokens.Refreshes, tokens.StoreErrors, tokens.HealthChanges, tokens.Events, tokens.Maintained, "of a later version"} {
		m.Add(c, "x", 2)
		m.Add(c, "x", 3)
	}
	for _, d := range []tokens.Duration{tokens.RefreshDuration, tokens.StoreDuration, "of a later version"} {
		m.Observe(d, "x", 1500*time.Millisecond)
	}
	got := r.metrics(t)
	for name, label := range map[string]string{
		"lokalise.tokens.refreshes": "lokalise.outcome", "lokalise.tokens.store.errors": "lokalise.call",
		"lokalise.tokens.health_changes": "lokalise.health", "lokalise.tokens.events": "lokalise.event",
		"lokalise.tokens.maintained": "lokalise.action",
	} {
		sum, ok := got[name].Data.(metricdata.Sum[int64])
		if !ok || len(sum.DataPoints) != 1 || sum.DataPoints[0].Value != 5 || attributes(sum.DataPoints[0].Attributes.ToSlice())[label] != "x" {
			t.Errorf("%s is %+v", name, got[name])
		}
	}
	for name, label := range map[string]string{
		"lokalise.tokens.refresh.duration": "lokalise.outcome", "lokalise.tokens.store.duration": "lokalise.call",
	} {
		h, ok := got[name].Data.(metricdata.Histogram[float64])
		if !ok || len(h.DataPoints) != 1 || h.DataPoints[0].Sum != 1.5 || attributes(h.DataPoints[0].Attributes.ToSlice())[label] != "x" {
			t.Errorf("%s is %+v", name, got[name])
		}
	}
	if len(got) != 7 {
		t.Errorf("%d metrics", len(got))
	}
}
