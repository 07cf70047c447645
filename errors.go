package lokalise

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// The classes of failure, for errors.Is. An error is of one class at most,
// except that a request refused by the client's own limiter is [ErrRateLimited]
// as one refused by the API is.
//
// Statuses are those of https://developers.lokalise.com/reference/api-errors
// and, where that page does not have them, of the official SDKs.
var (
	// ErrBadRequest is status 400, unless the text says that the token is at
	// fault, and 422.
	ErrBadRequest = errors.New("lokalise: bad request")
	// ErrUnauthorized is status 401, and the 400 by which the API refuses a
	// token that is missing or malformed.
	ErrUnauthorized = errors.New("lokalise: unauthorized")
	// ErrForbidden is status 403: the token is good but lacks the scope or right.
	ErrForbidden = errors.New("lokalise: forbidden")
	// ErrNotFound is status 404.
	ErrNotFound = errors.New("lokalise: not found")
	// ErrMethodNotAllowed is status 405.
	ErrMethodNotAllowed = errors.New("lokalise: method not allowed")
	// ErrNotAcceptable is status 406: the resource is malformed or broken.
	ErrNotAcceptable = errors.New("lokalise: not acceptable")
	// ErrConflict is status 409.
	ErrConflict = errors.New("lokalise: conflict")
	// ErrTooBig is status 413.
	ErrTooBig = errors.New("lokalise: too big")
	// ErrLocked is status 423: the token is busy with another request, an
	// answer of older versions of the API.
	ErrLocked = errors.New("lokalise: locked")
	// ErrRateLimited is status 429, or a [LimitError].
	ErrRateLimited = errors.New("lokalise: rate limited")
	// ErrServer is any status from 500 on.
	ErrServer = errors.New("lokalise: server error")

	// ErrInvalidRequest means that the client refused to send the request,
	// such as one with an empty project identifier.
	ErrInvalidRequest = errors.New("lokalise: invalid request")
	// ErrDecode means that the request succeeded and its answer could not be
	// read; see [DecodeError].
	ErrDecode = errors.New("lokalise: unreadable answer")
	// ErrRedirect means that the answer pointed somewhere where the client
	// does not follow; see [RedirectError].
	ErrRedirect = errors.New("lokalise: redirect refused")
	// ErrRepeatedPage means that a list started over from a page it had given
	// before, which would go on forever.
	ErrRepeatedPage = errors.New("lokalise: repeated page")
)

// APIError is an answer by which the API refused a request or failed. It says
// what the answer said, with the credentials of the request masked should the
// answer repeat them.
type APIError struct {
	// Method and Path are those of the request; the path is escaped and has no
	// query.
	Method, Path string
	// Status is the HTTP status code. It is 200 for an answer that carries an
	// error in spite of its status.
	Status int
	// Code is the number that the body has as code, usually the status.
	Code int
	// ErrorCode is a code that is not a number, such as "002_TOKEN_EXPIRED".
	ErrorCode string
	// Message is the text of the answer, at most 1 KiB of it.
	Message string
	// Details is whatever the body has as details.
	Details json.RawMessage
	// Errors are the texts of an answer that lists several.
	Errors []string
	// ProcessID is the X-Lokalise-Process-Id header, which Lokalise's support
	// asks for.
	ProcessID string
	// RetryAfter is how long the answer asked to wait; zero if it did not.
	RetryAfter time.Duration
	// Attempts counts the requests that were sent for the call. When it is more
	// than one, an earlier attempt may have had an effect: a delete that is
	// answered by 404 may be one that succeeded before.
	Attempts int
	// Body is the beginning of the body, at most 4 KiB.
	Body []byte
}

// Error names the request, the status and what the answer said.
func (e *APIError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "lokalise: %s %s: status %d", e.Method, e.Path, e.Status)
	if text := http.StatusText(e.Status); text != "" {
		fmt.Fprintf(&b, " %s", text)
	}
	if e.Code != 0 && e.Code != e.Status {
		fmt.Fprintf(&b, ", code %d", e.Code)
	}
	if e.ErrorCode != "" {
		fmt.Fprintf(&b, ", code %s", e.ErrorCode)
	}
	if e.Message != "" {
		fmt.Fprintf(&b, ": %s", e.Message)
	}
	if e.ProcessID != "" {
		fmt.Fprintf(&b, " (process %s)", e.ProcessID)
	}
	return b.String()
}

// Is reports whether the error is of the class that a sentinel names.
func (e *APIError) Is(target error) bool { return target != nil && target == e.class() }

// class turns a status into a sentinel; nothing else in the package does.
func (e *APIError) class() error {
	status := e.Status
	if status < http.StatusMultipleChoices { // an error inside a success
		status = e.Code
	}
	switch {
	case status == http.StatusUnauthorized, refusesToken(status, e.Message), e.ErrorCode == tokenExpired:
		return ErrUnauthorized
	case status == http.StatusBadRequest, status == http.StatusUnprocessableEntity:
		return ErrBadRequest
	case status == http.StatusForbidden:
		return ErrForbidden
	case status == http.StatusNotFound:
		return ErrNotFound
	case status == http.StatusMethodNotAllowed:
		return ErrMethodNotAllowed
	case status == http.StatusNotAcceptable:
		return ErrNotAcceptable
	case status == http.StatusConflict:
		return ErrConflict
	case status == http.StatusRequestEntityTooLarge:
		return ErrTooBig
	case status == http.StatusLocked:
		return ErrLocked
	case status == http.StatusTooManyRequests:
		return ErrRateLimited
	case status >= http.StatusInternalServerError:
		return ErrServer
	}
	return nil
}

// refusesToken recognizes the 400 by which API v2 answers a request without a
// token, or with one of the wrong shape (recorded 2018 to 2023). Only a token
// that is well-formed and unknown gives 401.
func refusesToken(status int, message string) bool {
	return status == http.StatusBadRequest && strings.Contains(message, "`X-Api-Token`")
}

// tokenExpired is what the over-the-air API says of a service token whose time
// is over (https://developers.lokalise.com/reference/api-errors). Under which
// status it says so is not known.
const tokenExpired = "002_TOKEN_EXPIRED"

// Retryable reports whether the same call may succeed later. The client has
// retried already what it may; this is for the caller's own schedule.
func (e *APIError) Retryable() bool {
	return errors.Is(e, ErrRateLimited) || errors.Is(e, ErrLocked) || errors.Is(e, ErrServer)
}

// RequestError is a call that got no answer, or none that could be read to its
// end: no token, no connection, a timeout, a canceled context. The cause is
// what errors.Is and errors.As see.
type RequestError struct {
	// Method and Path are those of the request; the path is escaped and has no
	// query.
	Method, Path string
	// Attempts counts the requests that were started for the call.
	Attempts int
	// MayHaveSucceeded reports that a request was sent and its outcome is not
	// known.
	MayHaveSucceeded bool
	// Err is the cause.
	Err error

	text string
}

// Error names the request and the cause.
func (e *RequestError) Error() string {
	text := e.text
	if text == "" && e.Err != nil {
		text = e.Err.Error()
	}
	return fmt.Sprintf("lokalise: %s %s: %s", e.Method, e.Path, text)
}

// Unwrap returns the cause.
func (e *RequestError) Unwrap() error { return e.Err }

// Retryable reports whether the same call may succeed later and cannot have
// succeeded already.
func (e *RequestError) Retryable() bool {
	return !e.MayHaveSucceeded && !errors.Is(e.Err, ErrInvalidRequest)
}

// DecodeError is the answer to a request that succeeded, which could not be
// read: it is not JSON, is cut short, or holds a value of the wrong type. The
// request is not sent again. errors.Is finds [ErrDecode].
type DecodeError struct {
	// Method and Path are those of the request; the path is escaped and has no
	// query.
	Method, Path string
	// Status is the HTTP status code, ContentType the header.
	Status      int
	ContentType string
	// ProcessID is the X-Lokalise-Process-Id header.
	ProcessID string
	// Reason says what is wrong, with the place where there is one.
	Reason string

	// cause is the error of the connection, where that broke.
	cause error
}

// Error says that the request succeeded, and what is wrong with the answer.
func (e *DecodeError) Error() string {
	text := fmt.Sprintf("lokalise: %s %s: the request succeeded with status %d but the answer could not be read: %s",
		e.Method, e.Path, e.Status, e.Reason)
	if e.ProcessID != "" {
		text += " (process " + e.ProcessID + ")"
	}
	return text
}

// Is reports whether target is [ErrDecode].
func (e *DecodeError) Is(target error) bool { return target == ErrDecode }

// Unwrap returns the error of the connection when that broke while the answer
// was read, and nil when the answer came whole.
func (e *DecodeError) Unwrap() error { return e.cause }

// RedirectError is a redirect that the client does not follow: to another
// scheme, host or port, where neither the token nor the body may go, or one
// that would turn a write into a read. errors.Is finds [ErrRedirect].
type RedirectError struct {
	// Method and Path are those of the request; the path is escaped and has no
	// query.
	Method, Path string
	// Status is the HTTP status code.
	Status int
	// Location is where the answer pointed, without query.
	Location string
	// Reason says why the client did not go there.
	Reason string
}

// Error names the request, the target and the reason.
func (e *RedirectError) Error() string {
	return fmt.Sprintf("lokalise: %s %s: status %d redirects to %s: %s", e.Method, e.Path, e.Status, e.Location, e.Reason)
}

// Is reports whether target is [ErrRedirect].
func (e *RedirectError) Is(target error) bool { return target == ErrRedirect }

// LimitError is a request that was not sent because it would have had to wait
// for its turn longer than it may. errors.Is finds [ErrRateLimited].
type LimitError struct {
	// RetryAt is when the request could be sent, as far as is known now; zero
	// when it waits for another request to end.
	RetryAt time.Time
	// Wait is how long that is from the moment of the call.
	Wait time.Duration
	// MaxWait is how long the call was ready to wait.
	MaxWait time.Duration

	// cause is context.DeadlineExceeded where the context would have ended
	// before the request's turn.
	cause error
}

// Error says how long the wait would be.
func (e *LimitError) Error() string {
	if e.RetryAt.IsZero() {
		return fmt.Sprintf("lokalise: too many requests in flight, and none ended in %v", e.MaxWait)
	}
	return fmt.Sprintf("lokalise: rate limit: the next request may go in %v, longer than the %v to wait",
		e.Wait.Round(time.Millisecond), e.MaxWait)
}

// Is reports whether target is [ErrRateLimited].
func (e *LimitError) Is(target error) bool { return target == ErrRateLimited }

// Unwrap returns context.DeadlineExceeded when the call's context would have
// ended before the request's turn, and nil otherwise.
func (e *LimitError) Unwrap() error { return e.cause }
