package tokens

import (
	"encoding/base64"
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"strings"
)

// ParseKeys reads a ring from text: keys as Key.Encode writes them, separated
// by commas or newlines; the first one writes. Lines that start with # are
// comments. Errors quote no key.
func ParseKeys(text string) (*KeyRing, error) {
	var keys []Key
	for line := range strings.Lines(text) {
		if strings.HasPrefix(strings.TrimSpace(line), "#") {
			continue
		}
		for entry := range strings.SplitSeq(line, ",") {
			if entry = strings.TrimSpace(entry); entry == "" {
				continue
			}
			key, err := parseKey(entry)
			if err != nil {
				return nil, fmt.Errorf("tokens: key %d: %w", len(keys)+1, err)
			}
			keys = append(keys, key)
		}
	}
	if len(keys) == 0 {
		return nil, fmt.Errorf("tokens: no key, want id:base64")
	}
	return NewKeyRing(keys[0], keys[1:]...)
}

func parseKey(entry string) (Key, error) {
	id, text, ok := strings.Cut(entry, ":")
	if !ok {
		return Key{}, fmt.Errorf("not of the form id:base64")
	}
	secret, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return Key{}, fmt.Errorf("the part after the colon is not base64")
	}
	return Key{ID: id, Secret: secret}, nil
}

// KeysFromEnv reads a ring from an environment variable; see [ParseKeys].
func KeysFromEnv(name string) (*KeyRing, error) {
	text, ok := os.LookupEnv(name)
	if !ok {
		return nil, fmt.Errorf("tokens: environment variable %s is not set", name)
	}
	ring, err := ParseKeys(text)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return ring, nil
}

// KeysFromFile reads a ring from a file; see [ParseKeys]. Outside Windows it
// refuses a file that its group may change, or that everybody may use. Its group
// may read it, since that is how Kubernetes gives a secret to a program that does
// not run as root.
func KeysFromFile(path string) (*KeyRing, error) {
	file, err := os.Open(path) //nolint:gosec // the app names its own key file
	if err != nil {
		return nil, err
	}
	defer file.Close() //nolint:errcheck // read only
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	if err := checkKeyFile(path, info.Mode().Perm()); err != nil {
		return nil, err
	}
	text := make([]byte, info.Size())
	if _, err := file.ReadAt(text, 0); err != nil && info.Size() > 0 {
		return nil, err
	}
	ring, err := ParseKeys(string(text))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return ring, nil
}

// checkKeyFile says what to do about a file that is open to others.
func checkKeyFile(path string, mode fs.FileMode) error {
	const forOthers fs.FileMode = 0o027
	if runtime.GOOS == "windows" || mode&forOthers == 0 { // Windows has access lists
		return nil
	}
	return fmt.Errorf("tokens: key file %s has mode %#o, others may use it: chmod 600 %s; "+
		"for a Docker secret set \"mode: 0400\" and \"uid\", for one of Kubernetes \"defaultMode: 0400\" and \"fsGroup\"", path, mode, path)
}
