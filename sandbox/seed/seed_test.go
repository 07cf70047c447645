package seed_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/golokalise/lokalise/sandbox/seed"
)

// TestPublishedSchemaIsTheOneInUse: a document cannot be embedded from another
// folder.
func TestPublishedSchemaIsTheOneInUse(t *testing.T) {
	t.Parallel()
	published, err := os.ReadFile(filepath.Join("..", "..", "docs", "schema", "sandbox-seed.schema.json"))
	if err != nil || !bytes.Equal(published, seed.Schema()) {
		t.Errorf("copy sandbox/seed/sandbox-seed.schema.json to docs/schema: %v", err)
	}
}
