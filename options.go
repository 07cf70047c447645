package lokalise

import (
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"time"
)

// Option configures a [Client].
type Option func(*config) error

// RequestOption configures one call.
type RequestOption func(*callOptions)

type config struct {
	base       *url.URL
	source     TokenSource
	apiToken   string
	bearer     string
	creds      int
	httpClient *http.Client
	userAgent  string
	logger     *slog.Logger
	insecure   bool
}

type callOptions struct{ response *Response }

// WithAPIToken authenticates with a personal API token, in the X-Api-Token header.
func WithAPIToken(token string) Option {
	return func(c *config) error { c.apiToken = token; c.creds++; return nil }
}

// WithBearerToken authenticates with an OAuth 2 access token that does not change.
func WithBearerToken(token string) Option {
	return func(c *config) error { c.bearer = token; c.creds++; return nil }
}

// WithTokenSource authenticates with the OAuth 2 access token that the source gives.
func WithTokenSource(source TokenSource) Option {
	return func(c *config) error { c.source = source; c.creds++; return nil }
}

// WithBaseURL sets the root of the API; a path prefix is kept.
func WithBaseURL(root string) Option {
	return func(c *config) error {
		u, err := url.Parse(root)
		if err != nil {
			return err
		}
		if u.Host == "" {
			return errors.New("lokalise: the base URL has no host")
		}
		c.base = u
		return nil
	}
}

// WithHTTPClient sends through the transport of this client.
func WithHTTPClient(client *http.Client) Option {
	return func(c *config) error { c.httpClient = client; return nil }
}

// WithUserAgent sets the User-Agent header.
func WithUserAgent(agent string) Option {
	return func(c *config) error { c.userAgent = agent; return nil }
}

// WithLogger logs each attempt. Defaults to silence.
func WithLogger(logger *slog.Logger) Option {
	return func(c *config) error { c.logger = logger; return nil }
}

// WithAllowInsecureHTTP allows plain http to a host that is not loopback.
func WithAllowInsecureHTTP() Option {
	return func(c *config) error { c.insecure = true; return nil }
}

// WithRateLimit sets the requests a second for a credential and for an
// address. Zero switches both off. Defaults to 6.
func WithRateLimit(perSecond float64) Option { return func(*config) error { return nil } }

// WithProjectConcurrency sets how many requests may be in flight for one
// project. Zero switches the cap off. Defaults to 10.
func WithProjectConcurrency(n int) Option { return func(*config) error { return nil } }

// WithMaxInFlight caps the requests in flight of this client. Defaults to no cap.
func WithMaxInFlight(n int) Option { return func(*config) error { return nil } }

// WithoutLimits switches the client's own limits off.
func WithoutLimits() Option { return func(*config) error { return nil } }

// WithMaxWait bounds how long a call waits for its turn. Defaults to one minute.
func WithMaxWait(d time.Duration) Option { return func(*config) error { return nil } }

// NoWait makes the call fail with a [LimitError] where it would have to wait for its turn.
func NoWait() RequestOption { return func(*callOptions) {} }

// NoPrefetch makes an iterator fetch a page only when it is needed.
func NoPrefetch() RequestOption { return func(*callOptions) {} }

// ResponseInto stores what the answer said besides its body.
func ResponseInto(r *Response) RequestOption { return func(o *callOptions) { o.response = r } }
