//go:build unix

package account

import (
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/zalando/go-keyring"

	"github.com/golokalise/lokalise/cmd/lokalise/internal/exit"
)

func TestLockedFileIsExplained(t *testing.T) {
	keyring.MockInit()
	dir := t.TempDir()
	a := open(t, dir)
	save(t, a, DefaultName, plantedAccess)
	lock, err := os.OpenFile(a.Path()+".lock", os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer lock.Close() //nolint:errcheck // only held
	if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX); err != nil {
		t.Fatal(err)
	}
	a.lockPatience = time.Millisecond
	wantHint(t, a.Save(t.Context(), DefaultName, profile(), token("new")), exit.Failure, "has been locked by another program", "end it")
	if _, err := a.Forget(t.Context(), DefaultName); err == nil || !strings.Contains(err.Error(), "locked") {
		t.Errorf("logout: %v", err)
	}
	// What is stored can be read meanwhile.
	if text, err := tokenOf(t, dir, DefaultName); err != nil || text != plantedAccess {
		t.Errorf("token %q, %v", text, err)
	}
}
