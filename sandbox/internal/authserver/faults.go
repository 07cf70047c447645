package authserver

import (
	"net/http"

	"github.com/golokalise/lokalise/sandbox/internal/faults"
	"github.com/golokalise/lokalise/sandbox/internal/journal"
	"github.com/golokalise/lokalise/sandbox/internal/state"
	"github.com/golokalise/lokalise/sandbox/internal/web"
)

// InjectFaults has the engine asked about every token request and every
// consent page. It is called before the first request.
func (s *Server) InjectFaults(e *faults.Engine) { s.faults = e }

func (s *Server) hit(target faults.Call, rec *journal.Record) *faults.Hit {
	hit := s.faults.Hit(target)
	if hit != nil {
		rec.Fault = hit.Name()
	}
	return hit
}

// tokenCall says whom a token request is for, going by what it claims: a slow
// or broken server fails before it has checked anything.
func (s *Server) tokenCall(req tokenRequest) faults.Call {
	if s.faults.Idle() {
		return faults.Call{}
	}
	call := faults.Call{Operations: []string{"oauth2.token"}, Credential: journal.CredentialClient}
	if req.grantType == "refresh_token" {
		call.Operations = append(call.Operations, "oauth2.refresh")
		if g := s.universe.GrantOf(req.refreshToken); g != nil {
			call.Grant, call.UserID = g.ID, g.UserID
		}
	} else if code := s.universe.Code(req.code); code != nil {
		call.UserID = code.UserID
	}
	_, world, found := s.universe.Client(req.clientID)
	if !found {
		return call
	}
	call.World = world.Name
	_ = world.View(func(tx *state.Tx) error { // the function does not fail
		if u := tx.Users.Get("", call.UserID); u != nil {
			call.Email = u.Email
		}
		return nil
	})
	return call
}

// faultCodes are the error codes of RFC 6749 that come closest to a status; the
// real service's own answers are not known.
var faultCodes = map[int]string{
	http.StatusUnauthorized:       invalidClient,
	http.StatusForbidden:          "access_denied",
	http.StatusServiceUnavailable: "temporarily_unavailable",
	http.StatusTooManyRequests:    "temporarily_unavailable",
}

// writeTokenFault writes an error that a fault asks for, in the form of the
// token endpoint.
func writeTokenFault(w http.ResponseWriter, status int, message string) {
	code := faultCodes[status]
	switch {
	case code != "":
	case status >= http.StatusInternalServerError:
		code = "server_error"
	default:
		code = invalidRequest
	}
	if message == "" {
		message = http.StatusText(status)
	}
	writeJSON(w, status, &tokenError{Code: code, Description: message})
}

// writePageFault writes an error that a fault asks for, for a person.
func writePageFault(w http.ResponseWriter, status int, message string) {
	if message == "" {
		message = http.StatusText(status)
	}
	web.Problem(w, status, web.ProblemView{Title: "The server failed", Message: message})
}
