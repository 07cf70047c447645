package connect

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/url"
	"time"

	"github.com/golokalise/lokalise/oauth"
)

// Kind says how something ended.
type Kind string

const (
	// KindConnected means: the grant is stored.
	KindConnected Kind = "connected"

	// KindDenied means: the person said no at Lokalise. A grant from before is
	// untouched.
	KindDenied Kind = "denied"

	// KindFailed means: something went wrong; Reason says what. A grant from
	// before is untouched.
	KindFailed Kind = "failed"

	// KindDisconnected means: the grant is forgotten, or there was none.
	KindDisconnected Kind = "disconnected"
)

// Outcome tells how an attempt, a start or a disconnect ended.
type Outcome struct {
	Kind Kind

	// GrantID is what Config.Session said. Empty when nobody is signed in.
	GrantID string

	// ReturnTo is an address that Config.ReturnTo allows.
	ReturnTo string

	// Reconnected says that the ID had a grant before, which was replaced.
	Reconnected bool

	// LostScopes were granted before and are not any more.
	LostScopes []oauth.Scope

	// Account is what Config.Identify called the account. Empty when it is not
	// known. It is text from outside: escape it.
	Account string

	// Reason goes with KindFailed.
	Reason Reason

	// Err is the *Error of a failure, or the *oauth.DeniedError. It does not
	// travel through the browser, so it is nil on a page that a redirect led to.
	Err error
}

// outcomeLifetime is how long the page about an outcome can be reloaded.
const outcomeLifetime = 2 * time.Minute

// sealedOutcome is what the cookie of an outcome holds.
type sealedOutcome struct {
	Kind        Kind          `json:"k"`
	Expires     int64         `json:"e"` // Unix milliseconds
	Session     []byte        `json:"u"`
	ReturnTo    string        `json:"r"`
	Reconnected bool          `json:"n,omitempty"`
	LostScopes  []oauth.Scope `json:"l,omitempty"`
	Account     string        `json:"a,omitempty"`
	Reason      Reason        `json:"f,omitempty"`
}

// The parameters of the callback address by which a page is found.
const (
	outcomeParam = "outcome" // an attempt's ID: its outcome is in a cookie
	failedParam  = "failed"  // a Reason, when no attempt is known
)

// leave sends the browser away from the address with the code.
func (a *app) leave(w http.ResponseWriter, e ended) {
	switch {
	case e.Kind == KindConnected && a.cfg.Connected == nil && len(e.LostScopes) == 0:
		redirect(w, e.ReturnTo)
	case e.id == "":
		// A cookie would be one that any page on the web can make this browser
		// keep, until it has no room for the app's own.
		redirect(w, a.callback.EscapedPath()+"?"+url.Values{failedParam: {string(e.Reason)}}.Encode())
	default:
		a.sealOutcome(w, e)
		redirect(w, a.callback.EscapedPath()+"?"+url.Values{outcomeParam: {e.id}}.Encode())
	}
}

func (a *app) sealOutcome(w http.ResponseWriter, e ended) {
	name := a.cookieName(outcomeCookie, e.id)
	lost := e.LostScopes
	for len(joinScopes(lost)) > maxScopes {
		lost = lost[:len(lost)-1]
	}
	payload, err := encode(sealedOutcome{
		Kind: e.Kind, Expires: a.cfg.Now().Add(outcomeLifetime).UnixMilli(), Session: sessionTag(name, e.GrantID),
		ReturnTo: e.ReturnTo, Reconnected: e.Reconnected, LostScopes: lost, Account: e.Account, Reason: e.Reason,
	})
	if err == nil { // strings and numbers always encode
		a.setCookie(w, name, a.signer.seal(name, payload), outcomeLifetime)
	}
}

// showOutcome writes the page that a callback led to.
func (a *app) showOutcome(w http.ResponseWriter, r *http.Request, query url.Values) {
	o := Outcome{Kind: KindFailed, Reason: Reason(query.Get(failedParam)), ReturnTo: a.returns.first}
	if !known(o.Reason) {
		o.Reason = ReasonNoAttempt
	}
	switch session, failure := a.session(r); {
	case failure != nil && !query.Has(failedParam):
		o.Reason = failure.Reason
	case failure == nil:
		o.GrantID = session
		if sealed, ok := a.openOutcome(r, query.Get(outcomeParam), session); ok {
			o = sealed
		}
	}
	a.show(w, r, o)
}

// openOutcome reads the outcome of an attempt that this session made.
func (a *app) openOutcome(r *http.Request, id, session string) (Outcome, bool) {
	if !validID(id) {
		return Outcome{}, false
	}
	name := a.cookieName(outcomeCookie, id)
	value, _ := cookie(r, name)
	payload, ok := a.signer.open(name, value)
	var s sealedOutcome
	if !ok || json.Unmarshal(payload, &s) != nil || a.over(s.Expires) || !sameTag(s.Session, sessionTag(name, session)) {
		return Outcome{}, false
	}
	if !a.returns.allows(s.ReturnTo) { // any more
		s.ReturnTo = a.returns.first
	}
	return Outcome{
		Kind: s.Kind, GrantID: session, ReturnTo: s.ReturnTo, Reconnected: s.Reconnected,
		LostScopes: s.LostScopes, Account: s.Account, Reason: s.Reason,
	}, true
}

// refuse answers a start or disconnect that failed. There is no code in its
// address, so the page comes at once.
func (a *app) refuse(w http.ResponseWriter, r *http.Request, failure *Error) {
	o := failed(failure).Outcome
	o.ReturnTo = a.returns.first
	a.report(r.Context(), o)
	a.show(w, r, o)
}

// report tells the log and the app of an outcome.
func (a *app) report(ctx context.Context, o Outcome) {
	level, attrs := slog.LevelInfo, []slog.Attr{slog.String("grant", o.GrantID)}
	switch {
	case o.Kind == KindFailed && o.Reason.Status() >= http.StatusInternalServerError:
		level = slog.LevelError
	case o.Kind == KindFailed || len(o.LostScopes) > 0:
		level = slog.LevelWarn
	}
	if o.Err != nil {
		attrs = append(attrs, slog.String("error", o.Err.Error()))
	}
	if len(o.LostScopes) > 0 {
		attrs = append(attrs, slog.String("lost_scopes", joinScopes(o.LostScopes)))
	}
	a.cfg.Logger.LogAttrs(ctx, level, "connect to Lokalise: "+string(o.Kind), attrs...)
	if a.cfg.OnOutcome != nil {
		a.cfg.OnOutcome(ctx, o)
	}
}
