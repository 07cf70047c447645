package sandbox

import (
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"strings"

	"github.com/golokalise/lokalise/sandbox/internal/api"
	"github.com/golokalise/lokalise/sandbox/internal/web"
)

// guard knows under which names the sandbox may be reached. A page on the web
// can make its own name resolve to this machine and then read every answer
// that the browser gets from it; the Host header still carries the name.
type guard struct{ allowed map[string]bool }

func newGuard(hosts []string) guard {
	g := guard{allowed: make(map[string]bool, len(hosts))}
	for _, host := range hosts {
		g.allowed[strings.ToLower(host)] = true
	}
	return g
}

// checkHost tells whether a text can be the value of a Host header.
func checkHost(host string) error {
	if host == "" || strings.ContainsAny(host, "/@?# \t\r\n*") {
		return fmt.Errorf("allowed host %q is no host name; it has neither scheme nor path nor wildcard", host)
	}
	return nil
}

// allows tells whether a Host header is one of this sandbox's: loopback with
// any port, or one that was allowed, with any port unless it named one.
func (g guard) allows(hostHeader string) bool {
	host := strings.ToLower(hostHeader)
	name := hostName(host)
	return isLoopbackName(name) || g.allowed[host] || g.allowed[name]
}

// hostName takes the port and the brackets of IPv6 off.
func hostName(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		return name
	}
	return strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")
}

func isLoopbackName(name string) bool {
	if name == "localhost" {
		return true
	}
	ip, err := netip.ParseAddr(name)
	return err == nil && ip.Unmap().IsLoopback()
}

// refuse answers a request under a foreign name, and says what would let it
// in.
func (g guard) refuse(w http.ResponseWriter, r *http.Request) {
	if wantsHTML(r) {
		names := []string{"localhost", "127.0.0.1", "[::1]"}
		for name := range g.allowed {
			names = append(names, name)
		}
		web.Problem(w, http.StatusMisdirectedRequest, web.ForeignHost(r.Host, names))
		return
	}
	api.WriteError(w, http.StatusMisdirectedRequest, fmt.Sprintf(
		"The sandbox does not answer to the host %.100q. Use localhost, or start it with --allow-host and the name (in Go: sandbox.WithAllowHost).", r.Host))
}

// wantsHTML tells a browser that opens a page from a program.
func wantsHTML(r *http.Request) bool { return strings.Contains(r.Header.Get("Accept"), "text/html") }
