package oauth

import (
	"net/netip"
	"net/url"
	"strings"
)

// The paths below the host. Lokalise's documentation, its Ruby, Python and
// Elixir SDKs and all third parties agree on them. Its Node SDK has left
// /oauth2 out of the first one since v12.
const (
	authPath  = "/oauth2/auth"
	tokenPath = "/oauth2/token"
)

// endpoint holds the two addresses of an OAuth server.
type endpoint struct{ auth, token string }

// parseHost turns Config.Host into addresses. What cannot be part of a host is
// refused instead of being dropped, because a query or a password there means
// that somebody pasted the wrong thing.
func parseHost(host string, allowInsecure bool) (endpoint, error) {
	if host == "" {
		host = DefaultHost
	}
	u, err := url.Parse(host)
	switch {
	case err != nil: // the error would repeat the text, and a password with it
		return endpoint{}, &ConfigError{"Host", "is no URL"}
	case u.Scheme != "https" && u.Scheme != "http":
		return endpoint{}, &ConfigError{"Host", "must start with https://"}
	case u.Hostname() == "":
		return endpoint{}, &ConfigError{"Host", "has no host name"}
	case u.User != nil:
		return endpoint{}, &ConfigError{"Host", "must not hold a user name or password"}
	case strings.ContainsAny(host, "?#"):
		return endpoint{}, &ConfigError{"Host", "must not hold a query or fragment"}
	case u.Scheme == "http" && !allowInsecure && !isLoopback(u.Hostname()):
		return endpoint{}, &ConfigError{"Host", "is plain http, which would send the client secret in clear; use https, or set AllowInsecureHTTP"}
	}
	base := strings.TrimRight(u.String(), "/")
	return endpoint{auth: base + authPath, token: base + tokenPath}, nil
}

// isLoopback tells whether a host name means this machine. Names other than
// localhost are not looked up: what they mean can change after the check.
func isLoopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	addr, err := netip.ParseAddr(host)
	return err == nil && addr.Unmap().IsLoopback()
}

// checkRedirectURL wants an absolute URL without a fragment (RFC 6749 section
// 3.1.2). Any scheme is accepted, because a native app may own one.
func checkRedirectURL(raw string) error {
	u, err := url.Parse(raw)
	switch {
	case err != nil:
		return &ConfigError{"RedirectURL", "is no URL"}
	case !u.IsAbs(), u.Opaque != "": // localhost:3000/callback parses as scheme localhost
		return &ConfigError{"RedirectURL", "must be absolute, such as https://app.example/callback"}
	case (u.Scheme == "https" || u.Scheme == "http") && u.Hostname() == "":
		return &ConfigError{"RedirectURL", "has no host name"}
	case u.User != nil:
		return &ConfigError{"RedirectURL", "must not hold a user name or password"}
	case strings.Contains(raw, "#"):
		return &ConfigError{"RedirectURL", "must not hold a fragment"}
	}
	return nil
}
