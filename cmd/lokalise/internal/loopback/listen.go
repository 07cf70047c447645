package loopback

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"strings"
	"syscall"
)

func parseRedirect(uri string) (*url.URL, error) {
	u, err := url.Parse(uri)
	if err != nil || u.Scheme != "http" || u.User != nil || u.Fragment != "" || !isLoopback(u.Hostname()) {
		return nil, ErrRedirectURI
	}
	if u.Port() == "" {
		u.Host = net.JoinHostPort(u.Hostname(), "80")
	}
	if u.Path == "" {
		u.Path = "/"
	}
	return u, nil
}

func isLoopback(host string) bool {
	ip, err := netip.ParseAddr(host)
	return strings.EqualFold(host, "localhost") || err == nil && ip.IsLoopback()
}

// listen opens the port of the redirect URI. The name localhost stands for two
// addresses, and a browser takes either: whoever holds the port at the other one
// would get the code (RFC 8252 section 8.3), so both must be had, where this
// machine has both.
func (s *Server) listen(ctx context.Context) error {
	host, port := s.redirect.Hostname(), s.redirect.Port()
	named := strings.EqualFold(host, "localhost")
	if named {
		host = "127.0.0.1"
	}
	first, err := new(net.ListenConfig).Listen(ctx, "tcp", net.JoinHostPort(host, port))
	if err != nil {
		return fmt.Errorf("listening for the redirect: %w", err)
	}
	s.listeners = []net.Listener{first}
	_, port, err = net.SplitHostPort(first.Addr().String())
	if err != nil {
		return errors.Join(err, first.Close())
	}
	if s.redirect.Port() != port { // it was 0
		s.redirect.Host = net.JoinHostPort(s.redirect.Hostname(), port)
		s.uri = s.redirect.String()
	}
	if !named {
		return nil
	}
	second, err := new(net.ListenConfig).Listen(ctx, "tcp", net.JoinHostPort("::1", port))
	switch {
	case err == nil:
		s.listeners = append(s.listeners, second)
	case PortTaken(err):
		return errors.Join(fmt.Errorf("listening for the redirect: %w", err), first.Close())
	}
	return nil // this machine has no IPv6
}

// errWindowsAddrInUse is WSAEADDRINUSE; the EADDRINUSE of package syscall is
// made up there.
const errWindowsAddrInUse = syscall.Errno(10048)

// PortTaken tells whether another program listens there.
func PortTaken(err error) bool {
	return errors.Is(err, syscall.EADDRINUSE) || errors.Is(err, errWindowsAddrInUse)
}
