package state

import (
	"crypto/subtle"
	"time"
)

// Bundle is an archive of exported files.
type Bundle struct {
	ID        int64
	ProjectID string
	Path      string // where it is fetched, without a query
	Signature string // what a query must have to fetch it, or empty
	CreatedAt time.Time
	Expires   time.Time
	Data      []byte
}

// What a world keeps of bundles at most. The oldest go first.
const (
	maxBundles     = 64
	maxBundleBytes = 256 << 20
)

// AddBundle keeps a bundle for as long as it lives, and as there is room.
func (tx *Tx) AddBundle(b Bundle, lives time.Duration) *Bundle {
	b.ID, b.CreatedAt = tx.NextID("bundles"), tx.Now()
	b.Expires = b.CreatedAt.Add(lives)
	total := len(b.Data)
	for old := range tx.Bundles.All("") {
		total += len(old.Data)
	}
	for _, old := range tx.Bundles.Rows("") {
		if tx.Bundles.Len("") < maxBundles && total <= maxBundleBytes && old.Expires.After(b.CreatedAt) {
			break
		}
		total -= len(old.Data)
		tx.Bundles.Delete(tx, "", old.ID)
	}
	tx.Bundles.Put(tx, &b)
	return &b
}

// Bundle finds the bundle at a path in any world. It is nil when there is none
// or its time is over, and when the signature is not its own.
func (u *Universe) Bundle(path, signature string) (b *Bundle, w *World) {
	for _, w := range u.Worlds() {
		_ = w.View(func(tx *Tx) error { // returns no error
			for _, found := range tx.Bundles.Named("", path) {
				signed := subtle.ConstantTimeCompare([]byte(found.Signature), []byte(signature)) == 1
				if signed && u.clock.Now().Before(found.Expires) {
					b = found
				}
			}
			return nil
		})
		if b != nil {
			return b, w
		}
	}
	return nil, nil
}
