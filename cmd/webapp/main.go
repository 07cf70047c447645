// Command webapp is a web app whose customers connect their Lokalise accounts.
// It shows what the packages oauth, connect, tokens and lokalise do together,
// and is there to be copied from. Package sandbox stands in for Lokalise, so
// that it runs without an account: "go run ./cmd/webapp".
package main

import (
	"os"

	"github.com/golokalise/lokalise/cmd/webapp/internal/cli"
)

func main() { os.Exit(cli.Main()) }
