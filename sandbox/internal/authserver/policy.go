package authserver

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// Rotation says what a refresh does to the refresh token.
type Rotation string

// The ways of rotation.
const (
	RotationNone        Rotation = "none"         // the token stays good, and the answer has none (recorded)
	RotationRotate      Rotation = "rotate"       // each refresh answers another one, the old one is refused
	RotationDetectReuse Rotation = "detect_reuse" // the same, and an old one that comes back revokes the grant (RFC 9700, section 4.14.2)
)

// Rotations lists the ways of rotation.
var Rotations = []Rotation{RotationNone, RotationRotate, RotationDetectReuse}

// Policy holds what the server decides about codes and tokens. Its zero value
// is the service as it was recorded.
type Policy struct {
	Rotation    Rotation      // empty: RotationNone
	Grace       time.Duration // how long a rotated refresh token is still good
	AccessLife  time.Duration // 0: an hour (recorded)
	RefreshLife time.Duration // 0: for ever (assumed)
	CodeLife    time.Duration // 0: ten minutes (the most that RFC 6749, section 4.1.2, recommends)

	WithheldOnConsent []string // scopes that no user gives
	WithheldOnRefresh []string // scopes that a refreshed access token does not get

	ExpiresInAsText     bool // expires_in is a string
	ScopeOnExchange     bool // the answer to a code has a scope
	RefreshWithoutScope bool // the answer to a refresh has none
}

const (
	defaultAccessLife = time.Hour
	defaultCodeLife   = 10 * time.Minute
)

// Complete is the policy with its defaults written out.
func (p Policy) Complete() Policy {
	p.Rotation = cmp.Or(p.Rotation, RotationNone)
	p.AccessLife = cmp.Or(p.AccessLife, defaultAccessLife)
	p.CodeLife = cmp.Or(p.CodeLife, defaultCodeLife)
	p.WithheldOnConsent = slices.Clone(p.WithheldOnConsent)
	p.WithheldOnRefresh = slices.Clone(p.WithheldOnRefresh)
	return p
}

// maxLife bounds the durations of a policy: a date has to come out of them.
const maxLife = 100 * 365 * 24 * time.Hour

// checkPolicy refuses a policy that cannot be followed.
func (s *Server) checkPolicy(p Policy) error {
	if p.Rotation != "" && !slices.Contains(Rotations, p.Rotation) {
		return fmt.Errorf("rotation %.40q is not known; there are %s, %s and %s", p.Rotation, RotationNone, RotationRotate, RotationDetectReuse)
	}
	if p.Grace != 0 && (p.Rotation == "" || p.Rotation == RotationNone) {
		return errors.New("grace is about refresh tokens that were rotated; set rotation to rotate or detect_reuse as well")
	}
	for _, life := range []struct {
		name  string
		value time.Duration
	}{{"grace", p.Grace}, {"access_life", p.AccessLife}, {"refresh_life", p.RefreshLife}, {"code_life", p.CodeLife}} {
		if life.value < 0 || life.value > maxLife {
			return fmt.Errorf("%s is %v; it must be between 0, which is the default, and 100 years", life.name, life.value)
		}
	}
	for _, scope := range slices.Concat(p.WithheldOnConsent, p.WithheldOnRefresh) {
		if !s.scopes[scope] {
			return fmt.Errorf("scope %.60q is not known; there are %s", scope, strings.Join(s.knownScopes(), ", "))
		}
	}
	return nil
}

// Policy returns how tokens of a world are issued, with the defaults written
// out.
func (s *Server) Policy(w *state.World) Policy {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if p, changed := s.policies[w.Name]; changed {
		return p.Complete()
	}
	return s.policy.Complete()
}

// ChangePolicy changes how tokens of a world are issued from now on. What was
// issued stays as it is. Nothing happens when the result cannot be followed.
func (s *Server) ChangePolicy(w *state.World, change func(Policy) (Policy, error)) (Policy, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	before, changed := s.policies[w.Name]
	if !changed {
		before = s.policy
	}
	p, err := change(before.Complete())
	if err == nil {
		err = s.checkPolicy(p)
	}
	if err != nil {
		return Policy{}, err
	}
	p = p.Complete()
	if err := s.savePolicy(w, p); err != nil {
		return Policy{}, err
	}
	s.policies[w.Name] = p
	return p.Complete(), nil
}

func (p Policy) lives() state.Lives {
	return state.Lives{Access: p.AccessLife, Refresh: p.RefreshLife}
}

func (p Policy) refreshRules() state.RefreshRules {
	return state.RefreshRules{
		Lives: p.lives(), Grace: p.Grace, Withheld: p.WithheldOnRefresh,
		Rotate: p.Rotation != RotationNone, DetectReuse: p.Rotation == RotationDetectReuse,
	}
}
