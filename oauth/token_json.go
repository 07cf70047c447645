package oauth

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"
	"unicode/utf8"
)

// tokenVersion is the version of a Token's JSON form. A new member, or a new
// meaning of one, raises it: a program that does not know the member would
// drop it when it stores the token again.
const tokenVersion = 1

// ErrTokenVersion means that a stored token has no version, or one that this
// package does not know. An answer of the token endpoint is no stored token.
var ErrTokenVersion = errors.New("oauth: stored token: unknown version")

// storedToken is the JSON form of a Token. Unlike an answer it has an absolute
// expiry, and it keeps unknown members apart, so that none can collide with the
// known ones.
type storedToken struct {
	Version      int                        `json:"version"`
	AccessToken  string                     `json:"access_token"`
	TokenType    string                     `json:"token_type,omitempty"`
	RefreshToken string                     `json:"refresh_token,omitempty"`
	Expiry       time.Time                  `json:"expiry,omitzero"`
	Scopes       []Scope                    `json:"scopes,omitzero"`
	Extra        map[string]json.RawMessage `json:"extra,omitzero"`
}

// MarshalJSON returns the form for storage. It holds the access token and the
// refresh token in clear: encrypt it, and keep it out of logs.
func (t Token) MarshalJSON() ([]byte, error) {
	for _, text := range []string{t.AccessToken, t.TokenType, t.RefreshToken} {
		if !utf8.ValidString(text) {
			return nil, errors.New("oauth: token is not UTF-8 and would change in JSON")
		}
	}
	return json.Marshal(storedToken{
		Version:      tokenVersion,
		AccessToken:  t.AccessToken,
		TokenType:    t.TokenType,
		RefreshToken: t.RefreshToken,
		Expiry:       t.Expiry.UTC(),
		Scopes:       t.Scopes,
		Extra:        t.Extra,
	})
}

// UnmarshalJSON reads what MarshalJSON wrote. The error is ErrTokenVersion or
// says that the form is damaged, without repeating any of it.
func (t *Token) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		return nil // as every Unmarshaler does
	}
	var stored storedToken
	if err := json.Unmarshal(data, &stored); err != nil {
		return errors.New("oauth: stored token: damaged")
	}
	if stored.Version != tokenVersion {
		return fmt.Errorf("%w %d, this package knows %d", ErrTokenVersion, stored.Version, tokenVersion)
	}
	*t = Token{
		AccessToken:  stored.AccessToken,
		TokenType:    stored.TokenType,
		RefreshToken: stored.RefreshToken,
		Expiry:       stored.Expiry,
		Scopes:       stored.Scopes,
		Extra:        stored.Extra,
	}
	return nil
}
