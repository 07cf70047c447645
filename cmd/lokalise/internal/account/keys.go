package account

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/golokalise/lokalise/cmd/lokalise/internal/exit"
	"github.com/golokalise/lokalise/tokens"
)

// The environment variables that name keys.
const (
	KeysVariable    = "LOKALISE_TOKEN_KEYS"
	KeyFileVariable = "LOKALISE_TOKEN_KEY_FILE"
)

// withoutKeyring is the way out where there is no keyring.
const withoutKeyring = "no token is stored without a key: pass --key-file PATH, which makes the key, or set " + KeysVariable

// keySource is where the key comes from. The first that is set counts: a key
// file, keys in the environment, the keyring.
type keySource struct {
	file    string
	env     string
	keyring osKeyring
}

// load returns the keys; create makes the first one where there is none. Only
// the holder of the store's lease creates, so that two processes never make a
// key each.
func (k keySource) load(ctx context.Context, create bool) (*tokens.KeyRing, error) {
	switch {
	case k.file != "":
		return k.fromFile(create)
	case k.env != "":
		ring, err := tokens.ParseKeys(k.env)
		if err != nil {
			return nil, &exit.Error{
				Code: exit.Usage, Message: KeysVariable + " cannot be used", Err: err,
				Hint: `a key is NAME:BASE64 of 32 random bytes, such as "ci-1:$(openssl rand -base64 32)"`,
			}
		}
		return ring, nil
	default:
		return k.fromKeyring(ctx, create)
	}
}

func (k keySource) fromFile(create bool) (*tokens.KeyRing, error) {
	if _, err := os.Lstat(k.file); create && errors.Is(err, fs.ErrNotExist) {
		if err := writeNew(k.file, newKey().Encode()+"\n"); err != nil {
			return nil, &exit.Error{Code: exit.Failure, Message: "the key file cannot be made", Err: err}
		}
	}
	ring, err := tokens.KeysFromFile(k.file)
	switch {
	case err == nil:
		return ring, nil
	case errors.Is(err, fs.ErrNotExist):
		return nil, &exit.Error{
			Code: exit.Auth, Message: fmt.Sprintf("there is no key file %s", k.file),
			Hint: "name the file that you logged in with, or log in again: lokalise auth login --key-file " + k.file,
		}
	default:
		return nil, &exit.Error{Code: exit.Failure, Err: err, Hint: "chmod 600 it if that is what is wrong, or name another key file"}
	}
}

func (k keySource) fromKeyring(ctx context.Context, create bool) (*tokens.KeyRing, error) {
	text, err := k.keyring.get(ctx)
	if errors.Is(err, errNoKey) && create {
		text = newKey().Encode()
		err = k.keyring.set(ctx, text)
	}
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case errors.Is(err, errNoKey):
		return nil, &exit.Error{
			Code: exit.Auth, Message: "the OS keyring has no key for the stored logins",
			Hint: "name the key that you logged in with (--key-file, " + KeysVariable + "), or run \"lokalise auth login\"",
		}
	case err != nil:
		return nil, &exit.Error{Code: exit.Failure, Message: "the OS keyring cannot be used", Err: err, Hint: withoutKeyring}
	}
	ring, err := tokens.ParseKeys(text)
	if err != nil {
		return nil, &exit.Error{
			Code: exit.Failure, Err: err,
			Message: fmt.Sprintf("what the OS keyring has under %q, %q is no key", keyringService, keyringUser),
			Hint:    "remove that entry, then log in again",
		}
	}
	return ring, nil
}

// newKey returns a key with a name that no other one has: a record that another
// key sealed is then told from one that was tampered with.
func newKey() tokens.Key {
	const letters = 8
	return tokens.NewKey("cli-" + rand.Text()[:letters])
}

// writeNew writes a file that only its owner may read and that was not there.
func writeNew(path, text string) error {
	const mode = 0o600
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode) //nolint:gosec // the person names the key file
	if err != nil {
		return err
	}
	_, err = file.WriteString(text)
	if err == nil {
		err = file.Sync()
	}
	return errors.Join(err, file.Close())
}
