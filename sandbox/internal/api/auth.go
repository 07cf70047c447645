package api

import (
	"net/http"
	"strings"

	"github.com/golokalise/lokalise/sandbox/internal/journal"
	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// identity is whom a request acts for, and what it may do.
type identity struct {
	world    *state.World
	userID   int64
	readOnly bool
	access   *state.Access // nil: a personal token, which needs no scope
}

// credential is what a request names itself with, or empty. The personal token
// wins when both are sent (assumed).
func credential(h http.Header) (token string, bearer bool) {
	if token := h.Get("X-Api-Token"); token != "" {
		return token, false
	}
	scheme, token, _ := strings.Cut(h.Get("Authorization"), " ")
	if strings.EqualFold(scheme, "bearer") {
		return strings.TrimSpace(token), true
	}
	return "", false
}

// sendsCredential tells whether a request has any of the headers that the API
// reads a credential from.
func sendsCredential(h http.Header) bool {
	token, _ := credential(h)
	return token != "" || h.Get("X-Ota-Api-Token") != ""
}

// wellFormed tells whether a token has the form of one. Access tokens of 40
// hexadecimal characters are recorded; that personal tokens have the same
// form, and that the real service looks at nothing else, is assumed.
func wellFormed(token string) bool {
	const length = 40
	if len(token) != length {
		return false
	}
	return !strings.ContainsFunc(token, func(r rune) bool {
		return !('0' <= r && r <= '9' || 'a' <= r && r <= 'f' || 'A' <= r && r <= 'F')
	})
}

// authenticate finds out whom a request acts for. A missing or malformed
// personal token is 400 (recorded), as is a request without any credential; a
// well-formed one that nobody has is 401. A bearer token that is unknown or
// expired is 401: no recording, but the vendor's tutorials refresh on it.
func (s *Server) authenticate(c *call) error {
	token, bearer := credential(c.request.Header)
	switch {
	case token == "":
		c.record.Credential = journal.CredentialNone // one for an SDK opens nothing here
		return errTokenHeader
	case bearer:
		return s.bearer(c, token)
	case !wellFormed(token):
		c.record.Credential = journal.CredentialUnknown
		c.record.Note("X-Api-Token is no token: those have 40 hexadecimal digits.")
		return errTokenHeader
	}
	t := s.universe.APIToken(token)
	if t == nil {
		c.record.Credential = journal.CredentialUnknown
		c.record.Note(s.whyUnknown(token))
		return errUnauthorized
	}
	c.record.Credential = journal.CredentialAPIToken
	if t.ReadOnly {
		c.record.Credential = journal.CredentialReadOnly
	}
	c.become(identity{world: t.World, userID: t.UserID, readOnly: t.ReadOnly})
	return nil
}

func (s *Server) bearer(c *call, token string) error {
	a, grant := s.universe.Access(token)
	if a == nil {
		c.record.Credential = journal.CredentialUnknown
		c.record.Note(s.whyUnknown(token))
		return errUnauthorized
	}
	c.become(identity{world: grant.Home(), userID: grant.UserID, access: a})
	c.record.Credential, c.record.Scopes = journal.CredentialBearer, a.Scopes
	if !s.clock.Now().Before(a.Expires) {
		c.record.Credential = journal.CredentialExpired
		c.record.Note("The access token had expired on the sandbox's clock at " + a.Expires.Format("2006-01-02 15:04:05") + " UTC.")
		return errUnauthorized
	}
	return nil
}

// whyUnknown says in the journal what is wrong with a token that opens nothing
// where it was sent. The answer does not tell, as the real one does not.
func (s *Server) whyUnknown(token string) string {
	if a, _ := s.universe.Access(token); a != nil {
		return "An OAuth access token was sent as X-Api-Token. It is sent as Authorization: Bearer."
	}
	if s.universe.APIToken(token) != nil {
		return "An API token was sent as Authorization: Bearer. It is sent as X-Api-Token."
	}
	if s.universe.GrantOf(token) != nil {
		return "A refresh token was sent. It is exchanged for an access token at the token endpoint."
	}
	return "No world has this token: it was never given out, or a reset took it back."
}

func (c *call) become(who identity) {
	c.who = who
	c.record.World = who.world.Name
	_ = who.world.View(func(tx *state.Tx) error { // the function does not fail
		if u := tx.Users.Get("", who.userID); u != nil {
			c.record.User = u.Email
		}
		return nil
	})
}

// authorize refuses a token that may not do what the operation does. The
// answer 403 is assumed for a missing scope, a third party's statement for a
// token that may only read.
func authorize(c *call) error {
	if c.who.readOnly && c.op.Method != http.MethodGet {
		c.record.Note("The personal token may only read.")
		return errForbidden
	}
	if c.who.access == nil {
		return nil
	}
	switch {
	case c.op.ScopeBasis == "none":
		c.record.Note("The operation is not available with an OAuth token.")
		return errForbidden
	case c.op.Scope != "" && !c.who.access.HasScope(c.op.Scope):
		c.record.ScopeMissing = c.op.Scope
		c.record.Note("The OAuth token lacks the scope " + c.op.Scope + ".")
		return errForbidden
	}
	return nil
}
