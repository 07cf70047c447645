// Command lokalise shows the OAuth 2 flow of Lokalise, runs a sandbox of
// Lokalise, and tells about itself. "lokalise help" lists the commands; their
// help texts are the documentation.
package main

import (
	"os"

	"github.com/golokalise/lokalise/cmd/lokalise/internal/app"
)

func main() { os.Exit(app.Main()) }
