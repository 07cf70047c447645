package oauth

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/golokalise/lokalise/internal/redact"
)

// Token is what the token endpoint hands out.
//
// String, GoString, every fmt verb and slog mask the tokens, also where a Token
// or *Token is part of something else. Two ways around that remain. The JSON
// form holds everything, because it is what gets stored; slog's JSON handler
// uses it for a struct that has a Token inside. And fmt may not call methods on
// an unexported field of another struct: a *Token there is safe with %v, %+v
// and %#v, which print its address, but not with %s and %q, and a plain Token
// is not safe there at all.
type Token struct {
	// AccessToken opens the API. Lokalise's are 40 characters of hex; treat it
	// as opaque.
	AccessToken string

	// TokenType is how to present the access token; Lokalise says "Bearer".
	// Empty when the answer did not say.
	TokenType string

	// RefreshToken gets the next access token. Empty if there was none.
	RefreshToken string

	// Expiry is when the access token ends, in UTC, counted from the moment
	// the request was sent. Zero means unknown: use the token until the API
	// refuses it. Lokalise's tokens live an hour.
	Expiry time.Time

	// Scopes is what was granted, in the answer's order, which may differ from
	// the order asked for. Nil when the answer did not say; Lokalise's answer
	// to a code does not.
	Scopes []Scope

	// Extra holds the members of the answer that this package does not know,
	// and those it could not read, as they came. Nil when there are none.
	Extra map[string]json.RawMessage
}

// ValidAt tells whether the access token is there and good at the given time
// for at least the margin, which covers the way to the server and clocks that
// differ. A minute is a good margin. A token without Expiry counts as good.
func (t *Token) ValidAt(now time.Time, margin time.Duration) bool {
	if t == nil || t.AccessToken == "" {
		return false
	}
	return t.Expiry.IsZero() || now.Add(margin).Before(t.Expiry)
}

// String describes the token with its secrets masked.
func (t Token) String() string {
	return fmt.Sprintf("oauth.Token{AccessToken: %s, TokenType: %s, RefreshToken: %s, Expiry: %s, Scopes: %s, Extra: %d}",
		shown(t.AccessToken), t.shownType(), shown(t.RefreshToken), t.shownExpiry(), t.shownScopes(), len(t.Extra))
}

// GoString is String, so that %#v shows no secret.
func (t Token) GoString() string { return t.String() }

// Format writes String for every verb: %x would show the token in hex.
func (t Token) Format(f fmt.State, _ rune) { writeTo(f, t.String()) }

// LogValue gives slog a group with the secrets masked.
func (t Token) LogValue() slog.Value {
	return slog.GroupValue(
		slog.String("access_token", shown(t.AccessToken)),
		slog.String("token_type", t.shownType()),
		slog.String("refresh_token", shown(t.RefreshToken)),
		slog.String("expiry", t.shownExpiry()),
		slog.String("scopes", t.shownScopes()),
		slog.Int("extra", len(t.Extra)), // a member may be a secret, so only how many
	)
}

func shown(secret string) string {
	if secret == "" {
		return "none"
	}
	return redact.Secret(secret)
}

func (t Token) secrets() []string { return []string{t.AccessToken, t.RefreshToken} }

func (t Token) shownType() string { return clean(t.TokenType, maxCode, t.secrets()) }

func (t Token) shownExpiry() string {
	if t.Expiry.IsZero() {
		return "unknown"
	}
	return t.Expiry.UTC().Format(time.RFC3339)
}

func (t Token) shownScopes() string {
	names := make([]string, len(t.Scopes))
	for i, scope := range t.Scopes {
		names[i] = string(scope)
	}
	return "[" + clean(strings.Join(names, " "), maxDescription, t.secrets()) + "]"
}
