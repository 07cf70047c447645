package app

import (
	"net"
	"net/http"
	"net/netip"
	"strings"

	"github.com/golokalise/lokalise/oauth"
)

// secure puts the security headers on every answer. Styles and scripts come from
// the app's own files only, and nothing comes from elsewhere.
func (a *App) secure(next http.Handler) http.Handler {
	host := a.cfg.OAuthHost
	if host == "" {
		host = oauth.DefaultHost
	}
	csp := strings.Join([]string{
		"default-src 'none'",
		"style-src 'self'",
		"script-src 'self'",
		"img-src 'self'",
		"connect-src 'self'", // the stream of events
		// Some browsers hold the redirect to Lokalise against the form that led
		// to it.
		"form-action 'self' " + host,
		"frame-ancestors 'none'",
		"base-uri 'none'",
	}, "; ")
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", csp)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		// With no-referrer a browser sends "Origin: null" with a form.
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cache-Control", "no-store") // pages are one customer's
		next.ServeHTTP(w, r)
	})
}

// checkHost refuses requests under another name than the app's. A page on the
// web could have a name of its own that resolves to this machine, and would be
// of the same origin then (DNS rebinding).
func (a *App) checkHost(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case strings.EqualFold(r.Host, a.origin.Host):
			next.ServeHTTP(w, r)
		case isLoopback(r.Host) && isLoopback(a.origin.Host) && r.Method == http.MethodGet:
			// localhost is another site than 127.0.0.1 to a browser: cookies that
			// are set for one do not reach the other.
			to := *a.origin
			to.Path = r.URL.Path
			http.Redirect(w, r, to.String(), http.StatusFound)
		default:
			http.Error(w, "This app is at "+a.origin.String()+". A proxy in front of it has to keep the Host header.", http.StatusMisdirectedRequest)
		}
	})
}

// isLoopback tells whether a Host header means this machine.
func isLoopback(hostport string) bool {
	host, _, err := net.SplitHostPort(hostport)
	if err != nil {
		host = hostport
	}
	addr, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return strings.EqualFold(host, "localhost") || err == nil && addr.IsLoopback()
}

// crossOrigin answers a form that another site sent here.
func (a *App) crossOrigin(w http.ResponseWriter, r *http.Request) {
	a.problem(w, r, http.StatusForbidden, "That came from another site",
		"The form was not sent from a page of this app, so nothing was done.")
}

// formOnly answers what is no POST where only forms lead, as when somebody opens
// the address of a button.
func (a *App) formOnly(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Allow", http.MethodPost)
	a.problem(w, r, http.StatusMethodNotAllowed, "This address is not a page",
		"A button leads here. Nothing was done; press it on the dashboard.")
}

func (a *App) notFound(w http.ResponseWriter, r *http.Request) {
	a.problem(w, r, http.StatusNotFound, "There is nothing here", "The address is wrong, or the page is gone.")
}
