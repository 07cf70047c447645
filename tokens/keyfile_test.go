package tokens_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/golokalise/lokalise/tokens"
)

func TestKeyFileAsContainersSupplyIt(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("Windows has access lists instead of modes")
	}
	for mode, good := range map[fs.FileMode]bool{
		0o600: true,
		0o400: true,
		0o440: true, // Kubernetes, with fsGroup
		0o640: true,
		0o444: false, // Docker, unless told otherwise
		0o644: false, // Kubernetes, unless told otherwise
		0o460: false,
		0o602: false,
		0o601: false,
	} {
		path := filepath.Join(t.TempDir(), "keys")
		text := tokens.NewKey("one").Encode()
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		_, err := tokens.KeysFromFile(path)
		if (err == nil) != good {
			t.Errorf("mode %#o: %v", mode, err)
		}
		if err != nil && (!strings.Contains(err.Error(), "chmod 600 "+path) || !strings.Contains(err.Error(), "mode: 0400") || strings.Contains(err.Error(), text)) {
			t.Errorf("mode %#o: the error does not say what to do: %v", mode, err)
		}
	}
}
