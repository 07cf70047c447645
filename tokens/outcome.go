package tokens

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/golokalise/lokalise/oauth"
)

// outcome is what a sent refresh came to. What follows from each is decided
// in settle.go.
type outcome struct {
	kind       outcomeKind
	token      *oauth.Token  // set when refreshed
	err        error         // set otherwise
	retryAfter time.Duration // what the server asked for, or 0
}

type outcomeKind string

const (
	// refreshed: the server answered with a token.
	refreshed outcomeKind = "refreshed"

	// rejected: the server refused the refresh token itself.
	rejected outcomeKind = "rejected"

	// misconfigured: the server refused every one of the app's credentials.
	misconfigured outcomeKind = "misconfigured"

	// rateLimited: the server asked to come back later.
	rateLimited outcomeKind = "rate_limited"

	// refused: any other refusal by the server.
	refused outcomeKind = "refused"

	// unreachable: nothing was sent, or the server said that it did nothing.
	unreachable outcomeKind = "unreachable"

	// ambiguous: the server may have acted, and no token came back.
	ambiguous outcomeKind = "ambiguous"
)

// reason names a failure that may pass.
func (k outcomeKind) reason() Reason {
	switch k {
	case misconfigured:
		return ReasonMisconfigured
	case rateLimited:
		return ReasonRateLimited
	case refused:
		return ReasonRefused
	default:
		return ReasonUnreachable
	}
}

// classify is the only place that turns an error of the token endpoint into
// an outcome. Ambiguity comes first, since it decides what may be sent again;
// an error of a [Refresher] that is no [*oauth.Error] counts as ambiguous.
func classify(token *oauth.Token, err error) outcome {
	if err == nil && (token == nil || token.AccessToken == "") {
		return outcome{kind: ambiguous, err: errors.New("tokens: the refresher returned no token")}
	}
	if err == nil {
		return outcome{kind: refreshed, token: token}
	}
	failure, ok := errors.AsType[*oauth.Error](err)
	if !ok {
		return outcome{kind: ambiguous, err: err}
	}
	kind := refused
	switch {
	case failure.Ambiguous():
		kind = ambiguous
	case failure.NeedsReauth():
		kind = rejected
	case failure.Misconfigured():
		kind = misconfigured
	case failure.Status == http.StatusTooManyRequests:
		kind = rateLimited
	case failure.Temporary():
		kind = unreachable
	}
	return outcome{kind: kind, err: err, retryAfter: failure.RetryAfter}
}

// send asks for a new token, once per client. The next client, one with
// another secret, is tried only if this one was refused as a client: then the
// refresh token was not looked at. After any other failure nothing more is
// sent.
func (m *Manager) send(ctx context.Context, refreshToken string) outcome {
	first := m.client.Load()
	var out outcome
	for i := range m.cfg.Clients {
		at := (int(first) + i) % len(m.cfg.Clients)
		out = classify(refreshOnce(ctx, m.cfg.Clients[at], refreshToken))
		if out.kind != misconfigured {
			m.client.Store(int64(at)) // what works, or at least is known
			return out
		}
	}
	return out
}

// refreshOnce sends one request, if the client can be held to that.
func refreshOnce(ctx context.Context, client Refresher, refreshToken string) (*oauth.Token, error) {
	if c, can := client.(interface {
		RefreshOnce(ctx context.Context, refreshToken string) (*oauth.Token, error)
	}); can {
		return c.RefreshOnce(ctx, refreshToken)
	}
	return client.Refresh(ctx, refreshToken)
}
