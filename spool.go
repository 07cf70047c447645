package lokalise

import (
	"errors"
	"io"
	"sync"
	"time"
)

// spoolAfter is how long a page may lie unread before its rest is fetched into
// memory.
const spoolAfter = time.Second

// spool is the body of a page that an iterator reads. The body of the loop may
// take an hour, or call the API: when nothing was read for a second, the rest
// of the page is read into memory as it came, so that its connection and slot
// are free for others, the loop's own calls among them.
type spool struct {
	src *body
	max int64

	mu     sync.Mutex
	idle   *time.Timer
	state  spoolState
	filled chan struct{} // closed when filling is over
	chunks [][]byte      // what was read ahead
	end    error         // what follows the chunks
}

type spoolState uint8

const (
	spoolUnread  spoolState = iota // between two reads
	spoolReading                   // within a read
	spoolFilling                   // the timer is reading
	spoolFilled                    // all that will come is in chunks
	spoolClosed
)

var errSpoolFull = errors.New("the rest of the page does not fit into memory while the loop is busy; a smaller limit or WithMaxSpool helps")

func newSpool(src *body, most int64) *spool {
	s := &spool{src: src, max: most, filled: make(chan struct{})}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.idle = time.AfterFunc(spoolAfter, s.fill)
	return s
}

// Read implements io.Reader.
func (s *spool) Read(p []byte) (int, error) {
	s.mu.Lock()
	if s.state == spoolFilling {
		s.mu.Unlock()
		<-s.filled
		s.mu.Lock()
	}
	if s.state == spoolFilled {
		defer s.mu.Unlock()
		return s.readChunk(p)
	}
	s.state = spoolReading
	s.idle.Stop()
	s.mu.Unlock()

	n, err := s.src.Read(p)

	s.mu.Lock()
	defer s.mu.Unlock()
	if err != nil {
		s.state, s.end = spoolFilled, err
		return n, err
	}
	s.state = spoolUnread
	s.idle.Reset(spoolAfter)
	return n, nil
}

func (s *spool) readChunk(p []byte) (int, error) {
	if len(s.chunks) == 0 {
		return 0, s.end
	}
	n := copy(p, s.chunks[0])
	if s.chunks[0] = s.chunks[0][n:]; len(s.chunks[0]) == 0 {
		s.chunks[0] = nil
		s.chunks = s.chunks[1:]
	}
	return n, nil
}

// fill reads the rest of the page. The timer calls it.
func (s *spool) fill() {
	s.mu.Lock()
	if s.state != spoolUnread {
		s.mu.Unlock()
		return
	}
	s.state = spoolFilling
	s.mu.Unlock()

	chunks, err := s.readAll()
	s.src.end()

	s.mu.Lock()
	defer s.mu.Unlock()
	s.chunks, s.end, s.state = chunks, err, spoolFilled
	close(s.filled)
}

func (s *spool) readAll() (chunks [][]byte, err error) {
	const size = 64 << 10
	var total int64
	for {
		chunk := make([]byte, size)
		n, err := io.ReadFull(s.src, chunk)
		if total += int64(n); total > s.max {
			s.src.err = errSpoolFull
			return chunks, errSpoolFull
		}
		if n > 0 {
			chunks = append(chunks, chunk[:n])
		}
		switch {
		case errors.Is(err, io.ErrUnexpectedEOF) && s.src.err == nil:
			return chunks, io.EOF
		case err != nil:
			return chunks, err
		}
	}
}

// close ends the page, wherever it stands. When the timer is filling, the
// caller has ended the request's context before.
func (s *spool) close() {
	s.mu.Lock()
	s.idle.Stop()
	filling := s.state == spoolFilling
	if !filling && s.state != spoolFilled {
		s.state = spoolClosed
	}
	s.mu.Unlock()
	if filling {
		<-s.filled
	}
	s.src.end()
}
