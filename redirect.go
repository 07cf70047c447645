package lokalise

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// maxRedirects is how many redirects one attempt follows.
const maxRedirects = 5

// roundTrip sends a request and follows redirects within the same scheme, host
// and port. An http.Client would carry X-Api-Token, and the body of a 307, to
// any host that an answer names.
func (r *call) roundTrip(req *http.Request) (*http.Response, error) {
	for hops := 0; ; hops++ {
		res, err := r.client.transport.RoundTrip(req)
		if err != nil {
			return nil, err
		}
		if !isRedirect(res) {
			return res, nil
		}
		drain(res)
		if req, err = r.follow(req, res, hops); err != nil {
			return nil, err
		}
	}
}

func isRedirect(res *http.Response) bool {
	switch res.StatusCode {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther,
		http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		return res.Header.Get("Location") != ""
	}
	return false
}

// follow returns the request that a redirect asks for, or an error that says
// why it is not made.
func (r *call) follow(req *http.Request, res *http.Response, hops int) (*http.Request, error) {
	target, err := req.URL.Parse(res.Header.Get("Location"))
	if err != nil {
		return nil, r.refuse(res, "an unreadable address", "it cannot be followed")
	}
	where := (&url.URL{Scheme: target.Scheme, Host: target.Host, Path: target.Path}).String()
	switch {
	case hops >= maxRedirects:
		return nil, r.refuse(res, where, fmt.Sprintf("more than %d redirects", maxRedirects))
	case !sameOrigin(req.URL, target) || target.User != nil:
		return nil, r.refuse(res, where, "the token stays with the host that it is for")
	case !r.reads() && !keepsMethod(res.StatusCode):
		return nil, r.refuse(res, where, "following it would turn "+r.method+" into GET")
	case !r.replayable():
		return nil, r.refuse(res, where, "the body cannot be sent twice")
	}
	next := req.Clone(req.Context())
	next.URL, next.Host = target, ""
	if next.Body, err = r.openBody(); err != nil {
		return nil, err
	}
	return next, nil
}

func (r *call) refuse(res *http.Response, location, reason string) error {
	return &RedirectError{Method: r.method, Path: r.url.EscapedPath(), Status: res.StatusCode, Location: location, Reason: reason}
}

// keepsMethod reports whether a redirect repeats the request with its method
// and body (RFC 9110, section 15.4).
func keepsMethod(status int) bool {
	return status == http.StatusTemporaryRedirect || status == http.StatusPermanentRedirect
}

func sameOrigin(a, b *url.URL) bool {
	return a.Scheme == b.Scheme && strings.EqualFold(a.Hostname(), b.Hostname()) && port(a) == port(b)
}

func port(u *url.URL) string {
	switch {
	case u.Port() != "":
		return u.Port()
	case u.Scheme == "https":
		return "443"
	}
	return "80"
}
