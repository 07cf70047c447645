package oauth

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"time"
)

// maxLifetime keeps an absurd expires_in within what a time can hold.
const maxLifetime = 100 * 365 * 24 * time.Hour

// parseToken reads the answer of the token endpoint. Names are matched exactly,
// which a struct would not do. A member that cannot be read as what it should
// be stays in Extra as it came; only without an access token there is no token.
func parseToken(body []byte, sentAt time.Time) (*Token, error) {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(body, &members); err != nil {
		return nil, ErrBadAnswer // the decoder's error may repeat a piece of the token
	}
	var token Token
	take(members, "access_token", func(raw json.RawMessage) bool { return readString(raw, &token.AccessToken) })
	if token.AccessToken == "" {
		return nil, ErrBadAnswer
	}
	take(members, "token_type", func(raw json.RawMessage) bool { return readString(raw, &token.TokenType) })
	take(members, "refresh_token", func(raw json.RawMessage) bool { return readString(raw, &token.RefreshToken) })
	take(members, "expires_in", func(raw json.RawMessage) bool {
		lifetime, ok := readLifetime(raw)
		if ok {
			// Counted from the sending: the token is never taken for valid
			// longer than the server does. UTC also drops the monotonic clock,
			// which would not survive storage.
			token.Expiry = sentAt.Add(lifetime).UTC()
		}
		return ok
	})
	take(members, "scope", func(raw json.RawMessage) bool { return readScopes(raw, &token.Scopes) })
	if len(members) > 0 {
		token.Extra = members
	}
	return &token, nil
}

// take removes a member when it is null or was read.
func take(members map[string]json.RawMessage, name string, read func(json.RawMessage) bool) {
	raw, ok := members[name]
	if ok && (string(raw) == "null" || read(raw)) {
		delete(members, name)
	}
}

func readString(raw json.RawMessage, into *string) bool {
	return json.Unmarshal(raw, into) == nil
}

// readLifetime reads seconds from a number or from a string that holds one.
// Zero and less say nothing useful about a token that was just issued and count
// as unknown: the token is then used until the API refuses it, instead of being
// refreshed before every use.
func readLifetime(raw json.RawMessage) (time.Duration, bool) {
	text := string(raw)
	var quoted string
	if readString(raw, &quoted) {
		text = strings.TrimSpace(quoted)
	}
	seconds, err := strconv.ParseFloat(text, 64)
	if (err != nil && !math.IsInf(seconds, 1)) || !(seconds > 0) { // not a number compares false
		return 0, false
	}
	if seconds >= maxLifetime.Seconds() {
		return maxLifetime, true
	}
	return time.Duration(seconds * float64(time.Second)), true
}

// readScopes reads a string with spaces, which is what was recorded, or an
// array, which the documentation of an official SDK promises.
func readScopes(raw json.RawMessage, into *[]Scope) bool {
	var list []string
	if json.Unmarshal(raw, &list) != nil {
		var text string
		if !readString(raw, &text) {
			return false
		}
		list = []string{text}
	}
	scopes := []Scope{}
	for _, text := range list {
		for _, name := range strings.Fields(text) {
			scopes = append(scopes, Scope(name))
		}
	}
	*into = scopes
	return true
}
