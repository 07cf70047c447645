package sandbox

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"syscall"

	"github.com/golokalise/lokalise/cmd/lokalise/internal/exit"
)

// errWindowsAddrInUse is WSAEADDRINUSE, what Windows answers for a port that is
// taken. The EADDRINUSE of package syscall is made up there.
const errWindowsAddrInUse = syscall.Errno(10048)

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

// loopback tells whether only programs on this machine reach the address.
func (a addr) loopback() bool {
	ip, err := netip.ParseAddr(a.host)
	return strings.EqualFold(a.host, "localhost") || (err == nil && ip.IsLoopback())
}

// checkReach refuses an address that others reach unless the person has said
// under which name.
func (o *Options) checkReach(a addr) error {
	switch {
	case a.loopback() || (a.host != "" && len(o.AllowHosts) > 0):
		return nil
	case a.host == "":
		return exit.Usagef(
			fmt.Sprintf("write 127.0.0.1:%d, or 0.0.0.0:%d together with --allow-host NAME", a.port, a.port),
			"--addr %s would open the sandbox to the whole network", o.Addr)
	default:
		return exit.Usagef(
			"if you want that, say how clients call this machine with --allow-host NAME",
			"--addr %s is not loopback: others could reach the sandbox", o.Addr)
	}
}

// listenError names the way out of what keeps the sandbox from listening.
func listenError(opts *Options, err error) error {
	switch {
	case errors.Is(err, syscall.EADDRINUSE), errors.Is(err, errWindowsAddrInUse):
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
