// Package session remembers who is signed in, in a signed cookie. The sign-in
// itself is made up: everybody may be anybody. An app that people use has its
// own, and gives connect.Config.Session whatever that one knows.
package session

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Lifetime is how long a sign-in lasts.
const Lifetime = 12 * time.Hour

// ErrSignedOut says that the request comes from nobody in particular: there is
// no cookie, it has ended, or it was not signed here.
var ErrSignedOut = errors.New("session: nobody is signed in")

// Sessions gives out and reads the cookie.
type Sessions struct {
	key    []byte
	name   string
	secure bool
	now    func() time.Time
}

// New returns sessions that are signed with the key, of 32 random bytes. Secure
// is for an app on https; now is the clock by which they end.
func New(key []byte, secure bool, now func() time.Time) *Sessions {
	name := "webapp_session"
	if secure {
		name = "__Host-" + name // no other host can set it (RFC 6265bis section 4.1.3.2)
	}
	return &Sessions{key: key, name: name, secure: secure, now: now}
}

// Start signs the browser in to a workspace.
func (s *Sessions) Start(w http.ResponseWriter, workspace string) {
	ends := strconv.FormatInt(s.now().Add(Lifetime).Unix(), 10)
	payload := workspace + "." + ends
	s.set(w, payload+"."+s.sign(payload), int(Lifetime.Seconds()))
}

// End signs the browser out. A copy of the cookie would still be good until it
// ends: an app that must be able to end a session keeps a list on the server.
func (s *Sessions) End(w http.ResponseWriter) {
	const now = -1
	s.set(w, "", now)
}

// Workspace is where the browser is signed in. The error is ErrSignedOut.
func (s *Sessions) Workspace(r *http.Request) (string, error) {
	cookie, err := r.Cookie(s.name)
	if err != nil {
		return "", ErrSignedOut
	}
	payload, signature, ok := cutLast(cookie.Value)
	if !ok || !hmac.Equal([]byte(signature), []byte(s.sign(payload))) {
		return "", ErrSignedOut
	}
	workspace, text, _ := cutLast(payload)
	ends, err := strconv.ParseInt(text, 10, 64)
	if err != nil || s.now().Unix() >= ends {
		return "", ErrSignedOut
	}
	return workspace, nil
}

// set writes the cookie. SameSite must be Lax: with Strict the browser leaves it
// out on the way back from Lokalise, and nobody would be signed in there.
func (s *Sessions) set(w http.ResponseWriter, value string, maxAge int) {
	http.SetCookie(w, &http.Cookie{ //nolint:gosec // Secure is on wherever the app is on https
		Name: s.name, Value: value, Path: "/", MaxAge: maxAge,
		HttpOnly: true, Secure: s.secure, SameSite: http.SameSiteLaxMode,
	})
}

// sign covers the cookie's name, so that nothing else that is signed with this
// key can pass for a session.
func (s *Sessions) sign(payload string) string {
	mac := hmac.New(sha256.New, s.key)
	mac.Write([]byte(s.name + "\x00" + payload))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

// cutLast splits at the last dot.
func cutLast(s string) (before, after string, found bool) {
	at := strings.LastIndexByte(s, '.')
	if at < 0 {
		return s, "", false
	}
	return s[:at], s[at+1:], true
}
