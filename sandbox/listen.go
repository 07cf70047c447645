package sandbox

import (
	"context"
	"errors"
	"fmt"
	"log"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"syscall"
	"time"

	"github.com/golokalise/lokalise/sandbox/internal/journal"
)

// ErrClosed is what Listen answers once the sandbox is closed.
var ErrClosed = errors.New("sandbox: closed")

// Listen serves on a TCP address such as 127.0.0.1:8484; port 0 takes any free
// one. It returns once connections are accepted. An address that is not
// loopback, the empty host for all addresses included, is refused unless
// [WithAllowHost] names how others reach it.
func (s *Server) Listen(addr string) error {
	if s.memory != nil {
		return errors.New("sandbox: a server that is in memory listens on no address")
	}
	if err := s.checkAddress(addr); err != nil {
		return err
	}
	var config net.ListenConfig
	l, err := config.Listen(context.Background(), "tcp", addr)
	if errors.Is(err, syscall.EADDRINUSE) {
		_, port, _ := net.SplitHostPort(addr)
		return fmt.Errorf("sandbox: port %s of %s is taken by another program; end that one, or choose another port (--addr 127.0.0.1:0 takes a free one): %w", port, addr, err)
	}
	if err != nil {
		return fmt.Errorf("sandbox: listen: %w", err)
	}
	if !isLoopbackName(hostName(l.Addr().String())) {
		s.settings.logger.Warn("sandbox: others can reach this sandbox", "address", l.Addr().String())
	}
	if !s.serve(l) {
		_ = l.Close() // the reason it is not used is the one to report
		return ErrClosed
	}
	return nil
}

// checkAddress refuses an address that others could reach, unless the user
// said so in so many words.
func (s *Server) checkAddress(addr string) error {
	host, _, err := net.SplitHostPort(addr)
	switch {
	case err != nil:
		return fmt.Errorf("sandbox: address %q has no port; 127.0.0.1:0 takes a free one: %w", addr, err)
	case isLoopbackName(host) || len(s.settings.allowHosts) > 0 && host != "":
		return nil
	case host == "":
		return fmt.Errorf("sandbox: address %q would be open to the whole network; write 127.0.0.1%s, or 0.0.0.0%s together with --allow-host NAME (in Go: WithAllowHost)", addr, addr, addr)
	}
	return fmt.Errorf("sandbox: address %q is not loopback: others could reach the sandbox; say under which name with --allow-host NAME (in Go: WithAllowHost)", addr)
}

func (s *Server) newHTTPServer() *http.Server {
	return &http.Server{
		Handler:           s.Handler(),
		ReadHeaderTimeout: 10 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		// What net/http logs are broken connections, with no part of a request
		// but an address.
		ErrorLog: slogger(s.settings.logger),
	}
}

func slogger(logger *slog.Logger) *log.Logger {
	return slog.NewLogLogger(logger.Handler(), slog.LevelDebug)
}

// serve starts the accept loop, unless the sandbox is closed. A second
// listener is served as well; URL stays with the first.
func (s *Server) serve(l net.Listener) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return false
	}
	if s.url == "" {
		s.url = "http://" + reachable(l.Addr())
	}
	s.serving.Go(func() { _ = s.http.Serve(l) }) // http.ErrServerClosed, or the listener broke and clients see it
	return true
}

// reachable is the address to call for one that is listened on: of all
// addresses of the machine, the loopback one.
func reachable(addr net.Addr) string {
	ap, err := netip.ParseAddrPort(addr.String())
	if err != nil || !ap.Addr().IsUnspecified() {
		return addr.String()
	}
	return netip.AddrPortFrom(netip.AddrFrom4([4]byte{127, 0, 0, 1}), ap.Port()).String()
}

// Close ends the sandbox: it cuts every connection, and returns once no
// goroutine of it is left. Calling it again does nothing.
func (s *Server) Close() error {
	s.mu.Lock()
	again := s.closed
	s.closed = true
	s.mu.Unlock()
	if again {
		return nil
	}
	close(s.closing) // streams end, on connections of the caller's too
	err := s.http.Close()
	s.sender.Cancel() // before the wait for requests, one of which may wait for deliveries
	s.serving.Wait()
	s.answering.Wait()
	s.clock.Close()
	s.sender.Close()
	s.client.CloseIdleConnections()
	if err != nil {
		err = fmt.Errorf("sandbox: close: %w", err)
	}
	return errors.Join(err, s.settings.closeStorage())
}

// Client makes requests to the sandbox, and is the only way to reach one that
// is [InMemory]. It does not follow redirects: where the OAuth server sends a
// browser is worth a look. It has no timeout; each request's context sets one.
func (s *Server) Client() *http.Client { return s.client }

func (s *Server) newClient() *http.Client {
	transport := &http.Transport{MaxIdleConnsPerHost: 100, IdleConnTimeout: time.Minute}
	if s.memory != nil {
		var dialer net.Dialer
		transport.DialContext = func(ctx context.Context, network, addr string) (net.Conn, error) {
			if addr == s.memory.Addr().String() {
				return s.memory.Dial(ctx)
			}
			return dialer.DialContext(ctx, network, addr)
		}
	}
	return &http.Client{
		Transport:     transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// log writes one line about a request.
func (s *Server) log(ctx context.Context, r *journal.Record) {
	if !s.settings.logger.Enabled(ctx, slog.LevelInfo) {
		return
	}
	mask := s.mask()
	s.settings.logger.LogAttrs(ctx, slog.LevelInfo, "request",
		slog.String("method", r.Method), slog.String("path", mask.Path(r.URL)), slog.Int("status", r.Status),
		slog.String("operation", r.Operation), slog.String("credential", r.Credential),
		slog.Duration("duration", r.Duration), slog.String("notes", mask.Text(strings.Join(r.Notes, " "))))
}
