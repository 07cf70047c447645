package sandbox

import (
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/golokalise/lokalise/sandbox/internal/api"
	"github.com/golokalise/lokalise/sandbox/internal/authserver"
	"github.com/golokalise/lokalise/sandbox/seed"
)

// Option changes how a sandbox is set up. Each one checks its values when New
// or Start applies it.
type Option func(*settings) error

// settings is what the options fill in.
type settings struct {
	inMemory     bool
	random       bool
	redirectURIs []string
	allowHosts   []string
	rateLimit    int // requests a second, 0: no limits
	processTime  time.Duration
	logger       *slog.Logger
	oauth        authserver.Policy
	webhooks     webhookSettings
	storage      Storage    // nil: memory
	seed         *seed.Seed // nil: the built-in one
}

func newSettings(opts []Option) (settings, error) {
	s := settings{rateLimit: api.DefaultRate, processTime: DefaultProcessTime, logger: slog.New(slog.DiscardHandler)}
	for _, opt := range opts {
		if opt == nil {
			continue
		}
		if err := opt(&s); err != nil {
			return s, fmt.Errorf("sandbox: %w", err)
		}
	}
	return s, nil
}

// InMemory serves without sockets: only clients made by [Server.Client] reach
// the sandbox, at once and inside a testing/synctest bubble too. The server
// and its clients must be made inside the bubble then.
func InMemory() Option {
	return func(s *settings) error {
		s.inMemory = true
		return nil
	}
}

// WithRandomCredentials gives the client and the API tokens values of their
// own. Defaults to fixed values, which are well-formed and obviously fake, so
// that a restart breaks nobody's configuration.
func WithRandomCredentials() Option {
	return func(s *settings) error {
		s.random = true
		return nil
	}
}

// WithRedirectURI registers further redirect URIs of the client, each compared
// character by character. Any http URI on a loopback address is accepted
// without being registered.
func WithRedirectURI(uris ...string) Option {
	return func(s *settings) error {
		for _, uri := range uris {
			if err := authserver.CheckRedirectURI(uri); err != nil {
				return err
			}
		}
		s.redirectURIs = append(s.redirectURIs, uris...)
		return nil
	}
}

// WithAllowHost lets requests with these Host headers in, with any port unless
// one is named. Loopback names and addresses are always let in. Everything
// else is refused, so that a web page cannot reach the sandbox through a name
// of its own that resolves to this machine (DNS rebinding). Listening on an
// address that is not loopback demands at least one such name.
func WithAllowHost(hosts ...string) Option {
	return func(s *settings) error {
		for _, host := range hosts {
			if err := checkHost(host); err != nil {
				return err
			}
		}
		s.allowHosts = append(s.allowHosts, hosts...)
		return nil
	}
}

// WithRateLimit sets how many API requests a second each token and each
// address may send before the answer is 429. Defaults to 6
// (https://developers.lokalise.com/reference/api-rate-limits).
func WithRateLimit(perSecond int) Option {
	return func(s *settings) error {
		if perSecond < 1 {
			return fmt.Errorf("rate limit of %d requests a second: it must be at least 1; WithoutRateLimit turns it off", perSecond)
		}
		s.rateLimit = perSecond
		return nil
	}
}

// WithoutRateLimit turns both limits off: requests a second, and requests at
// once for a project.
func WithoutRateLimit() Option {
	return func(s *settings) error {
		s.rateLimit = 0
		return nil
	}
}

// DefaultProcessTime is how long imports, exports and other processes take.
const DefaultProcessTime = 50 * time.Millisecond

// WithProcessTime says how long queued processes take on the sandbox's clock,
// from the request to their end: half of the time in the queue, the rest
// working. With 0 they take no time, but still begin after the answer. Defaults
// to [DefaultProcessTime], which is just long enough that a program has to wait.
func WithProcessTime(d time.Duration) Option {
	return func(s *settings) error {
		if d < 0 {
			return fmt.Errorf("process time %v: it must not be negative", d)
		}
		s.processTime = d
		return nil
	}
}

// WithLogger logs what happens, with secrets masked. Defaults to no log.
func WithLogger(logger *slog.Logger) Option {
	return func(s *settings) error {
		if logger == nil {
			return errors.New("WithLogger got a nil logger")
		}
		s.logger = logger
		return nil
	}
}
