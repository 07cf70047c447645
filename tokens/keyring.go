package tokens

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"sync"
)

// Keys gives the manager its encryption keys. [KeyRing] keeps them in memory;
// an adapter to a key management service implements these two methods and
// caches what it unwraps, since they are called for every write and read.
type Keys interface {
	// WriteKey returns the key that seals records from now on.
	WriteKey(ctx context.Context) (Key, error)

	// ReadKey returns the secret of a key that sealed a record before.
	ReadKey(ctx context.Context, id string) (secret []byte, err error)
}

// ErrUnknownKey is what ReadKey answers for a key that it does not have.
var ErrUnknownKey = errors.New("tokens: unknown encryption key")

// Key is an encryption key with the name that records call it by.
type Key struct {
	ID     string // 1 to 64 letters, digits, dots, dashes and underscores
	Secret []byte // 32 random bytes
}

// NewKey returns a fresh random key.
func NewKey(id string) Key {
	secret := make([]byte, keySize)
	rand.Read(secret) // never fails
	return Key{ID: id, Secret: secret}
}

// String names the key and hides its secret; see [Key.Encode].
func (k Key) String() string { return "key " + k.ID }

// Format hides the secret from every verb of fmt.
func (k Key) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, k.String()) }

// LogValue hides the secret from slog.
func (k Key) LogValue() slog.Value { return slog.StringValue(k.String()) }

// Encode writes the key, secret included, as [ParseKeys] reads it.
func (k Key) Encode() string { return k.ID + ":" + base64.StdEncoding.EncodeToString(k.Secret) }

func (k Key) check() error {
	if len(k.Secret) != keySize {
		return fmt.Errorf("tokens: key %q has %d bytes, want %d", k.ID, len(k.Secret), keySize)
	}
	const maxID = 64
	odd := func(r rune) bool {
		return !strings.ContainsRune("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_", r)
	}
	if k.ID == "" || len(k.ID) > maxID || strings.ContainsFunc(k.ID, odd) {
		return fmt.Errorf("tokens: key ID %q: want 1 to %d letters, digits, dots, dashes, underscores", k.ID, maxID)
	}
	return nil
}

// KeyRing holds one key to write with and any number to read with.
type KeyRing struct {
	mu    sync.RWMutex
	write Key
	read  map[string][]byte
}

var _ Keys = (*KeyRing)(nil)

// NewKeyRing returns a ring that writes with the first key and reads with all.
func NewKeyRing(write Key, read ...Key) (*KeyRing, error) {
	ring := &KeyRing{write: write, read: map[string][]byte{}}
	for _, key := range append([]Key{write}, read...) {
		if err := key.check(); err != nil {
			return nil, err
		}
		if _, twice := ring.read[key.ID]; twice {
			return nil, fmt.Errorf("tokens: two keys with the ID %q", key.ID)
		}
		ring.read[key.ID] = slices.Clone(key.Secret)
	}
	ring.write.Secret = ring.read[write.ID]
	return ring, nil
}

// WriteKey implements [Keys].
func (r *KeyRing) WriteKey(context.Context) (Key, error) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.write, nil
}

// ReadKey implements [Keys].
func (r *KeyRing) ReadKey(_ context.Context, id string) ([]byte, error) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	if secret, ok := r.read[id]; ok {
		return secret, nil
	}
	return nil, ErrUnknownKey
}

// IDs names the keys of the ring in alphabetical order.
func (r *KeyRing) IDs() []string {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return slices.Sorted(maps.Keys(r.read))
}

// String names the keys and hides their secrets.
func (r *KeyRing) String() string { return "key ring " + strings.Join(r.IDs(), ", ") }

// Format hides the secrets from every verb of fmt.
func (r *KeyRing) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, r.String()) }

// LogValue hides the secrets from slog.
func (r *KeyRing) LogValue() slog.Value { return slog.StringValue(r.String()) }

// remove forgets a key that is not the write key.
func (r *KeyRing) remove(id string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.write.ID == id {
		return fmt.Errorf("tokens: key %q is the write key", id)
	}
	delete(r.read, id)
	return nil
}

// NoEncryption stores grants as they are: whoever can read the store, its
// backups and its replicas has every customer's tokens. For tests, and for
// stores that encrypt by themselves.
func NoEncryption() Keys { return noEncryption{} }

type noEncryption struct{}

func (noEncryption) WriteKey(context.Context) (Key, error) { return Key{}, errSealed }

func (noEncryption) ReadKey(context.Context, string) ([]byte, error) { return nil, errSealed }

// AcceptPlaintext lets a manager with keys also read records that were
// written under [NoEncryption], for the time that [Manager.Rekey] needs to
// seal them. While it is in place, the owner of the store can plant a grant.
func AcceptPlaintext(keys Keys) Keys { return plaintextReader{keys} }

type plaintextReader struct{ Keys }
