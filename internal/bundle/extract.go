package bundle

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"strconv"
	"strings"
)

// bufferSize is how much is read and written at once.
const bufferSize = 256 << 10

// extraction is one archive on its way into a target.
type extraction struct {
	target   *Target
	progress func(Progress)
	now      Progress
	buffer   []byte
	changes  []change
}

// change is a file that is ready in the temporary folder.
type change struct {
	name    string
	staged  string // where it is
	backup  string // where the file that it replaces goes
	replace bool   // there is one
}

// Extract puts the files of an archive into the target. First all of them are
// read to their ends, which checks their sizes and checksums. Those that the
// target has with the same content are left alone, with their times; the others
// are written to the temporary folder. Only then each of these is renamed to its
// place, keeping the permissions of the file that it replaces. When that fails,
// those that were renamed already are put back.
//
// Folders without files are not made. A link or folder in the place of a file
// is an error.
func Extract(ctx context.Context, a *Archive, t *Target, progress func(Progress)) ([]File, error) {
	x := &extraction{target: t, progress: progress, buffer: make([]byte, bufferSize)}
	x.now.TotalBytes = a.total
	for _, f := range a.files {
		if !strings.HasSuffix(f.Name, "/") {
			x.now.TotalFiles++
		}
	}
	files := make([]File, 0, x.now.TotalFiles)
	for _, f := range a.files {
		if strings.HasSuffix(f.Name, "/") {
			continue
		}
		changed, err := x.file(ctx, f)
		if err != nil {
			return nil, err
		}
		files = append(files, File{Name: f.Name, Size: int64(f.UncompressedSize64), Changed: changed}) //nolint:gosec // Open bounds it
		x.now.Files++
		x.report(0)
	}
	if err := ctx.Err(); err != nil {
		return nil, context.Cause(ctx)
	}
	return files, x.apply()
}

// file reads a file of the archive and reports whether the target needs it.
func (x *extraction) file(ctx context.Context, f *zip.File) (changed bool, err error) {
	before, err := x.target.root.Lstat(f.Name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		before = nil
	case err != nil:
		return false, err
	case !before.Mode().IsRegular():
		return false, fmt.Errorf("%s is in the way of a file of the archive and is not a file", f.Name)
	case before.Size() == int64(f.UncompressedSize64): //nolint:gosec // Open bounds it
		start := x.now.Bytes
		same, err := x.same(ctx, f)
		if same || err != nil {
			return false, err
		}
		x.now.Bytes = start
	}
	return true, x.stage(ctx, f, before)
}

// same reports whether the target has the file with the same content. It has
// read the file of the archive to its end then.
func (x *extraction) same(ctx context.Context, f *zip.File) (bool, error) {
	old, err := x.target.root.Open(f.Name)
	if err != nil {
		return false, err
	}
	defer func() { _ = old.Close() }() // only read
	theirs, mine := x.buffer[:bufferSize/2], x.buffer[bufferSize/2:]
	equal := true
	err = x.read(ctx, f, theirs, func(part []byte) error {
		n, err := io.ReadFull(old, mine[:len(part)])
		if equal = err == nil && bytes.Equal(part, mine[:n]); !equal {
			return errDiffers
		}
		return nil
	})
	if errors.Is(err, errDiffers) {
		return false, nil
	}
	return equal, err
}

var errDiffers = errors.New("the files differ")

// stage writes the file to the temporary folder.
func (x *extraction) stage(ctx context.Context, f *zip.File, before fs.FileInfo) error {
	root, number := x.target.root, strconv.Itoa(len(x.changes))
	c := change{name: f.Name, staged: x.target.stage + "/" + number, replace: before != nil}
	c.backup = c.staged + ".before"
	mode := fs.FileMode(0o644)
	if before != nil {
		mode = before.Mode().Perm()
	}
	dst, err := root.OpenFile(c.staged, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode|0o200)
	if err != nil {
		return err
	}
	err = x.read(ctx, f, x.buffer, func(part []byte) error {
		_, err := dst.Write(part)
		return err
	})
	if before != nil {
		err = errors.Join(err, dst.Chmod(mode)) // the umask may have taken something
	}
	x.changes = append(x.changes, c)
	return errors.Join(err, dst.Close())
}

// read reads a file of the archive to its end and hands it over in parts.
func (x *extraction) read(ctx context.Context, f *zip.File, buffer []byte, take func([]byte) error) error {
	src, err := f.Open()
	if err != nil {
		return explain(f.Name, err)
	}
	defer func() { _ = src.Close() }() // only read
	// Package zip takes a checksum of zero for one that is missing.
	sum, unchecked := uint32(0), f.CRC32 == 0
	for {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		n, err := src.Read(buffer)
		if n > 0 {
			if err := take(buffer[:n]); err != nil {
				return err
			}
			if unchecked {
				sum = crc32.Update(sum, crc32.IEEETable, buffer[:n])
			}
			x.report(int64(n))
		}
		switch {
		case err == io.EOF && sum != 0:
			return corrupt(f.Name, "the checksum is wrong")
		case err == io.EOF:
			return nil
		case err != nil:
			return explain(f.Name, err)
		}
	}
}

func (x *extraction) report(n int64) {
	x.now.Bytes += n
	if x.progress != nil {
		x.progress(x.now)
	}
}
