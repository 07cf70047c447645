package state

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"iter"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// A snapshot file is gzip around lines of JSON: a header, a line for each row,
// and an end that counts and sums them up.
const (
	snapshotFormat  = "lokalise-sandbox-world"
	snapshotVersion = 1
	maxSnapshotLine = 256 << 20 // bytes of one row; a screenshot is the largest
)

// ErrSnapshot is in the chain when a file is no snapshot that can be restored.
var ErrSnapshot = errors.New("the snapshot cannot be used")

type snapshotHeader struct {
	Format  string    `json:"format"`
	Version int       `json:"version"`
	World   string    `json:"world"`
	Time    time.Time `json:"time"` // on the sandbox's clock
}

type snapshotLine struct {
	Table string         `json:"table,omitzero"`
	Row   jsontext.Value `json:"row,omitzero"`
	End   *snapshotEnd   `json:"end,omitzero"`
}

type snapshotEnd struct {
	Rows   int    `json:"rows"`
	SHA256 string `json:"sha256"` // of all lines before this one
}

// Snapshot writes everything that is in the world at one moment. It holds
// nobody up while it writes.
func (w *World) Snapshot(out io.Writer) error {
	w.mu.RLock()
	rows, gone := w.data.rows(), w.gone
	w.mu.RUnlock()
	if gone {
		return ErrWorldGone
	}
	zip, err := gzip.NewWriterLevel(out, gzip.BestSpeed)
	if err != nil {
		return fmt.Errorf("compress: %w", err)
	}
	buffer := bufio.NewWriter(zip)
	s := &snapshotWriter{out: buffer, sum: sha256.New()}
	s.write(snapshotHeader{snapshotFormat, snapshotVersion, w.Name, w.universe.clock.Now()})
	for c := range rows {
		s.rows++
		s.row(c)
	}
	s.write(snapshotLine{End: &snapshotEnd{s.rows, hex.EncodeToString(s.sum.Sum(nil))}})
	return errors.Join(s.err, buffer.Flush(), zip.Close())
}

type snapshotWriter struct {
	out  *bufio.Writer
	sum  hash.Hash
	rows int
	err  error
}

func (s *snapshotWriter) row(c Change) {
	if s.err != nil {
		return
	}
	if s.err = c.encode(); s.err == nil {
		s.write(snapshotLine{Table: c.Table, Row: c.Data})
	}
}

func (s *snapshotWriter) write(line any) {
	if s.err != nil {
		return
	}
	data, err := json.Marshal(line, permissive)
	if err != nil {
		s.err = fmt.Errorf("write a line: %w", err)
		return
	}
	data = append(data, '\n')
	_, _ = s.sum.Write(data) // never fails (hash.Hash)
	_, s.err = s.out.Write(data)
}

// Restore puts what a snapshot has in the place of everything in the world, or
// changes nothing. Credentials, codes, grants and tokens stay.
func (w *World) Restore(in io.Reader) error {
	d, err := readSnapshot(in)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrSnapshot, err)
	}
	rows := Change{many: inWorld(w.Name, d.rows())}
	if err := w.replace(d, []Change{w.dropped(), rows}, false, false); err != nil {
		return err
	}
	w.armAll()
	return nil
}

// inWorld has changes concern a world.
func inWorld(name string, changes iter.Seq[Change]) iter.Seq[Change] {
	return func(yield func(Change) bool) {
		for c := range changes {
			c.World = name
			if !yield(c) {
				return
			}
		}
	}
}

var errCutOff = errors.New("it is cut off")

// readSnapshot reads the whole of a snapshot and checks it.
func readSnapshot(in io.Reader) (*data, error) {
	zip, err := gzip.NewReader(in)
	if err != nil {
		return nil, errors.New("it is no snapshot file, which begins as gzip does")
	}
	lines := bufio.NewScanner(zip)
	lines.Buffer(make([]byte, 0, 64<<10), maxSnapshotLine)
	if err := readHeader(lines); err != nil {
		return nil, err
	}
	r := &snapshotReader{data: newData(), sum: sha256.New()}
	r.add(lines.Bytes())
	for !r.ended && lines.Scan() {
		if err := r.line(lines.Bytes()); err != nil {
			return nil, err
		}
	}
	more := r.ended && lines.Scan() // reads up to the checksum of gzip
	switch err := lines.Err(); {
	case errors.Is(err, io.ErrUnexpectedEOF), err == nil && !r.ended:
		return nil, errCutOff
	case err != nil:
		return nil, fmt.Errorf("it is damaged: %w", err)
	case more:
		return nil, errors.New("there is something after its end")
	}
	return r.data, nil
}

func readHeader(lines *bufio.Scanner) error {
	var h snapshotHeader
	if !lines.Scan() {
		return errCutOff
	}
	if err := json.Unmarshal(lines.Bytes(), &h); err != nil || h.Format != snapshotFormat {
		return fmt.Errorf("it is no snapshot file: its first line does not say %q", snapshotFormat)
	}
	if h.Version != snapshotVersion {
		return fmt.Errorf("it has version %d of the format; this program reads version %d", h.Version, snapshotVersion)
	}
	return nil
}

// snapshotReader collects the rows of a snapshot.
type snapshotReader struct {
	data  *data
	sum   hash.Hash
	rows  int
	ended bool
}

func (r *snapshotReader) add(line []byte) {
	_, _ = r.sum.Write(line) // never fails (hash.Hash)
	_, _ = r.sum.Write([]byte{'\n'})
}

func (r *snapshotReader) line(text []byte) error {
	var line snapshotLine
	if err := json.Unmarshal(bytes.Clone(text), &line, permissive); err != nil {
		return fmt.Errorf("it is damaged at row %d: %w", r.rows+1, err)
	}
	if line.End != nil {
		r.ended = true
		if line.End.Rows != r.rows || line.End.SHA256 != hex.EncodeToString(r.sum.Sum(nil)) {
			return errors.New("it was changed: its checksum does not match")
		}
		return nil
	}
	r.add(text)
	r.rows++
	table := r.data.tables[line.Table]
	if table == nil {
		return fmt.Errorf("it has a table %.40q that this version does not know", line.Table)
	}
	return table.load(r.data, line.Row)
}
