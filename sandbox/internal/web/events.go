package web

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// JournalEventsPath is where a page follows the journal.
const JournalEventsPath = JournalPath + "/events"

// StartEvents begins an answer of server-sent events
// (https://html.spec.whatwg.org/multipage/server-sent-events.html).
func StartEvents(w http.ResponseWriter) {
	SetHeaders(w.Header())
	w.Header().Set("Content-Type", "text/event-stream")
	w.WriteHeader(http.StatusOK)
}

// Events writes server-sent events. A reader that is too slow ends it.
type Events struct {
	w        http.ResponseWriter
	rc       *http.ResponseController
	patience time.Duration // for one Flush
	buf      bytes.Buffer
}

// NewEvents writes events to w after StartEvents.
func NewEvents(w http.ResponseWriter, patience time.Duration) *Events {
	return &Events{w: w, rc: http.NewResponseController(w), patience: patience}
}

// Row adds the event "request", whose data is the row as the journal's table
// has it, for a page about a world. It fails when the row cannot be rendered.
func (e *Events) Row(r JournalRow, world string) error {
	var html strings.Builder
	if err := pages["journal"]().ExecuteTemplate(&html, "journal-row", newRowLine(Chrome{World: world}, r)); err != nil {
		return fmt.Errorf("web: render a row of the journal: %w", err)
	}
	fmt.Fprintf(&e.buf, "event: request\nid: %s\n", oneLine(r.ID))
	fmt.Fprintf(&e.buf, "data: %s\n\n", oneLine(html.String()))
	return nil
}

// oneLine drops line breaks, each of which would begin a field of its own.
func oneLine(s string) string { return strings.NewReplacer("\r", "", "\n", "").Replace(s) }

// Flush sends what was added, and the id that a reader who comes back goes on
// from. With nothing to send, that id shows that the stream is alive.
func (e *Events) Flush(id string) error {
	// The empty comment is there for readers that count bytes only.
	fmt.Fprintf(&e.buf, ":\nid: %s\n\n", oneLine(id))
	_ = e.rc.SetWriteDeadline(time.Now().Add(e.patience)) // where it is not supported, closing the connection ends a write
	defer e.buf.Reset()
	if _, err := e.w.Write(e.buf.Bytes()); err != nil {
		return err //nolint:wrapcheck // only whether it failed matters
	}
	return e.rc.Flush() //nolint:wrapcheck // likewise
}
