package cli

import (
	"net"
	"net/netip"
	"net/url"
	"os"
	"strconv"
	"strings"

	"github.com/golokalise/lokalise/cmd/webapp/internal/app"
)

// options are what the command line says.
type options struct {
	addr        string
	data        string // folder; empty: a temporary one
	database    string // address of PostgreSQL; empty: SQLite
	lokalise    bool
	callbackURL string
	allowRemote bool
	open        bool
	verbose     bool

	clientID, clientSecret string // of Lokalise
}

func (o *options) check() error {
	host, port, err := net.SplitHostPort(o.addr)
	if err != nil {
		return usage(seeHelp, "--addr must be host:port, such as 127.0.0.1:8485, got %q", o.addr)
	}
	if _, err := strconv.ParseUint(port, 10, 16); err != nil {
		return usage(seeHelp, "--addr needs a port from 0 to 65535, got %q", port)
	}
	if !loopback(host) && (!o.allowRemote || !o.lokalise) {
		return usage("take 127.0.0.1, or say --lokalise --allow-remote if you want that: the sign-in is made up, so whoever reaches the app can act for all customers",
			"--addr %s is not loopback: others could reach the app", o.addr)
	}
	if !o.lokalise {
		if o.callbackURL != "" {
			return usage("add --lokalise, or leave it out: the sandbox takes the app's own address", "--callback-url is for --lokalise")
		}
		return nil
	}
	return o.checkLokalise(host, port)
}

// checkLokalise checks what only Lokalise itself wants to know.
func (o *options) checkLokalise(host, port string) error {
	o.clientID, o.clientSecret = os.Getenv("LOKALISE_CLIENT_ID"), os.Getenv("LOKALISE_CLIENT_SECRET")
	if o.clientID == "" || o.clientSecret == "" {
		return usage("Lokalise's support hands them out; without --lokalise a sandbox is used, which needs neither",
			"--lokalise needs LOKALISE_CLIENT_ID and LOKALISE_CLIENT_SECRET in the environment")
	}
	if o.callbackURL == "" {
		if port == "0" || !loopback(host) {
			return usage("write the address that is registered for your app at Lokalise", "--lokalise with --addr %s needs --callback-url", o.addr)
		}
		o.callbackURL = callbackAt(o.addr)
	}
	u, err := url.Parse(o.callbackURL)
	switch {
	case err != nil || u.Hostname() == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" || u.Path != app.CallbackPath:
		return usage("it is the address of this app with the path "+app.CallbackPath, "--callback-url must look like https://app.example.com%s", app.CallbackPath)
	case u.Scheme != "https" && (u.Scheme != "http" || !loopback(u.Hostname())):
		return usage("put a proxy with a certificate in front of the app", "--callback-url must be https, or http on loopback: everybody on the way could read the code")
	}
	return nil
}

// callbackAt is the callback URL of an app that listens at an address.
func callbackAt(addr string) string {
	u := url.URL{Scheme: "http", Host: addr, Path: app.CallbackPath}
	return u.String()
}

// loopback tells whether only programs on this machine reach a host.
func loopback(host string) bool {
	ip, err := netip.ParseAddr(host)
	return strings.EqualFold(host, "localhost") || err == nil && ip.IsLoopback()
}
