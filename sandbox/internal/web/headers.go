package web

import (
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// SetHeaders puts the security headers of a page on h. No script or style runs
// unless it comes from the sandbox's own files, nobody may frame the page, and
// nothing is cached or told to other sites by the Referer header. There is no
// Cross-Origin-Opener-Policy: an app that opens the consent page in a popup
// needs its window handle to survive.
//
// formActions are the CSP sources, besides the sandbox itself, a form on the
// page may end at; FormActions derives them from a redirect URI.
func SetHeaders(h http.Header, formActions ...string) {
	csp := []string{
		"default-src 'none'",
		"style-src 'self'",
		"script-src 'self'",
		"img-src 'self' data:",
		strings.Join(append([]string{"form-action 'self'"}, formActions...), " "),
		"frame-ancestors 'none'",
		"base-uri 'none'",
	}
	h.Set("Content-Security-Policy", strings.Join(csp, "; "))
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	// With no-referrer a browser sends "Origin: null" with the consent form,
	// which nobody can tell from another site's where Sec-Fetch-Site is left
	// out, as it is over plain http off loopback.
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cache-Control", "no-store")
}

// FormActions lists the CSP sources that let a consent form be answered with a
// redirect to redirectURI. It is empty for an empty or unreadable URI.
//
// Chromium applies form-action to the redirects after a form POST too, the
// callback's own next hop included. Development setups often answer a callback
// on one loopback port with a redirect to another, so a loopback URI opens all
// loopback names and ports. CSP has no notation for an IPv6 host
// (https://www.w3.org/TR/CSP3/#grammardef-host-part); there, and for an app's
// own scheme, the scheme is the narrowest source there is.
func FormActions(redirectURI string) []string {
	u, err := url.Parse(redirectURI)
	if err != nil || u.Scheme == "" {
		return nil
	}
	host := u.Hostname()
	switch {
	case !cspToken(u.Scheme) || unsafeScheme(u.Scheme):
		return nil
	case u.Scheme != "http" && u.Scheme != "https", strings.Contains(host, ":"):
		return []string{u.Scheme + ":"}
	case isLoopback(host) && cspToken(host):
		return loopbackSources(host)
	case !cspToken(u.Host):
		return nil
	default:
		return []string{u.Scheme + "://" + u.Host}
	}
}

func loopbackSources(host string) []string {
	var out []string
	hosts := []string{"localhost", "127.0.0.1"}
	if !slices.Contains(hosts, host) {
		hosts = append(hosts, host)
	}
	for _, h := range hosts {
		out = append(out, "http://"+h+":*", "https://"+h+":*")
	}
	return out
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || strings.HasSuffix(host, ".localhost") || ip != nil && ip.IsLoopback()
}

// unsafeScheme names the schemes that run or show content in place of going
// somewhere. They are dropped wherever a URL from outside becomes a link.
func unsafeScheme(scheme string) bool {
	switch strings.ToLower(scheme) {
	case "javascript", "vbscript", "data", "blob", "file", "about":
		return true
	}
	return false
}

// cspToken tells whether s can stand in a CSP source without ending it: a
// semicolon or comma would start a new directive or policy.
func cspToken(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool {
		return !('a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || strings.ContainsRune("+-.:", r))
	})
}
