package connect

import (
	"errors"
	"fmt"
	"net/http"

	"github.com/golokalise/lokalise/internal/redact"
	"github.com/golokalise/lokalise/oauth"
)

// Reason says why an attempt, a start or a disconnect failed.
type Reason string

const (
	// ReasonNotSignedIn means: Config.Session returned an error.
	ReasonNotSignedIn Reason = "not_signed_in"

	// ReasonCrossOrigin means: a page of another origin posted to start or
	// disconnect.
	ReasonCrossOrigin Reason = "cross_origin"

	// ReasonReturnTo means: the return address is not in Config.ReturnTo.
	ReasonReturnTo Reason = "return_to"

	// ReasonMalformed means: a form or a callback that cannot be read, such as
	// one with a parameter twice.
	ReasonMalformed Reason = "malformed"

	// ReasonNoAttempt means: this browser has no cookie for the state. The
	// attempt began in another browser or on somebody else's initiative, it was
	// finished before, it is too old, or cookies are blocked.
	ReasonNoAttempt Reason = "no_attempt"

	// ReasonBadAttempt means: the cookie for the state is not one that was
	// given out for it.
	ReasonBadAttempt Reason = "bad_attempt"

	// ReasonOtherSession means: the attempt was started by another session of
	// the app in this browser.
	ReasonOtherSession Reason = "other_session"

	// ReasonExpired means: more than AttemptLifetime passed since the start.
	ReasonExpired Reason = "expired"

	// ReasonReplayed means: the callback of this attempt came before.
	ReasonReplayed Reason = "replayed"

	// ReasonRefused means: Lokalise redirected with an error that is no denial.
	ReasonRefused Reason = "refused"

	// ReasonCodeRejected means: Lokalise did not accept the code.
	ReasonCodeRejected Reason = "code_rejected"

	// ReasonMisconfigured means: Lokalise did not accept the app's own
	// credentials, or Config.Session gave an ID that no grant can have.
	ReasonMisconfigured Reason = "misconfigured"

	// ReasonUnavailable means: no usable answer came from Lokalise.
	ReasonUnavailable Reason = "unavailable"

	// ReasonStore means: the grant could not be stored or deleted, or
	// Config.Once failed.
	ReasonStore Reason = "store"
)

// Status is the HTTP status that goes with a reason; 400 for one that is not
// known.
func (r Reason) Status() int {
	switch r {
	case ReasonNotSignedIn:
		return http.StatusUnauthorized
	case ReasonCrossOrigin, ReasonOtherSession:
		return http.StatusForbidden
	case ReasonMisconfigured, ReasonStore:
		return http.StatusInternalServerError
	case ReasonUnavailable:
		return http.StatusBadGateway
	default:
		return http.StatusBadRequest
	}
}

// Error is a failure with its cause. Its text, and that of its cause, holds
// none of the request's secrets, even if the app's own functions put one into
// their errors.
type Error struct {
	Reason  Reason
	GrantID string // empty while nobody is known to be signed in

	cause *cause
}

// cause sees through to an error for errors.Is and errors.As, and cannot be
// unwrapped to its text.
type cause struct {
	err  error
	text string
}

func (c *cause) Error() string { return c.text }

func (c *cause) Is(target error) bool { return errors.Is(c.err, target) }

func (c *cause) As(target any) bool { return errors.As(c.err, target) }

// Error says what happened on one line.
func (e *Error) Error() string {
	text := "connect: " + string(e.Reason)
	if e.GrantID != "" {
		text += fmt.Sprintf(" for grant %q", e.GrantID)
	}
	if e.cause != nil {
		text += ": " + e.cause.text
	}
	return text
}

// Unwrap returns the cause, or nil.
func (e *Error) Unwrap() error {
	if e.cause == nil {
		return nil
	}
	return e.cause
}

// wrong makes an error out of a cause, whose text may repeat what the request
// or a token brought.
func (a *app) wrong(r *http.Request, reason Reason, err error, secrets ...string) *Error {
	return &Error{Reason: reason, cause: &cause{err, redact.Values(err.Error(), append(secrets, requestSecrets(r)...)...)}}
}

// requestSecrets lists what must not be repeated from a request: the code and
// the state, credentials, and cookies that are long enough to be some.
func requestSecrets(r *http.Request) []string {
	const minCookie = 12
	query := r.URL.Query()
	secrets := append(query["code"], query["state"]...)
	if auth := r.Header.Get("Authorization"); auth != "" {
		secrets = append(secrets, auth)
	}
	for _, c := range r.Cookies() {
		if len(c.Value) >= minCookie {
			secrets = append(secrets, c.Value)
		}
	}
	return secrets
}

// exchangeReason sorts a failed exchange. Ambiguity comes first: it is known of
// neither the code nor the client that they are at fault then.
func exchangeReason(err error) Reason {
	failure, ok := errors.AsType[*oauth.Error](err)
	switch {
	case !ok || failure.Ambiguous():
		return ReasonUnavailable
	case failure.Misconfigured():
		return ReasonMisconfigured
	case failure.Temporary():
		return ReasonUnavailable
	default:
		return ReasonCodeRejected
	}
}
