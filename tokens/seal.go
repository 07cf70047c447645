package tokens

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
)

// A sealed record is
//
//	magic (4) · length of key ID (1) · key ID · salt (32) · AES-256-GCM ciphertext and tag
//
// and a plain one, of a manager that was told NoEncryption, is
//
//	plainMagic (4) · JSON
//
// Each record has a key of its own, derived with HKDF-SHA-256 (RFC 5869) from
// the key that its ID names and the salt. One AES-GCM key with random nonces
// is good for 2^32 writes (NIST SP 800-38D, 8.3), which ten million grants
// that live an hour use up in eighteen days; a derived key seals one record.
const (
	sealMagic  = "LKT\x01"
	plainMagic = "LKP\x01"
	saltSize   = 32
	keySize    = 32
	nonceSize  = 12
)

// hkdfInfo separates the keys of this format from any other use of the ring.
const hkdfInfo = "github.com/golokalise/lokalise/tokens record v1"

// SealError says that a stored record could not be opened. It matches
// [ErrUnreadable].
type SealError struct {
	GrantID string
	KeyID   string // empty when the record does not get as far as naming it
	Err     error
}

// Error names the grant and the key, never what was read.
func (e *SealError) Error() string {
	if e.KeyID == "" {
		return fmt.Sprintf("tokens: record of grant %q: %v", e.GrantID, e.Err)
	}
	return fmt.Sprintf("tokens: record of grant %q (key %q): %v", e.GrantID, e.KeyID, e.Err)
}

// Unwrap returns the cause.
func (e *SealError) Unwrap() error { return e.Err }

// Is makes every SealError match ErrUnreadable.
func (e *SealError) Is(target error) bool { return target == ErrUnreadable }

var (
	errTampered  = errors.New("changed after it was sealed, or of another grant or version, or sealed with another secret under the same key ID")
	errTruncated = errors.New("truncated or not a record")
	errPlain     = errors.New("not encrypted, but this manager has keys; see AcceptPlaintext")
	errSealed    = errors.New("encrypted, but this manager was told NoEncryption")
)

// seal encrypts a grant for this ID and version.
func seal(ctx context.Context, keys Keys, id string, version int64, plain []byte) ([]byte, error) {
	if _, ok := keys.(noEncryption); ok {
		return append([]byte(plainMagic), plain...), nil
	}
	key, err := keys.WriteKey(ctx)
	if err != nil {
		return nil, fmt.Errorf("tokens: write key: %w", err)
	}
	if err := key.check(); err != nil {
		return nil, err
	}
	header := append([]byte(sealMagic), byte(len(key.ID))) //nolint:gosec // checked to be at most 64
	header = append(header, key.ID...)
	header = append(header, make([]byte, saltSize)...)
	salt := header[len(header)-saltSize:]
	rand.Read(salt) // never fails
	aead, nonce, err := derive(key.Secret, salt)
	if err != nil {
		return nil, err
	}
	return aead.Seal(header, nonce, plain, binding(header, id, version)), nil
}

// unseal opens what seal made, for the same ID and version only.
func unseal(ctx context.Context, keys Keys, rec Record) ([]byte, error) {
	fail := func(keyID string, err error) ([]byte, error) {
		return nil, &SealError{rec.ID, keyID, err}
	}
	_, plainOnly := keys.(noEncryption)
	if plain, ok := cutPlain(rec.Data); ok {
		if _, accepts := keys.(plaintextReader); plainOnly || accepts {
			return plain, nil
		}
		return fail("", errPlain)
	}
	keyID, header, box, err := parseSealed(rec.Data)
	if err != nil {
		return fail("", err)
	}
	if plainOnly {
		return fail(keyID, errSealed)
	}
	secret, err := keys.ReadKey(ctx, keyID)
	if err != nil {
		return fail(keyID, err)
	}
	aead, nonce, err := derive(secret, header[len(header)-saltSize:])
	if err != nil {
		return fail(keyID, err)
	}
	plain, err := aead.Open(nil, nonce, box, binding(header, rec.ID, rec.Version))
	if err != nil {
		return fail(keyID, errTampered)
	}
	return plain, nil
}

// derive returns the record's own cipher. The nonce comes from the same
// derivation: the key is used once, so it need not be random on its own.
func derive(secret, salt []byte) (cipher.AEAD, []byte, error) {
	if len(secret) != keySize {
		return nil, nil, fmt.Errorf("tokens: key of %d bytes, want %d", len(secret), keySize)
	}
	material, err := hkdf.Key(sha256.New, secret, salt, hkdfInfo, keySize+nonceSize)
	if err != nil {
		return nil, nil, err
	}
	block, err := aes.NewCipher(material[:keySize])
	if err != nil {
		return nil, nil, err
	}
	aead, err := cipher.NewGCM(block)
	return aead, material[keySize:], err
}

// binding is the associated data: a record opens only with the header, the
// grant ID and the version that it was sealed with.
func binding(header []byte, id string, version int64) []byte {
	b := append([]byte(nil), header...)
	b = binary.BigEndian.AppendUint32(b, uint32(len(id))) //nolint:gosec // at most MaxIDLength
	b = append(b, id...)
	return binary.BigEndian.AppendUint64(b, uint64(version)) //nolint:gosec // versions are positive
}

func cutPlain(data []byte) ([]byte, bool) {
	if len(data) < len(plainMagic) || string(data[:len(plainMagic)]) != plainMagic {
		return nil, false
	}
	return data[len(plainMagic):], true
}

// parseSealed splits a sealed record into its header and its ciphertext.
func parseSealed(data []byte) (keyID string, header, box []byte, err error) {
	n := len(sealMagic)
	if len(data) < n+1 || string(data[:n]) != sealMagic {
		return "", nil, nil, errTruncated
	}
	end := n + 1 + int(data[n])
	if len(data) < end+saltSize {
		return "", nil, nil, errTruncated
	}
	return string(data[n+1 : end]), data[:end+saltSize], data[end+saltSize:], nil
}

// recordKeyID names the key of a record without opening it; ok is false for a
// plain record and for one that is no record.
func recordKeyID(data []byte) (id string, ok bool) {
	id, _, _, err := parseSealed(data)
	return id, err == nil
}
