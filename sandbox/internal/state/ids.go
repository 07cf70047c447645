package state

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"time"
)

// ids counts what a world has made. Two sandboxes that do the same things make
// the same numbers, so that a test may compare answers as a whole.
type ids struct{ projects uint64 }

// NextProjectID is an id for a project made now.
func (tx *Tx) NextProjectID() string {
	for {
		tx.ids.projects++
		if id := projectID(tx.world.universe.clock.Now(), tx.ids.projects); tx.Projects.Get("", id) == nil {
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
