package lokalise

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
)

// TokenSource gives the OAuth 2 access token for a request. It is called for
// every attempt and by many goroutines, so it keeps the token and renews it
// when it is about to expire. The context bounds how long the caller waits.
//
// A source may have two more methods: those of [TokenInvalidator] and
// [LimitKeyer].
type TokenSource interface {
	Token(ctx context.Context) (string, error)
}

// TokenInvalidator is a [TokenSource] that wants to know when the API refused
// its token, so that it gives another one. The rejected token is passed on,
// since another caller may have replaced it already.
type TokenInvalidator interface {
	InvalidateToken(ctx context.Context, rejected string) error
}

// LimitKeyer is a [TokenSource] that has a name for the account behind its
// tokens. Clients whose sources have the same name share one rate limit. The
// name must not change when a token is renewed, and is no secret. A source
// without this method has a limit of its own.
type LimitKeyer interface {
	LimitKey() string
}

// credential puts a token on requests. A client points to it, so that whoever
// prints a client prints an address and no token.
type credential struct {
	name   string // of the header, in canonical form
	prefix string // "Bearer " or nothing
	fixed  string // the token, unless there is a source
	source TokenSource
	// last is the header value for the token that was used last. A token lives
	// for thousands of requests.
	last atomic.Pointer[tokenValue]
	// header is the header of all requests without a body, where the token is
	// fixed and the transport is known to leave headers alone.
	header http.Header
}

type tokenValue struct {
	token  string
	values []string
}

const (
	apiTokenHeader = "X-Api-Token"
	bearerHeader   = "Authorization"
	bearerPrefix   = "Bearer "
)

// value returns the token to use now and the header value that carries it.
func (c *credential) value(ctx context.Context) (*tokenValue, error) {
	if c.source == nil {
		return c.last.Load(), nil
	}
	token, err := c.source.Token(ctx)
	if err != nil {
		return nil, err
	}
	if last := c.last.Load(); last != nil && last.token == token {
		return last, nil
	}
	if err := checkToken(token); err != nil {
		return nil, fmt.Errorf("the token source gave a bad token: %w", err)
	}
	v := &tokenValue{token, []string{c.prefix + token}}
	c.last.Store(v)
	return v, nil
}

// renew tells the source that the API refused a token and reports whether
// there is another one to try.
func (c *credential) renew(ctx context.Context, rejected string) (bool, error) {
	if c.source == nil {
		return false, nil
	}
	if i, ok := c.source.(TokenInvalidator); ok {
		if err := i.InvalidateToken(ctx, rejected); err != nil {
			return false, err
		}
	}
	token, err := c.source.Token(ctx)
	if err != nil {
		return false, err
	}
	return token != rejected, nil
}

// checkToken refuses what cannot stand in a header. The error does not show
// the token.
func checkToken(token string) error {
	if token == "" {
		return errors.New("it is empty")
	}
	for _, c := range []byte(token) {
		if c <= ' ' || c >= 0x7f {
			return errors.New("it holds a character that cannot be part of a token")
		}
	}
	return nil
}

// anonymous numbers the token sources that have no LimitKey.
var anonymous atomic.Int64

// limitKey returns the name under which the credential's requests are counted:
// a hash, so that it gives nothing away wherever a limiter stores it.
func (c *credential) limitKey(base string) string {
	var name string
	switch keyer, ok := c.source.(LimitKeyer); {
	case c.source == nil:
		name = "token\n" + c.fixed
	case ok:
		name = "source\n" + keyer.LimitKey()
	default:
		name = "anonymous\n" + strconv.FormatInt(anonymous.Add(1), 10)
	}
	sum := sha256.Sum256([]byte(base + "\n" + name))
	return hex.EncodeToString(sum[:16])
}

// newCredential turns what the options gave into the one credential.
func newCredential(cfg *config) (*credential, error) {
	if cfg.credentials != 1 {
		return nil, fmt.Errorf("lokalise: New needs exactly one of WithAPIToken, WithBearerToken, WithTokenSource and WithTokenHeader, got %d", cfg.credentials)
	}
	c := &credential{name: bearerHeader, prefix: bearerPrefix, fixed: cfg.bearer, source: cfg.source}
	if cfg.apiToken != "" {
		c.name, c.prefix, c.fixed = cfg.tokenHeader, "", cfg.apiToken
	}
	if c.source == nil {
		c.last.Store(&tokenValue{c.fixed, []string{c.prefix + c.fixed}})
	}
	return c, nil
}

// isHeaderName reports whether a text can be the name of a header (RFC 9110, section
// 5.6.2, where it is called a token).
func isHeaderName(name string) bool {
	for _, c := range []byte(name) {
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9':
		case strings.IndexByte("!#$%&'*+-.^_`|~", c) >= 0:
		default:
			return false
		}
	}
	return name != ""
}

// setToken stores a token that an option gave.
func setToken(option string, target *string, token string) error {
	if err := checkToken(token); err != nil {
		return fmt.Errorf("lokalise: %s: %w", option, err)
	}
	*target = strings.Clone(token)
	return nil
}

// set puts the header on a request.
func (c *credential) set(h http.Header, v *tokenValue) { h[c.name] = v.values }
