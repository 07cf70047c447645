package stub

import (
	"archive/zip"
	"fmt"
	"hash/crc32"
	"io"
	"time"
)

// blockSize is the unit of the bundle's contents.
const blockSize = 1 << 20

// bundleFileBlocks is the size of each file of a bundle, in blocks.
const bundleFileBlocks = 5

// bundle is a zip archive of stored files that is made while it is sent.
type bundle struct {
	files int // of bundleFileBlocks blocks each
	block []byte
	sums  []uint32
	size  int64
}

// BundleMB is the size of the files in the project's bundle, in MiB.
func BundleMB(project int) int {
	switch project {
	case BigProject:
		return 500
	case PageProject:
		return 50
	}
	return 5
}

// newBundle works out the checksums and the length of a bundle of mb MiB.
func newBundle(mb int) (*bundle, error) {
	b := &bundle{files: mb / bundleFileBlocks, block: textBlock()}
	b.sums = make([]uint32, b.files)
	for i := range b.files {
		sum := crc32.NewIEEE()
		if err := b.writeFile(sum, i); err != nil {
			return nil, err
		}
		b.sums[i] = sum.Sum32()
	}
	var n counter
	if err := b.writeTo(&n); err != nil {
		return nil, err
	}
	b.size = int64(n)
	return b, nil
}

// textBlock is a MiB of text that reads like a translation file.
func textBlock() []byte {
	r := source(-1)
	var dst []byte
	for i := 0; len(dst) < blockSize; i++ {
		dst = fmt.Appendf(dst, "  \"label_%06d\": \"", i)
		dst = appendText(dst, r, languages[i%len(languages)], 8)
		dst = append(dst, "\",\n"...)
	}
	return dst[:blockSize]
}

// name is the path of file i inside the archive.
func (b *bundle) name(i int) string {
	return fmt.Sprintf("locale/%s/messages_%03d.json", languages[i%len(languages)], i)
}

// writeFile writes the contents of file i: its number, then the same text.
func (b *bundle) writeFile(w io.Writer, i int) error {
	head := fmt.Appendf(nil, "%08d", i)
	for n := range bundleFileBlocks {
		body := b.block
		if n == 0 {
			if _, err := w.Write(head); err != nil {
				return err
			}
			body = body[len(head):]
		}
		if _, err := w.Write(body); err != nil {
			return err
		}
	}
	return nil
}

// writeTo writes the archive.
func (b *bundle) writeTo(w io.Writer) error {
	z := zip.NewWriter(w)
	for i := range b.files {
		const size = bundleFileBlocks * blockSize
		f, err := z.CreateRaw(&zip.FileHeader{
			Name: b.name(i), Method: zip.Store, Modified: time.Unix(1700000000, 0).UTC(),
			CRC32: b.sums[i], CompressedSize64: size, UncompressedSize64: size,
		})
		if err != nil {
			return err
		}
		if err := b.writeFile(f, i); err != nil {
			return err
		}
	}
	return z.Close()
}

// counter counts what is written to it.
type counter int64

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}
