package lokalise

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"sync"
	"sync/atomic"
)

// Content is a file to upload: what [ContentFromPath], [ContentFromFS],
// [ContentFromBytes] and [ContentFromReader] return.
type Content struct {
	// source looks at the file before an upload. It is nil in the zero value.
	source func() (source, error)
}

// source is a file that is about to be uploaded.
type source struct {
	// open returns the file from its beginning.
	open func() (io.ReadCloser, error)
	// size is the number of bytes; -1 when it is not known.
	size int64
	// once tells that open works only once.
	once bool
}

var errNoContent = errors.New("the request has no Content")

// ContentFromPath is a file on disk. It is opened for each attempt and must not
// change during the upload.
func ContentFromPath(path string) Content {
	return Content{func() (source, error) {
		info, err := os.Stat(path)
		if err != nil {
			return source{}, err
		}
		return sourceOf(info, path, func() (io.ReadCloser, error) {
			return os.Open(path) //nolint:gosec // the caller names the file
		})
	}}
}

// ContentFromFS is a file of a file system.
func ContentFromFS(fsys fs.FS, name string) Content {
	return Content{func() (source, error) {
		info, err := fs.Stat(fsys, name)
		if err != nil {
			return source{}, err
		}
		return sourceOf(info, name, func() (io.ReadCloser, error) { return fsys.Open(name) })
	}}
}

// sourceOf tells files, whose size is known, from pipes and devices, which have
// none and can be read only once.
func sourceOf(info fs.FileInfo, name string, open func() (io.ReadCloser, error)) (source, error) {
	switch {
	case info.IsDir():
		return source{}, fmt.Errorf("%s is a directory", name)
	case info.Mode().IsRegular():
		return source{open: open, size: info.Size()}, nil
	}
	return source{open: open, size: -1, once: true}, nil
}

// ContentFromBytes is a file in memory.
func ContentFromBytes(data []byte) Content { return ContentFromReader(bytes.NewReader(data)) }

// ContentFromReader is what a reader reads, from where it stands when the
// upload begins. The reader is not closed.
//
// One that is an io.Seeker as well, such as an *os.File or a *bytes.Reader, can
// be read again, and its size is known. Any other one is read only once: its
// upload is not repeated, and not even one that was refused for coming too soon
// succeeds. It is sent in chunks unless it has a method Len, as *bytes.Buffer
// does.
func ContentFromReader(r io.Reader) Content {
	if r == nil {
		return Content{}
	}
	if seeker, ok := r.(io.ReadSeeker); ok {
		if content, ok := contentFromSeeker(seeker); ok {
			return content
		}
	}
	var used atomic.Bool
	return Content{func() (source, error) {
		if used.Load() {
			return source{}, errors.New("the reader was read by another upload and can be read only once")
		}
		s := source{size: -1, once: true}
		if sized, ok := r.(interface{ Len() int }); ok {
			s.size = int64(sized.Len())
		}
		s.open = func() (io.ReadCloser, error) {
			if used.Swap(true) {
				return nil, errors.New("the reader can be read only once")
			}
			return io.NopCloser(r), nil
		}
		return s, nil
	}}
}

// contentFromSeeker returns false when the seeker cannot seek, as the file of a
// pipe.
func contentFromSeeker(r io.ReadSeeker) (Content, bool) {
	start, err := r.Seek(0, io.SeekCurrent)
	if err != nil {
		return Content{}, false
	}
	shared := &sharedSeeker{r: r}
	return Content{func() (source, error) {
		size, err := shared.size(start)
		if err != nil {
			return source{}, err
		}
		open := func() (io.ReadCloser, error) { return shared.from(start) }
		if at, ok := r.(io.ReaderAt); ok {
			// One byte more than there should be shows that the file grew.
			open = func() (io.ReadCloser, error) {
				return io.NopCloser(io.NewSectionReader(at, start, size+1)), nil
			}
		}
		return source{open: open, size: size}, nil
	}}, true
}

// sharedSeeker hands out its reader to one attempt at a time: net/http may
// still read the body of one attempt when the next one begins.
type sharedSeeker struct {
	mu    sync.Mutex
	r     io.ReadSeeker
	owner *seekerTurn
}

func (s *sharedSeeker) size(start int64) (int64, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	end, err := s.r.Seek(0, io.SeekEnd)
	if err != nil {
		return 0, err
	}
	_, err = s.r.Seek(start, io.SeekStart)
	return end - start, err
}

func (s *sharedSeeker) from(start int64) (io.ReadCloser, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, err := s.r.Seek(start, io.SeekStart); err != nil {
		return nil, err
	}
	s.owner = &seekerTurn{s}
	return s.owner, nil
}

type seekerTurn struct{ shared *sharedSeeker }

// Read implements io.Reader.
func (t *seekerTurn) Read(p []byte) (int, error) {
	t.shared.mu.Lock()
	defer t.shared.mu.Unlock()
	if t.shared.owner != t {
		return 0, errors.New("another attempt reads the file")
	}
	return t.shared.r.Read(p)
}

// Close implements io.Closer. The reader stays open, it is the caller's.
func (t *seekerTurn) Close() error { return nil }
