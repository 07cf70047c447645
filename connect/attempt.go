package connect

import (
	"cmp"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/golokalise/lokalise/oauth"
)

// AttemptLifetime is how long a person may take between start and callback.
const AttemptLifetime = 10 * time.Minute

const (
	// maxAttempts is how many attempts of one browser may be open.
	maxAttempts = 8

	// maxAttemptBytes bounds their cookies together: they go along with every
	// request to the app, and common servers refuse a Cookie header of more
	// than 8 KiB.
	maxAttemptBytes = 5 << 10

	// maxScanned is how many cookies of an attempt's name are looked at.
	maxScanned = 64
)

// attempt is what the cookie of an attempt holds.
type attempt struct {
	State    string        `json:"s"`
	Expires  int64         `json:"e"` // Unix milliseconds
	Session  []byte        `json:"u"`
	ReturnTo string        `json:"r"`
	Scopes   []oauth.Scope `json:"c"` // asked for; the answer to a code does not repeat them
}

// newAttempt begins an attempt and gives its cookie to the browser.
func (a *app) newAttempt(w http.ResponseWriter, r *http.Request, session, returnTo string) (attempt, error) {
	t := attempt{
		State: oauth.NewState(), Expires: a.cfg.Now().Add(AttemptLifetime).UnixMilli(),
		ReturnTo: returnTo, Scopes: a.cfg.Scopes,
	}
	name := a.cookieName(attemptCookie, attemptID(t.State))
	t.Session = sessionTag(name, session)
	payload, err := encode(t)
	if err != nil {
		return attempt{}, err
	}
	value := a.signer.seal(name, payload)
	a.dropOldest(w, r, len(name)+len(value))
	a.setCookie(w, name, value, AttemptLifetime)
	return t, nil
}

// dropOldest makes room for a cookie of that many bytes. Attempts that have
// expired go too; cookies that cannot be read stay, since they may be another
// app's on this host, and end by themselves.
func (a *app) dropOldest(w http.ResponseWriter, r *http.Request, room int) {
	open := a.openAttempts(r)
	for _, t := range open {
		room += t.size
	}
	for i, t := range open {
		if len(open)-i < maxAttempts && room <= maxAttemptBytes && !a.over(t.expires) {
			return
		}
		a.clearCookie(w, t.name)
		room -= t.size
	}
}

// openAttempt is an attempt that the browser's cookies tell of.
type openAttempt struct {
	name    string
	size    int // of name and value
	expires int64
}

// openAttempts lists the attempts of a browser, the oldest first.
func (a *app) openAttempts(r *http.Request) []openAttempt {
	var open []openAttempt
	scanned := 0
	prefix := a.cookieName(attemptCookie, "")
	for _, c := range r.Cookies() {
		id, ok := strings.CutPrefix(c.Name, prefix)
		if !ok || !validID(id) {
			continue
		}
		if scanned++; scanned > maxScanned {
			break
		}
		if t, ok := a.readAttempt(c.Name, c.Value); ok {
			open = append(open, openAttempt{c.Name, len(c.Name) + len(c.Value), t.Expires})
		}
	}
	slices.SortStableFunc(open, func(x, y openAttempt) int { return cmp.Compare(x.expires, y.expires) })
	return open
}

func (a *app) readAttempt(name, value string) (t attempt, ok bool) {
	payload, ok := a.signer.open(name, value)
	if !ok || json.Unmarshal(payload, &t) != nil {
		return attempt{}, false
	}
	return t, true
}

func (a *app) over(expires int64) bool { return a.cfg.Now().UnixMilli() >= expires }

// Causes of an *Error, for logs.
var (
	errUnsigned  = errors.New("the attempt's cookie was changed, is another attempt's, or its key is retired")
	errTwice     = errors.New("the attempt's cookie is there twice")
	errForeignID = errors.New("the attempt was started under another session")
)

// takeAttempt finds the attempt that a state belongs to and clears its cookie,
// whatever comes of it. Session is empty when nobody is signed in.
func (a *app) takeAttempt(w http.ResponseWriter, r *http.Request, state, session string) (attempt, *Error) {
	name := a.cookieName(attemptCookie, attemptID(state))
	value, count := cookie(r, name)
	if count == 0 {
		return attempt{}, &Error{Reason: ReasonNoAttempt}
	}
	a.clearCookie(w, name)
	t, ok := a.readAttempt(name, value)
	switch {
	case count > 1:
		return attempt{}, a.wrong(r, ReasonBadAttempt, errTwice)
	case !ok || !oauth.EqualState(state, t.State):
		return attempt{}, a.wrong(r, ReasonBadAttempt, errUnsigned)
	case a.over(t.Expires):
		return attempt{}, &Error{Reason: ReasonExpired}
	case !sameTag(t.Session, sessionTag(name, session)):
		return attempt{}, a.wrong(r, ReasonOtherSession, errForeignID)
	}
	return t, nil
}

func joinScopes(scopes []oauth.Scope) string {
	words := make([]string, len(scopes))
	for i, s := range scopes {
		words[i] = string(s)
	}
	return strings.Join(words, " ")
}
