package lokalise

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
)

// The classes of errors, for errors.Is.
var (
	ErrBadRequest   = errors.New("bad request")
	ErrUnauthorized = errors.New("unauthorized")
	ErrForbidden    = errors.New("forbidden")
	ErrNotFound     = errors.New("not found")
	ErrConflict     = errors.New("conflict")
	ErrTooBig       = errors.New("too big")
	ErrLocked       = errors.New("locked")
	ErrRateLimited  = errors.New("rate limited")
	ErrServer       = errors.New("server error")
	ErrDecode       = errors.New("the answer could not be read")
)

// APIError is an answer of the API that is not a success.
type APIError struct {
	Method    string
	Path      string
	Status    int
	Code      int
	Message   string
	Details   json.RawMessage
	ProcessID string
	Body      []byte
}

// Error implements error.
func (e *APIError) Error() string {
	return fmt.Sprintf("lokalise: %s %s: %d %s", e.Method, e.Path, e.Status, e.Message)
}

// Is tells errors.Is which class the error is of.
func (e *APIError) Is(target error) bool {
	switch target {
	case ErrBadRequest:
		return e.Status == http.StatusBadRequest
	case ErrUnauthorized:
		return e.Status == http.StatusUnauthorized
	case ErrForbidden:
		return e.Status == http.StatusForbidden
	case ErrNotFound:
		return e.Status == http.StatusNotFound
	case ErrConflict:
		return e.Status == http.StatusConflict
	case ErrTooBig:
		return e.Status == http.StatusRequestEntityTooLarge
	case ErrLocked:
		return e.Status == http.StatusLocked
	case ErrRateLimited:
		return e.Status == http.StatusTooManyRequests
	case ErrServer:
		return e.Status >= 500
	}
	return false
}
