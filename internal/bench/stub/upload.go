package stub

import (
	"errors"
	"io"
	"os"
)

// WriteUpload writes a file of made-up translations to upload, of any length.
func WriteUpload(path string, length int64) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	_, err = io.CopyN(file, &repeater{block: textBlock()}, length)
	return errors.Join(err, file.Close())
}

// repeater reads the same block over and over.
type repeater struct {
	block []byte
	at    int
}

func (r *repeater) Read(p []byte) (int, error) {
	n := copy(p, r.block[r.at:])
	r.at = (r.at + n) % len(r.block)
	return n, nil
}
