package connect

import (
	"bytes"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base32"
	"encoding/json"
	"net/http"
	"strings"
	"time"
)

// Cookie names are one of these, behind __Host- where cookies are Secure, and
// the attempt's ID.
const (
	attemptCookie = "lokalise-connect-"
	outcomeCookie = "lokalise-outcome-"

	hostPrefix = "__Host-"
)

// maxCookieValue is the longest value that is looked at. Browsers keep 4096
// bytes of name and value together.
const maxCookieValue = 4096

const idLen = 16

var idEncoding = base32.HexEncoding.WithPadding(base32.NoPadding)

// attemptID names an attempt by its state without giving that away.
func attemptID(state string) string {
	sum := sha256.Sum256([]byte("connect attempt\x00" + state))
	return strings.ToLower(idEncoding.EncodeToString(sum[:]))[:idLen]
}

func validID(id string) bool {
	return len(id) == idLen && strings.Trim(id, "0123456789abcdefghijklmnopqrstuv") == ""
}

func (a *app) cookieName(kind, id string) string {
	if a.secure {
		return hostPrefix + kind + id
	}
	return kind + id
}

// setCookie keeps a value in the browser for a while. SameSite is Lax, because
// Strict would keep it back on the way from Lokalise to the callback.
func (a *app) setCookie(w http.ResponseWriter, name, value string, life time.Duration) {
	//nolint:gosec // Secure is off for plain http on a loopback host only, where browsers drop Secure cookies.
	http.SetCookie(w, &http.Cookie{
		Name: name, Value: value, Path: "/", MaxAge: int(life.Seconds()),
		Secure: a.secure, HttpOnly: true, SameSite: http.SameSiteLaxMode,
	})
}

func (a *app) clearCookie(w http.ResponseWriter, name string) {
	const gone = -time.Second // any negative Max-Age deletes
	a.setCookie(w, name, "", gone)
}

// encode writes JSON without escapes for HTML, which would make six bytes of
// each & in a return address.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return b.Bytes(), err
}

// cookie returns the value of the only cookie of this name. Two of one name are
// possible on plain http, where they can be set for several paths; which one
// counts would be a matter of chance.
func cookie(r *http.Request, name string) (value string, count int) {
	found := r.CookiesNamed(name)
	if len(found) != 1 {
		return "", len(found)
	}
	return found[0].Value, 1
}

// sessionTag binds a cookie to the app's session without showing its ID.
func sessionTag(cookieName, session string) []byte {
	sum := sha256.Sum256([]byte("connect session\x00" + cookieName + "\x00" + session))
	return sum[:16]
}

func sameTag(a, b []byte) bool { return subtle.ConstantTimeCompare(a, b) == 1 }
