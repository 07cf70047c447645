package app

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"time"
)

const (
	// lookEvery is how often a stream looks for changes that nothing tells of:
	// those of other processes that share the database.
	lookEvery = 3 * time.Second

	// streamFor is how long a stream lives. The browser opens the next one by
	// itself, with the session that it has then.
	streamFor = 10 * time.Minute

	// slowest is how long a browser may take for one message.
	slowest = 10 * time.Second
)

// streamEvents sends the parts of the dashboard that change, as server-sent
// events (https://html.spec.whatwg.org/multipage/server-sent-events.html). A
// page without scripts shows the same parts when it is loaded again.
func (a *App) streamEvents(w http.ResponseWriter, r *http.Request, ws Workspace) {
	ctx, cancel := context.WithTimeout(r.Context(), streamFor)
	defer cancel()
	w.Header().Set("Content-Type", "text/event-stream")
	look := time.NewTicker(lookEvery)
	defer look.Stop()
	var last []byte
	for {
		changed := a.cfg.Log.Changed(ws.ID) // before looking, so that nothing is missed
		d := a.dashboard(ctx, page{}, ws)
		message := []byte(":\n\n") // a comment, to see whether the browser is there
		if key := d.key(); !bytes.Equal(key, last) {
			html, err := a.regions(d)
			if err != nil {
				a.cfg.Logger.ErrorContext(ctx, "the parts of the dashboard cannot be made", "error", err)
				return
			}
			last, message = key, event("regions", html)
		}
		if send(w, message) != nil {
			return // the browser has left
		}
		select {
		case <-changed:
		case <-look.C:
		case <-ctx.Done():
			return
		case <-a.closing:
			return
		}
	}
}

// key tells two dashboards apart. Times do not count, since they pass anyway.
func (d *dashboard) key() []byte {
	c, b := d.Connection, d.Board
	newest := 0
	if len(d.Log) > 0 {
		newest = d.Log[0].ID
	}
	key := fmt.Appendf(nil, "%s %s %d %d %d %d %v", c.State, c.Text, c.Generation, c.Failures, c.RetryAt.Milli, newest, b.At.Milli)
	if d.Lab != nil {
		key = fmt.Append(key, *d.Lab)
	}
	return key
}

// regions are the parts of the dashboard, as HTML.
func (a *App) regions(d dashboard) ([]byte, error) {
	var b bytes.Buffer
	err := a.pages["dashboard"].ExecuteTemplate(&b, "regions", d)
	return b.Bytes(), err
}

// event writes a message with a name. Each line of it is a field of its own.
func event(name string, data []byte) []byte {
	message := []byte("event: " + name + "\n")
	for line := range bytes.Lines(data) {
		message = append(message, "data: "...)
		message = append(message, bytes.TrimRight(line, "\r\n")...)
		message = append(message, '\n')
	}
	return append(message, '\n')
}

func send(w http.ResponseWriter, message []byte) error {
	c := http.NewResponseController(w)
	// Not every writer has deadlines; one that has none cannot be held up.
	_ = c.SetWriteDeadline(time.Now().Add(slowest))
	if _, err := w.Write(message); err != nil {
		return err
	}
	return c.Flush()
}
