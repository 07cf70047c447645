package sandbox

// TB is what Start needs of a test or benchmark: *testing.T and *testing.B
// have it. The interface keeps package testing out of programs that embed a
// sandbox.
type TB interface {
	Helper()
	Cleanup(func())
	Fatalf(format string, args ...any)
	Logf(format string, args ...any)
}

// Start runs a sandbox for the length of a test: on a free port of 127.0.0.1,
// or without sockets when [InMemory] is among the options. It fails the test
// when that does not work, and closes the sandbox when the test ends.
func Start(tb TB, opts ...Option) *Server {
	tb.Helper()
	srv, err := New(opts...)
	if err != nil {
		tb.Fatalf("start the sandbox: %v", err)
		return nil
	}
	tb.Cleanup(func() {
		if err := srv.Close(); err != nil {
			tb.Logf("close the sandbox: %v", err)
		}
	})
	if !srv.settings.inMemory {
		if err := srv.Listen("127.0.0.1:0"); err != nil {
			tb.Fatalf("start the sandbox: %v", err)
			return nil
		}
	}
	return srv
}
