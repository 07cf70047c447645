package authserver

import (
	"fmt"
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// CheckRedirectURI tells whether a URI can be registered: absolute, without a
// fragment (RFC 6749, section 3.1.2), and leading somewhere.
func CheckRedirectURI(uri string) error {
	if strings.ContainsFunc(uri, notInURI) {
		return fmt.Errorf("redirect URI %q has a character that no URI has; percent-encode it", uri)
	}
	u, err := url.Parse(uri)
	switch {
	case err != nil:
		return fmt.Errorf("redirect URI %q cannot be read", uri)
	case u.Scheme == "":
		return fmt.Errorf("redirect URI %q is not absolute", uri)
	case u.Fragment != "" || strings.Contains(uri, "#"):
		return fmt.Errorf("redirect URI %q has a fragment", uri)
	case u.User != nil:
		return fmt.Errorf("redirect URI of host %q has a user name", u.Host)
	case (u.Scheme == "http" || u.Scheme == "https") && u.Host == "":
		return fmt.Errorf("redirect URI %q has no host", uri)
	case slices.Contains([]string{"javascript", "data", "vbscript", "blob", "file", "about"}, u.Scheme):
		return fmt.Errorf("redirect URI %q leads nowhere", uri)
	}
	return nil
}

// notInURI tells the characters that RFC 3986 keeps out of a URI. A browser
// reads a backslash as a slash, and Location is a header.
func notInURI(r rune) bool {
	return r <= ' ' || r > '~' || strings.ContainsRune("\"<>\\^`{|}", r)
}

// redirectAllowed tells whether a client may be answered at a URI: one that is
// registered, or any on this machine.
func redirectAllowed(c state.Client, uri string) bool {
	if CheckRedirectURI(uri) != nil {
		return false
	}
	return slices.Contains(c.RedirectURIs, uri) || onLoopback(uri)
}

func onLoopback(uri string) bool {
	u, err := url.Parse(uri)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" {
		return false
	}
	if strings.EqualFold(u.Hostname(), "localhost") {
		return true
	}
	ip, err := netip.ParseAddr(u.Hostname())
	return err == nil && ip.Unmap().IsLoopback()
}

// withParams adds parameters, given as name and value in turn, to a URI whose
// own query stays as it is (RFC 6749, section 4.1.2). Empty values are left
// out.
func withParams(uri string, pairs ...string) string {
	var b strings.Builder
	b.WriteString(uri)
	separator := "?"
	if strings.Contains(uri, "?") {
		separator = "&"
	}
	if strings.HasSuffix(uri, "?") || strings.HasSuffix(uri, "&") {
		separator = ""
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] == "" {
			continue
		}
		b.WriteString(separator + pairs[i] + "=" + url.QueryEscape(pairs[i+1]))
		separator = "&"
	}
	return b.String()
}
