package connect

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/golokalise/lokalise/oauth"
	"github.com/golokalise/lokalise/tokens"
)

// Config is what [New] makes handlers from. Clients, Manager, CallbackURL,
// Scopes, Keys, Session and ReturnTo are required.
type Config struct {
	// Clients speak to Lokalise as the app. The first makes the authorization
	// URL. More than one is for the time in which the client secret is changed:
	// the next is tried if the one before it was refused as a client.
	Clients []*oauth.Client

	// Manager stores the grants.
	Manager *tokens.Manager

	// CallbackURL is the address of Callback as the browser sees it, which is
	// registered for the app at Lokalise: https, or http on a loopback host
	// while developing. It must be on the host that the start form posts to, as
	// cookies do not reach another one (127.0.0.1 is not localhost). Cookies are
	// Secure and have the __Host- prefix, except on plain http.
	CallbackURL string

	// Scopes is what the user is asked to allow.
	Scopes []oauth.Scope

	// Keys sign the cookies. The first signs, all are accepted: while rotating,
	// put the new one in front of the old one, which can go ten minutes after
	// the last process signed with it. Each has at least 32 random bytes.
	Keys [][]byte

	// Session tells under which ID the signed-in person's grant is stored: the
	// tenant, or the tenant and user. It must come from the app's session and
	// never from the request's parameters. An error means that nobody is signed
	// in, or nobody who may connect an account. In the callback the request's
	// URL has no query, so that the code gets into no log.
	Session func(r *http.Request) (id string, err error)

	// ReturnTo lists where a browser may be sent back to. "/settings" allows
	// that path, "/projects/" that path and all below it, each with any query;
	// "https://other.example/settings" allows an address of another origin. The
	// first one is used when a form names none.
	ReturnTo []string

	// Identify names the account behind a new token for the Connected page, say
	// by listing a project and reading its contributor "me". It is called after
	// the grant is stored; if it fails, the account stays unnamed. Defaults to
	// none: nothing is claimed about the account.
	Identify func(ctx context.Context, token *oauth.Token) (account string, err error)

	// Once tells whether an attempt is seen for the first time, atomically; it
	// has to remember for [AttemptLifetime]. It protects against a callback that
	// is delivered twice (by a proxy that repeats requests, or on purpose):
	// servers revoke the grant whose code is used again (RFC 6749 section
	// 4.1.2). Defaults to memory, which is right for one process.
	Once func(ctx context.Context, attempt string) (first bool, err error)

	// Connected, Denied and Failed write the page that ends an attempt. They
	// are asked at an address without code or state, and again when the page is
	// reloaded, so they only show: act in OnOutcome. Failed also answers a start
	// or disconnect that is refused; and anybody can write an address that makes
	// it show one of the reasons.
	//
	// Connected defaults to a redirect to the return address, and to a page if
	// there are LostScopes to warn of. Denied and Failed default to a page.
	Connected, Denied, Failed func(w http.ResponseWriter, r *http.Request, o Outcome)

	// OnOutcome is told of each outcome once, in the request that caused it.
	// Defaults to none.
	OnOutcome func(ctx context.Context, o Outcome)

	// TrustedOrigins are further origins whose pages may start and disconnect,
	// such as https://www.example.com. CallbackURL's own is trusted anyway.
	TrustedOrigins []string

	// Logger gets a line for each outcome, without any secret. Defaults to
	// none.
	Logger *slog.Logger

	// Timeout bounds the exchange, the storing of the grant and Identify
	// together. They go on when the browser leaves, since the code works once.
	// Defaults to 30 seconds.
	Timeout time.Duration

	// Now is the clock by which attempts expire. Defaults to time.Now.
	Now func() time.Time
}

const (
	defaultTimeout = 30 * time.Second

	// minKey is the least for a key of HMAC-SHA-256: the hash's own length
	// (RFC 2104 section 3).
	minKey = 32

	// maxScopes is how much room the scopes may take in a cookie, in bytes. A
	// browser keeps cookies of 4096 bytes; all scopes that are known fit.
	maxScopes = 1500
)

// ErrConfig is matched by every [*ConfigError].
var ErrConfig = errors.New("connect: configuration")

// ConfigError says which field of [Config] is wrong and why. It shows no secret.
type ConfigError struct {
	Field  string // as in Go: "CallbackURL"
	Reason string
}

func (e *ConfigError) Error() string { return "connect: " + e.Field + " " + e.Reason }

// Is matches ErrConfig.
func (e *ConfigError) Is(target error) bool { return target == ErrConfig }

// String describes the configuration without its keys.
func (c Config) String() string {
	return fmt.Sprintf("connect.Config{CallbackURL: %q, Scopes: %v, Keys: %d}", c.CallbackURL, c.Scopes, len(c.Keys))
}

// Format writes String for every verb.
func (c Config) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(c.String())) }

// LogValue is String, so that slog shows no key.
func (c Config) LogValue() slog.Value { return slog.StringValue(c.String()) }

func (c *Config) check() error {
	switch {
	case len(c.Clients) == 0 || slices.Contains(c.Clients, nil):
		return &ConfigError{"Clients", "needs at least one, and none may be nil"}
	case c.Manager == nil:
		return &ConfigError{"Manager", "is missing"}
	case c.Session == nil:
		return &ConfigError{"Session", "is missing"}
	case len(c.Keys) == 0 || slices.ContainsFunc(c.Keys, func(k []byte) bool { return len(k) < minKey }):
		return &ConfigError{"Keys", "needs at least one, and each at least 32 bytes"}
	case len(joinScopes(c.Scopes)) > maxScopes:
		return &ConfigError{"Scopes", "takes more than 1500 bytes"}
	case c.Timeout < 0:
		return &ConfigError{"Timeout", "is negative"}
	}
	if err := checkCallbackURL(c.CallbackURL); err != nil {
		return err
	}
	_, err := c.Clients[0].AuthCodeURL(oauth.AuthCodeOptions{Scopes: c.Scopes, State: oauth.NewState(), RedirectURL: c.CallbackURL})
	if failure, ok := errors.AsType[*oauth.ConfigError](err); ok {
		return &ConfigError{failure.Field, failure.Reason}
	}
	return err
}

func checkCallbackURL(raw string) error {
	u, err := url.Parse(raw)
	switch {
	case raw == "":
		return &ConfigError{"CallbackURL", "is missing"}
	case err != nil || u.Hostname() == "" || u.Path == "":
		return &ConfigError{"CallbackURL", "must be absolute and have a path, such as https://app.example/lokalise/callback"}
	case u.User != nil || strings.ContainsAny(raw, "?#"):
		return &ConfigError{"CallbackURL", "must not hold a password, a query or a fragment"}
	case u.Scheme == "http" && !isLoopback(u.Hostname()):
		return &ConfigError{"CallbackURL", "is plain http, over which everybody on the way reads the code; use https"}
	case u.Scheme != "http" && u.Scheme != "https":
		return &ConfigError{"CallbackURL", "must start with https://"}
	}
	return nil
}

// isLoopback tells whether a host name means this machine, without looking it
// up.
func isLoopback(host string) bool {
	addr, err := netip.ParseAddr(host)
	return strings.EqualFold(host, "localhost") || err == nil && addr.Unmap().IsLoopback()
}

func (c Config) withDefaults() Config {
	keys := make([][]byte, len(c.Keys))
	for i, key := range c.Keys {
		keys[i] = bytes.Clone(key)
	}
	c.Keys = keys
	c.Scopes = slices.Clone(c.Scopes)
	if c.Timeout == 0 {
		c.Timeout = defaultTimeout
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Once == nil {
		c.Once = newMemory(c.Now).once
	}
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	return c
}
