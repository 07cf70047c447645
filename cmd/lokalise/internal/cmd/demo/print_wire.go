package demo

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/golokalise/lokalise/cmd/lokalise/internal/trace"
	"github.com/golokalise/lokalise/internal/redact"
)

// maxLines is how many lines of a body a person is shown.
const maxLines = 12

// request shows what was sent. The authorization URL of the first step stands
// alone on its line, unbroken and without a style, to be copied, clicked or
// picked out by a program.
func (p *textPrinter) request(r record) string {
	req := r.Request
	if req == nil {
		return ""
	}
	if r.Step == "authorization" {
		return "\n" + req.URL + "\n\n"
	}
	return p.first("→", req.Method+" "+readableURL(req.URL)) + p.headers(req.Headers, "Content-Type") + p.body(req.Body)
}

func (p *textPrinter) response(resp *trace.Response) string {
	if resp == nil {
		return ""
	}
	if resp.Status == 0 {
		return p.body(resp.Body)
	}
	status := strconv.Itoa(resp.Status) + " " + http.StatusText(resp.Status)
	return p.first("←", status) + p.headers(resp.Headers) + p.body(resp.Body)
}

// first is the line that a request or a response starts with. It may be long,
// and every part of it counts, so it is broken and not cut.
func (p *textPrinter) first(arrow, text string) string {
	if p.width > 0 {
		text = ansi.Wrap(text, max(p.width-len(bodyIndent), 20), "?&")
	}
	return textIndent + p.arrow.Render(arrow) + " " + strings.TrimLeft(indent(printable(text), bodyIndent), " ")
}

// shownHeaders are the headers that tell something about the flow, in the
// order in which they are shown.
func shownHeaders() []string {
	return []string{
		"Authorization", "X-Api-Token", "Location", "Www-Authenticate", "Retry-After",
		"X-Lokalise-Process-Id", "X-Pagination-Total-Count", "X-Ratelimit-Limit", "X-Ratelimit-Remaining",
	}
}

func (p *textPrinter) headers(h map[string]string, more ...string) string {
	var b strings.Builder
	for _, name := range append(shownHeaders(), more...) {
		if value, ok := h[name]; ok {
			b.WriteString(p.data(name + ": " + value))
		}
	}
	return b.String()
}

// body shows the start of a body, with its members one on a line.
func (p *textPrinter) body(raw json.RawMessage) string {
	if len(raw) == 0 {
		return ""
	}
	var pretty bytes.Buffer
	if err := json.Indent(&pretty, raw, "", "  "); err != nil {
		return p.data(string(raw))
	}
	lines := strings.Split(pretty.String(), "\n")
	hidden := 0
	// One line more than the limit is no longer than the remark about it.
	if len(lines) > maxLines+1 {
		hidden = len(lines) - maxLines
		lines = lines[:maxLines]
	}
	var b strings.Builder
	for _, line := range lines {
		b.WriteString(p.data(readableURL(line)))
	}
	if hidden > 0 {
		b.WriteString(p.data(fmt.Sprintf("… %d more lines; --json shows them", hidden)))
	}
	return b.String()
}

// data is one line of what went over the wire, cut to the terminal.
func (p *textPrinter) data(line string) string {
	line = printable(line)
	if p.width > 0 {
		line = ansi.Truncate(line, max(p.width-len(bodyIndent), 20), "…")
	}
	return bodyIndent + p.faint.Render(line) + "\n"
}

// readableURL writes the masks in a URL as they are; percent-encoded they hide
// that something is hidden.
func readableURL(s string) string {
	kept := "…" + redact.Mask
	return strings.NewReplacer(url.QueryEscape(kept), kept, url.QueryEscape(redact.Mask), redact.Mask).Replace(s)
}

// printable takes out what could move the cursor or change the terminal: a
// server's answer is not to be trusted with that. A line break stays.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r != '\n' && (r < ' ' || r == 0x7f || (r >= 0x80 && r < 0xa0)) {
			return '�'
		}
		return r
	}, s)
}

func indent(text, with string) string {
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	return with + strings.Join(lines, "\n"+with) + "\n"
}
