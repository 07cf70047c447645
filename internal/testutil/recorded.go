package testutil

import (
	"os"
	"path/filepath"
	"strconv"
	"testing"
)

// recordedEnv names the folder of the responses that were recorded from the
// real Lokalise.
const recordedEnv = "LOKALISE_RECORDED"

// RecordedDir is the folder of the responses that were recorded from the real
// Lokalise, which are not part of the repository: the one that the environment
// variable LOKALISE_RECORDED names, or shared/lokalise/recorded beside the
// checkout. Without one the test is skipped by name; where CI is true it fails,
// since there no test may be skipped.
func RecordedDir(tb testing.TB) string {
	tb.Helper()
	for _, dir := range []string{os.Getenv(recordedEnv), besideCheckout()} {
		if info, err := os.Stat(dir); dir != "" && err == nil && info.IsDir() { //nolint:gosec // the developer names the folder
			return dir
		}
	}
	const missing = "needs recorded responses: set " + recordedEnv + " to their folder"
	if ci, _ := strconv.ParseBool(os.Getenv("CI")); ci {
		tb.Fatalf("%s. Nothing may be skipped here: CI is true", missing)
	}
	tb.Skipf("%s", missing)
	return ""
}

// besideCheckout is where the recordings lie beside the root of the repository,
// which holds the list of operations.
func besideCheckout() string {
	dir, err := os.Getwd()
	if err != nil {
		return ""
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "operations.json")); err == nil {
			return filepath.Join(filepath.Dir(dir), "shared", "lokalise", "recorded")
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return ""
		}
		dir = parent
	}
}
