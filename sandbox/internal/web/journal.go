package web

import (
	"net/http"
	"strconv"
	"time"
)

// JournalRow is one request in the journal's table.
type JournalRow struct {
	ID           string
	Time         time.Time // sandbox clock
	Method       string
	Path         string // without the query
	Operation    string // id in operations.json; empty: none
	Status       int
	Duration     time.Duration
	World        string // empty: it reached none
	Credential   string // kind: "OAuth token", "API token", "client", "none" …
	Scope        string // scope the operation takes; empty: none
	ScopeMissing string // the scope that the token lacked; empty: it had it
	Limit        string // what the rate limiter decided; empty: not asked
	Fault        string // name of the fault that was injected, masked; empty: none
}

// JournalView is the table of requests.
type JournalView struct {
	Chrome      Chrome
	Rows        []JournalRow  // all of them, newest first; this package filters and pages
	Filter      JournalFilter // from ParseJournalFilter
	Credentials []string      // kinds to choose from
	Last        uint64        // id of the latest entry there was, which the page goes on from
	Download    string        // address of the journal as JSON
}

// Journal writes the table with status 200.
func Journal(w http.ResponseWriter, v JournalView) {
	render(w, http.StatusOK, "journal", frame{Title: "Journal", Nav: JournalPath, Chrome: v.Chrome, View: newJournalPage(v)})
}

// live is a table of the latest requests that goes on by itself.
type live struct {
	Rows   []rowLine
	Events string // address of the stream; empty: it stands still
	Limit  int    // rows it has at most
	Reload string // address of the page, for who has no script
}

// newLive is a table that goes on after the entry with the id last.
func newLive(c Chrome, f JournalFilter, last uint64, limit int) live {
	return live{Events: c.Link(JournalEventsPath, append(f.pairs(), "after", strconv.FormatUint(last, 10))...), Limit: limit}
}

// Field is one header or query parameter, its secrets masked by the caller.
type Field struct{ Name, Value string }

// Message is the request or the answer of a journal entry, its secrets masked
// by the caller. JSON bodies are indented on the page.
type Message struct {
	Headers   []Field
	Body      string
	Size      int64 // of the whole body, in bytes
	Truncated bool  // Body is only the beginning, or was not kept if it is empty
}

// JournalEntryView is one request in full.
type JournalEntryView struct {
	Chrome Chrome
	JournalRow
	User     string // who was acted for; empty: nobody
	BaseURL  string // root of the sandbox without a trailing slash
	RawQuery string // as sent, masked
	Query    []Field
	Request  Message
	Response Message
	Unread   []string // what was sent and nobody read, masked
	Notes    []string // what the sandbox has to say about it, such as a missing scope
}

// JournalEntry writes one request in full with status 200. It is linked as
// JournalPath + "/" + ID.
func JournalEntry(w http.ResponseWriter, v JournalEntryView) {
	render(w, http.StatusOK, "entry", frame{Title: v.Method + " " + shorten(v.Path, 60), Nav: JournalPath, Chrome: v.Chrome, View: newEntryPage(v)})
}

type entryPage struct {
	JournalEntryView
	Row  rowLine
	Curl []snippet
}

func newEntryPage(v JournalEntryView) entryPage {
	p := entryPage{JournalEntryView: v, Row: newRowLine(v.Chrome, v.JournalRow), Curl: []snippet{curlCommand(v)}}
	p.Request.Body, p.Response.Body = prettyJSON(v.Request.Body), prettyJSON(v.Response.Body)
	return p
}

// namedMessage is a Message with a word that tells the page's two apart.
type namedMessage struct {
	ID string
	Message
}

func nameMessage(id string, m Message) namedMessage { return namedMessage{ID: id, Message: m} }
