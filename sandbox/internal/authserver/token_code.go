package authserver

import (
	"strconv"
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
	ExpiresIn    any    `json:"expires_in"` // seconds, see expiresIn
	TokenType    string `json:"token_type"`
	Scope        string `json:"scope,omitempty"` // not recorded: only when the policy wants it
}

func (s *Server) exchangeCode(req tokenRequest, rec *journal.Record) (any, *tokenError) {
	if utf8.RuneCountInString(req.code) != secretLength {
		return nil, tokenFailure(invalidRequest, "code: Code must be 40 characters long") // recorded
	}
	world, failure := s.authenticate(req, rec)
	if failure != nil {
		return nil, failure
	}
	policy := s.Policy(world)
	issued, status, err := s.universe.UseCode(world, req.code, req.clientID, req.redirectURI, policy.lives())
	if err != nil {
		return nil, notStored(rec, err)
	}
	if status != state.CodeAccepted {
		rec.Note(codeReasons[status])
		return nil, tokenFailure(invalidGrant, codeDescription(status))
	}
	answer := codeAnswer{
		AccessToken:  issued.Access.Value,
		RefreshToken: issued.RefreshToken,
		ExpiresIn:    expiresIn(policy),
		TokenType:    "Bearer",
	}
	if policy.ScopeOnExchange {
		answer.Scope = scopeText(issued.Access.Scopes)
	}
	return answer, nil
}

// expiresIn is the life of an access token in whole seconds: a number, or the
// text that some servers write.
func expiresIn(p Policy) any {
	seconds := int64(p.AccessLife.Seconds())
	if p.ExpiresInAsText {
		return strconv.FormatInt(seconds, 10)
	}
	return seconds
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
