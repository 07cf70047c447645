// Package bundle extracts the zip archives in which Lokalise delivers
// translations. It trusts neither the archive nor who made it: names that leave
// the target, links, names that two file systems understand differently, and
// sizes beyond bounds are errors, and all of them are found before a file of the
// target is touched.
//
// A [Target] is the folder that gets the files. It holds everything temporary
// in a folder of its own, .lokalise- and random letters, inside the target: so
// that no rename crosses file systems, and so that one [os.Root] bounds all of
// it even where the target contains links. The folder is removed when the
// target is closed; a process that is killed leaves it behind.
package bundle

import (
	"errors"
	"fmt"
)

// The classes of archives that are not extracted, for errors.Is.
var (
	// ErrCorrupt is an archive that is cut short, is not a zip archive, or
	// whose contents do not have the checksum that they should.
	ErrCorrupt = errors.New("the archive is damaged")
	// ErrTooBig is an archive beyond one of its [Limits].
	ErrTooBig = errors.New("the archive is too big")
	// ErrUnsafe is an archive with a name or a kind of file that is not
	// extracted.
	ErrUnsafe = errors.New("the archive is not safe to extract")
)

// Error is an archive that is not extracted. Its class is what errors.Is sees.
type Error struct {
	// Name is the file inside the archive that is at fault, if it is one.
	Name string
	// Reason says what is wrong.
	Reason string
	class  error
}

// Error names the class, the file and the reason.
func (e *Error) Error() string {
	if e.Name == "" {
		return fmt.Sprintf("%v: %s", e.class, e.Reason)
	}
	return fmt.Sprintf("%v: %s: %q", e.class, e.Reason, shorten(e.Name))
}

// Unwrap returns the class of the error.
func (e *Error) Unwrap() error { return e.class }

func corrupt(name, reason string) error { return &Error{name, reason, ErrCorrupt} }
func unsafe(name, reason string) error  { return &Error{name, reason, ErrUnsafe} }

// TooBig returns an error of the class [ErrTooBig].
func TooBig(name, form string, args ...any) error {
	return &Error{name, fmt.Sprintf(form, args...), ErrTooBig}
}

// shorten bounds a name that somebody else chose.
func shorten(name string) string {
	const most = 200
	if len(name) > most {
		return name[:most] + "…"
	}
	return name
}

// Limits bound an archive. A zero is the default.
type Limits struct {
	// Archive is the size of the archive itself, in bytes. Defaults to 4 GiB.
	Archive int64
	// Total is the size of all files together, in bytes. Defaults to 8 GiB.
	Total int64
	// File is the size of each file, in bytes. Defaults to 2 GiB.
	File int64
	// Files is the number of files and folders. Defaults to 50,000.
	Files int
	// Ratio is how many times larger than the archive all files together may
	// be. It counts from 64 MiB on: what is smaller harms nobody. Defaults to
	// 200; text shrinks to a twentieth, and a bomb of zeros to a thousandth.
	Ratio int64
}

// ratioFrom is the total size from which on the ratio counts.
const ratioFrom = 64 << 20

// OrDefaults returns the limits with the defaults filled in.
func (l Limits) OrDefaults() Limits {
	fill(&l.Archive, 4<<30)
	fill(&l.Total, 8<<30)
	fill(&l.File, 2<<30)
	fill(&l.Files, 50_000)
	fill(&l.Ratio, 200)
	return l
}

func fill[T int | int64](v *T, def T) {
	if *v == 0 {
		*v = def
	}
}

// Progress is how far an extraction has come.
type Progress struct {
	Files, TotalFiles int
	Bytes, TotalBytes int64
}

// File is a file that was extracted.
type File struct {
	// Name is its path in the target, with slashes.
	Name string
	// Size is in bytes.
	Size int64
	// Changed reports that the file was written. It is false for one that had
	// the same content before and was not touched.
	Changed bool
}
