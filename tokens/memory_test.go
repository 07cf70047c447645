package tokens_test

import (
	"testing"

	"github.com/golokalise/lokalise/tokens"
	"github.com/golokalise/lokalise/tokens/storetest"
)

func TestMemoryStoreKeepsTheContract(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(*testing.T) tokens.Store { return tokens.NewMemoryStore() }, storetest.Options{})
}
