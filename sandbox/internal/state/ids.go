package state

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"time"
)

// Counter counts what a world has made of one kind. Two sandboxes that do the
// same things make the same numbers, so that a test may compare answers as a
// whole.
type Counter struct {
	Kind string
	Last int64
}

// NextID is a new id for something of a kind, the name of its table as a rule.
// Ids start at a number of the size that recordings have.
func (tx *Tx) NextID(kind string) int64 { return tx.NextIDs(kind, 1) }

// NextIDs takes n ids that follow one another and returns the first.
func (tx *Tx) NextIDs(kind string, n int) int64 {
	c := tx.Counters.Get("", kind)
	if c == nil {
		c = &Counter{Kind: kind, Last: firstIDs[kind]}
	}
	tx.Counters.Put(tx, &Counter{Kind: kind, Last: c.Last + int64(n)})
	return c.Last + 1
}

// firstIDs are what the ids of a kind start after. Other kinds start at 1.
var firstIDs = map[string]int64{
	"keys":         74_189_000,
	"translations": 527_556_000,
	"comments":     20_421_000,
	"screenshots":  2_757_000,
	"branches":     344_000,
	"snapshots":    1_523_000,
	"tasks":        2_270_000,
	"users":        320_200,
	"teams":        276_700,
	"groups":       5_900,
	"cards":        1_770,
	"files":        1_160_000,
	"statuses":     2_900,
	"terms":        5_489_000,
	"ota_bundles":  664_000,
	"ota_exports":  847_000,
	"ota_freezes":  34_000,
	"ota_tokens":   9_400,
}

// NextProjectID is an id for a project made now.
func (tx *Tx) NextProjectID() string { return tx.NextProjectIDAt(tx.world.universe.clock.Now()) }

// NextProjectIDAt is an id for a project made at a time.
func (tx *Tx) NextProjectIDAt(when time.Time) string {
	for {
		n := tx.NextID("projects")
		if id := projectID(when, uint64(n)); tx.Projects.Get("", id) == nil { //nolint:gosec // counts up from 1
			return id
		}
	}
}

// projectID builds an id of the recorded form, for example
// 43820238650c56462a27f0.61419394: eight digits, the time in seconds and
// microseconds in hexadecimal, a digit, a point, eight digits. (The recorded
// created_at_timestamp of that project is 0x650c5646.)
func projectID(now time.Time, n uint64) string {
	sum := sha256.Sum256(binary.BigEndian.AppendUint64([]byte("project"), n))
	front := 10_000_000 + binary.BigEndian.Uint64(sum[0:])%90_000_000
	digit := sum[8] % 10
	tail := binary.BigEndian.Uint64(sum[9:]) % 100_000_000
	micro := now.Nanosecond() / 1000
	return fmt.Sprintf("%08d%08x%05x%d.%08d", front, uint32(now.Unix()), micro, digit, tail) //nolint:gosec // the field has 32 bits
}

// NewSecret is a code or token: 40 hexadecimal characters, as recorded.
func NewSecret() string {
	var b [20]byte
	_, _ = rand.Read(b[:]) // never fails (crypto/rand)
	return hex.EncodeToString(b[:])
}
