package bundle

import (
	"archive/zip"
	"compress/flate"
	"errors"
	"io"
	"io/fs"
	"math"
	"strings"
)

// Archive is a zip archive that was found safe to extract. What it contains is
// checked while it is extracted.
type Archive struct {
	files []*zip.File
	total int64
}

// Open reads the directory of an archive of the given size and checks all that
// it says.
func Open(r io.ReaderAt, size int64, limits Limits) (*Archive, error) {
	limits = limits.OrDefaults()
	if size > limits.Archive {
		return nil, TooBig("", "it has %d bytes, more than %d", size, limits.Archive)
	}
	// The number of entries that the end of an archive names may be wrong, and
	// package zip keeps all that it finds.
	const entry, rest = 200, 128 << 10 // bytes; an entry is 46, a name and some more
	bounded := &boundedReader{r: r, left: int64(limits.Files)*entry + rest, bounded: true}
	z, err := zip.NewReader(bounded, size)
	bounded.bounded = false
	switch {
	case errors.Is(err, errDirectory) || err == nil && len(z.File) > limits.Files:
		return nil, TooBig("", "it has more than %d files", limits.Files)
	case errors.Is(err, zip.ErrInsecurePath): // some name is refused below
	case err != nil:
		return nil, explain("", err)
	}
	a := &Archive{files: z.File}
	return a, a.check(size, limits)
}

// check looks at all entries, before anything is extracted.
func (a *Archive) check(size int64, limits Limits) error {
	var names nameSet
	var packed uint64
	for _, f := range a.files {
		if err := checkEntry(f, limits); err != nil {
			return err
		}
		name, folder := strings.CutSuffix(f.Name, "/")
		if err := errors.Join(checkName(name), names.add(name, folder)); err != nil {
			return err
		}
		a.total += int64(f.UncompressedSize64) //nolint:gosec // checkEntry bounds it
		packed += f.CompressedSize64
		switch {
		case a.total > limits.Total:
			return TooBig("", "its files have more than %d bytes", limits.Total)
		case packed > uint64(size): //nolint:gosec // a size is not negative
			return corrupt(f.Name, "the contents of files overlap")
		}
	}
	if a.total > ratioFrom && a.total/limits.Ratio > size {
		return TooBig("", "its files are more than %d times larger than itself", limits.Ratio)
	}
	return nil
}

func checkEntry(f *zip.File, limits Limits) error {
	const encrypted = 1
	kind := f.Mode().Type()
	switch {
	case kind != 0 && kind != fs.ModeDir:
		return unsafe(f.Name, "it is a link or a special file")
	case (kind == fs.ModeDir) != strings.HasSuffix(f.Name, "/"):
		return unsafe(f.Name, "it is half a file and half a folder")
	case f.Flags&encrypted != 0:
		return corrupt(f.Name, "it is encrypted")
	case f.Method != zip.Store && f.Method != zip.Deflate:
		return corrupt(f.Name, "its compression is not known")
	case f.UncompressedSize64 > uint64(limits.File) || f.CompressedSize64 > math.MaxInt64/2: //nolint:gosec // limits are not negative
		return TooBig(f.Name, "it has more than %d bytes", limits.File)
	}
	return nil
}

// Bytes returns the size of all files together.
func (a *Archive) Bytes() int64 { return a.total }

var errDirectory = errors.New("the directory is too long")

// boundedReader bounds how much is read while package zip reads the directory.
type boundedReader struct {
	r       io.ReaderAt
	left    int64
	bounded bool
}

// ReadAt implements io.ReaderAt.
func (b *boundedReader) ReadAt(p []byte, off int64) (int, error) {
	if off < 0 {
		return 0, zip.ErrFormat // a damaged archive points before its beginning
	}
	if b.bounded {
		if b.left -= int64(len(p)); b.left < 0 {
			return 0, errDirectory
		}
	}
	return b.r.ReadAt(p, off)
}

// explain turns an error of reading an archive into one of this package. One
// of the disk stays as it is.
func explain(name string, err error) error {
	var deflate flate.CorruptInputError
	switch {
	case errors.Is(err, zip.ErrChecksum):
		return corrupt(name, "the checksum is wrong")
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return corrupt(name, "it ends too soon")
	case errors.Is(err, zip.ErrFormat), errors.As(err, &deflate):
		return corrupt(name, "it is not a valid zip archive")
	}
	return err
}
