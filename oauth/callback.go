package oauth

import (
	"errors"
	"fmt"
	"net/url"
)

// Errors of ParseCallback. None of their texts holds the code or the state.
var (
	// ErrNoWantState means that the caller passed an empty state to compare
	// with: the user's session is gone, or the caller meant
	// ParseCallbackWithoutState.
	ErrNoWantState = errors.New("oauth: callback: no state to compare with")

	// ErrStateMismatch means that the redirect does not belong to the flow that
	// this user started. Do not use its code.
	ErrStateMismatch = errors.New("oauth: callback: the state does not match")

	// ErrCallbackMalformed means that the redirect carries neither a code nor
	// an error, both, one of them twice, or a query that does not parse.
	ErrCallbackMalformed = errors.New("oauth: callback: malformed")

	// ErrDenied is matched by *DeniedError.
	ErrDenied = errors.New("oauth: the user denied access")
)

// DeniedError means that the user pressed Deny: error=access_denied on the
// redirect. How Lokalise itself reports a denial was not found in any document
// or recording; this is the form of RFC 6749 section 4.1.2.1.
type DeniedError struct {
	Description string // error_description, cleaned and bounded
	URI         string // error_uri, cleaned and bounded
}

func (e *DeniedError) Error() string { return describe(ErrDenied.Error(), e.Description, e.URI) }

// Is matches ErrDenied.
func (e *DeniedError) Is(target error) bool { return target == ErrDenied }

// CallbackError is any other error on the redirect, such as invalid_scope or
// server_error.
type CallbackError struct {
	Code        string // error, cleaned and bounded
	Description string // error_description, cleaned and bounded
	URI         string // error_uri, cleaned and bounded
}

func (e *CallbackError) Error() string {
	return describe("oauth: callback: "+e.Code, e.Description, e.URI)
}

// ParseCallback reads the redirect that ends the user's visit to Lokalise and
// returns the code for Exchange. wantState is what AuthCodeURL was given; it is
// compared in constant time before anything else is believed, a denial
// included, so that nobody can end another user's flow.
//
// Only the query of u is read, so r.URL of an http.Request will do. The error
// is ErrNoWantState, ErrStateMismatch, ErrCallbackMalformed (wrapped), a
// *DeniedError or a *CallbackError.
func ParseCallback(u *url.URL, wantState string) (code string, err error) {
	if wantState == "" {
		return "", ErrNoWantState
	}
	query, err := callbackQuery(u)
	if err != nil {
		return "", err
	}
	if !EqualState(query.Get("state"), wantState) {
		return "", ErrStateMismatch
	}
	return readCallback(query, wantState)
}

// ParseCallbackWithoutState is ParseCallback for a flow that was started
// without a state. It protects against nothing: anybody who gets the user to
// open a URL can connect the user to a foreign account. A redirect which does
// carry a state is refused with ErrStateMismatch.
func ParseCallbackWithoutState(u *url.URL) (code string, err error) {
	query, err := callbackQuery(u)
	if err != nil {
		return "", err
	}
	if query.Get("state") != "" {
		return "", ErrStateMismatch
	}
	return readCallback(query)
}

// callbackQuery parses the query and refuses a parameter that is there twice
// (RFC 6749 section 3.1): which one counts would be a matter of taste.
func callbackQuery(u *url.URL) (url.Values, error) {
	if u == nil {
		return nil, fmt.Errorf("%w: no URL", ErrCallbackMalformed)
	}
	query, err := url.ParseQuery(u.RawQuery)
	if err != nil { // its text would repeat a piece of the query
		return nil, fmt.Errorf("%w: the query does not parse", ErrCallbackMalformed)
	}
	for _, name := range []string{"state", "code", "error", "error_description", "error_uri"} {
		if len(query[name]) > 1 {
			return nil, fmt.Errorf("%w: %s is there twice", ErrCallbackMalformed, name)
		}
	}
	return query, nil
}

func readCallback(query url.Values, state ...string) (string, error) {
	code, failure := query.Get("code"), query.Get("error")
	switch {
	case code != "" && failure != "":
		return "", fmt.Errorf("%w: code and error together", ErrCallbackMalformed)
	case failure != "":
		// Whoever wrote the description may have put the state into it.
		return "", callbackFailure(failure, query, state)
	case code == "":
		return "", fmt.Errorf("%w: no code and no error", ErrCallbackMalformed)
	default:
		return code, nil
	}
}

func callbackFailure(failure string, query url.Values, secrets []string) error {
	description := clean(query.Get("error_description"), maxDescription, secrets)
	uri := clean(query.Get("error_uri"), maxURI, secrets)
	if failure == "access_denied" {
		return &DeniedError{Description: description, URI: uri}
	}
	return &CallbackError{Code: clean(failure, maxCode, secrets), Description: description, URI: uri}
}
