package oauth

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"syscall"
)

// cause carries the error behind an *Error. errors.Is and errors.As see through
// it, but its text is in our own words: net/http quotes what the server sent
// when that is no HTTP, and it may be a token.
type cause struct{ err error }

func (c *cause) Is(target error) bool { return errors.Is(c.err, target) }
func (c *cause) As(target any) bool   { return errors.As(c.err, target) }

func (c *cause) Error() string {
	for _, known := range []error{ErrBadAnswer, ErrAnswerTooLarge, ErrRedirected} {
		if errors.Is(c.err, known) {
			return known.Error()
		}
	}
	var (
		network net.Error
		lookup  *net.DNSError
		system  syscall.Errno
		op      *net.OpError
		record  tls.RecordHeaderError
	)
	switch {
	case errors.Is(c.err, context.Canceled):
		return "canceled"
	case errors.Is(c.err, context.DeadlineExceeded), errors.Is(c.err, os.ErrDeadlineExceeded),
		errors.As(c.err, &network) && network.Timeout():
		return "timed out"
	case isCertificateError(c):
		return "the server's certificate does not verify"
	case errors.Is(c.err, http.ErrSchemeMismatch):
		return "the server speaks plain http where https was asked for"
	case errors.As(c.err, &record), errors.As(c.err, &op) && isTLSAlert(op):
		return "the TLS handshake failed"
	case errors.As(c.err, &lookup):
		return "the host was not found"
	case errors.As(c.err, &system):
		return system.Error()
	case errors.As(c.err, &op) && op.Op == "dial":
		return "could not connect"
	case errors.Is(c.err, io.EOF), errors.Is(c.err, io.ErrUnexpectedEOF):
		return "the connection ended before the answer did"
	default:
		return "the connection failed"
	}
}

// isTLSAlert tells whether crypto/tls made the error out of an alert, for which
// it has these two words.
func isTLSAlert(op *net.OpError) bool { return op.Op == "remote error" || op.Op == "local error" }

// isCertificateError covers what crypto/tls wraps, and the bare errors that a
// caller's own VerifyConnection may return.
func isCertificateError(c *cause) bool {
	var (
		verify    *tls.CertificateVerificationError
		authority x509.UnknownAuthorityError
		name      x509.HostnameError
		invalid   x509.CertificateInvalidError
	)
	return errors.As(c.err, &verify) || errors.As(c.err, &authority) ||
		errors.As(c.err, &name) || errors.As(c.err, &invalid)
}
