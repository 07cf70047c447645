package authserver

import (
	"net/http"

	"github.com/go-json-experiment/json"

	"github.com/golokalise/lokalise/sandbox/internal/journal"
)

// tokenError is an answer of the token endpoint that is no token. Its shape,
// flat and with an empty error_uri, is recorded, and so is the status 400 for
// every one of them.
type tokenError struct {
	status      int
	Code        string `json:"error"`
	Description string `json:"error_description"`
	URI         string `json:"error_uri"`
}

// Codes of RFC 6749, section 5.2. Only the first is recorded.
const (
	invalidRequest       = "invalid_request"
	invalidClient        = "invalid_client"
	invalidGrant         = "invalid_grant"
	unsupportedGrantType = "unsupported_grant_type"
)

func tokenFailure(code, description string) *tokenError {
	return &tokenError{status: http.StatusBadRequest, Code: code, Description: description}
}

// invalidParameters is the recorded answer to a refresh token that is unknown
// and not too short.
func invalidParameters() *tokenError {
	return tokenFailure(invalidRequest, "Invalid request parameters")
}

// notStored is the answer when the sandbox's storage fails. Nothing has
// happened then: the code or refresh token is as good as before.
func notStored(rec *journal.Record, err error) *tokenError {
	rec.Note("Nothing was changed: " + err.Error() + ".")
	return &tokenError{status: http.StatusInternalServerError, Code: "server_error", Description: "The sandbox could not store the token"}
}

// writeJSON writes an answer of the token endpoint with the headers that were
// recorded there; Pragma is RFC 6749, section 5.1.
func writeJSON(w http.ResponseWriter, status int, body any) {
	data, err := json.Marshal(body)
	if err != nil {
		http.Error(w, "the sandbox could not write its answer", http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "application/json")
	h.Set("Cache-Control", "no-store, no-cache, must-revalidate")
	h.Set("Pragma", "no-cache")
	w.WriteHeader(status)
	_, _ = w.Write(data) // when the client went away, nobody is left to tell
}
