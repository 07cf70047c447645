package sandbox

import (
	"fmt"
	"slices"
	"time"

	"github.com/golokalise/lokalise/internal/redact"
	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// OAuthGrant is what a user allowed a client, and what came of it. Its tokens
// are masked.
type OAuthGrant struct {
	ID       int64     `json:"id"`
	World    string    `json:"world"`
	ClientID string    `json:"client_id"`
	User     string    `json:"user"` // e-mail address
	Scopes   []string  `json:"scopes"`
	Created  time.Time `json:"created"`

	// RevokedBecause is empty while the grant is good.
	RevokedBecause string `json:"revoked_because,omitempty"`
	// FamilyRevoked tells that the grant was revoked since something that was
	// used up came back: a code, or a rotated refresh token.
	FamilyRevoked bool `json:"family_revoked"`

	Refreshed int `json:"refreshed"` // refreshes that were answered with a token
	Refused   int `json:"refused"`   // refreshes of its client that were not

	// RefreshTokens are the generations of its refresh token, the current one
	// last. The latest 32 are known.
	RefreshTokens []OAuthRefreshToken `json:"refresh_tokens"`
}

// OAuthRefreshToken is one generation of a grant's refresh token.
type OAuthRefreshToken struct {
	Generation int       `json:"generation"` // from 1
	Token      string    `json:"token"`      // masked
	Issued     time.Time `json:"issued"`
	Expires    time.Time `json:"expires,omitzero"` // zero: never
	Current    bool      `json:"current"`
	Accepted   int       `json:"accepted"` // token requests that came with it
	Refused    int       `json:"refused"`
}

// OAuthAccessToken is an access token, masked.
type OAuthAccessToken struct {
	ID       int64         `json:"id"`
	GrantID  int64         `json:"grant_id"`
	Token    string        `json:"token"` // masked
	ClientID string        `json:"client_id"`
	User     string        `json:"user"` // e-mail address
	Scopes   []string      `json:"scopes"`
	Created  time.Time     `json:"created"`
	Expires  time.Time     `json:"expires"`
	Left     time.Duration `json:"-"`    // life on the sandbox's clock; 0 for a dead one
	Live     bool          `json:"live"` // neither expired nor revoked
}

// OAuthStats counts the token requests of a world since its last Reset.
type OAuthStats struct {
	Exchanged       int `json:"exchanged"`        // codes exchanged for tokens
	Refreshed       int `json:"refreshed"`        // refreshes answered with a token
	Refused         int `json:"refused"`          // of an authenticated client, for their code or refresh token
	FamiliesRevoked int `json:"families_revoked"` // grants revoked since a code or a rotated refresh token came back
}

// Stats returns what was counted.
func (o *OAuthControl) Stats() OAuthStats {
	return OAuthStats(o.server.universe.TokenTotals(o.world.Name))
}

// Grants lists the grants, oldest first. One that was revoked, or whose refresh
// token expired, is among them for a day at least.
func (o *OAuthControl) Grants() []OAuthGrant {
	users := o.users()
	list := []OAuthGrant{}
	for _, g := range o.server.universe.Grants(o.world.Name) {
		list = append(list, OAuthGrant{
			ID: g.ID, World: g.World, ClientID: g.ClientID, User: users[g.UserID],
			Scopes: slices.Clone(g.Scopes), Created: g.Created,
			RevokedBecause: string(g.Reason), FamilyRevoked: g.Reason != "" && g.Reason != state.RevokedByHand,
			Refreshed: g.Refreshed, Refused: g.Refused, RefreshTokens: publicRefreshTokens(g),
		})
	}
	return list
}

func publicRefreshTokens(g *state.Grant) []OAuthRefreshToken {
	list := make([]OAuthRefreshToken, len(g.Tokens))
	for i, r := range g.Tokens {
		list[i] = OAuthRefreshToken{
			Generation: r.Generation, Token: redact.Secret(r.Value), Issued: r.Issued, Expires: r.Expires,
			Current: r.Replaced.IsZero(), Accepted: r.Accepted, Refused: r.Refused,
		}
	}
	return list
}

// AccessTokens lists the access tokens, oldest first. Dead ones are among them
// for a day, unless there are more than 10,000.
func (o *OAuthControl) AccessTokens() []OAuthAccessToken {
	users, now := o.users(), o.server.clock.Now()
	list := []OAuthAccessToken{}
	for _, a := range o.server.universe.AccessTokens(o.world.Name) {
		token := OAuthAccessToken{
			ID: a.ID, GrantID: a.GrantID, Token: redact.Secret(a.Value),
			ClientID: a.Grant.ClientID, User: users[a.Grant.UserID], Scopes: slices.Clone(a.Scopes),
			Created: a.Issued, Expires: a.Expires, Live: a.Live(now),
		}
		if token.Live {
			token.Left = a.Expires.Sub(now)
		}
		list = append(list, token)
	}
	return list
}

// users are the e-mail addresses of the world's users by id.
func (o *OAuthControl) users() map[int64]string {
	users := map[int64]string{}
	_ = o.world.View(func(tx *state.Tx) error { // the function does not fail
		for u := range tx.Users.All("") {
			users[u.ID] = u.Email
		}
		return nil
	})
	return users
}

// RevokeGrant ends a grant and all its tokens, as a user does who disconnects
// the app. It fails when there is no such grant.
func (o *OAuthControl) RevokeGrant(id int64) error {
	found, err := o.server.universe.RevokeGrant(o.world.Name, id)
	return o.need(found, err, id)
}

// ExpireRefreshToken makes the current refresh token of a grant expire now. It
// fails when there is no such grant.
func (o *OAuthControl) ExpireRefreshToken(grantID int64) error {
	found, err := o.server.universe.ExpireRefreshToken(o.world.Name, grantID)
	return o.need(found, err, grantID)
}

func (o *OAuthControl) need(found bool, err error, id int64) error {
	switch {
	case err != nil:
		return fmt.Errorf("sandbox: %w", err)
	case !found:
		return fmt.Errorf("sandbox: world %s has no grant %d; Grants lists them", o.world.Name, id)
	}
	return nil
}

// ExpireAccessTokens makes access tokens expire now: those with the ids, or all
// when there are none. It returns how many were alive, which is 0 too when the
// sandbox's storage fails.
func (o *OAuthControl) ExpireAccessTokens(ids ...int64) int {
	return o.expire(func(a *state.Access) bool { return len(ids) == 0 || slices.Contains(ids, a.ID) })
}

// ExpireAccessTokensOf makes all access tokens of a grant expire now, and
// returns how many were alive, which is 0 too when the sandbox's storage fails.
func (o *OAuthControl) ExpireAccessTokensOf(grantID int64) int {
	return o.expire(func(a *state.Access) bool { return a.GrantID == grantID })
}

func (o *OAuthControl) expire(pick func(*state.Access) bool) int {
	n, err := o.server.universe.ExpireAccessTokens(o.world.Name, pick)
	if err != nil {
		return 0 // the storage's failure is logged
	}
	return n
}
