package store

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/golokalise/lokalise/tokens"
)

// The files of the keys in the data folder.
const (
	grantKeyFile  = "grant-keys"
	cookieKeyFile = "cookie-key"
)

// cookieKeySize is that of HMAC-SHA-256's hash (RFC 2104 section 3).
const cookieKeySize = 32

// Keys are the app's secrets. They lie beside the database here, because this
// is a demonstration: where both are lost together, sealing helps nobody. An app
// that people use takes them from wherever its other secrets are.
type Keys struct {
	Grants *tokens.KeyRing // seals what the token store keeps
	Cookie []byte          // signs cookies
}

// LoadKeys reads the keys in a folder, and makes those that are not there.
func LoadKeys(dir string) (Keys, error) {
	grants, cookie := filepath.Join(dir, grantKeyFile), filepath.Join(dir, cookieKeyFile)
	secret := make([]byte, cookieKeySize)
	rand.Read(secret) // never fails
	err := errors.Join(
		create(grants, newGrantKey().Encode()),
		create(cookie, base64.StdEncoding.EncodeToString(secret)),
	)
	if err != nil {
		return Keys{}, err
	}
	ring, err := tokens.KeysFromFile(grants)
	if err != nil {
		return Keys{}, err
	}
	text, err := os.ReadFile(cookie) //nolint:gosec // the app names its own key file
	if err != nil {
		return Keys{}, err
	}
	key, err := base64.StdEncoding.DecodeString(strings.TrimSpace(string(text)))
	if err != nil || len(key) != cookieKeySize {
		return Keys{}, fmt.Errorf("%s does not hold 32 bytes in base64; delete it, and a new one is made", cookie)
	}
	return Keys{Grants: ring, Cookie: key}, nil
}

// newGrantKey returns a key with an ID that no other folder's key has. Two folders
// may be used with one database: a record of the other one is then told to want
// another key, and not to be forged.
func newGrantKey() tokens.Key {
	id := make([]byte, 8)
	rand.Read(id) // never fails
	return tokens.NewKey("webapp-" + hex.EncodeToString(id))
}

// create writes a file that only its owner may read, unless it is there. It
// appears with its content or not at all, so that a second process never reads
// half a key.
func create(path, content string) error {
	if _, err := os.Lstat(path); err == nil {
		return nil
	}
	file, err := os.CreateTemp(filepath.Dir(path), ".new-*") // with mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(file.Name()) //nolint:errcheck // only a leftover
	_, err = file.WriteString(content + "\n")
	if err := errors.Join(err, file.Close()); err != nil {
		return err
	}
	if err := os.Link(file.Name(), path); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return nil
}
