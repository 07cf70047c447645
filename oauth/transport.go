package oauth

import (
	"context"
	"net/http"
	"net/http/httptrace"
	"sync/atomic"
)

// tokenHTTPClient returns the HTTP client for the token endpoint: a copy of the
// caller's that never follows redirects nor sends cookies, with a transport of
// our own where there was none.
//
// A redirect is not followed because net/http repeats the body of a 307 or 308
// at the new address, and with it the client secret.
func tokenHTTPClient(callers *http.Client) *http.Client {
	client := &http.Client{}
	if callers != nil {
		*client = *callers
	}
	if client.Transport == nil {
		client.Transport = freshTransport()
	}
	client.Jar = nil
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return client
}

// freshTransport is the default transport without idle connections. It is left
// as it is when the program has put something of its own in its place.
func freshTransport() http.RoundTripper {
	standard, ok := http.DefaultTransport.(*http.Transport)
	if !ok {
		return http.DefaultTransport
	}
	fresh := standard.Clone()
	fresh.DisableKeepAlives = true
	return fresh
}

// withTimeout bounds a call whose caller set no bound.
func (c *Client) withTimeout(ctx context.Context) (context.Context, context.CancelFunc) {
	if _, ok := ctx.Deadline(); ok || c.http.Timeout > 0 {
		return ctx, func() {}
	}
	return context.WithTimeout(ctx, DefaultTimeout)
}

// sendTrace watches whether a request can have left this machine.
//
// net/http calls GetConn before it looks for a connection and GotConn when it
// has one, after dial, proxy and TLS handshake; not a byte of the request is
// written in between. A transport that calls neither (one that is not net/http
// underneath) proves nothing, so its failures count as sent. So do those of a
// connection which broke before the first write: that cannot be told apart from
// the outside with certainty.
type sendTrace struct{ looked, got atomic.Bool }

func (t *sendTrace) attach(ctx context.Context) context.Context {
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GetConn: func(string) { t.looked.Store(true) },
		GotConn: func(httptrace.GotConnInfo) { t.got.Store(true) },
	})
}

func (t *sendTrace) maybeSent() bool { return !t.looked.Load() || t.got.Load() }
