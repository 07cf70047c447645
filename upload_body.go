package lokalise

import (
	"encoding/base64"
	"errors"
	"fmt"
	"io"
)

// withUpload makes the request with its file the body of the call.
func withUpload(r *call, body *FileUploadRequest) {
	fail := func(err error) { r.fail(fmt.Errorf("%w: %w", ErrInvalidRequest, err)) }
	switch {
	case body == nil:
		fail(errors.New("the request body is nil"))
		return
	case body.Content.source == nil:
		fail(errNoContent)
		return
	case body.Filename == "" || body.LangISO == "":
		fail(errors.New("an upload needs Filename and LangISO"))
		return
	}
	file, err := body.Content.source()
	if err != nil {
		fail(err)
		return
	}
	members, err := encodeRequest(body)
	if err != nil {
		fail(err)
		return
	}
	r.body = payload{
		once: file.once,
		size: uploadSize(members, file.size),
		stream: func() (io.ReadCloser, error) {
			src, err := file.open()
			if err != nil {
				return nil, err
			}
			return newUploadBody(members, src, file.size, body.Progress), nil
		},
	}
}

// The body of an upload is an object whose last member is the file:
//
//	{"filename":"en.json","lang_iso":"en","data":"eyJoZWxsbyI6IkhlbGxvIn0="}
//
// The members before it are an object of their own, without its closing brace.
const (
	dataOpens  = `,"data":"`
	dataCloses = `"}`
)

// uploadSize returns the length of the body, -1 when that of the file is not
// known.
func uploadSize(members []byte, fileSize int64) int64 {
	if fileSize < 0 {
		return -1
	}
	text := (fileSize + 2) / 3 * 4
	return int64(len(members)-len("}")+len(dataOpens)) + text + int64(len(dataCloses))
}

// uploadBlock is how much of the file is read at once: a multiple of three, so
// that no block but the last needs padding.
const uploadBlock = 48 << 10

// uploadBody reads the body of an upload. It encodes straight into the buffer
// of whoever reads it.
type uploadBody struct {
	file     io.ReadCloser
	size     int64 // of the file; -1 when it is not known
	progress func(sent, total int64)

	ready []byte // text to be read next: what surrounds the file, or a split group
	block []byte
	raw   []byte // what of the block is not encoded yet
	read  int64  // bytes of the file
	ended bool   // the file is read to its end
	err   error  // what follows ready
	group [4]byte
}

func newUploadBody(members []byte, file io.ReadCloser, size int64, progress func(sent, total int64)) *uploadBody {
	block := int64(uploadBlock)
	if size >= 0 {
		// A byte more than there should be shows that the file grew.
		block = min(block, (size+1+2)/3*3)
	}
	head := members[:len(members)-len("}")]
	b := &uploadBody{file: file, size: size, progress: progress, block: make([]byte, block)}
	b.ready = append(append(make([]byte, 0, len(head)+len(dataOpens)), head...), dataOpens...)
	return b
}

// Read implements io.Reader.
func (b *uploadBody) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	for {
		if len(b.ready) > 0 {
			n := copy(p, b.ready)
			b.ready = b.ready[n:]
			return n, nil
		}
		if b.err != nil {
			return 0, b.err
		}
		if len(b.raw) == 0 {
			b.fill()
			continue
		}
		if n := b.encode(p); n > 0 {
			return n, nil
		}
	}
}

// encode writes as many whole groups as fit. Where not even one fits, or what
// is left of the file is less than one, it goes to ready.
func (b *uploadBody) encode(p []byte) int {
	groups := min(len(p)/4, len(b.raw)/3)
	if groups == 0 {
		n := min(3, len(b.raw))
		base64.StdEncoding.Encode(b.group[:], b.raw[:n])
		b.ready, b.raw = b.group[:], b.raw[n:]
		return 0
	}
	base64.StdEncoding.Encode(p, b.raw[:3*groups])
	b.raw = b.raw[3*groups:]
	return 4 * groups
}

// fill reads the next block, or ends the body.
func (b *uploadBody) fill() {
	if b.progress != nil {
		b.progress(b.read, b.size)
	}
	if b.ended {
		b.ready, b.err = []byte(dataCloses), io.EOF
		return
	}
	n, err := io.ReadFull(b.file, b.block)
	b.raw = b.block[:n]
	b.read += int64(n)
	b.ended = err != nil
	switch {
	case err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF):
		b.fail(err)
	case b.size >= 0 && b.read > b.size:
		b.fail(fmt.Errorf("it has more than the %d bytes that it had before", b.size))
	case b.size >= 0 && b.ended && b.read < b.size:
		b.fail(fmt.Errorf("it has %d bytes and had %d before", b.read, b.size))
	}
}

func (b *uploadBody) fail(err error) { b.raw, b.err = nil, &contentError{err} }

// Close implements io.Closer.
func (b *uploadBody) Close() error { return b.file.Close() }

// contentError is a file that could not be read to its end. The server got an
// incomplete body, from which nothing can have come.
type contentError struct{ err error }

func (e *contentError) Error() string { return "the file to upload cannot be read: " + e.err.Error() }

func (e *contentError) Unwrap() error { return e.err }

// Is makes the error one after which the request is not repeated.
func (e *contentError) Is(target error) bool { return target == errNotRetryable }
