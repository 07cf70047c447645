// Package exit says with which code the program ends, and carries what a
// person needs to know about a failure: one line, and a hint at the way out.
package exit

import (
	"errors"
	"fmt"

	"github.com/golokalise/lokalise"
	"github.com/golokalise/lokalise/oauth"
)

// The exit codes. "lokalise help exit-codes" documents them; scripts rely on
// them, so a code never changes its meaning.
const (
	OK          = 0
	Failure     = 1
	Usage       = 2
	Auth        = 3
	Interrupted = 130 // 128 + SIGINT, as shells report it
)

// Error is a failure with an exit code and a hint.
type Error struct {
	// Code is the exit code. Defaults to what the wrapped error stands for.
	Code int
	// Message is the line that says what happened. Defaults to the text of
	// the wrapped error.
	Message string
	// Hint says what to do about it. It may be empty.
	Hint string
	// Err is the cause. It may be nil.
	Err error
}

// Error is the message and, unless the message stands for it, the cause.
func (e *Error) Error() string {
	switch {
	case e.Err == nil:
		return e.Message
	case e.Message == "":
		return e.Err.Error()
	default:
		return e.Message + ": " + e.Err.Error()
	}
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Usagef is a command line that cannot be understood.
func Usagef(hint, format string, args ...any) *Error {
	return &Error{Code: Usage, Message: fmt.Sprintf(format, args...), Hint: hint}
}

// Failuref is a failure that no other error caused.
func Failuref(hint, format string, args ...any) *Error {
	return &Error{Code: Failure, Message: fmt.Sprintf(format, args...), Hint: hint}
}

// Code is the exit code that an error stands for.
func Code(err error) int {
	if err == nil {
		return OK
	}
	if e, ok := errors.AsType[*Error](err); ok && e.Code != OK {
		return e.Code
	}
	if isAuth(err) {
		return Auth
	}
	return Failure
}

// Hint is the advice that an error carries, or "".
func Hint(err error) string {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Hint
	}
	return ""
}

func isAuth(err error) bool {
	if errors.Is(err, lokalise.ErrUnauthorized) || errors.Is(err, lokalise.ErrForbidden) {
		return true
	}
	if _, denied := errors.AsType[*oauth.DeniedError](err); denied {
		return true
	}
	refused, ok := errors.AsType[*oauth.Error](err)
	return ok && (refused.NeedsReauth() || refused.Misconfigured())
}
