package sandbox

import (
	"context"
	"fmt"
	"net"
	"sync"
	"sync/atomic"
)

// memoryListener hands the server ends of in-memory connections to an
// http.Server. It is made of channels only, which a synctest bubble can see
// through; a socket it could not.
type memoryListener struct {
	addr   memoryAddr
	conns  chan net.Conn
	closed chan struct{}
	once   sync.Once
}

func newMemoryListener() *memoryListener {
	return &memoryListener{addr: nextMemoryAddr(), conns: make(chan net.Conn), closed: make(chan struct{})}
}

// Accept implements net.Listener.
func (l *memoryListener) Accept() (net.Conn, error) {
	select {
	case conn := <-l.conns:
		return conn, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

// Dial makes a connection to the listener and returns the client's end.
func (l *memoryListener) Dial(ctx context.Context) (net.Conn, error) {
	client, server := net.Pipe()
	select {
	case l.conns <- memoryConn{server, l.addr}:
		return client, nil
	case <-l.closed:
		return nil, &net.OpError{Op: "dial", Net: "tcp", Addr: l.addr, Err: net.ErrClosed}
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Close implements net.Listener.
func (l *memoryListener) Close() error {
	l.once.Do(func() { close(l.closed) })
	return nil
}

// Addr implements net.Listener.
func (l *memoryListener) Addr() net.Addr { return l.addr }

// memoryConn names a loopback address as the peer's, which is what all peers
// of an in-memory server are to the rate limiter and the journal.
type memoryConn struct {
	net.Conn
	addr memoryAddr
}

func (c memoryConn) RemoteAddr() net.Addr { return c.addr }
func (c memoryConn) LocalAddr() net.Addr  { return c.addr }

// memoryAddr looks like a loopback address: clients that refuse plain http
// elsewhere accept it. Nothing listens on port 1 of any machine, so a client
// that was not made by Server.Client fails to connect and meets nobody.
type memoryAddr string

func (memoryAddr) Network() string  { return "tcp" }
func (a memoryAddr) String() string { return string(a) }

var memoryServers atomic.Uint32

// nextMemoryAddr is another address for each server of this process: clients
// keep what they learn, rate limits above all, by the server's address.
func nextMemoryAddr() memoryAddr {
	n := memoryServers.Add(1) - 1
	return memoryAddr(fmt.Sprintf("127.%d.%d.%d:1", 100+n>>16%100, n>>8%256, n%256))
}
