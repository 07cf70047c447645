package demo

import (
	"fmt"
	"io"

	"github.com/golokalise/lokalise/cmd/lokalise/internal/cmdutil"
)

// jsonPrinter writes one line of JSON a step. What is meant for a person goes
// to the error output.
type jsonPrinter struct{ out, person io.Writer }

func (p *jsonPrinter) start(string) error { return nil }

func (p *jsonPrinter) step(_ int, r record) error { return cmdutil.WriteJSON(p.out, r) }

func (p *jsonPrinter) ask(authURL string, _ *Options) error {
	_, err := fmt.Fprintf(p.person, "Open this address and allow access, or press Enter to allow it from here:\n%s\n", authURL)
	return err
}

func (p *jsonPrinter) note(text string) error {
	_, err := fmt.Fprintln(p.person, text)
	return err
}

func (p *jsonPrinter) end(int) error { return nil }
