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

// Error says why there is no token for a grant. Its text holds no secret.
type Error struct {
	GrantID string
	Reason  Reason

	// RetryAt is when the manager will try again; until then callers get this
	// same error without a request. Zero for ErrReauthRequired.
	RetryAt time.Time

	// Err is the cause, nil when the failure was read from the store, where
	// another process recorded it.
	Err error

	text string // the cause's text with this grant's secrets masked
}

// Error names the grant and the reason.
func (e *Error) Error() string {
	s := fmt.Sprintf("tokens: grant %q: %s", e.GrantID, e.Reason)
	if e.text != "" {
		s += ": " + e.text
	}
	if !e.RetryAt.IsZero() {
		s += " (next try at " + e.RetryAt.UTC().Format(time.RFC3339) + ")"
	}
	return s
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

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
