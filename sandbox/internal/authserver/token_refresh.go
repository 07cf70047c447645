package authserver

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/golokalise/lokalise/sandbox/internal/journal"
	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// minRefreshToken is the shortest refresh token that is looked up. That short
// ones get a text of their own is told by a fixture of the official Node SDK;
// where the line runs is assumed, below the 15 characters of the token that
// was recorded with the other text.
const minRefreshToken = 10

// refreshAnswer has the recorded members of the answer to a refresh. There is
// no refresh token in it unless the policy rotates it: the client keeps the one
// it has.
type refreshAnswer struct {
	AccessToken  string  `json:"access_token"`
	RefreshToken string  `json:"refresh_token,omitempty"`
	ExpiresIn    any     `json:"expires_in"`      // seconds, see expiresIn
	Scope        *string `json:"scope,omitempty"` // nil: the policy leaves it out
	TokenType    string  `json:"token_type"`
}

func (s *Server) refresh(req tokenRequest, rec *journal.Record) (any, *tokenError) {
	if utf8.RuneCountInString(req.refreshToken) < minRefreshToken {
		return nil, tokenFailure(invalidRequest, "refresh_token: Refresh token too short")
	}
	world, failure := s.authenticate(req, rec)
	if failure != nil {
		return nil, failure
	}
	policy := s.Policy(world)
	issued, status, err := s.universe.Refresh(world, req.refreshToken, req.clientID, policy.refreshRules())
	if err != nil {
		return nil, notStored(rec, err)
	}
	if reason := refreshReasons[status]; reason != "" {
		rec.Note(reason)
	}
	if status == state.RefreshUnknown {
		return nil, invalidParameters()
	}
	if !status.Accepted() {
		return nil, tokenFailure(invalidGrant, "The refresh token is invalid or was revoked") // assumed
	}
	answer := refreshAnswer{
		AccessToken:  issued.Access.Value,
		RefreshToken: issued.RefreshToken,
		ExpiresIn:    expiresIn(policy),
		TokenType:    "Bearer",
	}
	if !policy.RefreshWithoutScope {
		scope := scopeText(issued.Access.Scopes)
		answer.Scope = &scope
	}
	return answer, nil
}

// refreshReasons is what the journal tells the developer, more than a client
// learns.
var refreshReasons = map[state.RefreshStatus]string{
	state.RefreshInGrace:         "The refresh token was rotated before and is still within its grace.",
	state.RefreshUnknown:         "The refresh token was never given out, or its world was reset.",
	state.RefreshOfAnotherClient: "The refresh token was given to another client.",
	state.RefreshRevoked:         "The grant was revoked.",
	state.RefreshExpired:         "The refresh token had expired on the sandbox's clock.",
	state.RefreshReplaced:        "The refresh token was rotated: a refresh before this one answered the next.",
	state.RefreshReused:          "The refresh token was rotated before and came back. Its grant is revoked, access tokens included.",
}

// scopeText joins scopes in an order of its own: recorded is that a refresh
// for "read_projects write_team_groups" was answered the other way round, so
// that a client must not compare the texts. Descending is assumed.
func scopeText(scopes []string) string {
	sorted := slices.Sorted(slices.Values(scopes))
	slices.Reverse(sorted)
	return strings.Join(sorted, " ")
}
