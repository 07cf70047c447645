package tokens

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"golang.org/x/time/rate"

	"github.com/golokalise/lokalise/oauth"
)

// Refresher asks the token endpoint for a new token; [*oauth.Client] does.
// Errors should be [*oauth.Error], since any other counts as a request that
// may have been acted upon. It must return soon after its context ends.
//
// A client that also has a method RefreshOnce, as [*oauth.Client] does, is asked
// through that one: the manager plans its own tries.
type Refresher interface {
	Refresh(ctx context.Context, refreshToken string) (*oauth.Token, error)
}

// Budget paces the refreshes of Maintain; [*rate.Limiter] does.
type Budget interface {
	Wait(ctx context.Context) error
}

// Config is what a [Manager] is made from. Clients, Store and Keys are
// required.
type Config struct {
	// Clients refresh tokens. More than one is for the time in which the
	// client secret is changed: a client is tried if the one before it was
	// refused as a client (invalid_client), and what worked is tried first
	// next time.
	Clients []Refresher

	// Store keeps the grants.
	Store Store

	// Keys seal what the store keeps. There is no default: NoEncryption says
	// in so many words that the store gets readable tokens.
	Keys Keys

	// OnEvent is told of each change, in the goroutine that made it, so it
	// must return soon and must not wait for a token of the same grant.
	// [EventChannel] hands over to another goroutine. Defaults to none.
	OnEvent func(Event)

	// Logger gets a line for each event. Defaults to none.
	Logger *slog.Logger

	// Metrics counts and measures. Defaults to none.
	Metrics Metrics

	// RefreshTimeout bounds one refresh, from the recording of the intention
	// to the answer. After a crash in the middle of a refresh other processes
	// wait that long, and StoreTimeout on top, before they take it over; one that
	// comes upon it much later waits for StoreTimeout and two seconds. Defaults to
	// 15 seconds.
	RefreshTimeout time.Duration

	// StoreTimeout bounds one call of the store. Defaults to 5 seconds.
	StoreTimeout time.Duration

	// LeaseTTL is how long a lease lasts without extension, in a store that
	// is a Leaser. Defaults to 10 seconds.
	LeaseTTL time.Duration

	// ExpiryMargin is how long before its expiry a token is no longer given
	// out, though at most a tenth of its life. Defaults to 10 seconds.
	ExpiryMargin time.Duration

	// MaxClockSkew is how far the clocks of processes may differ. It matters
	// only after a crash in the middle of a refresh. Defaults to 5 minutes.
	MaxClockSkew time.Duration

	// AssumeRotation treats a grant that was never refreshed as one whose
	// refresh token is replaced by each refresh. Right for a server that
	// rotates. Lokalise as recorded does not, so it defaults to false; once a
	// grant has rotated, it is treated so anyway.
	AssumeRotation bool

	// ActiveFor is how long after its last use Maintain refreshes a grant
	// ahead of need. Defaults to 24 hours.
	ActiveFor time.Duration

	// Recheck is how often this process looks into the store for a grant in
	// use whose token is still good, so that it notices when the account was
	// connected again, or disconnected, in another process. Callers go on with
	// the token they have meanwhile. Defaults to 5 minutes, or to never when
	// it is negative: then it is noticed when the token falls due.
	Recheck time.Duration

	// KeepAlive makes Maintain refresh grants that are not in use when their
	// token is this old, for servers that drop unused refresh tokens.
	// Defaults to never.
	KeepAlive time.Duration

	// Workers is how many refreshes of Maintain wait for the server at once.
	// Defaults to 8.
	Workers int

	// Budget paces the refreshes of Maintain. A fleet may share one, see
	// limiter.Limiter.Budget. Defaults to 5 a second in this process.
	Budget Budget
}

const (
	defaultRefreshTimeout = 15 * time.Second
	defaultStoreTimeout   = 5 * time.Second
	defaultLeaseTTL       = 10 * time.Second
	defaultExpiryMargin   = 10 * time.Second
	defaultMaxClockSkew   = 5 * time.Minute
	defaultActiveFor      = 24 * time.Hour
	defaultRecheck        = 5 * time.Minute
	defaultWorkers        = 8
	defaultBudget         = 5 // refreshes a second
)

func (c Config) check() error {
	switch {
	case len(c.Clients) == 0:
		return errors.New("tokens: Config.Clients is empty")
	case c.Store == nil:
		return errors.New("tokens: Config.Store is nil")
	case c.Keys == nil:
		return errors.New("tokens: Config.Keys is nil: give a KeyRing, or NoEncryption() to store tokens readable")
	}
	for _, d := range []time.Duration{
		c.RefreshTimeout, c.StoreTimeout, c.LeaseTTL, c.ExpiryMargin, c.MaxClockSkew, c.ActiveFor, c.KeepAlive,
	} {
		if d < 0 {
			return errors.New("tokens: negative duration in Config")
		}
	}
	for _, client := range c.Clients {
		if client == nil {
			return errors.New("tokens: Config.Clients holds nil")
		}
	}
	return nil
}

func (c Config) withDefaults() Config {
	for d, def := range map[*time.Duration]time.Duration{
		&c.RefreshTimeout: defaultRefreshTimeout,
		&c.StoreTimeout:   defaultStoreTimeout,
		&c.LeaseTTL:       defaultLeaseTTL,
		&c.ExpiryMargin:   defaultExpiryMargin,
		&c.MaxClockSkew:   defaultMaxClockSkew,
		&c.ActiveFor:      defaultActiveFor,
		&c.Recheck:        defaultRecheck,
	} {
		if *d == 0 {
			*d = def
		}
	}
	if c.Workers <= 0 {
		c.Workers = defaultWorkers
	}
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	if c.Metrics == nil {
		c.Metrics = noMetrics{}
	}
	if c.Budget == nil {
		c.Budget = rate.NewLimiter(defaultBudget, 1)
	}
	return c
}
