package account

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/zalando/go-keyring"
)

// Under these names the keyring keeps the key, as tokens.Key.Encode writes it.
// Windows and macOS limit the size of a secret, so the tokens themselves are in
// the file.
const (
	keyringService = "github.com/golokalise/lokalise"
	keyringUser    = "token-keys"
)

// How long a call of the keyring may take. It is answered at once unless it has
// to be unlocked, for which somebody has to type a password; without anybody
// there it would wait forever.
const (
	patienceForPerson  = time.Minute
	patienceForMachine = 2 * time.Second
)

var (
	errNoKey   = errors.New("no key is stored")
	errSilence = errors.New("it did not answer")
)

// osKeyring is the keyring of the operating system. Its calls cannot be
// canceled, so a goroutine waits for one that was given up.
type osKeyring struct{ patience time.Duration }

func (k osKeyring) get(ctx context.Context) (string, error) {
	text, err := k.bounded(ctx, func() (string, error) { return keyring.Get(keyringService, keyringUser) })
	if errors.Is(err, keyring.ErrNotFound) {
		return "", errNoKey
	}
	return text, err
}

func (k osKeyring) set(ctx context.Context, text string) error {
	_, err := k.bounded(ctx, func() (string, error) { return "", keyring.Set(keyringService, keyringUser, text) })
	return err
}

func (k osKeyring) bounded(ctx context.Context, call func() (string, error)) (string, error) {
	type answer struct {
		text string
		err  error
	}
	done := make(chan answer, 1) // nobody may be waiting any more
	go func() {
		text, err := call()
		done <- answer{text, err}
	}()
	timer := time.NewTimer(k.patience)
	defer timer.Stop()
	select {
	case a := <-done:
		return a.text, a.err
	case <-timer.C:
		return "", fmt.Errorf("%w within %s", errSilence, k.patience)
	case <-ctx.Done():
		return "", ctx.Err()
	}
}
