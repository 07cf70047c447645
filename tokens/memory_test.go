package tokens_test

import (
	"os"
	"strconv"
	"testing"

	"github.com/golokalise/lokalise/tokens"
	"github.com/golokalise/lokalise/tokens/storetest"
)

func TestMemoryStoreKeepsTheContract(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(*testing.T) tokens.Store { return tokens.NewMemoryStore() }, storetest.Options{
		Records: storeRecords(t),
	})
}

// storeRecords is how many records the paging test walks through; a million
// takes too long for every run.
func storeRecords(t *testing.T) int {
	t.Helper()
	text := os.Getenv("STORETEST_RECORDS")
	if text == "" {
		return 0
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatalf("STORETEST_RECORDS: %v", err)
	}
	return n
}
