package app

import (
	"context"

	"github.com/cli/browser"

	"github.com/golokalise/lokalise/cmd/lokalise/internal/iostreams"
)

// browserOpener opens URLs in the person's browser. What the browser prints
// goes to the error output, because the standard output is for data.
func browserOpener(io *iostreams.Streams) func(context.Context, string) error {
	browser.Stdout, browser.Stderr = io.Err, io.Err
	return func(_ context.Context, url string) error { return browser.OpenURL(url) }
}
