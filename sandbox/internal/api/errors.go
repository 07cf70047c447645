package api

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"

	"github.com/go-json-experiment/json"
)

// Error is an answer of the API that is no success. Its body is
// {"error":{"message":…,"code":…}} with the status as the code (recorded in
// every year there are recordings of).
type Error struct {
	Status  int
	Message string
	allow   string // methods, for the Allow header of a 405
}

// Error implements error.
func (e *Error) Error() string { return fmt.Sprintf("%d %s", e.Status, e.Message) }

func failure(status int, message string) *Error { return &Error{Status: status, Message: message} }

// Errors with their recorded texts, unless the comment says otherwise.
var (
	errNotFound     = failure(http.StatusNotFound, "Not Found")
	errTokenHeader  = failure(http.StatusBadRequest, "Invalid `X-Api-Token` header")
	errUnauthorized = failure(http.StatusUnauthorized, "Unauthorized")            // a third party's probe, 2026
	errForbidden    = failure(http.StatusForbidden, "Forbidden")                  // a third party's client matches it
	errTooMany      = failure(http.StatusTooManyRequests, tooManyRequestsMessage) // documented
)

const tooManyRequestsMessage = "Too many requests. Cool your jets and try again in a bit"

// invalidParameter refuses a parameter with the recorded text. A member of a
// member is named by its path: Invalid `languages`.`lang_iso` parameter.
func invalidParameter(path ...string) *Error {
	text := "Invalid "
	for i, name := range path {
		if i > 0 {
			text += "."
		}
		text += "`" + name + "`"
	}
	return failure(http.StatusBadRequest, text+" parameter")
}

// wrongMethod is the answer to a method that a path does not have. Recorded on
// a path deep down in 2021 is 405; a third party's probe in 2026 found 404 on
// /projects.
func wrongMethod(n *node) error {
	for _, r := range n.routes {
		if r.op.API == "v2" && r.op.Path == "/projects" {
			return errNotFound
		}
	}
	return &Error{Status: http.StatusMethodNotAllowed, Message: "Method Not Allowed", allow: n.allow()}
}

// notModeled answers for an operation that the sandbox knows by name only.
// Pretending to have done something would be worse than saying so.
func notModeled(op Operation) *Error {
	return failure(http.StatusNotImplemented, fmt.Sprintf(
		"The sandbox does not model %s (%s %s%s) yet. The request was in order as far as it can tell; nothing was changed.",
		op.ID, op.Method, basePaths[op.API], op.Path))
}

type errorBody struct {
	Error errorDetail `json:"error"`
}

type errorDetail struct {
	Message string `json:"message"`
	Code    int    `json:"code"`
}

// writeError turns any error into an answer. One that is no *Error is a defect
// of the sandbox; it is logged, and the client gets a 500 without its text.
func writeError(w http.ResponseWriter, c *call, err error, logger *slog.Logger) {
	var ota *otaError
	if errors.As(err, &ota) {
		ota.write(w)
		return
	}
	var e *Error
	if !errors.As(err, &e) {
		logger.Error("sandbox: handler failed", "operation", c.op.ID, "error", err)
		c.record.Note("The sandbox has a defect here: " + err.Error())
		e = failure(http.StatusInternalServerError, "Internal Server Error")
	}
	if e.allow != "" {
		w.Header().Set("Allow", e.allow)
	}
	WriteError(w, e.Status, e.Message)
}

// WriteError writes an error in the API's form.
func WriteError(w http.ResponseWriter, status int, message string) {
	data, err := json.Marshal(errorBody{errorDetail{Message: message, Code: status}}, permissive)
	if err != nil {
		http.Error(w, http.StatusText(status), status)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(data) // the client went away: nobody is left to tell
}
