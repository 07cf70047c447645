package need

import (
	"cmp"
	"net"
	"os"
	"testing"
	"time"
)

// PostgreSQL is host and port of a server on which the user postgres, or
// PGUSER, may make schemas. PGHOST and PGPORT say where it is; its password, if
// it wants one, is in PGPASSWORD, which drivers read themselves.
func PostgreSQL(tb testing.TB) (address, user string) {
	tb.Helper()
	return server(tb, "PostgreSQL", "PGHOST", "PGPORT", "5432"), cmp.Or(os.Getenv("PGUSER"), "postgres")
}

// MariaDB is host and port of a server, of MySQL too, on which the user root,
// or MYSQL_USER with the password MYSQL_PWD, may make databases. MYSQL_HOST and
// MYSQL_TCP_PORT say where it is.
func MariaDB(tb testing.TB) (address, user, password string) {
	tb.Helper()
	address = server(tb, "MariaDB", "MYSQL_HOST", "MYSQL_TCP_PORT", "3306")
	return address, cmp.Or(os.Getenv("MYSQL_USER"), "root"), os.Getenv("MYSQL_PWD")
}

// Redis is host and port of a server. REDIS_HOST and REDIS_PORT say where it
// is.
func Redis(tb testing.TB) (address string) {
	tb.Helper()
	return server(tb, "Redis", "REDIS_HOST", "REDIS_PORT", "6379")
}

// server finds a server by two variables, and sees whether it listens.
func server(tb testing.TB, name, hostVar, portVar, port string) (address string) {
	tb.Helper()
	address = net.JoinHostPort(cmp.Or(os.Getenv(hostVar), "127.0.0.1"), cmp.Or(os.Getenv(portVar), port))
	dialer := net.Dialer{Timeout: 5 * time.Second}
	conn, err := dialer.DialContext(tb.Context(), "tcp", address)
	if err != nil {
		Missing(tb, name+" on "+address, "run make services")
		return ""
	}
	_ = conn.Close() // nothing was sent
	return address
}
