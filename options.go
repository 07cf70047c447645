package lokalise

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Option configures a [Client]. It returns an error when its argument makes no
// sense, and [New] returns that.
type Option func(*config) error

// config is what the options of New fill in.
type config struct {
	base      *url.URL
	insecure  bool
	userAgent string

	credentials      int // how many of the next three were given
	apiToken, bearer string
	source           TokenSource
	tokenHeader      string // for apiToken

	httpClient *http.Client
	logger     *slog.Logger
	hooks      Hooks

	limits limits
	retry  retryPolicy

	maxAnswer int64
	maxSpool  int64
}

// limits are the bounds on how fast requests are sent.
type limits struct {
	limiter    Limiter
	perSecond  float64
	perProject int
	inFlight   int
	maxWait    time.Duration
	egress     string
}

// What Lokalise documents, https://developers.lokalise.com/reference/api-rate-limits.
const (
	defaultPerSecond  = 6
	defaultPerProject = 10
	defaultMaxWait    = time.Minute
)

const (
	defaultAttemptTimeout = time.Minute
	defaultCallTimeout    = 5 * time.Minute
	defaultAttempts       = 4
	defaultMaxAnswer      = 256 << 20
	defaultMaxSpool       = 64 << 20
)

func defaultConfig() config {
	return config{
		base:      &url.URL{Scheme: "https", Host: strings.TrimPrefix(DefaultBaseURL, "https://")},
		userAgent: defaultUserAgent(),
		limits: limits{
			limiter:    sharedLimiter,
			perSecond:  defaultPerSecond,
			perProject: defaultPerProject,
			maxWait:    defaultMaxWait,
		},
		retry: retryPolicy{
			attempts:       defaultAttempts,
			attemptTimeout: defaultAttemptTimeout,
			callTimeout:    defaultCallTimeout,
		},
		maxAnswer: defaultMaxAnswer,
		maxSpool:  defaultMaxSpool,
	}
}

// WithAPIToken authenticates with a personal API token, in the header
// X-Api-Token. Such tokens do not expire.
func WithAPIToken(token string) Option {
	return func(c *config) error {
		c.credentials++
		c.tokenHeader = apiTokenHeader
		return setToken("WithAPIToken", &c.apiToken, token)
	}
}

// WithTokenHeader authenticates with a token in a header of the caller's
// choice. The API itself has no use for it; services of Lokalise's beside it
// do: over-the-air bundles are fetched with a token in x-ota-api-token, as
// package ota does by itself.
func WithTokenHeader(header, token string) Option {
	return func(c *config) error {
		if !isHeaderName(header) {
			return errors.New("lokalise: WithTokenHeader: not the name of a header")
		}
		c.credentials++
		c.tokenHeader = http.CanonicalHeaderKey(header)
		return setToken("WithTokenHeader", &c.apiToken, token)
	}
}

// WithBearerToken authenticates with an OAuth 2 access token. The API forgets
// it an hour after it was made; [WithTokenSource] is for longer work.
func WithBearerToken(token string) Option {
	return func(c *config) error {
		c.credentials++
		return setToken("WithBearerToken", &c.bearer, token)
	}
}

// WithTokenSource authenticates with the OAuth 2 access tokens of a source,
// which is asked for every request and told when a token was refused.
func WithTokenSource(source TokenSource) Option {
	return func(c *config) error {
		if source == nil {
			return errors.New("lokalise: WithTokenSource: the source is nil")
		}
		c.credentials++
		c.source = source
		return nil
	}
}

// WithBaseURL sends requests to another server than Lokalise's, such as a
// sandbox. The client appends /api2 or /v1 to it; a path in it is kept. It may
// not hold a user, a query or a fragment. Defaults to [DefaultBaseURL].
func WithBaseURL(root string) Option {
	return func(c *config) error {
		u, err := url.Parse(root)
		switch {
		case err != nil:
			return errors.New("lokalise: WithBaseURL: not a URL")
		case u.Scheme != "http" && u.Scheme != "https":
			return errors.New("lokalise: WithBaseURL: the scheme must be https or http")
		case u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "":
			return errors.New("lokalise: WithBaseURL: a host and a path are all that the URL may have")
		}
		c.base = u.JoinPath() // without dot segments
		c.base.Path, c.base.RawPath = strings.TrimSuffix(c.base.Path, "/"), strings.TrimSuffix(c.base.RawPath, "/")
		return nil
	}
}

// WithAllowInsecureHTTP allows a base URL of plain http whose host is not this
// machine. Tokens and data then travel in the open.
func WithAllowInsecureHTTP() Option {
	return func(c *config) error { c.insecure = true; return nil }
}

// checkScheme refuses plain http off this machine.
func (c *config) checkScheme() error {
	if c.base.Scheme == "https" || c.insecure || isLoopback(c.base.Hostname()) {
		return nil
	}
	return fmt.Errorf("lokalise: the base URL is plain http and %s is not this machine; WithAllowInsecureHTTP allows it", c.base.Host)
}

func isLoopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

// WithHTTPClient sends through the transport of an HTTP client, and bounds an
// attempt by its Timeout if that is shorter. Its CheckRedirect and Jar are not
// used: the client has its own rules for redirects, and the API has no
// cookies. Defaults to a transport that all clients of the process share, with
// 64 idle connections a host.
func WithHTTPClient(client *http.Client) Option {
	return func(c *config) error {
		if client == nil {
			return errors.New("lokalise: WithHTTPClient: the client is nil")
		}
		c.httpClient = client
		return nil
	}
}

// WithUserAgent sets the User-Agent header. Defaults to the name and version
// of this module.
func WithUserAgent(agent string) Option {
	return func(c *config) error {
		for _, r := range []byte(agent) {
			if r < ' ' || r == 0x7f {
				return errors.New("lokalise: WithUserAgent: a header cannot hold control characters")
			}
		}
		c.userAgent = agent
		return nil
	}
}

// WithLogger logs each attempt at debug level and each retry at info level,
// without secrets. Defaults to silence.
func WithLogger(logger *slog.Logger) Option {
	return func(c *config) error { c.logger = logger; return nil }
}

// WithHooks calls functions around each attempt, for tracing and metrics.
// Defaults to none.
func WithHooks(hooks Hooks) Option {
	return func(c *config) error { c.hooks = hooks; return nil }
}

// WithLimiter replaces the limiter that the clients of this process share.
func WithLimiter(limiter Limiter) Option {
	return func(c *config) error {
		if limiter == nil {
			return errors.New("lokalise: WithLimiter: the limiter is nil; WithRateLimit(0) switches it off")
		}
		c.limits.limiter = limiter
		return nil
	}
}

// WithRateLimit sets how many requests a second may be sent with the credential
// and from this address; zero switches both limits off. When the API names a
// lower limit in its headers, that one holds. Defaults to 6, what Lokalise
// documents.
func WithRateLimit(perSecond float64) Option {
	return func(c *config) error {
		if perSecond < 0 || perSecond != perSecond {
			return errors.New("lokalise: WithRateLimit: the rate is negative")
		}
		c.limits.perSecond = perSecond
		return nil
	}
}

// WithEgress names the address from which this client's requests leave, when
// it is not that of the other clients in the process: a proxy, say. Each name
// has a limit of its own. Defaults to one address for the process.
func WithEgress(name string) Option {
	return func(c *config) error { c.limits.egress = name; return nil }
}

// WithProjectConcurrency sets how many requests of this process may be in
// flight for one project at a time; zero switches the cap off. Defaults to 10,
// what Lokalise documents.
func WithProjectConcurrency(n int) Option {
	return func(c *config) error {
		c.limits.perProject = n
		return notNegative("WithProjectConcurrency", n)
	}
}

// WithMaxInFlight sets how many requests of this client may be in flight at a
// time, whatever their project; zero is no cap. Defaults to zero.
func WithMaxInFlight(n int) Option {
	return func(c *config) error {
		c.limits.inFlight = n
		return notNegative("WithMaxInFlight", n)
	}
}

// WithMaxWait bounds how long a call may wait for its turn, and after the API
// refused it for having come too soon, in all. At zero it waits for nothing, as
// with [NoWait]. Defaults to one minute.
func WithMaxWait(d time.Duration) Option {
	return func(c *config) error {
		c.limits.maxWait = d
		return notNegative("WithMaxWait", d)
	}
}

// WithoutLimits switches off the rate limit and the cap on each project. The
// API's own limits remain, and its refusals are still waited for.
func WithoutLimits() Option {
	return func(c *config) error {
		c.limits.perSecond, c.limits.perProject, c.limits.inFlight = 0, 0, 0
		return nil
	}
}

// WithMaxAttempts sets how often a request is sent in all when the server or
// the network fails; 1 is no retry. Refusals by rate limit do not count, they
// are bounded by [WithMaxWait]. Defaults to 4.
func WithMaxAttempts(n int) Option {
	return func(c *config) error {
		if n < 1 {
			return errors.New("lokalise: WithMaxAttempts: at least one attempt is needed")
		}
		c.retry.attempts = n
		return nil
	}
}

// WithAttemptTimeout bounds the time until an answer begins, and after that
// each wait for more of it. Zero is no bound. Defaults to one minute.
func WithAttemptTimeout(d time.Duration) Option {
	return func(c *config) error {
		c.retry.attemptTimeout = d
		return notNegative("WithAttemptTimeout", d)
	}
}

// WithCallTimeout bounds a whole call: all attempts, the pauses between them
// and reading the answer. For an iterator it bounds each page, and of the time
// between two items only what is spent reading. An upload may take a second
// longer for each 16 KiB, and as long as it likes when its size is not known.
// Zero is no bound. Defaults to five minutes.
func WithCallTimeout(d time.Duration) Option {
	return func(c *config) error {
		c.retry.callTimeout = d
		return notNegative("WithCallTimeout", d)
	}
}

// WithMaxAnswerSize bounds the size of one answer in bytes; a larger one is an
// error. Defaults to 256 MiB.
func WithMaxAnswerSize(bytes int64) Option {
	return func(c *config) error {
		if bytes <= 0 {
			return errors.New("lokalise: WithMaxAnswerSize: the size must be positive")
		}
		c.maxAnswer = bytes
		return nil
	}
}

// WithMaxSpool bounds how many bytes of a page an iterator keeps in memory
// while the body of its loop is busy; see [Client]. Defaults to 64 MiB.
func WithMaxSpool(bytes int64) Option {
	return func(c *config) error {
		c.maxSpool = bytes
		return notNegative("WithMaxSpool", bytes)
	}
}

func notNegative[T int | int64 | time.Duration](option string, v T) error {
	if v < 0 {
		return fmt.Errorf("lokalise: %s: the value is negative", option)
	}
	return nil
}
