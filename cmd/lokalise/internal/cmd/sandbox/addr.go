package sandbox

import (
	"errors"
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"syscall"

	"github.com/golokalise/lokalise/cmd/lokalise/internal/exit"
)

// addr is a checked address: a host, which may be empty for "every address of
// this machine", and a port.
type addr struct {
	host string
	port uint16
}

func splitAddr(s, hint string) (addr, error) {
	host, port, err := net.SplitHostPort(s)
	if err != nil {
		return addr{}, exit.Usagef(hint, "--addr must be host:port, such as %s, got %q", DefaultAddr, s)
	}
	number, err := strconv.ParseUint(port, 10, 16)
	if err != nil {
		return addr{}, exit.Usagef(hint, "--addr needs a port from 0 to 65535, got %q", port)
	}
	return addr{host, uint16(number)}, nil
}

// url is how a program on this machine reaches a sandbox at the address.
func (a addr) url() string {
	host := a.host
	if ip, err := netip.ParseAddr(host); host == "" || (err == nil && ip.IsUnspecified()) {
		host = "127.0.0.1"
	}
	u := url.URL{Scheme: "http", Host: net.JoinHostPort(host, strconv.Itoa(int(a.port)))}
	return u.String()
}

// listenError names the way out of what keeps the sandbox from listening.
func listenError(opts *Options, err error) error {
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return &exit.Error{
			Code:    exit.Failure,
			Message: "the port of " + opts.Addr + " is taken",
			Hint:    "another sandbox may be running; stop it, or take any free port with --addr 127.0.0.1:0",
		}
	case errors.Is(err, syscall.EACCES):
		return &exit.Error{
			Code:    exit.Failure,
			Message: "this user may not listen on " + opts.Addr,
			Hint:    "take a port above 1023, or any free one with --addr 127.0.0.1:0",
		}
	default:
		return &exit.Error{Code: exit.Failure, Hint: "choose another address with --addr", Err: err}
	}
}
