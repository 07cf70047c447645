package oauth

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"time"
	"unicode"

	"github.com/golokalise/lokalise/internal/redact"
)

// DefaultHost is where Lokalise's OAuth server lives; it is not the host of the
// API (https://developers.lokalise.com/reference/api-authentication).
const DefaultHost = "https://app.lokalise.com"

// DefaultTimeout bounds a call of Exchange or Refresh, retries included, when
// the caller set no bound: no deadline on the context and no Timeout on the
// HTTP client.
const DefaultTimeout = 30 * time.Second

const defaultUserAgent = "golokalise-oauth"

// Config describes an app that is registered with Lokalise. Its String form,
// every fmt verb and slog mask the client secret.
type Config struct {
	// ClientID and ClientSecret are what Lokalise's support hands out for an
	// app. Both are required.
	ClientID     string
	ClientSecret string

	// RedirectURL is where Lokalise sends the user back to, an absolute URL
	// that is registered for the app. Without one, Lokalise shows the code to
	// the user on a page. Defaults to none.
	RedirectURL string

	// Host is the scheme and host of the OAuth server, with a path in front of
	// /oauth2/ if there is one. Defaults to DefaultHost.
	Host string

	// HTTPClient sends the requests to the token endpoint. Its redirect policy
	// and its cookie jar are not used: a redirect is never followed there, and
	// cookies would tie one user's request to another's. A client without a
	// Transport gets one that opens a connection for each request, since a
	// request that meets an idle connection which the server is just closing
	// can be lost, with the code or refresh token in it. Defaults to an empty
	// client.
	HTTPClient *http.Client

	// AllowInsecureHTTP accepts a plain http Host which is not the machine
	// itself. The client secret and all tokens then cross the network in
	// clear. Defaults to false.
	AllowInsecureHTTP bool

	// Logger gets a line at debug level for each request to the token
	// endpoint, without any secret. Defaults to none.
	Logger *slog.Logger

	// UserAgent names the app to Lokalise. Defaults to "golokalise-oauth".
	UserAgent string

	// Now is the clock by which expires_in becomes a point in time. Defaults to
	// time.Now.
	Now func() time.Time
}

// String describes the configuration with the secret masked.
func (c Config) String() string {
	return fmt.Sprintf("oauth.Config{ClientID: %q, ClientSecret: %s, RedirectURL: %q, Host: %q}",
		c.ClientID, redact.Secret(c.ClientSecret), c.RedirectURL, c.Host)
}

// Format writes String for every verb.
func (c Config) Format(f fmt.State, _ rune) { writeTo(f, c.String()) }

// LogValue is String, so that slog shows no secret.
func (c Config) LogValue() slog.Value { return slog.StringValue(c.String()) }

// Client speaks to one OAuth server for one app. It has no state that changes
// and may be used by several goroutines.
type Client struct {
	cfg  Config // without the secret
	http *http.Client
	host endpoint

	// A function, because fmt prints its address and nothing else where it
	// cannot call Format: for a copy of the client, or for a client in an
	// unexported field. With %s it would follow a pointer.
	secret func() string
}

// New checks the configuration and returns a client. The error is a
// *ConfigError which names the field.
func New(cfg Config) (*Client, error) {
	host, err := cfg.check()
	if err != nil {
		return nil, err
	}
	if cfg.UserAgent == "" {
		cfg.UserAgent = defaultUserAgent
	}
	if cfg.Logger == nil {
		cfg.Logger = slog.New(slog.DiscardHandler)
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	secret := cfg.ClientSecret
	cfg.ClientSecret = ""
	return &Client{
		cfg: cfg, http: tokenHTTPClient(cfg.HTTPClient), host: host,
		secret: func() string { return secret },
	}, nil
}

// Format writes a description without any secret for every verb.
func (c *Client) Format(f fmt.State, _ rune) {
	if c == nil {
		writeTo(f, "oauth.Client(nil)")
		return
	}
	writeTo(f, fmt.Sprintf("oauth.Client{ClientID: %q, TokenURL: %q}", c.cfg.ClientID, c.host.token))
}

// ErrConfig is matched by every *ConfigError.
var ErrConfig = errors.New("oauth: configuration")

// ConfigError says which field of Config or AuthCodeOptions is wrong and why.
// It never shows a secret.
type ConfigError struct {
	Field  string // as in Go: "ClientSecret"
	Reason string
}

func (e *ConfigError) Error() string { return "oauth: " + e.Field + " " + e.Reason }

// Is matches ErrConfig.
func (e *ConfigError) Is(target error) bool { return target == ErrConfig }

func (c *Config) check() (endpoint, error) {
	if err := checkCredential("ClientID", c.ClientID); err != nil {
		return endpoint{}, err
	}
	if err := checkCredential("ClientSecret", c.ClientSecret); err != nil {
		return endpoint{}, err
	}
	if c.RedirectURL != "" {
		if err := checkRedirectURL(c.RedirectURL); err != nil {
			return endpoint{}, err
		}
	}
	if strings.ContainsFunc(c.UserAgent, unicode.IsControl) {
		return endpoint{}, &ConfigError{"UserAgent", "has a control character in it"}
	}
	return parseHost(c.Host, c.AllowInsecureHTTP)
}

// checkCredential also refuses white space: a secret which was read from a file
// tends to bring a line break along, and the server's answer to that would be
// a riddle.
func checkCredential(field, value string) error {
	if value == "" {
		return &ConfigError{field, "is missing"}
	}
	if strings.ContainsFunc(value, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }) {
		return &ConfigError{field, "has white space or a control character in it"}
	}
	return nil
}

// writeTo leaves out the error: fmt.State collects in memory.
func writeTo(f fmt.State, text string) { _, _ = f.Write([]byte(text)) }
