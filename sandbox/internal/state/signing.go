package state

import (
	"crypto/rand"
	"encoding/hex"
)

// SigningKey is what a world signs its service tokens with. It is a row, so
// that a token stays good as long as its world does; a reset makes a new one.
type SigningKey struct {
	Kind   string
	Secret string // 32 bytes, in hexadecimal
}

// SigningKey returns the world's key of a kind, or nil when it has none yet.
func (tx *Tx) SigningKey(kind string) *SigningKey { return tx.SigningKeys.Get("", kind) }

// MakeSigningKey returns the world's key of a kind, and makes it if it has
// none yet.
func (tx *Tx) MakeSigningKey(kind string) *SigningKey {
	if k := tx.SigningKey(kind); k != nil {
		return k
	}
	var b [32]byte
	_, _ = rand.Read(b[:]) // never fails (crypto/rand)
	k := &SigningKey{Kind: kind, Secret: hex.EncodeToString(b[:])}
	tx.SigningKeys.Put(tx, k)
	return k
}
