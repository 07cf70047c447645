package oauth

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// What an *Error means, for errors.Is. Each goes with the predicate of its name.
var (
	ErrNeedsReauth   = errors.New("oauth: the user must consent again")
	ErrMisconfigured = errors.New("oauth: the client is misconfigured")
	ErrTemporary     = errors.New("oauth: try again later")
	ErrAmbiguous     = errors.New("oauth: unknown whether the server acted on the request")
)

// Why an answer could not be used. They are causes of an *Error.
var (
	// ErrBadAnswer means an answer that should hold a token and is empty, cut
	// off, not JSON, or without an access token.
	ErrBadAnswer = errors.New("no usable token in the answer")

	// ErrAnswerTooLarge means an answer of more than 1 MiB.
	ErrAnswerTooLarge = errors.New("the answer is larger than 1 MiB")

	// ErrRedirected means that the token endpoint answered with a redirect,
	// which is never followed. Check Config.Host.
	ErrRedirected = errors.New("a redirect, which is never followed")
)

// Error is how Exchange and Refresh fail. Its text consists of the fields below
// and fixed words; it never contains a body, a URL with a query, or a secret,
// even if the server repeats one.
//
// The cause is reachable through errors.Is and errors.As (context.Canceled, a
// *net.OpError, ErrRedirected, …).
type Error struct {
	// Status is the HTTP status, or 0 when there was no answer.
	Status int

	// Code, Description and URI are error, error_description and error_uri of
	// the answer (RFC 6749 section 5.2), on one line, bounded, with everything
	// secret that was sent masked. Empty when the answer had none.
	Code        string
	Description string
	URI         string

	// ProcessID is what Lokalise's support can find the request by; the header
	// X-Lokalise-Process-Id.
	ProcessID string

	// RetryAfter is how long the server asked to stay away, at most a day, or 0.
	RetryAfter time.Duration

	// MaybeSent is false only if the request certainly never left.
	MaybeSent bool

	// Tries is how often the request was tried.
	Tries int

	cause *cause
}

// Error says what happened on one line.
func (e *Error) Error() string {
	what := fmt.Sprintf("oauth: the token endpoint answered %d", e.Status)
	if e.Status == 0 {
		what = "oauth: no answer from the token endpoint"
	}
	if e.Code != "" {
		what += " " + e.Code
	} else if e.cause != nil {
		what += ": " + e.cause.Error()
	}
	if e.Status == 0 && !e.MaybeSent {
		what += "; nothing was sent"
	}
	what = describe(what, e.Description, e.URI)
	if e.ProcessID != "" {
		what += " [process " + e.ProcessID + "]"
	}
	return what
}

// Unwrap returns the cause, whose text is as harmless as the error's own.
func (e *Error) Unwrap() error {
	if e.cause == nil {
		return nil
	}
	return e.cause
}

// Is matches the sentinels that go with the predicates.
func (e *Error) Is(target error) bool {
	switch target {
	case ErrNeedsReauth:
		return e.NeedsReauth()
	case ErrMisconfigured:
		return e.Misconfigured()
	case ErrTemporary:
		return e.Temporary()
	case ErrAmbiguous:
		return e.Ambiguous()
	}
	return false
}

// NeedsReauth tells whether the code or refresh token is no longer good, so
// that only the user's consent helps.
//
// That is invalid_grant, as RFC 6749 has it, and what the real endpoint was
// recorded to say instead: invalid_request with "Invalid request parameters" for
// a bad refresh token of a valid client, or with a description that names the
// field code or refresh_token. The first of these is vague enough to have other
// causes: when many users' grants fail with it at once, suspect the client's
// credentials. Answers of 429 and of 500 and above never count.
func (e *Error) NeedsReauth() bool {
	if !e.final() {
		return false
	}
	switch e.Code {
	case "invalid_grant":
		return true
	case "invalid_request":
		return e.Description == "Invalid request parameters" || e.complainsAbout("code", "refresh_token")
	}
	return false
}

// Misconfigured tells whether the app's own settings are wrong, so that neither
// the user nor waiting helps: the codes invalid_client, unauthorized_client,
// invalid_scope and unsupported_grant_type, a complaint about the client's
// fields (recorded for client_id), or an address that is no token endpoint:
// a redirect, 401, 404 or 405 without an error code.
func (e *Error) Misconfigured() bool {
	if !e.final() {
		return false
	}
	switch e.Code {
	case "invalid_client", "unauthorized_client", "invalid_scope", "unsupported_grant_type":
		return true
	case "invalid_request":
		return e.complainsAbout("client_id", "client_secret", "redirect_uri", "grant_type")
	case "":
		return e.Status/100 == 3 || e.Status == http.StatusUnauthorized ||
			e.Status == http.StatusNotFound || e.Status == http.StatusMethodNotAllowed
	}
	return false
}

// Temporary tells whether the same request may work later: no answer at all,
// 429, a status of 500 and above, or an answer that broke off. Look at Ambiguous
// first, since a code cannot be sent again after an ambiguous failure.
func (e *Error) Temporary() bool {
	switch {
	case e.Status == 0, e.Status == http.StatusTooManyRequests, e.Status >= http.StatusInternalServerError:
		return true
	case e.Status/100 == 2:
		return e.Code == ""
	}
	return e.Code == "temporarily_unavailable" || e.Code == "server_error"
}

// Ambiguous tells whether the server may have acted on the request although no
// token came back: the answer was lost or unreadable, or it was a status of 500
// and above other than 503. A code may be used up then, and on a server that
// rotates refresh tokens the old one may be dead.
func (e *Error) Ambiguous() bool {
	switch {
	case e.Status == 0:
		return e.MaybeSent
	case e.Status/100 == 2:
		return e.Code == ""
	default:
		return e.Status >= http.StatusInternalServerError && !e.refused()
	}
}

// final tells whether the status is one with which a server gives a verdict on
// the request, instead of excusing itself.
func (e *Error) final() bool {
	return e.Status < http.StatusInternalServerError && e.Status != http.StatusTooManyRequests
}

// complainsAbout tells whether the description names one of the fields, in the
// recorded form "code: Code must be 40 characters long".
func (e *Error) complainsAbout(fields ...string) bool {
	for _, field := range fields {
		if strings.HasPrefix(e.Description, field+":") {
			return true
		}
	}
	return false
}

// readBody takes what there is from an error body. A body that is empty, HTML
// or cut off leaves the fields empty.
func (e *Error) readBody(body []byte, secrets []string) {
	var members map[string]json.RawMessage
	if json.Unmarshal(body, &members) != nil {
		return
	}
	text := func(name string, limit int) string {
		var value string
		if !readString(members[name], &value) {
			return ""
		}
		return clean(value, limit, secrets)
	}
	e.Code = text("error", maxCode)
	e.Description = text("error_description", maxDescription)
	e.URI = text("error_uri", maxURI)
}
