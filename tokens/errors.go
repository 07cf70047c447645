package tokens

import (
	"errors"
	"fmt"
	"time"
)

// Sentinels for the class of an [*Error]; match them with errors.Is.
// [ErrNotFound] is one of them too.
var (
	// ErrReauthRequired says that the customer has to connect again.
	ErrReauthRequired = errors.New("tokens: the account has to be connected again")

	// ErrUnavailable says that there is no valid token now and that trying
	// later may help. Error.RetryAt says when the manager will.
	ErrUnavailable = errors.New("tokens: no valid token at present")

	// ErrMisconfigured says that the server refused the app's own
	// credentials. Such an error is ErrUnavailable as well.
	ErrMisconfigured = errors.New("tokens: the server refused the client's credentials")

	// ErrUnreadable says that a stored record could not be opened.
	ErrUnreadable = errors.New("tokens: stored grant cannot be opened")

	// ErrClosed says that the manager was closed.
	ErrClosed = errors.New("tokens: manager is closed")

	// ErrRecentlyReplaced answers an InvalidateToken for a token that is so
	// fresh that replacing it again would not help: whatever the API refuses,
	// it is not the token's age.
	ErrRecentlyReplaced = errors.New("tokens: the rejected token was replaced a moment ago")
)

// Error says why there is no token for a grant. Its text, and that of its
// cause, holds no secret. errors.As finds an [*oauth.Error] in it when the
// token endpoint answered.
type Error struct {
	GrantID string
	Reason  Reason

	// RetryAt is when the manager will try again; until then callers get this
	// same error without a request. Zero for ErrReauthRequired.
	RetryAt time.Time

	cause *cause
}

// cause is what a store or a refresher said. Its text has this grant's secrets
// masked, and it cannot be unwrapped to one that has not; errors.Is and
// errors.As see through it.
type cause struct {
	err  error
	text string
}

func (c *cause) Error() string { return c.text }

func (c *cause) Is(target error) bool { return errors.Is(c.err, target) }

func (c *cause) As(target any) bool { return errors.As(c.err, target) }

// newError describes a failure of a grant; err may be nil.
func newError(id string, reason Reason, retryAt time.Time, err error, mask func(string) string) *Error {
	e := &Error{GrantID: id, Reason: reason, RetryAt: retryAt}
	if err != nil {
		e.cause = &cause{err, mask(err.Error())}
	}
	return e
}

// Error names the grant and the reason.
func (e *Error) Error() string {
	s := fmt.Sprintf("tokens: grant %q: %s", e.GrantID, e.Reason)
	if e.cause != nil {
		s += ": " + e.cause.text
	}
	if !e.RetryAt.IsZero() {
		s += " (next try at " + e.RetryAt.UTC().Format(time.RFC3339) + ")"
	}
	return s
}

// Unwrap returns the cause. It is nil when the failure was read from the
// store, where another process had recorded it.
func (e *Error) Unwrap() error {
	if e.cause == nil {
		return nil
	}
	return e.cause
}

// Is reports whether the error belongs to the class of a sentinel.
func (e *Error) Is(target error) bool {
	switch target {
	case ErrReauthRequired:
		return e.NeedsReauth()
	case ErrUnavailable:
		return !e.NeedsReauth() && e.Reason != ReasonUnreadable
	case ErrMisconfigured:
		return e.Reason == ReasonMisconfigured
	case ErrUnreadable:
		return e.Reason == ReasonUnreadable
	}
	return false
}

// NeedsReauth reports whether the customer has to connect again. An uncertain
// grant that will be tried once more does not need it yet.
func (e *Error) NeedsReauth() bool {
	switch e.Reason {
	case ReasonRejected, ReasonNoRefreshToken:
		return true
	case ReasonUncertain:
		return e.RetryAt.IsZero()
	}
	return false
}
