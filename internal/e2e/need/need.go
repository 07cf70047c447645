// Package need finds what the end-to-end suites use beside Go. A suite that
// lacks something is skipped by name, so that its tests pass on any machine;
// with CI=true it fails, since make services must have brought it.
package need

import (
	"os"
	"os/exec"
	"strconv"
	"testing"

	"github.com/golokalise/lokalise/internal/testutil"
)

// Missing ends the test because the machine lacks something, and says what, and
// what to do.
func Missing(tb testing.TB, what, remedy string) {
	tb.Helper()
	if ci, _ := strconv.ParseBool(os.Getenv("CI")); ci {
		tb.Fatalf("needs %s: %s. Nothing may be skipped here: CI is true", what, remedy)
	}
	tb.Skipf("needs %s: %s", what, remedy)
}

// Chromium is the path of a browser, under the names that scripts/services
// looks for too. The first is the one without windows, which is quicker.
func Chromium(tb testing.TB) string {
	tb.Helper()
	path, found := program("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
	if !found {
		Missing(tb, "Chromium", "run make services")
	}
	return path
}

// Recorded is the folder of responses that were recorded from the real
// Lokalise. They are not part of the repository.
func Recorded(tb testing.TB) string {
	tb.Helper()
	return testutil.RecordedDir(tb)
}

// program finds the first of several programs that is there.
func program(names ...string) (path string, found bool) {
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path, true
		}
	}
	return "", false
}
