package sandbox

import (
	"net/http"
	"strconv"
	"time"

	"github.com/golokalise/lokalise/sandbox/internal/journal"
	"github.com/golokalise/lokalise/sandbox/internal/web"
)

const (
	// maxStreams is how many pages may follow the journal at once. Each holds a
	// connection and a goroutine for as long as its page is looked at.
	maxStreams = 32
	// streamPause is how long a stream collects records before it sends them,
	// so that a program under load does not make a browser draw row by row.
	streamPause = 100 * time.Millisecond
	// streamBeat is how often a stream shows that it is alive. What is between
	// may cut a connection that is silent for a minute.
	streamBeat = 15 * time.Second
	// streamPatience is how long a browser may take to read what is sent.
	streamPatience = 10 * time.Second
)

// journalEvents follows the journal: the records after the id in Last-Event-ID
// or in the query's "after", as the filter in the query lets them through, and
// then each as it comes. The times are the machine's, since the stream has to
// live while the sandbox's clock stands still.
func (s *Server) journalEvents(w http.ResponseWriter, r *http.Request) {
	if foreignOrigin(r) || crossOrigin.Check(r) != nil {
		writeControlError(w, http.StatusForbidden, "The journal takes no requests from other sites.")
		return
	}
	after, err := s.streamStart(r)
	if err != nil {
		writeControlError(w, http.StatusBadRequest, `"after" and Last-Event-ID are the id of an entry.`)
		return
	}
	select {
	case s.streams <- struct{}{}:
		defer func() { <-s.streams }()
	default:
		w.Header().Set("Retry-After", "5")
		writeControlError(w, http.StatusServiceUnavailable, "Too many pages follow the journal. Close some, or reload this one to see what is new.")
		return
	}
	web.StartEvents(w)
	f := follower{
		server: s, after: after, world: r.URL.Query().Get(web.FieldWorld),
		filter: web.ParseJournalFilter(r.URL.Query()), out: web.NewEvents(w, streamPatience),
	}
	f.follow(r)
}

// streamStart is the id of the entry that a stream continues after. An id that
// no entry has yet is from before a restart of the sandbox; whoever has it has
// seen nothing of this one.
func (s *Server) streamStart(r *http.Request) (uint64, error) {
	text := r.Header.Get("Last-Event-ID")
	if text == "" {
		text = r.URL.Query().Get("after")
	}
	if text == "" {
		return s.ring.Last(), nil
	}
	after, err := strconv.ParseUint(text, 10, 64)
	if after > s.ring.Last() {
		after = 0
	}
	return after, err
}

// follower is one stream of the journal.
type follower struct {
	server *Server
	after  uint64 // number of the record that was looked at last
	world  string // of the page, for its links
	filter web.JournalFilter
	out    *web.Events
}

// follow sends until the reader leaves or the sandbox closes.
func (f *follower) follow(r *http.Request) {
	beat := time.NewTicker(streamBeat)
	defer beat.Stop()
	for {
		added := f.server.ring.Added()
		if err := f.send(); err != nil {
			return // the reader left
		}
		select {
		case <-added:
			if !f.wait(r, streamPause) {
				return
			}
		case <-beat.C:
		case <-f.server.closing:
			return
		case <-r.Context().Done():
			return
		}
	}
}

// wait tells whether the stream goes on after the pause.
func (f *follower) wait(r *http.Request, pause time.Duration) bool {
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-f.server.closing:
	case <-r.Context().Done():
	}
	return false
}

// send sends the records that are new and pass the filter, the latest only
// where there are more than a page shows, and says how far the stream is.
func (f *follower) send() error {
	records := f.server.ring.Records(f.after)
	var rows []web.JournalRow
	for i := len(records) - 1; i >= 0 && len(rows) < web.JournalPageSize; i-- {
		if row := f.server.row(records[i]); f.filter.Match(row) {
			rows = append(rows, row)
		}
	}
	if n := len(records); n > 0 {
		f.after = records[n-1].Seq
	}
	for i := len(rows) - 1; i >= 0; i-- {
		if err := f.out.Row(rows[i], f.world); err != nil {
			return err
		}
	}
	return f.out.Flush(strconv.FormatUint(f.after, 10))
}

// row is a record in the journal's table.
func (s *Server) row(r *journal.Record) web.JournalRow {
	mask := s.mask()
	return web.JournalRow{
		ID: strconv.FormatUint(r.Seq, 10), Time: r.Time, Method: r.Method, Path: mask.Path(r.URL), Operation: r.Operation,
		Status: r.Status, Duration: r.Duration, World: r.World, Credential: r.Credential,
		Scope: r.Scope, ScopeMissing: r.ScopeMissing, Limit: r.Limit, Fault: mask.Text(r.Fault),
	}
}
