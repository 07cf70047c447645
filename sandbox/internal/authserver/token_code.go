package authserver

import (
	"unicode/utf8"

	"github.com/golokalise/lokalise/sandbox/internal/journal"
	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// secretLength is the length that the real endpoint demands of a code and a
// client ID (recorded).
const secretLength = 40

// codeAnswer has the recorded members of the answer to a code, in the recorded
// order. There is no scope in it.
type codeAnswer struct {
	AccessToken  string `json:"access_token"`
	RefreshToken string `json:"refresh_token"`
	ExpiresIn    int    `json:"expires_in"` // seconds
	TokenType    string `json:"token_type"`
}

func (s *Server) exchangeCode(req tokenRequest, rec *journal.Record) (any, *tokenError) {
	if utf8.RuneCountInString(req.code) != secretLength {
		return nil, tokenFailure(invalidRequest, "code: Code must be 40 characters long") // recorded
	}
	if failure := s.authenticate(req, rec); failure != nil {
		return nil, failure
	}
	grant, status := s.universe.UseCode(req.code, req.clientID, req.redirectURI)
	if status != state.CodeAccepted {
		rec.Note(codeReasons[status])
		return nil, tokenFailure(invalidGrant, codeDescription(status))
	}
	return codeAnswer{
		AccessToken:  s.universe.IssueAccess(grant, s.policy.AccessLife),
		RefreshToken: grant.RefreshToken,
		ExpiresIn:    int(s.policy.AccessLife.Seconds()),
		TokenType:    "Bearer",
	}, nil
}

// codeDescription is what a client is told. RFC 6749, section 5.2, puts all
// these into one code; the texts are the sandbox's.
func codeDescription(status state.CodeStatus) string {
	if status == state.CodeRedirectMismatch {
		return "The redirect URI does not match the one of the authorization request"
	}
	return "The code is invalid, expired or was used before"
}

// codeReasons is what the journal tells the developer, more than a client
// learns.
var codeReasons = map[state.CodeStatus]string{
	state.CodeUnknown:          "The code was never given out, or its world was reset.",
	state.CodeUsed:             "The code was used before. The grant it was exchanged for is revoked (RFC 6749, section 4.1.2).",
	state.CodeExpired:          "The code had expired on the sandbox's clock.",
	state.CodeOfAnotherClient:  "The code was given to another client.",
	state.CodeRedirectMismatch: "The redirect_uri is not the one that the authorization request named.",
}
