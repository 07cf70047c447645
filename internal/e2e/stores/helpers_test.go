package stores_test

import (
	"os"
	"strconv"
	"testing"
)

// records is how many records the paging test walks through: STORETEST_RECORDS,
// since the contract's default takes long on a database.
func records(t *testing.T) int {
	t.Helper()
	text := os.Getenv("STORETEST_RECORDS")
	if text == "" {
		return 3000
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatalf("STORETEST_RECORDS: %v", err)
	}
	return n
}
