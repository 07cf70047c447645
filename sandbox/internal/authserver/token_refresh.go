package authserver

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/golokalise/lokalise/sandbox/internal/journal"
)

// minRefreshToken is the shortest refresh token that is looked up. That short
// ones get a text of their own is told by a fixture of the official Node SDK;
// where the line runs is assumed, below the 15 characters of the token that
// was recorded with the other text.
const minRefreshToken = 10

// refreshAnswer has the recorded members of the answer to a refresh. There is
// no refresh token in it: the client keeps the one it has.
type refreshAnswer struct {
	AccessToken string `json:"access_token"`
	ExpiresIn   int    `json:"expires_in"` // seconds
	Scope       string `json:"scope"`
	TokenType   string `json:"token_type"`
}

func (s *Server) refresh(req tokenRequest, rec *journal.Record) (any, *tokenError) {
	if utf8.RuneCountInString(req.refreshToken) < minRefreshToken {
		return nil, tokenFailure(invalidRequest, "refresh_token: Refresh token too short")
	}
	if failure := s.authenticate(req, rec); failure != nil {
		return nil, failure
	}
	grant, revoked := s.universe.GrantByRefreshToken(req.refreshToken)
	switch {
	case grant == nil:
		rec.Note("The refresh token was never given out, or its world was reset.")
		return nil, invalidParameters()
	case grant.ClientID != req.clientID:
		rec.Note("The refresh token was given to another client.")
		return nil, tokenFailure(invalidGrant, "The refresh token is invalid or was revoked") // assumed
	case revoked:
		rec.Note("The grant was revoked.")
		return nil, tokenFailure(invalidGrant, "The refresh token is invalid or was revoked") // assumed
	}
	return refreshAnswer{
		AccessToken: s.universe.IssueAccess(grant, s.policy.AccessLife),
		ExpiresIn:   int(s.policy.AccessLife.Seconds()),
		Scope:       scopeText(grant.Scopes),
		TokenType:   "Bearer",
	}, nil
}

// scopeText joins scopes in an order of its own: recorded is that a refresh
// for "read_projects write_team_groups" was answered the other way round, so
// that a client must not compare the texts. Descending is assumed.
func scopeText(scopes []string) string {
	sorted := slices.Sorted(slices.Values(scopes))
	slices.Reverse(sorted)
	return strings.Join(sorted, " ")
}
