package connect

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"unicode"

	"github.com/golokalise/lokalise/oauth"
)

// back answers the callback address: with a redirect as long as there is a code
// or a state in it, and with a page afterwards.
func (a *app) back(w http.ResponseWriter, r *http.Request) {
	query, err := url.ParseQuery(r.URL.RawQuery)
	switch {
	case err != nil || query.Has("code") || query.Has("state") || query.Has("error"):
		o := a.finish(w, r, query, err)
		a.report(r.Context(), o.Outcome)
		a.leave(w, o)
	default:
		a.showOutcome(w, r, query)
	}
}

// ended is the outcome of an attempt. The ID is empty when it is not certain
// which attempt it was.
type ended struct {
	Outcome

	id string
}

func failed(failure *Error) ended {
	return ended{Outcome: Outcome{Kind: KindFailed, GrantID: failure.GrantID, Reason: failure.Reason, Err: failure}}
}

// finish ends the attempt that the callback names. Before the code is believed,
// it must be known that this browser and this session asked for it.
func (a *app) finish(w http.ResponseWriter, r *http.Request, query url.Values, queryErr error) ended {
	if queryErr != nil || len(query["state"]) != 1 || query.Get("state") == "" {
		return failed(&Error{Reason: ReasonMalformed}) // queryErr would repeat a piece of the query
	}
	session, notSignedIn := a.session(r)
	t, failure := a.takeAttempt(w, r, query.Get("state"), session)
	if notSignedIn != nil {
		failure = notSignedIn
	}
	if failure != nil {
		failure.GrantID = session
		return failed(failure)
	}
	e := a.conclude(r, t, session)
	e.id, e.GrantID = attemptID(t.State), session
	if e.ReturnTo = t.ReturnTo; !a.returns.allows(t.ReturnTo) { // any more
		e.ReturnTo = a.returns.first
	}
	return e
}

// conclude reads what Lokalise says to the attempt.
func (a *app) conclude(r *http.Request, t attempt, session string) ended {
	code, err := oauth.ParseCallback(r.URL, t.State)
	if errors.Is(err, oauth.ErrDenied) {
		return ended{Outcome: Outcome{Kind: KindDenied, Err: err}}
	}
	if err == nil {
		// The code works once, so a browser that leaves does not end this.
		ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), a.cfg.Timeout)
		defer cancel()
		return a.connect(ctx, r, t, session, code)
	}
	reason := ReasonMalformed
	if _, ok := errors.AsType[*oauth.CallbackError](err); ok {
		reason = ReasonRefused
	}
	failure := a.wrong(r, reason, err)
	failure.GrantID = session
	return failed(failure)
}

// connect turns the code into a stored grant.
func (a *app) connect(ctx context.Context, r *http.Request, t attempt, session, code string) ended {
	fail := func(reason Reason, err error, secrets ...string) ended {
		failure := a.wrong(r, reason, err, secrets...)
		failure.GrantID = session
		return failed(failure)
	}
	switch first, err := a.cfg.Once(ctx, attemptID(t.State)); {
	case err != nil:
		return fail(ReasonStore, err)
	case !first:
		return failed(&Error{Reason: ReasonReplayed, GrantID: session})
	}
	token, err := a.exchange(ctx, code)
	if err != nil {
		return fail(exchangeReason(err), err)
	}
	if token.Scopes == nil {
		token.Scopes = t.Scopes // RFC 6749 section 5.1: what was asked for
	}
	put, err := a.cfg.Manager.Put(ctx, session, token)
	if err != nil {
		return fail(ReasonStore, err, token.AccessToken, token.RefreshToken)
	}
	return ended{Outcome: Outcome{
		Kind: KindConnected, Reconnected: put.Reconnected, LostScopes: put.LostScopes,
		Account: a.identify(ctx, r, session, token),
	}}
}

// exchange asks the next client only if the one before it was refused as a
// client: the code was not looked at then.
func (a *app) exchange(ctx context.Context, code string) (token *oauth.Token, err error) {
	for _, client := range a.cfg.Clients {
		token, err = client.Exchange(ctx, code)
		if err == nil || exchangeReason(err) != ReasonMisconfigured {
			break
		}
	}
	return token, err
}

// identify asks the app to name the account. The grant is stored already, so a
// failure is logged and nothing else.
func (a *app) identify(ctx context.Context, r *http.Request, session string, token *oauth.Token) string {
	if a.cfg.Identify == nil {
		return ""
	}
	account, err := a.cfg.Identify(ctx, token)
	if err != nil {
		failure := a.wrong(r, ReasonUnavailable, err, token.AccessToken, token.RefreshToken)
		a.cfg.Logger.WarnContext(ctx, "the connected Lokalise account was not identified",
			"grant", session, "error", failure.cause.text)
		return ""
	}
	return cleanAccount(account)
}

// cleanAccount bounds a name, which goes into a cookie and onto a page.
func cleanAccount(name string) string {
	const most = 100
	name = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(name, ""))
	if runes := []rune(name); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return name
}
