package sandbox

import (
	"errors"
	"time"

	"github.com/golokalise/lokalise/sandbox/internal/authserver"
	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// OAuthRotation says what a refresh does to the refresh token.
type OAuthRotation string

// The ways of rotation.
const (
	// RotationNone is what Lokalise was recorded to do: the refresh token stays
	// good, and the answer to a refresh has none.
	RotationNone OAuthRotation = "none"
	// RotationRotate has each refresh answer another refresh token. The old one
	// gets invalid_grant.
	RotationRotate OAuthRotation = "rotate"
	// RotationDetectReuse is RotationRotate, and an old refresh token that comes
	// back revokes its whole grant, access tokens included (RFC 9700, section
	// 4.14.2).
	RotationDetectReuse OAuthRotation = "detect_reuse"
)

// OAuthPolicy says how a world issues tokens. The zero value is the service as
// it was recorded. Durations are on the sandbox's clock, and none may be longer
// than 100 years.
type OAuthPolicy struct {
	// Rotation is what a refresh does to the refresh token. Defaults to
	// RotationNone.
	Rotation OAuthRotation

	// Grace is how long a rotated refresh token is still good. It is answered
	// with the current refresh token and a new access token, so that all who
	// refresh at once end with the same refresh token. It needs a Rotation.
	// Defaults to none.
	Grace time.Duration

	// AccessLife is how long a new access token lives. expires_in is its whole
	// seconds. Defaults to an hour.
	AccessLife time.Duration

	// RefreshLife is how long a new refresh token lives; after that it gets
	// invalid_grant. Defaults to for ever.
	RefreshLife time.Duration

	// CodeLife is how long a new authorization code lives. Defaults to ten
	// minutes.
	CodeLife time.Duration

	// WithheldOnConsent are scopes that no user gives, whoever asks for them.
	// When nothing else was asked for, the browser is sent back with
	// invalid_scope. Defaults to none.
	WithheldOnConsent []string

	// WithheldOnRefresh are scopes that a refreshed access token does not get.
	// The grant keeps them. Defaults to none.
	WithheldOnRefresh []string

	// ExpiresInAsText writes expires_in as a string, as some servers do.
	// Defaults to a number.
	ExpiresInAsText bool

	// ScopeOnExchange adds scope to the answer to a code. Defaults to none.
	ScopeOnExchange bool

	// RefreshWithoutScope leaves scope out of the answer to a refresh. Defaults
	// to having it.
	RefreshWithoutScope bool
}

func (p OAuthPolicy) internal() authserver.Policy {
	return authserver.Policy{
		Rotation: authserver.Rotation(p.Rotation), Grace: p.Grace,
		AccessLife: p.AccessLife, RefreshLife: p.RefreshLife, CodeLife: p.CodeLife,
		WithheldOnConsent: p.WithheldOnConsent, WithheldOnRefresh: p.WithheldOnRefresh,
		ExpiresInAsText: p.ExpiresInAsText, ScopeOnExchange: p.ScopeOnExchange, RefreshWithoutScope: p.RefreshWithoutScope,
	}
}

func publicPolicy(p authserver.Policy) OAuthPolicy {
	return OAuthPolicy{
		Rotation: OAuthRotation(p.Rotation), Grace: p.Grace,
		AccessLife: p.AccessLife, RefreshLife: p.RefreshLife, CodeLife: p.CodeLife,
		WithheldOnConsent: p.WithheldOnConsent, WithheldOnRefresh: p.WithheldOnRefresh,
		ExpiresInAsText: p.ExpiresInAsText, ScopeOnExchange: p.ScopeOnExchange, RefreshWithoutScope: p.RefreshWithoutScope,
	}
}

// WithOAuthPolicy sets how every world issues tokens at first, and again after
// a Reset.
func WithOAuthPolicy(p OAuthPolicy) Option {
	return func(s *settings) error {
		s.oauth = p.internal() // checked by New, which knows the scopes
		return nil
	}
}

// OAuthControl decides about the codes and tokens of one world, while the
// sandbox runs. It is safe for use by many goroutines.
type OAuthControl struct {
	server *Server
	world  *state.World
}

// OAuth controls the default world's OAuth server; [World.OAuth] is another's.
func (s *Server) OAuth() *OAuthControl {
	return &OAuthControl{server: s, world: s.universe.Default()}
}

// Policy returns how tokens are issued, with the defaults written out.
func (o *OAuthControl) Policy() OAuthPolicy { return publicPolicy(o.server.auth.Policy(o.world)) }

// SetPolicy changes how tokens are issued from now on, until the next Reset.
// Tokens that were issued live on as they are. It fails, and changes nothing,
// for a policy that cannot be followed, and says why.
func (o *OAuthControl) SetPolicy(p OAuthPolicy) error {
	_, err := o.server.auth.ChangePolicy(o.world, func(authserver.Policy) (authserver.Policy, error) { return p.internal(), nil })
	if err != nil {
		return errors.New("sandbox: OAuth policy: " + o.server.mask().Text(err.Error()))
	}
	return nil
}
