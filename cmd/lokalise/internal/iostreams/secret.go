package iostreams

import (
	"context"
	"fmt"
	"io"
	"os"

	"golang.org/x/term"
)

// ReadSecret reads a secret of at most limit bytes: the whole input, or a line
// that is not shown where a person types it.
func (s *Streams) ReadSecret(ctx context.Context, prompt string, limit int64) (string, error) {
	terminal, ok := s.In.(*os.File)
	if !ok || !s.inTTY {
		text, err := io.ReadAll(io.LimitReader(s.In, limit))
		return string(text), err
	}
	if _, err := fmt.Fprint(s.Err, prompt); err != nil {
		return "", err
	}
	defer fmt.Fprintln(s.Err)
	return readHidden(ctx, int(terminal.Fd()))
}

// readHidden shows again what is typed when it is interrupted: a read from a
// terminal cannot be called off, so it would end with the echo switched off.
func readHidden(ctx context.Context, fd int) (string, error) {
	before, err := term.GetState(fd)
	if err != nil {
		return "", err
	}
	type answer struct {
		text []byte
		err  error
	}
	done := make(chan answer, 1)
	go func() {
		text, err := term.ReadPassword(fd)
		done <- answer{text, err}
	}()
	select {
	case a := <-done:
		return string(a.text), a.err
	case <-ctx.Done():
		_ = term.Restore(fd, before) // the program is about to end; there is nothing else to do
		return "", ctx.Err()
	}
}
