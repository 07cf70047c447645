package api

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"strings"
	"time"

	"github.com/go-json-experiment/json"

	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// serviceOTA is the only service that service tokens are known for.
const serviceOTA = "ota"

// serviceTokenLife is documented
// (https://developers.lokalise.com/reference/working-with-the-ota-api).
const serviceTokenLife = 30 * time.Minute

// createServiceToken is open to whoever may manage the project (assumed).
func createServiceToken(c *call) (any, error) {
	service, ok := c.bodyObject().text("service")
	if !ok || service != serviceOTA {
		return nil, invalidParameter("service")
	}
	return c.update(func(tx *state.Tx, p *state.Project) (any, error) {
		token, err := issueServiceToken(tx, serviceToken{
			World: c.who.world.Name, Service: service, ProjectID: p.ID, TeamID: p.TeamID, UserID: c.who.userID,
		})
		return struct {
			JWT string `json:"jwt"`
		}{token}, err
	})
}

// serviceToken is what a service token says. The members of the real ones are
// not known; no program should read them.
type serviceToken struct {
	World     string `json:"iss"`
	Service   string `json:"aud"`
	UserID    int64  `json:"user_id"`
	TeamID    int64  `json:"team_id"`
	ProjectID string `json:"project_id"`
	Issued    int64  `json:"iat"` // Unix seconds
	Expires   int64  `json:"exp"` // Unix seconds
}

// jwtHeader is that of every service token (RFC 7519 and 7515).
const jwtHeader = `{"alg":"HS256","typ":"JWT"}`

// errServiceToken is why a service token is refused. Its text says no more, so
// that nobody learns from it how near a forged one was.
var errServiceToken = errors.New("the service token is malformed, expired, or not from this sandbox")

// issueServiceToken signs a service token with the world's key, dated now on
// the sandbox's clock.
func issueServiceToken(tx *state.Tx, t serviceToken) (string, error) {
	t.Issued = tx.Now().Unix()
	t.Expires = tx.Now().Add(serviceTokenLife).Unix()
	claims, err := json.Marshal(t)
	if err != nil {
		return "", err
	}
	signed := base64.RawURLEncoding.EncodeToString([]byte(jwtHeader)) + "." + base64.RawURLEncoding.EncodeToString(claims)
	return signed + "." + signature(tx.MakeSigningKey(serviceOTA), signed), nil
}

// verifyServiceToken reads a service token that this universe issued. now is
// the time on the sandbox's clock. The world that it returns is the one that
// the token leads into; whether its project, team and user are still there is
// for the caller to see.
func verifyServiceToken(u *state.Universe, token string, now time.Time) (*state.World, serviceToken, error) {
	signed, sign, ok := cutLast(token, ".")
	header, payload, both := strings.Cut(signed, ".")
	if !ok || !both || header != base64.RawURLEncoding.EncodeToString([]byte(jwtHeader)) {
		return nil, serviceToken{}, errServiceToken
	}
	claims, err := base64.RawURLEncoding.DecodeString(payload)
	var t serviceToken
	if err != nil || json.Unmarshal(claims, &t) != nil {
		return nil, serviceToken{}, errServiceToken
	}
	w := u.World(t.World)
	if w == nil || !signedBy(w, signed, sign) || now.Unix() >= t.Expires {
		return nil, serviceToken{}, errServiceToken
	}
	return w, t, nil
}

func signedBy(w *state.World, signed, sign string) bool {
	good := false
	_ = w.View(func(tx *state.Tx) error { // the function does not fail
		key := tx.SigningKey(serviceOTA)
		good = key != nil && hmac.Equal([]byte(sign), []byte(signature(key, signed)))
		return nil
	})
	return good
}

func signature(key *state.SigningKey, signed string) string {
	mac := hmac.New(sha256.New, []byte(key.Secret))
	mac.Write([]byte(signed)) // never fails (hash.Hash)
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

// cutLast cuts a text at the last place where sep stands in it.
func cutLast(s, sep string) (before, after string, found bool) {
	at := strings.LastIndex(s, sep)
	if at < 0 {
		return s, "", false
	}
	return s[:at], s[at+len(sep):], true
}
